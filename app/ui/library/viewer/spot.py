"""Where the viewer looks: a place in a document and what to mark there."""

from dataclasses import dataclass, replace

from app.domain.chat.conversation import Citation, Segment
from app.domain.library.documents import LineBox
from app.domain.library.sheet_grid import cited_cells
from app.stems import PART, normal, stem, stems


@dataclass(frozen=True, slots=True)
class Spot:
    """Where to look: a document, a page (None: a format without pages), and what to mark there.

    `start` and `end` are characters of the canonical text; `boxes` the printed lines; `cells` those
    of a `sheet`, in letters. `words` are the characters to mark instead of all from `start` to
    `end`; `quote` has them a line each then.
    """

    document: str
    page: int | None
    quote: str
    start: int
    end: int
    boxes: tuple[LineBox, ...] = ()
    sheet: str = ""
    cells: str = ""
    words: tuple[tuple[int, int], ...] = ()

    @property
    def marked(self) -> tuple[tuple[int, int], ...]:
        """The stretches of characters that are marked."""
        return self.words or ((self.start, self.end),)


def spot(segment: Segment, citation: Citation | None) -> Spot:
    """The sentence that supports a citation, or the passage that was hit."""
    origin = segment.locator.start
    if citation and citation.supported and segment.is_passage:
        start, end = citation.quote_start, citation.quote_end
    else:
        start, end = segment.best.start - origin, segment.best.end - origin
    part = segment.part_at(start)
    last = min(end, part.end - origin)  # of a quote over two pages the first half
    text = segment.text[part.start - origin : part.end - origin]
    return Spot(
        document=segment.document,
        page=part.page,
        quote=segment.text[start:last],
        start=origin + start,
        end=origin + end,
        boxes=tuple(box for box in segment.boxes if box.start < last and box.end > start),
        sheet=part.sheet,
        cells=cited_cells(part, text, origin + start - part.start, origin + last - part.start),
    )


def searched_spot(segment: Segment, question: str) -> Spot:
    """The passage that a search found, the words marked that the question has too, in whatever
    form; the whole passage where it has none of them."""
    found, wanted = spot(segment, None), set(stems(question))
    places = [
        (word.start(), word.end())
        for word in PART.finditer(found.quote)
        if stem(normal(word[0])) in wanted
    ]
    if not places:
        return found
    return replace(
        found,
        quote="\n".join(dict.fromkeys(found.quote[start:end] for start, end in places)),
        words=tuple((found.start + start, found.start + end) for start, end in places),
    )
