"""Which format a model gets, and what it writes."""

from collections.abc import Callable

import pytest

from app.engines.base import ChatFormat
from app.engines.inspection.chat_format import (
    CHATML,
    GEMMA,
    LLAMA3,
    MISTRAL,
    MISTRAL7,
    PHI3,
    PHI4,
    PLAIN,
    choose,
    confirmed,
)
from app.engines.turns import Turn, TurnKind
from tests.engines.inspection import chat_templates

SYSTEM = Turn(TurnKind.SYSTEM, "S")
ASK = Turn(TurnKind.USER, "Q")
ANSWER = Turn(TurnKind.ASSISTANT, "A")
DERIVED = ChatFormat("derived", (), "", ("", ""), ("U", ""), ("A", ""))


def among(*tokens: str) -> Callable[[str], bool]:
    return lambda text: text in tokens


def text_of(chat_format: ChatFormat, *turns: Turn) -> str:
    return "".join(mark.text for mark in chat_format.marks(turns))


def test_what_the_families_write() -> None:
    asked = (SYSTEM, ASK, ANSWER, ASK)
    assert text_of(GEMMA, *asked) == (
        "<bos><start_of_turn>user\nS\n\nQ<end_of_turn>\n<start_of_turn>model\nA<end_of_turn>\n"
        "<start_of_turn>user\nQ<end_of_turn>\n<start_of_turn>model\n"
    )
    assert text_of(MISTRAL, *asked) == "<s>[INST]S\n\nQ[/INST]A</s>[INST]Q[/INST]"
    assert text_of(MISTRAL7, *asked) == (
        "<s>[SYSTEM_PROMPT]S[/SYSTEM_PROMPT][INST]Q[/INST]A</s>[INST]Q[/INST]"
    )


@pytest.mark.parametrize("known", [GEMMA, MISTRAL, LLAMA3], ids=lambda each: each.name)
def test_what_is_read_ahead_begins_the_prompt(known: ChatFormat) -> None:
    for read in ((SYSTEM,), (SYSTEM, ASK, ANSWER)):
        ahead = text_of(known, *read).removesuffix(known.assistant[0])
        assert text_of(known, *read, ASK).startswith(ahead)


def test_contents_never_become_control_tokens() -> None:
    for known in (CHATML, GEMMA, DERIVED):
        contents = [mark.text for mark in known.marks([SYSTEM, ASK]) if not mark.special]
        assert contents == ["S", "Q"]


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (("<|im_start|>", "<|im_end|>"), CHATML),
        (("<|im_start|>", "<|im_sep|>", "<|im_end|>"), PHI4),
        (("<s>", "[INST]", "[/INST]"), MISTRAL),
        (("<s>", "[INST]", "[/INST]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"), MISTRAL7),
        (("<|begin_of_text|>", "<|start_header_id|>", "<|eot_id|>"), LLAMA3),
        # a fine-tuned Llama 3 that speaks ChatML
        (("<|begin_of_text|>", "<|start_header_id|>", "<|eot_id|>", *CHATML.signs), CHATML),
        # DeepSeek's distilled Llama has another beginning
        (("<|start_header_id|>", "<|eot_id|>"), PLAIN),
        ((), PLAIN),
    ],
)
def test_a_vocabulary_without_a_template(tokens: tuple[str, ...], expected: ChatFormat) -> None:
    assert choose(among(*tokens)) == expected


def test_the_template_confirms_or_denies_what_the_vocabulary_suggests() -> None:
    both = among("<s>", *MISTRAL.signs, *CHATML.signs)
    assert choose(both, chat_templates.CHATML) == CHATML
    assert choose(both, chat_templates.NEMO) == MISTRAL
    assert choose(both, chat_templates.ZEPHYR, DERIVED) == DERIVED
    assert choose(both, chat_templates.ZEPHYR) == CHATML
    assert choose(both, chat_templates.CHATML, DERIVED) == CHATML
    assert choose(among(), chat_templates.CHATML, DERIVED) == DERIVED


def test_phi4_mini_is_no_phi3() -> None:
    tokens = among(*PHI3.signs)
    assert confirmed(tokens, chat_templates.PHI3) == PHI3
    assert confirmed(tokens, chat_templates.PHI4_MINI) is None
