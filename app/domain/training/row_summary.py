"""What is to be seen of many rows at once: counts, lengths, languages, warnings, duplicates."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.text import language
from app.domain.training import row_checks
from app.domain.training.rows import Row, RowOrigin, RowWarning


@dataclass(frozen=True, slots=True)
class Lengths:
    """In characters, or tokens; 0 of nothing."""

    total: int
    longest: int
    mean: float


@dataclass(frozen=True, slots=True)
class RowSummary:
    """`used` of `rows` are not put aside, `unanswered` of these refuse, `groups` are what a split
    keeps whole. `warned` has a set a row, in order; `repeats` are pairs of places: a row whose
    question nearly repeats that of an earlier one. `languages` and `origins` with their counts."""

    rows: int
    used: int
    unanswered: int
    groups: int
    questions: Lengths
    answers: Lengths
    languages: tuple[tuple[str, int], ...]
    origins: tuple[tuple[RowOrigin, int], ...]
    warned: tuple[frozenset[RowWarning], ...]
    repeats: tuple[tuple[int, int], ...]

    def count(self, warning: RowWarning) -> int:
        return sum(1 for each in self.warned if warning in each)


@dataclass(frozen=True, slots=True)
class TokenCounts:
    """Of rows as they are trained from, in the chat model's tokens: `total` and `mean` of whole
    texts, the `longest` of them, and `answers`, which alone are learned."""

    total: int
    longest: int
    answers: int
    mean: float


def summary(rows: Sequence[Row]) -> RowSummary:
    repeats = row_checks.duplicates([row.question for row in rows])
    warned = [row_checks.warnings(row) for row in rows]
    for place in repeats:
        warned[place] |= {RowWarning.DUPLICATE}
    alone = sum(1 for row in rows if not row.group)
    return RowSummary(
        rows=len(rows),
        used=sum(1 for row in rows if row.used),
        unanswered=sum(1 for row in rows if row.used and not row.answered),
        groups=len({row.group for row in rows if row.group}) + alone,
        questions=lengths(len(row.question) for row in rows),
        answers=lengths(len(row.answer) for row in rows),
        languages=tuple(Counter(language.of(row.question) for row in rows).most_common()),
        origins=tuple(Counter(row.origin for row in rows).most_common()),
        warned=tuple(warned),
        repeats=tuple(sorted(repeats.items())),
    )


def lengths(values: Iterable[int]) -> Lengths:
    found = list(values)
    return Lengths(sum(found), max(found, default=0), sum(found) / max(len(found), 1))
