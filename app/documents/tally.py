"""What a reader notes on its way for the document's reading report."""

from dataclasses import replace

from app.domain.errors import (
    FileTooLarge,
    LaretsError,
    PasswordNeeded,
    UnknownFormat,
    UnreadArchive,
)
from app.domain.library.reading import NOTHING_READ, ReadingReport, UnreadPart, UnreadReason


class Tally:
    """Counts under the names of a ReadingReport's fields, and the parts that were not read."""

    def __init__(self) -> None:
        self._report = NOTHING_READ

    def count(self, field: str, more: int = 1) -> None:
        """Add to a count of the report."""
        self._report = replace(self._report, **{field: getattr(self._report, field) + more})

    def unread(self, code: UnreadReason, part: str = "", page: int = 0, count: int = 1) -> None:
        """Name something that was not read."""
        self._report += ReadingReport(unread=(UnreadPart(code, part, page, count),))

    def refused(self, error: LaretsError, part: str) -> None:
        """Name a file inside the document that its own reader refused."""
        self.count("refused_parts")
        self.unread(_reason_of(error), part)

    def add(self, report: ReadingReport) -> None:
        """Take over what another reader noted of a part of the document."""
        self._report += report

    def report(self) -> ReadingReport:
        """All that was noted so far."""
        return self._report


def _reason_of(error: LaretsError) -> UnreadReason:
    """Why a part was not read whose reader gave up."""
    match error:
        case PasswordNeeded():
            return UnreadReason.PART_LOCKED
        case FileTooLarge():
            return UnreadReason.PART_LIMIT
        case UnknownFormat() | UnreadArchive():
            return UnreadReason.PART_FORMAT
        case _:
            return UnreadReason.PART_DAMAGED
