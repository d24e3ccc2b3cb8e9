"""Turns to marked text in the known families' own formats, and which of them a model wants.

A template from a model file could run code or steer (CVE-2024-34359, CVE-2026-5760): it is searched
here as text, and for an unknown family chat_template works out its marks, in a process of its own.
"""

from collections.abc import Callable

from app.engines.base import ChatFormat

CHATML = ChatFormat(
    "chatml",
    ("<|im_start|>", "<|im_end|>"),
    "",
    ("<|im_start|>system\n", "<|im_end|>\n"),
    ("<|im_start|>user\n", "<|im_end|>\n"),
    ("<|im_start|>assistant\n", "<|im_end|>\n"),
)
PHI4 = ChatFormat(
    "phi4",
    ("<|im_start|>", "<|im_sep|>", "<|im_end|>"),
    "",
    ("<|im_start|>system<|im_sep|>", "<|im_end|>"),
    ("<|im_start|>user<|im_sep|>", "<|im_end|>"),
    ("<|im_start|>assistant<|im_sep|>", "<|im_end|>"),
)
LLAMA3 = ChatFormat(
    "llama3",
    ("<|start_header_id|>", "<|eot_id|>"),
    "<|begin_of_text|>",
    ("<|start_header_id|>system<|end_header_id|>\n\n", "<|eot_id|>"),
    ("<|start_header_id|>user<|end_header_id|>\n\n", "<|eot_id|>"),
    ("<|start_header_id|>assistant<|end_header_id|>\n\n", "<|eot_id|>"),
)
GEMMA = ChatFormat(
    "gemma",
    ("<start_of_turn>", "<end_of_turn>"),
    "<bos>",
    ("", "\n\n"),
    ("<start_of_turn>user\n", "<end_of_turn>\n"),
    ("<start_of_turn>model\n", "<end_of_turn>\n"),
    system_in_user=True,
)
PHI3 = ChatFormat(
    "phi3",
    ("<|user|>", "<|assistant|>", "<|end|>"),
    "",
    ("<|system|>\n", "<|end|>\n"),
    ("<|user|>\n", "<|end|>\n"),
    ("<|assistant|>\n", "<|end|>\n"),
)
#: The templates of the SentencePiece models write "[INST] " and "[/INST] "; those spaces are the
#: ones that their tokeniser puts before a text anyway. The Tekken models have none.
MISTRAL = ChatFormat(
    "mistral",
    ("[INST]", "[/INST]"),
    "<s>",
    ("", "\n\n"),
    ("[INST]", "[/INST]"),
    ("", "</s>"),
    system_in_user=True,
)
MISTRAL7 = ChatFormat(
    "mistral7",
    ("[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[INST]", "[/INST]"),
    "<s>",
    ("[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"),
    ("[INST]", "[/INST]"),
    ("", "</s>"),
)
#: For a model without any known marks: plain words that every model understands.
PLAIN = ChatFormat(
    "plain",
    (),
    "",
    ("", "\n\n"),
    ("Question: ", "\n\n"),
    ("Answer: ", "\n\n"),
)
#: Those with more signs first. Fine-tuned models add ChatML's tokens to another family's
#: vocabulary, never the other way round.
_KNOWN = (PHI4, CHATML, LLAMA3, GEMMA, PHI3, MISTRAL7, MISTRAL)


def confirmed(is_special: Callable[[str], bool], template: str) -> ChatFormat | None:
    """The known family whose signs are control tokens and are spelled in the template as well.

    Vocabularies alone mislead: DeepSeek's distilled models keep the tokens of their base.
    """
    for known in _fitting(is_special):
        if all(sign in template for sign in known.signs):
            return known
    return None


def choose(
    is_special: Callable[[str], bool], template: str = "", derived: ChatFormat | None = None
) -> ChatFormat:
    """The format of a model with this vocabulary, template and, worked out of it, format."""
    if found := confirmed(is_special, template) or derived:
        return found
    return next(iter(_fitting(is_special)), PLAIN)


def _fitting(is_special: Callable[[str], bool]) -> list[ChatFormat]:
    """Known families whose signs and beginning are single control tokens of this vocabulary."""
    return [
        known
        for known in _KNOWN
        if all(is_special(sign) for sign in (*known.signs, known.begin) if sign)
    ]
