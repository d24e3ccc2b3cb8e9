"""What a file of figures holds: one table for everything, and one for each way to divide it."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from app.documents.export.tables import Cell, OutTable
from app.domain.statistics import Gap, Middle, NamedServed, Outcome, Report, Served


@dataclass(frozen=True, slots=True)
class StatisticsWords:
    """Headings in one language. `outcomes` by their value; `none` stands for no assistant in
    particular, `gone` for one that was deleted."""

    overview: str
    figure: str
    value: str
    days: str
    day: str
    assistants: str
    assistant: str
    collections: str
    collection: str
    documents: str
    document: str
    answers: str
    unanswered: str
    group: str
    question: str
    moment: str
    questions: str
    outcomes: dict[str, str]
    liked: str
    disliked: str
    read_tokens: str
    written_tokens: str
    first_median: str
    first_most: str
    whole_median: str
    whole_most: str
    untimed: str
    none: str
    gone: str


def words(resources: Path, language: str) -> StatisticsWords:
    text = (resources / f"statistics.{language}.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), StatisticsWords)


def of_report(report: Report, told: StatisticsWords) -> list[OutTable]:
    """Figures alone, and the names of assistants and collections."""
    head = _head(told)
    days = tuple[tuple[Cell, ...], ...](
        (day.isoformat(), *_cells(served)) for day, served in report.days
    )
    return [
        OutTable(told.overview, (told.figure, told.value), tuple(_overview(report, told))),
        OutTable(told.days, (told.day, *head), days),
        OutTable(told.assistants, (told.assistant, *head), _named(report.assistants, told)),
        OutTable(told.collections, (told.collection, *head), _named(report.collections, told)),
    ]


def of_texts(report: Report, gaps: Sequence[Gap], told: StatisticsWords) -> list[OutTable]:
    """The names of documents, and what the user asked."""
    documents = tuple((each.name, each.collection, each.answers) for each in report.documents)
    asked = tuple(
        (number, question.text, _moment(question.created))
        for number, gap in enumerate(gaps, 1)
        for question in gap.questions
    )
    return [
        OutTable(told.documents, (told.document, told.collection, told.answers), documents),
        OutTable(told.unanswered, (told.group, told.question, told.moment), asked),
    ]


def _head(told: StatisticsWords) -> tuple[str, ...]:
    outcomes = (told.outcomes[each.value] for each in Outcome)
    judged = (told.liked, told.disliked, told.read_tokens, told.written_tokens)
    return (told.questions, *outcomes, *judged)


def _cells(served: Served) -> tuple[int, ...]:
    outcomes = (getattr(served, each.value) for each in Outcome)
    judged = (served.liked, served.disliked, served.read_tokens, served.written_tokens)
    return (served.questions, *outcomes, *judged)


def _overview(report: Report, told: StatisticsWords) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = list(zip(_head(told), _cells(report.served), strict=True))
    for middle, median, most in (
        (report.first, told.first_median, told.first_most),
        (report.whole, told.whole_median, told.whole_most),
    ):
        rows += [(median, _seconds(middle, "median")), (most, _seconds(middle, "most"))]
    return [*rows, (told.untimed, report.untimed)]


def _seconds(middle: Middle | None, which: str) -> Cell:
    return "" if middle is None else round(getattr(middle, which) / 1000, 2)


def _named(found: Sequence[NamedServed], told: StatisticsWords) -> tuple[tuple[Cell, ...], ...]:
    return tuple((_name(each, told), *_cells(each.served)) for each in found)


def _name(each: NamedServed, told: StatisticsWords) -> str:
    return each.name or (told.gone if each.id else told.none)


def _moment(created: float) -> str:
    return datetime.fromtimestamp(created).astimezone().strftime("%Y-%m-%d %H:%M")
