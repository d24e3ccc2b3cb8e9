"""Cells of a sheet by their letters: "B2", "B2:F21". Rows and columns count from 1."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_RANGE = re.compile(r"([A-Z]{1,7})(\d{1,9})(?::([A-Z]{1,7})(\d{1,9}))?")


def letters(column: int) -> str:
    """ "A" for 1, "Z" for 26, "AA" for 27."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """27 for "AA"."""
    number = 0
    for sign in name:
        number = number * 26 + ord(sign) - 64
    return number


@dataclass(frozen=True, slots=True)
class Cells:
    """A rectangle, both corners inside."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, text: str) -> "Cells | None":
        """The rectangle that `str` wrote; None when the text is none."""
        match = _RANGE.fullmatch(text)
        if match is None:
            return None
        left, top = column_number(match[1]), int(match[2])
        right, bottom = (column_number(match[3]), int(match[4])) if match[3] else (left, top)
        return cls(top, left, bottom, right)

    @property
    def height(self) -> int:
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        return self.right - self.left + 1

    def holds(self, other: "Cells") -> bool:
        rows = self.top <= other.top and other.bottom <= self.bottom
        return rows and self.left <= other.left and other.right <= self.right

    def __str__(self) -> str:
        first = f"{letters(self.left)}{self.top}"
        last = f"{letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"


def around(parts: Iterable[Cells]) -> Cells | None:
    """The smallest rectangle that holds all parts; None without any."""
    found = list(parts)
    if not found:
        return None
    return Cells(
        min(cells.top for cells in found),
        min(cells.left for cells in found),
        max(cells.bottom for cells in found),
        max(cells.right for cells in found),
    )


def around_texts(texts: Iterable[str]) -> str:
    """The rectangle around rectangles in letters; "" without any."""
    both = around(cells for text in texts if (cells := Cells.parse(text)))
    return str(both) if both else ""
