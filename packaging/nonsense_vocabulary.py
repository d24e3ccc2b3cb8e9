"""A vocabulary with the size and the control tokens of Llama 3.1's, its words made up.

Bytes, pairs of letters, made-up words, control tokens. Texts are read as bytes and pairs of Latin
or Cyrillic letters; the words stand for nothing and only come out of a model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from gguf import TokenType

BEGIN, END_OF_TURN, PAD = 128000, 128009, 128004
#: Llama 3.1's tokenizer.json: the ids from 128000 on, the rest of 256 are reserved ones.
CONTROL = {
    128000: "<|begin_of_text|>",
    128001: "<|end_of_text|>",
    128004: "<|finetune_right_pad_id|>",
    128006: "<|start_header_id|>",
    128007: "<|end_header_id|>",
    128008: "<|eom_id|>",
    128009: "<|eot_id|>",
    128010: "<|python_tag|>",
}
SIZE = 128256
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Tokens by id, their TokenType, and the merges "left right" by rank."""

    tokens: list[str]
    kinds: list[int]
    merges: list[str]


def make_vocabulary() -> Vocabulary:
    merges = _merges()
    tokens = [*_byte_spellings(), *(merge.replace(" ", "") for merge in merges)]
    tokens += islice(_words(), BEGIN - len(tokens))
    plain = len(tokens)
    reserved = (f"<|reserved_special_token_{number}|>" for number in range(SIZE))
    tokens += [CONTROL.get(token) or next(reserved) for token in range(BEGIN, SIZE)]
    kinds = [TokenType.NORMAL] * plain + [TokenType.CONTROL] * (SIZE - plain)
    return Vocabulary(tokens, [int(kind) for kind in kinds], merges)


def _byte_spellings() -> list[str]:
    """One character a byte, as in GPT-2: printable ones themselves, the others from U+0100 on."""
    plain = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    return [chr(byte if byte in plain else next(others)) for byte in range(256)]


def _spelled(text: str) -> str:
    spellings = _byte_spellings()
    return "".join(spellings[byte] for byte in text.encode())


def _merges() -> list[str]:
    """Bytes to Cyrillic letters, letters to pairs, then the space before a word to its first."""
    merges = [" ".join(_spelled(letter)) for letter in _CYRILLIC + _CYRILLIC.upper()]
    for letters in (_LATIN, _CYRILLIC):
        pairs = product(map(_spelled, letters), repeat=2)
        merges += [f"{first} {second}" for first, second in pairs]
    space = _spelled(" ")
    return merges + [f"{space} {_spelled(letter)}" for letter in _LATIN + _CYRILLIC]


def _words() -> Iterator[str]:
    """Words of three syllables with the space before them, more than are needed."""
    syllables = ["".join(pair) for pair in product("bcdfghjklmnprstvwz", "aeiou")]
    return map("".join, product([_spelled(" ")], syllables, syllables, syllables))
