"""What the viewer shows of a document, made ready on the reading worker. Knows no Qt."""

from dataclasses import dataclass

from app.domain.library.documents import Document, Passage, Stretch
from app.domain.library.sheet_grid import SheetGrid, grids, grids_of
from app.domain.progress import Control
from app.services.library.service import LibraryService
from app.ui.library.viewer.spot import Spot
from app.ui.library.viewer.text.pieces import TextPiece, pieces, pieces_of

#: Documents of more passages are shown in stretches: to read one again takes minutes.
MOST_PASSAGES = 3000
#: Passages of a stretch before and after the spot.
REACH = 200


@dataclass(frozen=True, slots=True)
class Look:
    """A document's `pieces` of text, or the `grids` of its sheets; neither where its pages are
    looked at as pictures. `stretch` is what is shown of a very long one, else None."""

    document: Document
    pieces: tuple[TextPiece, ...] = ()
    grids: tuple[SheetGrid, ...] = ()
    stretch: Stretch | None = None

    def serves(self, document: Document, offset: int) -> bool:
        """Whether it shows that document, as it is now, at a character of its text."""
        same = self.document == document
        return same and (self.stretch is None or self.stretch.holds(offset))


def look_at(
    library: LibraryService, spot: Spot, before: Look | None, control: Control | None = None
) -> Look:
    """The spot's document; `before` itself where it serves. Errors as LibraryService.read_again."""
    document = library.document(spot.document)
    if document.is_pictured:
        return Look(document)
    if before and before.serves(document, spot.start):
        return before
    if document.passages > MOST_PASSAGES:
        return _part(document, library.around(document.id, spot.start, REACH))
    read = library.read_again(document.id, control)
    if document.is_sheet and (found := grids(read.blocks)):
        return Look(document, grids=found)
    return Look(document, tuple(pieces(read.blocks, slides=document.is_slides)))


def look_on(library: LibraryService, look: Look, first: int) -> Look:
    """Another stretch of the same document, from passage number `first` (from 0) on."""
    return _part(look.document, library.stretch(look.document.id, first, 2 * REACH))


def spot_of(document: str, passage: Passage) -> Spot:
    """A whole passage."""
    place = passage.locator
    return Spot(
        document, place.page, passage.text, place.start, place.end, passage.boxes,
        place.sheet, place.cells,
    )  # fmt: skip


def _part(document: Document, stretch: Stretch) -> Look:
    if document.is_sheet and (found := grids_of(stretch.passages)):
        return Look(document, grids=found, stretch=stretch)
    return Look(document, tuple(pieces_of(stretch.passages)), stretch=stretch)
