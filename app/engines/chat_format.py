"""Turns to marked text in the known families' own formats; never by a template from a model file,
which could run code or steer (CVE-2024-34359, CVE-2026-5760).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.engines.base import Turn, TurnKind


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the prompt. Only `special` ones may become control tokens; document text and
    questions never do, whatever they spell."""

    text: str
    special: bool


@dataclass(frozen=True)
class ChatFormat:
    """`signs` are tokens that a vocabulary must have for this format to apply."""

    name: str
    signs: tuple[str, ...]
    begin: str
    system: tuple[str, str]
    user: tuple[str, str]
    assistant: tuple[str, str]
    system_in_user: bool = False

    def marks(self, turns: Sequence[Turn]) -> list[Mark]:
        """The prompt up to the point where the model answers."""
        parts = [Mark(self.begin, special=True)] if self.begin else []
        around = {
            TurnKind.SYSTEM: self.system,
            TurnKind.USER: self.user,
            TurnKind.ASSISTANT: self.assistant,
        }
        for turn in self._folded(turns):
            before, after = around[turn.kind]
            parts += [Mark(before, True), Mark(turn.text, False), Mark(after, True)]
        return [*parts, Mark(self.assistant[0], special=True)]

    def _folded(self, turns: Sequence[Turn]) -> Sequence[Turn]:
        """Families without a system role get it in front of the first question."""
        if not self.system_in_user or not turns or turns[0].kind != TurnKind.SYSTEM:
            return turns
        first = Turn(TurnKind.USER, f"{turns[0].text}\n\n{turns[1].text}")
        return [first, *turns[2:]]


LLAMA3 = ChatFormat(
    "llama3",
    ("<|start_header_id|>", "<|eot_id|>"),
    "<|begin_of_text|>",
    ("<|start_header_id|>system<|end_header_id|>\n\n", "<|eot_id|>"),
    ("<|start_header_id|>user<|end_header_id|>\n\n", "<|eot_id|>"),
    ("<|start_header_id|>assistant<|end_header_id|>\n\n", "<|eot_id|>"),
)
CHATML = ChatFormat(
    "chatml",
    ("<|im_start|>", "<|im_end|>"),
    "",
    ("<|im_start|>system\n", "<|im_end|>\n"),
    ("<|im_start|>user\n", "<|im_end|>\n"),
    ("<|im_start|>assistant\n", "<|im_end|>\n"),
)
GEMMA = ChatFormat(
    "gemma",
    ("<start_of_turn>", "<end_of_turn>"),
    "<bos>",
    ("", ""),
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
MISTRAL = ChatFormat(
    "mistral",
    ("[INST]", "[/INST]"),
    "<s>",
    ("", ""),
    ("[INST] ", "[/INST]"),
    (" ", "</s>"),
    system_in_user=True,
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
_KNOWN = (LLAMA3, CHATML, GEMMA, PHI3, MISTRAL)


def choose(is_special: Callable[[str], bool]) -> ChatFormat:
    """The first family whose marks are all single control tokens of this vocabulary."""
    for known in _KNOWN:
        if all(is_special(sign) for sign in known.signs):
            return known
    return PLAIN
