"""Passages that follow each other as one segment of their document."""

from collections.abc import Sequence
from itertools import pairwise

from app.domain.chat.conversation import Segment
from app.domain.library.cells import Cells, around_texts
from app.domain.library.documents import BLOCK_BREAK, LineBox, Locator
from app.store.library.library import StoredPassage


def segment_of(parts: Sequence[StoredPassage], best: StoredPassage) -> Segment:
    """Neighbours in order, of which `best` is the one that was hit; without scores."""
    first, last = parts[0].passage, parts[-1].passage
    return Segment(
        document=best.document,
        name=best.name,
        path=best.path,
        text=_joined(parts),
        header=best.passage.header,
        locator=Locator(
            first.locator.start,
            last.locator.end,
            best.passage.locator.page,
            best.passage.locator.heading,
            first.locator.line,
            best.passage.locator.sheet,
            around_texts(part.passage.locator.cells for part in parts),
            best.passage.locator.label,
        ),
        best=best.passage.locator,
        passages=tuple(part.id for part in parts),
        score=1.0,
        dense_score=None,
        keyword_score=None,
        parts=tuple(part.passage.locator for part in parts),
        boxes=_boxes(parts),
        partly_read=best.partly_read,
    )


def _joined(parts: Sequence[StoredPassage]) -> str:
    """The canonical text from the first part to the last: offsets stay exact."""
    text = parts[0].passage.text
    for before, part in pairwise(parts):
        gap = part.passage.locator.start - before.passage.locator.end
        sign = "\n" if _another_row(before.passage.locator, part.passage.locator) else " "
        text += (BLOCK_BREAK if gap >= len(BLOCK_BREAK) else sign * gap) + part.passage.text
    return text


def _another_row(before: Locator, locator: Locator) -> bool:
    """Whether a table goes on in a row below, rather than inside of one that was cut."""
    above, below = Cells.parse(before.cells), Cells.parse(locator.cells)
    return above is not None and below is not None and below.top > above.bottom


def _boxes(parts: Sequence[StoredPassage]) -> tuple[LineBox, ...]:
    origin = parts[0].passage.locator.start
    return tuple(
        LineBox(
            box.x0, box.y0, box.x1, box.y1,
            box.start + part.passage.locator.start - origin,
            box.end + part.passage.locator.start - origin,
        )
        for part in parts
        for box in part.passage.boxes
    )  # fmt: skip
