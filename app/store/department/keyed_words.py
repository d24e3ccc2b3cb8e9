"""Text to what the words index of a department holds: keyed hashes in place of stems.

Whoever runs the server sees how often the same unknown word stands where, and no word. Words are
stemmed here as locally, so both stores find the same.
"""

from collections import Counter
from collections.abc import Sequence

from app.stems import stems
from app.store.department.sealing import Sealing

#: PostgreSQL keeps 255 places of a word; how often it stands there matters up to a few times.
_MOST_TIMES = 8


def indexed(sealing: Sealing, text: str) -> tuple[str, int]:
    """A tsvector in writing, and how many stems the text has."""
    found = stems(text)
    counts = Counter(found)
    places = [
        f"{sealing.word(stem)}:{','.join(map(str, range(1, min(count, _MOST_TIMES) + 1)))}"
        for stem, count in counts.items()
    ]
    return " ".join(places), len(found)


def query(sealing: Sealing, terms: Sequence[str], *, every: bool) -> str:
    """A tsquery in writing: all of the terms, or any."""
    return (" & " if every else " | ").join(sealing.word(term) for term in terms)
