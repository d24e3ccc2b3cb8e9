"""Whether characters make words: text layers in a lost encoding, and what recognition invents."""

import re
from collections.abc import Sequence

from app.documents.pictures.letter_pairs import language_share

#: Letters that only a lost encoding has so many of: Cyrillic read as Western, as in "Ïðèâåò".
_WESTERN = re.compile("[À-ÖØ-öø-ÿ]")
_LETTERS = re.compile(r"[^\W\d_]")
_WESTERN_SHARE = 0.4
#: Signs without a meaning: fonts that do not tell which letters their shapes are.
_MEANINGLESS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_MEANINGLESS_SHARE = 0.3
#: Of these a text has none: private signs are bullets as well.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_IMPOSSIBLE_SHARE = 0.05
#: Pairs of letters that are common in a language: less is a shifted alphabet, or a language that
#: is far from both.
_LANGUAGE_SHARE = 0.5
#: Fewer letters prove nothing.
_LEAST_LETTERS = 20

_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ÿ]+)*")
_CYRILLIC = re.compile(r"[А-Яа-яЁёІіЇїЄєЎў]+(?:-[А-Яа-яЁёІіЇїЄєЎў]+)*")
_NUMBER = re.compile(r"[$€£₽№#]?[+−–-]?\(?\d[\d.,:/\s–-]*\)?%?")
_AROUND = "\"'«»“”„‘’()[]<>.,;:!?…*—–-"
#: Of the characters in texts of both languages three quarters stand in words this long.
_LONG, _LONG_SHARE = 4, 0.35
_VOWELS = frozenset("aeiouyаеёиоуыэюяіїєў")
_MIXED_CASE = re.compile(r"[a-zа-яё][A-ZА-ЯЁ]")
#: The usual words of two letters and one; others so short are as often invented as read.
_SHORT = frozenset(
    "a i an as at be by do go he if in is it me my no of on or so to up us we "
    "а б в ж и к о с у я бы во да до же за из им их ко ли мы на не ни но об он от по со та те то ты"
    " уж что эта".split()
)


def garbled(text: str) -> bool:
    """Whether a text layer is worthless, because what stands for the letters is not known."""
    signs = text.replace(" ", "").replace("\n", "")
    if len(signs) < _LEAST_LETTERS:
        return False
    if not signs.isascii() or not signs.isprintable():
        if len(_MEANINGLESS.findall(signs)) > _MEANINGLESS_SHARE * len(signs):
            return True
        if len(_IMPOSSIBLE.findall(signs)) > _IMPOSSIBLE_SHARE * len(signs):
            return True
        western = len(_WESTERN.findall(signs))
        return western > _WESTERN_SHARE * max(len(_LETTERS.findall(signs)), _LEAST_LETTERS)
    return False


def is_language(text: str) -> bool:
    """Whether the letters of a text follow each other as in words; true of too short a text."""
    share = language_share(text)
    return share is None or share >= _LANGUAGE_SHARE


def is_word(text: str) -> bool:
    """Whether a recognised word could be one: a number, or letters of one script with a vowel."""
    core = text.strip(_AROUND)
    if _NUMBER.fullmatch(core):
        return True
    if len(core) < 3:
        return core.casefold() in _SHORT
    if not (_LATIN.fullmatch(core) or _CYRILLIC.fullmatch(core)) or _MIXED_CASE.search(core):
        return False
    return (core.isupper() and len(core) <= 6) or not _VOWELS.isdisjoint(core.casefold())


def is_print(words: Sequence[str], least: float) -> bool:
    """Whether at least that share of a page stands in words, and not only in the short ones that
    any texture is full of."""
    total = sum(map(len, words))
    long = sum(len(word) for word in words if len(word) >= _LONG and is_word(word))
    return long >= _LONG_SHARE * total > 0 and legible_share(words) >= least


def legible_share(words: Sequence[str]) -> float:
    """The share of characters, 0–1, that stand in words; 0 where there are none."""
    total = sum(map(len, words))
    return sum(len(word) for word in words if is_word(word)) / total if total else 0.0
