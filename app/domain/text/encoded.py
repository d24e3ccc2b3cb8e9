"""Whether a text is data in letters: Base64, a hex dump, code that was made small. It means nothing
to an embedding model, and its vectors lie near every question that nothing answers."""

import re
from collections.abc import Sequence

#: Fewer characters prove nothing.
_LEAST = 60
#: A stretch of Base64 (RFC 4648) that no word and no code is as long as.
_RUN = re.compile(r"[A-Za-z0-9+/_-]{40,}={0,2}")
_SHARE = 0.6
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){1,8}:?")
_HEX_LETTER = re.compile(r"[A-Fa-f]")
#: Bytes in hex that are all digits are rarer than one in two.
_LETTERED = 0.4
#: Of program text without spaces, signs that are neither letters nor digits.
_SIGNS = re.compile(r"[{}()\[\];=,.<>&|!?:+*/\"'$_-]")
_SIGN_SHARE, _SPACE_SHARE = 0.2, 0.04
#: Program text that somebody wrote has shorter lines.
_LONG_LINE = 240


def is_encoded(text: str) -> bool:
    """Whether most of a passage is none of any language."""
    if len(text) < _LEAST:
        return False
    return _is_base64(text) or _is_hex(text.split()) or _is_minified(text)


def _is_base64(text: str) -> bool:
    runs = [run for run in _RUN.findall(text) if _is_mixed(run)]
    return sum(map(len, runs)) >= _SHARE * len(text)


def _is_mixed(run: str) -> bool:
    """Capitals, small letters and digits, as bits have them; one word or address has not."""
    sample = run[:200]
    kinds = (
        any(map(str.isupper, sample)),
        any(map(str.islower, sample)),
        any(map(str.isdigit, sample)),
    )
    hexadecimal = _HEX.fullmatch(sample[:16]) is not None
    return all(kinds) or (hexadecimal and _HEX_LETTER.search(sample) is not None)


def _is_hex(words: Sequence[str]) -> bool:
    found = [word for word in words if _HEX.fullmatch(word)]
    lettered = sum(_HEX_LETTER.search(word) is not None for word in found)
    return len(found) >= _SHARE * len(words) and lettered >= _LETTERED * max(len(found), 1)


def _is_minified(text: str) -> bool:
    if max(map(len, text.split("\n"))) < _LONG_LINE:
        return False
    signs, spaces = len(_SIGNS.findall(text)), text.count(" ")
    return signs >= _SIGN_SHARE * len(text) and spaces <= _SPACE_SHARE * len(text)
