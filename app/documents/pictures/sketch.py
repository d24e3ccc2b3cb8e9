"""A small grey picture of a page: which way its lines run, how skewed, and where they are plainest.

Numpy only: MuPDF's own fz_detect_skew crashes on some pictures (1.28.2).
"""

from __future__ import annotations

from typing import Any

#: Pixels of the picture's longer side: lines of print are about ten of them apart.
_SIDE = 1000
#: The part of the page's height that `strip` takes.
_STRIP_SHARE = 0.16
#: Degrees: more is not looked for, less is not worth turning back.
_MOST_SKEW, _LEAST_SKEW, _SKEW_STEP = 5.0, 0.2, 0.1
#: The page is cut into so many upright bands, which are shifted against each other.
_BANDS = 32


class Sketch:
    """`sideways`: the lines run up or down. `strip`: the part of the page (pymupdf.Rect) with the
    plainest lines."""

    def __init__(self, page: Any) -> None:
        import numpy
        import pymupdf

        scale = _SIDE / max(page.rect.width, page.rect.height, 1.0)
        pixels = page.get_pixmap(
            matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY, alpha=False
        )
        samples = numpy.frombuffer(pixels.samples, dtype=numpy.uint8)
        grey = samples.reshape(pixels.height, pixels.stride)[:, : pixels.width]
        grey = grey.astype(numpy.float32)
        self._skews = (_skew(grey), _skew(numpy.rot90(grey)))
        self.sideways = self._skews[1][1] > self._skews[0][1]
        self.strip = _strip(page.rect, _alternation(grey, self.sideways), self.sideways, scale)

    def skew(self, turns: int) -> float:
        """Degrees that level the lines of the page turned by so many quarters."""
        return self._skews[turns % 2][0]


def _alternation(grey: Any, sideways: bool) -> Any:
    """How much each line of pixels differs from the one before, the mean brightness of each."""
    import numpy

    return abs(numpy.diff(grey.mean(axis=0 if sideways else 1), prepend=grey.mean()))


def _strip(page: Any, strength: Any, sideways: bool, scale: float) -> Any:
    import numpy
    import pymupdf

    length = min(max(int(_STRIP_SHARE * len(strength)), 1), len(strength))
    at = int(numpy.convolve(strength, numpy.ones(length), "valid").argmax())
    first, last = at / scale, (at + length) / scale
    if sideways:
        return pymupdf.Rect(page.x0 + first, page.y0, page.x0 + last, page.y1)
    return pymupdf.Rect(page.x0, page.y0 + first, page.x1, page.y0 + last)


def _skew(grey: Any) -> tuple[float, float]:
    """The angle at which the bands' lines meet, so that all together alternate most, and how much
    they do then."""
    import numpy

    height, width = grey.shape
    most = int(numpy.tan(numpy.radians(_MOST_SKEW)) * width / 2) + 1
    if width < _BANDS or height < 2:
        return 0.0, float((numpy.diff(grey.mean(axis=1)) ** 2).sum())
    bands = numpy.array([band.mean(axis=1) for band in numpy.array_split(grey, _BANDS, axis=1)])
    places = (numpy.arange(_BANDS) - (_BANDS - 1) / 2) * width / _BANDS
    steps = numpy.arange(-_MOST_SKEW, _MOST_SKEW + _SKEW_STEP / 2, _SKEW_STEP)
    strengths = [_strength(bands, places * numpy.tan(numpy.radians(step)), most) for step in steps]
    best = int(numpy.argmax(strengths))
    worth = abs(steps[best]) >= _LEAST_SKEW and 0 < best < len(steps) - 1
    return float(-steps[best]) if worth else 0.0, strengths[best]


def _strength(bands: Any, shifts: Any, most: int) -> float:
    import numpy

    padded = numpy.pad(bands, ((0, 0), (most, most)), mode="edge")
    starts = numpy.rint(most + shifts).astype(int)
    length = bands.shape[1]
    parts = [band[at : at + length] for band, at in zip(padded, starts, strict=True)]
    return float((numpy.diff(numpy.mean(parts, axis=0)) ** 2).sum())
