"""Ligatures of TeX's fonts in files that do not say what their signs mean: they stand at codes of
control characters, in its first encoding and in the one of Cork (The LaTeX Companion, 7.11)."""

import re

_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl")
_FIRST, _CORK = 0x0B, 0x1B
_CODES = re.compile(r"(?<=[A-Za-z])[\x0b-\x0f\x1b-\x1f]|[\x0b-\x0f\x1b-\x1f](?=[a-z])")


def with_ligatures(text: str) -> str:
    """The text with the letters of ligatures that stand beside a Latin letter."""
    return text if text.isprintable() else _CODES.sub(_letters, text)


def _letters(code: re.Match[str]) -> str:
    place = ord(code[0])
    return _LIGATURES[place - (_CORK if place >= _CORK else _FIRST)]
