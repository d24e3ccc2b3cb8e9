"""Text to stems: normalised, stop words left out, Russian and English.

SQLite's FTS5 has no Russian stemmer, and rules that compare wordings need none of it; so this lies
below every layer. On Russian questions stems about double BM25 (results/retrieval.md).
"""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

PART = re.compile(r"[^\W_]+")
_STRESS = re.compile("[\u0300\u0301]")
_CYRILLIC = re.compile("[а-я]")

STOP = frozenset(
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
    return of_normal(normal(text))


def of_normal(plain: str) -> list[str]:
    """The same of a text that is normalised already."""
    return [stem(word) for word in PART.findall(plain) if word not in STOP]
