"""A conversation and its words → what every document shows, in order: the same for all formats."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.documents.export.answer import blocks_of, printable
from app.documents.export.blocks import Block, ExportedTable, TextRun
from app.domain.chat.conversation import (
    AnswerState,
    Citation,
    Computed,
    Message,
    Source,
    Speaker,
)
from app.domain.chat.exported import Exported, ExportWords
from app.domain.library.tables import Value
from app.domain.retrieval.passages import PATH_BREAK
from app.domain.text.shortening import shortened

#: Passages that are named where nothing answers the question, and characters of one quotation.
_NEAREST, _QUOTE = 5, 600


@dataclass(frozen=True, slots=True)
class Reference:
    """A source below an answer; `number` is None where the answer does not cite it."""

    number: int | None
    name: str
    place: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportedComputation:
    """What was computed: `origin` names the cells, `query` how."""

    title: str
    table: ExportedTable
    origin: str
    query: str


@dataclass(frozen=True, slots=True)
class ExportedQuestion:
    """`label` says which and when."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """`state` says how it ended where that needs saying, else ""."""

    label: str
    state: str
    blocks: tuple[Block, ...]
    result: ExportedComputation | None
    heading: str
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A document: `note` says who wrote the answers; `footer` has places {page} and {pages}."""

    title: str
    facts: str
    note: str
    turns: tuple[ExportedQuestion | Answer, ...]
    footer: str
    language: str


def laid_out(exported: Exported, words: ExportWords) -> Layout:
    facts = (_day(words, exported.created), printable(exported.assistant))
    return Layout(
        title=_line(exported.title) or words.untitled,
        facts=" · ".join(filter(None, facts)),
        note=_note(exported.turns, words),
        turns=tuple(_turns(exported.turns, words)),
        footer=words.footer,
        language=words.language,
    )


def _turns(messages: Sequence[Message], words: ExportWords) -> Iterator[ExportedQuestion | Answer]:
    number = 0
    for message in messages:
        if message.speaker == Speaker.USER:
            number += 1
            label = words.question.format(number=number)
            lines = printable(message.text).strip().split("\n")
            yield ExportedQuestion(f"{label} · {_moment(words, message.created)}", tuple(lines))
        else:
            yield _answer(message, words)


def _answer(message: Message, words: ExportWords) -> Answer:
    abstained = message.state == AnswerState.ABSTAINED
    return Answer(
        label=words.answer,
        state=_state(message, words),
        blocks=blocks_of(message.text, message.citations),
        result=_result(message.computed, words) if message.computed else None,
        heading=words.nearest if abstained else words.sources,
        references=_nearest(message, words) if abstained else _cited(message, words),
    )


def _note(messages: Sequence[Message], words: ExportWords) -> str:
    answers = [
        message for message in messages if message.speaker == Speaker.ASSISTANT and message.text
    ]
    models = list(dict.fromkeys(_line(answer.model) for answer in answers if answer.model))
    if models:
        return words.written_by.format(model=", ".join(models))
    if answers and all(answer.state == AnswerState.QUOTED for answer in answers):
        return words.quoted_only
    return words.written if answers else ""


def _state(message: Message, words: ExportWords) -> str:
    told = _ended(message, words)
    return " ".join(filter(None, (told, words.unconfirmed if message.doubtful else "")))


def _ended(message: Message, words: ExportWords) -> str:
    return {
        AnswerState.WRITING: words.stopped,
        AnswerState.STOPPED: words.stopped,
        AnswerState.FAILED: words.failed,
        AnswerState.QUOTED: words.quoted,
        AnswerState.ABSTAINED: words.abstained if message.sources else words.nothing_near,
    }.get(message.state, "")


def _cited(message: Message, words: ExportWords) -> tuple[Reference, ...]:
    """The sources that support something, in the order of their numbers, each quoted once."""
    told: dict[int, list[Citation]] = {}
    for citation in message.citations:
        if citation.supported:
            told.setdefault(citation.number, []).append(citation)
    return tuple(
        _reference(source, told[source.number], words)
        for source in sorted(message.sources, key=lambda source: source.number)
        if source.number in told
    )


def _reference(source: Source, cited: Sequence[Citation], words: ExportWords) -> Reference:
    quotes = dict.fromkeys(
        _quoted(citation.quote, words) for citation in cited if citation.quote.strip()
    )
    places = dict.fromkeys(_place(source, citation, words) for citation in cited)
    place = "; ".join(filter(None, places))
    return Reference(source.number, _line(source.segment.name), place, tuple(quotes))


def _nearest(message: Message, words: ExportWords) -> tuple[Reference, ...]:
    near = dict.fromkeys(
        (_line(source.segment.name), _place(source, None, words)) for source in message.sources
    )
    return tuple(Reference(None, name, place, ()) for name, place in list(near)[:_NEAREST])


def _quoted(quote: str, words: ExportWords) -> str:
    return words.quote.format(text=shortened(_line(quote), _QUOTE))


def _place(source: Source, cited: Citation | None, words: ExportWords) -> str:
    """ "p. 3 · Section" or "cells B2:F21 · Sheet", as far as the format knows."""
    segment = source.segment
    best = segment.part_at(cited.quote_start) if cited else segment.best
    parts = []
    if best.page is not None:
        printed = f" ({best.label})" if best.label else ""
        parts.append(words.page.format(page=best.page) + printed)
    elif best.line is not None and not best.heading:
        parts.append(words.line.format(line=best.line))
    if best.cells:
        parts.append(words.cells.format(cells=best.cells))
    if best.sheet and not best.heading.startswith(best.sheet):
        parts.append(best.sheet)
    if best.heading:
        parts.append(best.heading.rpartition(PATH_BREAK)[2])
    return " · ".join(map(_line, parts))


def _result(computed: Computed, words: ExportWords) -> ExportedComputation:
    names = [_line(column) for column in computed.columns]
    shown = [[_value(value, words) for value in row] for row in computed.rows]
    wide = max(map(len, [names, *shown]))
    rows = [row + [""] * (wide - len(row)) for row in [names, *shown]]
    numbers = [
        any(isinstance(row[at], int | float) for row in computed.rows if at < len(row))
        for at in range(wide)
    ]
    table = ExportedTable(
        tuple(tuple((TextRun(cell),) for cell in row) for row in rows), tuple(numbers)
    )
    cells = words.cells.format(cells=", ".join(computed.cells))
    origin = " · ".join(map(_line, filter(None, (computed.name, computed.sheet, cells))))
    return ExportedComputation(
        words.computed, table, origin, f"{words.query}: {_line(computed.query)}"
    )


def _value(value: Value, words: ExportWords) -> str:
    """As it stands in the table: 2024 may be a year, so nothing parts its thousands."""
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", words.decimal)
    return words.nothing if value is None else _line(str(value))


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def _day(words: ExportWords, seconds: float) -> str:
    day = datetime.fromtimestamp(seconds).astimezone()
    return words.day.format(day=day.day, month=words.months[day.month - 1], year=day.year)


def _moment(words: ExportWords, seconds: float) -> str:
    day = datetime.fromtimestamp(seconds).astimezone()
    month, time = words.months[day.month - 1], f"{day:%H:%M}"
    return words.moment.format(day=day.day, month=month, year=day.year, time=time)
