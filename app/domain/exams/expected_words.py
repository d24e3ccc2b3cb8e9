"""Whether expected words stand in an answer, on stems: case endings of Russian and plurals of
English do not count."""

import re

from app.stems import normal, stem, stems

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Stems, or all words where stop words are all there is ("The Who")."""
    return stems(text) or [stem(word) for word in _WORD.findall(normal(text))]


def contains(answer: str, expected: str) -> bool:
    """Whether every stem of what is expected stands in the text; nothing is contained in none."""
    wanted = set(words(expected))
    return bool(wanted) and wanted <= set(words(answer))


def missing(answer: str, expected: str) -> tuple[str, ...]:
    """The expected words whose stems the answer lacks, as they are written."""
    lacking = set(words(expected)) - set(words(answer))
    written = _WORD.findall(expected)
    found = [word for word in written if lacking.intersection(words(word))]
    return tuple(dict.fromkeys(found or (written if lacking else ())))
