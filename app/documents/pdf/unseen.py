"""Print of a PDF that nobody sees: in the colour of what lies behind it, covered, without ink, or
tiny. What lies beyond the page's edge MuPDF leaves out.

What may be unseen is looked for on the drawn page: a place of one colour shows no letters. The
invisible text that recognition laid over a scan stays, for a picture lies there.
"""

from collections.abc import Sequence
from typing import Any

from app.documents.colours import LEAST_POINTS

Box = tuple[float, float, float, float]
_Line = dict[str, Any]

#: Of red, green and blue (0–255) in print that is as good as white.
_PALE = 235
#: Opacity (0–255) of print that is as good as none.
_FAINT = 12
#: Print that is filled, or whose outlines are drawn (MuPDF's FZ_STEXT_FILLED, FZ_STEXT_STROKED).
_INKED = 16 | 32
#: Pixels a point of the drawn page: letters of four points are still told from their paper.
_SCALE = 1.5
#: Levels of a colour (0–255) by which ink stands out, the least share of a line's place that is
#: ink, and of its height that has some: letters reach over two thirds of it, a rule over one.
_STANDS_OUT, _LEAST_INK, _LEAST_HEIGHT = 20, 0.03, 0.4
#: Points: a narrower filling is a rule.
_LEAST_FILLING = 4.0
#: Columns of pixels that are looked at of a line.
_COLUMNS = 150
#: Fewer letters order nothing, and may leave too little ink to be told from none.
_FEW_LETTERS = 3


class SeenPrint:
    """Tells the lines of one page that are seen from the others, which `unseen` counts."""

    def __init__(self, leaf: Any) -> None:
        self._leaf = leaf
        self._drawn: Any = None
        self._fillings: list[Box] = []
        self._pictures: list[Box] = []
        self.unseen = 0

    def of(self, lines: Sequence[_Line]) -> list[_Line]:
        """The lines with what is seen of them."""
        for kind, box in self._leaf.get_bboxlog() if lines else ():
            if kind == "fill-path" and min(box[2] - box[0], box[3] - box[1]) >= _LEAST_FILLING:
                self._fillings.append(box)
            elif "image" in kind:
                self._pictures.append(box)
        return [kept for line in lines if (kept := self._seen(line))]

    def _seen(self, line: _Line) -> _Line | None:
        spans = line["spans"]
        lost = [span for span in spans if _is_tiny(span)]
        doubtful = [span for span in spans if span not in lost and self._is_doubtful(span)]
        blank = [span for span in doubtful if not self._has_ink(span["bbox"])]
        if _letters(blank) >= _FEW_LETTERS:
            lost += blank
        if not lost:
            return line
        self.unseen += _letters(lost) > 0
        kept = [span for span in spans if span not in lost]
        return {**line, "spans": kept} if kept else None

    def _is_doubtful(self, span: dict[str, Any]) -> bool:
        if not span["char_flags"] & _INKED or span["alpha"] <= _FAINT:
            return not _over(span["bbox"], self._pictures)
        colour = span["color"]
        pale = min(colour >> 16, colour >> 8 & 255, colour & 255) >= _PALE
        return pale or _over(span["bbox"], [*self._fillings, *self._pictures])

    def _has_ink(self, box: Box) -> bool:
        """Whether more than a rule stands out where the middle of a line is displayed."""
        import numpy as np
        import pymupdf

        if self._drawn is None:
            picture = self._leaf.get_pixmap(
                matrix=pymupdf.Matrix(_SCALE, _SCALE), colorspace=pymupdf.csRGB, alpha=False
            )
            pixels = np.frombuffer(picture.samples, np.uint8)
            self._drawn = pixels.reshape(picture.height, picture.width, 3)
        shown = pymupdf.Rect(_middle(box)) * self._leaf.rotation_matrix * _SCALE
        x0, y0, x1, y1 = (max(round(edge), 0) for edge in shown)
        place = self._drawn[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
        place = place[:: max((y1 - y0) // _COLUMNS, 1), :: max((x1 - x0) // _COLUMNS, 1)]
        if not place.size or np.ptp(place, axis=(0, 1)).max() <= _STANDS_OUT:
            return False
        place = place.astype(np.int16)
        paper = np.median(place.reshape(-1, 3), axis=0)
        ink = (np.abs(place - paper) > _STANDS_OUT).any(axis=2)
        along = 1 if x1 - x0 >= y1 - y0 else 0
        return bool(ink.mean() >= _LEAST_INK and ink.any(axis=along).mean() >= _LEAST_HEIGHT)


def _is_tiny(span: dict[str, Any]) -> bool:
    height = span["bbox"][3] - span["bbox"][1]
    return bool(span["size"] < LEAST_POINTS and height < 2 * LEAST_POINTS)


def _middle(box: Box) -> Box:
    """Without the edges along a line, where its neighbours' letters may reach."""
    x0, y0, x1, y1 = box
    if x1 - x0 < y1 - y0:
        quarter = (x1 - x0) / 4
        return x0 + quarter, y0, x1 - quarter, y1
    quarter = (y1 - y0) / 4
    return x0, y0 + quarter, x1, y1 - quarter


def _over(box: Box, others: Sequence[Box]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(each[0] <= x <= each[2] and each[1] <= y <= each[3] for each in others)


def _letters(spans: Sequence[dict[str, Any]]) -> int:
    return sum(map(str.isalnum, "".join(span["text"] for span in spans)))
