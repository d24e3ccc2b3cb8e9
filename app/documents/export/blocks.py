"""What an exported text is made of. Nothing in it can be clicked, loaded or run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters of one look; "\\n" breaks the line. A `mark` is a citation: its number alone."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    struck: bool = False
    mark: bool = False


Runs = tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1–6 as the answer has it."""

    runs: Runs
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`depth`: how many lists it stands in."""

    runs: Runs
    depth: int = 0
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Of a list at `depth` from 1; `number` is None for a bullet. Items of one list have the same
    `sequence`, no two lists of an answer do."""

    runs: Runs
    depth: int
    number: int | None
    sequence: int


@dataclass(frozen=True, slots=True)
class Code:
    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """The header is the first row, all rows are as long. `right`: which columns are aligned so."""

    rows: tuple[tuple[Runs, ...], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


Block = Heading | Paragraph | Item | Code | ExportedTable | Rule
