"""Text to search words: normalised, stop words left out, Russian and English stems.

SQLite's FTS5 has no Russian stemmer, so stems go into a column of their own; on Russian questions
that about doubles BM25 (retrieval report, finding 2).
"""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_STRESS = re.compile("[\u0300\u0301]")
_CYRILLIC = re.compile("[а-я]")

_STOP = frozenset(
    """а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже
    для до его ее ей ею если есть еще же за здесь и из или им ими их к как какая какие какими каким
    каких какого какое какой каком какому какую ко когда кого кому который которая которые которого
    кто ли либо мне может мы на над надо наш не него нее ней нет ни них но ну о об однако он она
    они оно от очень по под при про с сколько со так также такой там те тем то того тоже той только
    том ты у уже хотя чего чей чем что чтобы чье чья эта эти это этого этой этом этот я
    a an and are as at be been but by can could did do does for from had has have he her his how i
    if in into is it its me my no not of on or our she should so such than that the their them then
    there these they this those to was we were what when where which who whom whose why will with
    would you your""".split()
)
# Its stemmers keep state between calls, so the two workers must not share one at the same time.
_lock = threading.Lock()
_russian = snowballstemmer.stemmer("russian")
_english = snowballstemmer.stemmer("english")


def normal(text: str) -> str:
    """NFKC, lower case, ё as е, stress marks dropped: "Углеро́д" → "углерод"."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    return (
        unicodedata.normalize("NFC", _STRESS.sub("", folded)) if _STRESS.search(folded) else folded
    )


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one normalised word; its script decides the language."""
    with _lock:
        stemmer = _russian if _CYRILLIC.search(word) else _english
        return str(stemmer.stemWord(word))


def stems(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order, repeats kept."""
    return _stems_of(normal(text))


def _stems_of(plain: str) -> list[str]:
    return [stem(word) for word in _PART.findall(plain) if word not in _STOP]


def columns(text: str) -> tuple[str, str]:
    """What FTS5 indexes of a passage: all its words, and its stems."""
    plain = normal(text)
    return plain, " ".join(_stems_of(plain))


def counted(text: str, terms: Sequence[str], quoted: Sequence[str]) -> tuple[dict[str, int], int]:
    """How often these stems and normalised phrases stand in a text, and all its stems."""
    plain = normal(text)
    found = [word for word in _PART.findall(plain) if word not in _STOP]
    wanted, initials = frozenset(terms), {term[0] for term in terms}
    # A stem begins as its word does, so most words need no stemmer.
    likely = (stem(word) for word in found if word[0] in initials)
    counts = Counter(each for each in likely if each in wanted)
    if quoted:
        joined = f" {' '.join(_PART.findall(plain))} "
        counts.update({each: joined.count(f" {each} ") for each in quoted if f" {each} " in joined})
    return dict(counts), len(found)


def phrases(text: str) -> list[str]:
    """What stands in quotes, normalised."""
    quoted = [normal(each) for each in re.findall(r'["«“]([^"»”]{2,})["»”]', text)]
    return [" ".join(_PART.findall(each)) for each in quoted if _PART.search(each)]


def query(terms: Sequence[str], quoted: Sequence[str], *, every: bool) -> str:
    """An FTS5 query: all of the stems and the phrases as they are, or any of the stems.

    Empty when nothing searchable is left.
    """
    joined = (" AND " if every else " OR ").join(f'stems : "{term}"' for term in terms)
    if quoted and every:
        exact = [f'exact : "{each}"' for each in quoted]
        return " AND ".join([*exact, f"({joined})"] if joined else exact)
    return joined
