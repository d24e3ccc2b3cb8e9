"""What was read of a document and what was not, part by part: its reading report."""

from dataclasses import dataclass, fields
from enum import StrEnum

#: Parts that are named one by one; of more only the counts are kept.
NAMED_PARTS = 100


class UnreadReason(StrEnum):
    """Why a part of a document was not read."""

    PAGE_DAMAGED = "page-damaged"
    PAGE_ILLEGIBLE = "page-illegible"
    RECOGNITION_MISSING = "recognition-missing"
    PICTURE_DAMAGED = "picture-damaged"
    PICTURE_FORMAT = "picture-format"
    PICTURE_LIMIT = "picture-limit"
    PART_DAMAGED = "part-damaged"
    PART_FORMAT = "part-format"
    PART_LOCKED = "part-locked"
    PART_LIMIT = "part-limit"
    CHART_LIMIT = "chart-limit"
    NOT_CALCULATED = "not-calculated"
    DYNAMIC_FORM = "dynamic-form"
    LINES_BROKEN = "lines-broken"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class UnreadPart:
    """A part that was not read. `part` is its name, "" where a `page` (from 1; 0 for none) says
    where it stands; `count` of them for the same reason in the same place."""

    code: UnreadReason
    part: str = ""
    page: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """Counts of what a reader met. Pages by how they were read; pictures by whether print in them
    was recognised, one without any print counts nowhere; `read_parts` are files inside (attached,
    packed), `refused_parts` those that were not taken; `hidden` sheets, rows and columns, which are
    read and marked, slides, which are read, and pieces of hidden text, which are left out;
    `uncalculated` formulas without a stored value. Of the `characters` that were read
    `recognised_characters` came out of pictures and `legible_characters` of these stand in words.
    `unread` names what was not read.
    """

    text_pages: int = 0
    recognised_pages: int = 0
    unreadable_pages: int = 0
    recognised_pictures: int = 0
    skipped_pictures: int = 0
    read_parts: int = 0
    refused_parts: int = 0
    hidden: int = 0
    uncalculated: int = 0
    characters: int = 0
    recognised_characters: int = 0
    legible_characters: int = 0
    unread: tuple[UnreadPart, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing is known to be missing."""
        return not self.unread

    @property
    def confidence(self) -> float | None:
        """The share of recognised characters, 0–1, that stand in words; None without any."""
        if not self.recognised_characters:
            return None
        return self.legible_characters / self.recognised_characters

    def on_page(self, page: int) -> tuple[UnreadPart, ...]:
        """What was not read of one page."""
        return tuple(part for part in self.unread if part.page == page)

    def __add__(self, other: "ReadingReport") -> "ReadingReport":
        """Of two sections of the same document."""
        counts = {
            field.name: getattr(self, field.name) + getattr(other, field.name)
            for field in fields(self)
            if field.name != "unread"
        }
        return ReadingReport(**counts, unread=_merged(self.unread, other.unread))


#: Before anything was read.
NOTHING_READ = ReadingReport()


def _merged(
    first: tuple[UnreadPart, ...], second: tuple[UnreadPart, ...]
) -> tuple[UnreadPart, ...]:
    """Equal parts counted together, the first of each kept in their order."""
    found: dict[tuple[UnreadReason, str, int], UnreadPart] = {}
    for part in (*first, *second):
        key = (part.code, part.part, part.page)
        if key not in found and len(found) >= NAMED_PARTS:
            key = (part.code, "", 0)
        count = part.count + (found[key].count if key in found else 0)
        found[key] = UnreadPart(*key, count)
    return tuple(found.values())
