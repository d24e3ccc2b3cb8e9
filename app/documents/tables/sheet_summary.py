"""What a table holds, in a paragraph: columns, ranges, numbers of values; so that a search by
meaning finds a table by what it is about, not only by one of its rows."""

from collections.abc import Sequence

from app.documents.tables.cell_values import Typed
from app.documents.words import TableWords, words
from app.domain.library.cells import Cells
from app.domain.library.tables import ColumnKind

#: Characters of a summary; the columns that no longer fit are named alone, or left out.
_LENGTH = 1400
#: Up to so many different values are listed, each up to so many characters.
_LISTED, _LISTED_LENGTH = 6, 40


def summary(
    name: str, cells: Cells, rows: int, columns: Sequence[tuple[str, Typed]], language: str,
    hidden: int = 0,
) -> str:  # fmt: skip
    """A paragraph on a table of `rows` rows below its header, `hidden` of them not shown, in "ru"
    or "en"."""
    told_as = words(language).table
    quoted = told_as.quoted.format(name=name) if name else ""
    text = told_as.opening.format(name=quoted, rows=rows, columns=len(columns), cells=cells)
    told: list[str] = []
    for title, column in columns:
        part = f"{title} ({_described(column, told_as, language)})"
        if len(text) + sum(map(len, told)) + len(part) > _LENGTH:
            part = title
        if len(text) + sum(map(len, told)) + len(part) > 2 * _LENGTH:
            told.append("…")
            break
        told.append(part)
    unseen = f" {told_as.hidden_rows.format(count=hidden)}" if hidden else ""
    return f"{text}{'; '.join(told)}.{unseen}"


def _described(column: Typed, told_as: TableWords, language: str) -> str:
    missing = told_as.not_calculated.format(count=column.missing) if column.missing else ""
    values = _of_values(column, told_as, language)
    return ", ".join(filter(None, (values, missing))) or told_as.empty


def _of_values(column: Typed, told_as: TableWords, language: str) -> str:
    present = [value for value in column.values if value is not None]
    if not present:
        return ""
    if column.kind is ColumnKind.TEXT:
        return _of_text([str(each) for each in present], told_as)
    numbers = [each for each in present if isinstance(each, float)]
    if column.kind is ColumnKind.NUMBER:
        low, high = shown(min(numbers), language), shown(max(numbers), language)
        unit = f", {told_as.unit.format(unit=column.unit)}" if column.unit else ""
        return told_as.number.format(low=low, high=high) + unit
    dates = sorted(str(each) for each in present)
    return told_as.date.format(low=dates[0], high=dates[-1])


def _of_text(present: Sequence[str], told_as: TableWords) -> str:
    different = list(dict.fromkeys(present))
    counted = f"{told_as.text}, {told_as.values.format(count=len(different))}"
    short = all(len(each) <= _LISTED_LENGTH for each in different)
    if len(different) > _LISTED or not short:
        return counted
    return f"{counted}: {', '.join(different)}"


def shown(number: float, language: str) -> str:
    """A number without a useless fraction, with the language's decimal sign."""
    text = f"{number:.10g}" if abs(number) < 1e15 else f"{number:.6e}"
    return text.replace(".", ",") if language == "ru" else text
