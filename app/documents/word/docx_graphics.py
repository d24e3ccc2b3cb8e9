"""Pictures, charts and SmartArt of a DOCX, by what in its body refers to them."""

from collections.abc import Iterator
from typing import Any

from app.documents.markup import parse_xml
from app.documents.office import slide_graphics
from app.documents.pictures.embedded import EmbeddedPictures
from app.documents.tally import Tally
from app.documents.word.docx_text import FALLBACK, TEXT_BOX
from app.domain.library.documents import Block

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
#: Pictures before 2007, and those of objects.
_V = "{urn:schemas-microsoft-com:vml}"
#: What refers to a part, and by which attribute.
_REFERENCES = {
    _A + "blip": _R + "embed",
    _V + "imagedata": _R + "id",
    _C + "chart": _R + "id",
    _DGM + "relIds": _R + "dm",
}


class Graphics:
    """Each is given once, however often it is referred to."""

    def __init__(self, document: Any, pictures: EmbeddedPictures, tally: Tally) -> None:
        self._tally = tally
        self._relations = document.part.rels
        self._pictures = pictures
        self._seen: set[str] = set()

    def of(self, element: Any) -> Iterator[Block]:
        """What the graphics in an element say, those of its text boxes left out."""
        for node in _referring(element):
            relation = self._relations.get(node.get(_REFERENCES[node.tag]))
            if relation is None or relation.is_external or relation.rId in self._seen:
                continue
            self._seen.add(relation.rId)
            yield from self._part(node.tag, relation.target_part)

    def _part(self, tag: str, part: Any) -> Iterator[Block]:
        if tag == _C + "chart":
            yield from slide_graphics.chart(parse_xml(part.blob, ""), None, self._tally)
        elif tag == _DGM + "relIds":
            yield from slide_graphics.diagram(parse_xml(part.blob, ""), None)
        else:
            yield from self._pictures.blocks(part.blob, str(part.partname).rpartition("/")[2])


def _referring(element: Any) -> Iterator[Any]:
    for node in element.iterchildren():
        if node.tag in _REFERENCES:
            yield node
        if node.tag not in (FALLBACK, TEXT_BOX):
            yield from _referring(node)
