"""What every contestant does, and the one shape of what it finds."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

#: Segments asked for when a context is to be filled; the smallest chunks here have 512 characters.
DEEP = 40
#: At least as many are kept, so that recall within 5 or 10 hits can be told.
_LEAST = 10

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a document as a model would read it; `page` is 1-based.

    `passages` are those that it is made of, the one that was found first, where it was widened
    afterwards; else there are none.
    """

    text: str
    document: str
    page: int | None = None
    score: float = 0.0
    passages: tuple[str, ...] = ()


class Contestant(Protocol):
    """One program with one embedding model."""

    def add(self, folder: Path) -> None:
        """Index all files of a folder."""

    def search(self, question: str, characters: int | None) -> list[Segment]:
        """The best first: enough to fill `characters`, or None: as many as the program sends."""


class Embedding(Protocol):
    def queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages."""


def filled(segments: Iterable[Segment], characters: int) -> list[Segment]:
    """The first segments that fill a context."""
    kept: list[Segment] = []
    for each in segments:
        if characters <= 0 and len(kept) >= _LEAST:
            break
        kept.append(each)
        characters -= len(each.text)
    return kept


def write(path: Path, found: Sequence[Sequence[Segment]]) -> None:
    """JSON lines, as `larets bench retrieval --segments` writes them."""
    with path.open("w", encoding="utf-8") as file:
        for place, segments in enumerate(found):
            rows = [
                {"text": s.text, "document": s.document, "page": s.page, "score": s.score}
                for s in segments
            ]
            line = json.dumps({"question": place, "segments": rows}, ensure_ascii=False)
            file.write(line + "\n")


def read(path: Path) -> list[list[Segment]]:
    with path.open(encoding="utf-8") as file:
        return [[Segment(**row) for row in json.loads(line)["segments"]] for line in file]
