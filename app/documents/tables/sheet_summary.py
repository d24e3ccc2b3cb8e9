"""What a table holds, in a paragraph: columns, ranges, numbers of values; so that a search by
meaning finds a table by what it is about, not only by one of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.tables.cell_values import Typed
from app.domain.library.cells import Cells
from app.domain.library.tables import ColumnKind

#: Characters of a summary; the columns that no longer fit are named alone, or left out.
_LENGTH = 1400
#: Up to so many different values are listed, each up to so many characters.
_LISTED, _LISTED_LENGTH = 6, 40


@dataclass(frozen=True)
class _Wording:
    opening: str
    number: str
    date: str
    text: str
    values: str
    empty: str
    unit: str


_WORDS = {
    "en": _Wording(
        "Table{name}: {rows} rows, {columns} columns, cells {cells}. Columns: ",
        "number, {low} to {high}", "date, {low} to {high}", "text", "{count} different values",
        "empty", "in {unit}",
    ),
    "ru": _Wording(
        "Таблица{name}: строк {rows}, столбцов {columns}, ячейки {cells}. Столбцы: ",
        "число, от {low} до {high}", "дата, от {low} до {high}", "текст",
        "разных значений {count}", "пустой", "единица {unit}",
    ),
}  # fmt: skip


def summary(
    name: str, cells: Cells, rows: int, columns: Sequence[tuple[str, Typed]], language: str
) -> str:
    """A paragraph on a table of `rows` rows below its header, in "ru" or "en"."""
    words = _WORDS[language]
    quoted = {"ru": f" «{name}»", "en": f" “{name}”"}[language] if name else ""
    text = words.opening.format(name=quoted, rows=rows, columns=len(columns), cells=cells)
    told: list[str] = []
    for title, column in columns:
        part = f"{title} ({_described(column, words, language)})"
        if len(text) + sum(map(len, told)) + len(part) > _LENGTH:
            part = title
        if len(text) + sum(map(len, told)) + len(part) > 2 * _LENGTH:
            told.append("…")
            break
        told.append(part)
    return f"{text}{'; '.join(told)}."


def _described(column: Typed, words: _Wording, language: str) -> str:
    present = [value for value in column.values if value is not None]
    if not present:
        return words.empty
    if column.kind is ColumnKind.TEXT:
        return _of_text([str(each) for each in present], words)
    numbers = [each for each in present if isinstance(each, float)]
    if column.kind is ColumnKind.NUMBER:
        low, high = shown(min(numbers), language), shown(max(numbers), language)
        unit = f", {words.unit.format(unit=column.unit)}" if column.unit else ""
        return words.number.format(low=low, high=high) + unit
    dates = sorted(str(each) for each in present)
    return words.date.format(low=dates[0], high=dates[-1])


def _of_text(present: Sequence[str], words: _Wording) -> str:
    different = list(dict.fromkeys(present))
    counted = f"{words.text}, {words.values.format(count=len(different))}"
    short = all(len(each) <= _LISTED_LENGTH for each in different)
    if len(different) > _LISTED or not short:
        return counted
    return f"{counted}: {', '.join(different)}"


def shown(number: float, language: str) -> str:
    """A number without a useless fraction, with the language's decimal sign."""
    text = f"{number:.10g}" if abs(number) < 1e15 else f"{number:.6e}"
    return text.replace(".", ",") if language == "ru" else text
