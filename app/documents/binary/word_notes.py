"""Notes and comments of a Word document by the places that refer to them; its heads and feet."""

import struct
from itertools import accumulate, pairwise

from app.documents.binary.word_file import WordFile

#: Pairs of the header: where notes are referred to and where they stand, for each kind, and the
#: bytes that follow a place in the first (2.8.2, 2.8.10, 2.8.16).
_FOOTNOTES, _COMMENTS, _ENDNOTES = (2, 3, 2), (4, 5, 30), (46, 47, 2)
_HEADS = 11
#: The first of these are lines between text and notes (2.3.3).
_SEPARATORS = 6


def notes(file: WordFile) -> dict[int, range]:
    """Where each note, endnote and comment stands, by the character that refers to it."""
    parts = file.parts()
    found: dict[int, range] = {}
    for (marks, texts, width), part in (
        (_FOOTNOTES, parts.footnotes), (_COMMENTS, parts.comments), (_ENDNOTES, parts.endnotes),
    ):  # fmt: skip
        raw = file.pair(marks)
        count = max(len(raw) - 4, 0) // (4 + width)
        places = struct.unpack_from(f"<{count}I", raw) if count else ()
        stretches = _stretches(file.pair(texts), part)
        found |= dict(zip(places, stretches, strict=False))
    return found


def heads(file: WordFile) -> list[range]:
    """Where each head and foot stands."""
    return _stretches(file.pair(_HEADS), file.parts().heads)[_SEPARATORS:]


def _stretches(raw: bytes, part: range) -> list[range]:
    """Between the places of a list, which count from the beginning of their part. None
    begins before another one does: so all of them together are no longer than the part."""
    count = len(raw) // 4
    places = struct.unpack_from(f"<{count}I", raw)
    begins = accumulate((min(part.start + place, part.stop) for place in places), max)
    return [range(begin, end) for begin, end in pairwise(begins)]
