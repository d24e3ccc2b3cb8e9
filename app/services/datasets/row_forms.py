"""A record of another program as a row: Alpaca, ShareGPT, OpenAI's messages, named columns."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec

from app.domain.training import row_checks, row_formats, row_writing
from app.domain.training.row_formats import RowColumns, RowFormat
from app.domain.training.rows import Row, RowFault, RowPassage
from app.services.datasets.row_records import Record

#: Characters of a question with what was said before it.
_LONGEST_QUESTION = 12_000
_SYSTEM = {"system", "developer", "tool", "function", "observation", "function_call"}
_ASSISTANT = {"assistant", "gpt", "model", "bot", "chatgpt", "bard"}


def format_of(record: Record) -> RowFormat:
    """COLUMNS of what is nothing else."""
    if {"question", "answer", "passages", "origin"} <= record.keys():
        return RowFormat.LARETS
    if isinstance(record.get("conversations"), list):
        return RowFormat.SHAREGPT
    if isinstance(record.get("messages"), list):
        return RowFormat.MESSAGES
    if {"instruction", "output"} <= record.keys():
        return RowFormat.ALPACA
    return RowFormat.COLUMNS


def row_of(record: Record | None, form: RowFormat, columns: RowColumns | None) -> Row | RowFault:
    """The row, or why there is none. `columns` say where it stands in a record without turns."""
    if record is None:
        return RowFault.UNREADABLE
    try:
        row = _row(record, form, columns)
    except (msgspec.ValidationError, TypeError, KeyError):
        return RowFault.UNREADABLE
    if len(row.question) > _LONGEST_QUESTION:
        return RowFault.TOO_LONG
    return row_checks.fault(row) or row


def _row(record: Record, form: RowFormat, columns: RowColumns | None) -> Row:
    if form == RowFormat.LARETS:
        return replace(msgspec.convert(record, Row), id=0)
    if form in (RowFormat.SHAREGPT, RowFormat.MESSAGES):
        return _of_turns(_turns(record, form))
    columns = columns or row_formats.proposed(tuple(record))
    if columns is None:
        raise KeyError("columns")
    return _of_columns(record, columns)


# -- conversations --------------------------------------------------------------------------------


def _turns(record: Record, form: RowFormat) -> list[tuple[str, str]]:
    """Who ("user", "assistant") says what; system texts and calls of tools are left out."""
    key, speaker, said = (
        ("conversations", "from", "value")
        if form == RowFormat.SHAREGPT
        else ("messages", "role", "content")
    )
    turns = []
    for each in record[key]:
        who = str(each.get(speaker, each.get("role", ""))).lower()
        if who not in _SYSTEM:
            text = _text(each.get(said, each.get("content")))
            turns.append(("assistant" if who in _ASSISTANT else "user", text))
    return turns


def _of_turns(turns: Sequence[tuple[str, str]]) -> Row:
    """The last answer; what was asked, after the turns before it where there are any."""
    places = [place for place, (who, _) in enumerate(turns) if who == "assistant"]
    before = list(turns[: places[-1]]) if places else []
    answer = turns[places[-1]][1] if places else ""
    if len(before) == 1:
        return Row(before[0][1], answer)
    said = [f"{who}: {text}" for who, text in before]
    return Row("\n\n".join(said), answer)


def _text(value: Any) -> str:
    """A content is a text, or a list of parts of which some are."""
    if isinstance(value, list):
        parts = [unknown.get("text") if isinstance(unknown, dict) else unknown for unknown in value]
        return "\n".join(part for part in parts if isinstance(part, str)).strip()
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    raise TypeError("no text")


# -- columns --------------------------------------------------------------------------------------


def _of_columns(record: Record, columns: RowColumns) -> Row:
    question, answer = _plain(record[columns.question]), _plain(record.get(columns.answer))
    if added := _plain(record.get(columns.added)):
        question = f"{question}\n\n{added}"
    context = _plain(record.get(columns.context))
    if not context:
        return Row(question, answer)
    return Row(question, row_writing.cited(answer, 1), (RowPassage("", context),))


def _plain(value: Any) -> str:
    """SQuAD's answers are an object with a list of texts."""
    if isinstance(value, dict):
        value = value.get("text", "")
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value}"
    return _text(value)
