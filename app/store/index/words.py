"""Text to search words for FTS5: columns of a passage, counts, phrases, queries."""

import re
from collections import Counter
from collections.abc import Sequence

from app.stems import PART, STOP, normal, of_normal, stem


def columns(text: str) -> tuple[str, str]:
    """What FTS5 indexes of a passage: all its words, and its stems."""
    plain = normal(text)
    return plain, " ".join(of_normal(plain))


def counted(text: str, terms: Sequence[str], quoted: Sequence[str]) -> tuple[dict[str, int], int]:
    """How often these stems and normalised phrases stand in a text, and all its stems."""
    plain = normal(text)
    found = [word for word in PART.findall(plain) if word not in STOP]
    wanted, initials = frozenset(terms), {term[0] for term in terms}
    # A stem begins as its word does, so most words need no stemmer.
    likely = (stem(word) for word in found if word[0] in initials)
    counts = Counter(each for each in likely if each in wanted)
    if quoted:
        joined = f" {' '.join(PART.findall(plain))} "
        counts.update({each: joined.count(f" {each} ") for each in quoted if f" {each} " in joined})
    return dict(counts), len(found)


def phrases(text: str) -> list[str]:
    """What stands in quotes, normalised."""
    quoted = [normal(each) for each in re.findall(r'["«“]([^"»”]{2,})["»”]', text)]
    return [" ".join(PART.findall(each)) for each in quoted if PART.search(each)]


def query(terms: Sequence[str], quoted: Sequence[str], *, every: bool) -> str:
    """An FTS5 query: all of the stems and the phrases as they are, or any of the stems.

    Empty when nothing searchable is left.
    """
    joined = (" AND " if every else " OR ").join(f'stems : "{term}"' for term in terms)
    if quoted and every:
        exact = [f'exact : "{each}"' for each in quoted]
        return " AND ".join([*exact, f"({joined})"] if joined else exact)
    return joined
