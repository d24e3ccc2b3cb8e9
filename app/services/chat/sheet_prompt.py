"""What the chat model reads of a table before it proposes a query: columns, a few rows, values."""

from collections.abc import Iterator, Sequence

from app.domain.library.tables import Column, ColumnKind, Value
from app.domain.text import language
from app.services.assistants.prompts import Prompts
from app.stems import stems
from app.store.library.sheet_query import ROW, TABLE, SheetQuery

#: Rows that are shown, characters of a cell, columns that are described rather than named.
_ROWS, _CELL, _DESCRIBED = 3, 32, 24
#: A column of so few values has them listed.
_LISTED = 8
#: Characters of a result in the answer's prompt.
_RESULT = 2000
#: Values that share words with the question, and how many different ones are looked through.
_NAMED, _SEARCHED = 6, 20_000


def request(question: str, sheet: SheetQuery, prompts: Prompts) -> str:
    """The turn that asks for a query."""
    spoken = language.of(question)
    named = "\n".join(_named(question, sheet))
    values = filled(prompts.get("sheet-values", spoken), values=named) if named else ""
    return filled(
        prompts.get("sheet-query", spoken),
        schema=_schema(sheet),
        rows="\n".join(_rows(sheet)),
        values=f"\n{values}\n" if values else "",
        question=question,
    )


def filled(template: str, **places: str) -> str:
    """The template with its {places}; what is put in keeps its own braces."""
    parts = [template]
    for name, text in places.items():
        before, sign, after = parts[-1].partition(f"{{{name}}}")
        parts[-1:] = [before + text, after] if sign else [before]
    return "".join(parts)


def _schema(sheet: SheetQuery) -> str:
    lines = [f"{ROW} INTEGER"]
    for place, column in enumerate(sheet.table.columns):
        about = f" -- {_about(sheet, place, column)}" if place < _DESCRIBED else ""
        lines.append(f"{sheet.names[place]} {_sql_kind(column)}{about}")
    return f"CREATE TABLE {TABLE} (\n" + "\n".join(lines) + "\n)"


def _sql_kind(column: Column) -> str:
    return {ColumnKind.NUMBER: "NUMERIC", ColumnKind.DATE: "DATE"}.get(column.kind, "TEXT")


def _about(sheet: SheetQuery, place: int, column: Column) -> str:
    """The original name where it says more, and what the column holds."""
    about = [] if column.name.lower() == sheet.names[place] else [column.name[:60]]
    if column.kind is ColumnKind.TEXT:
        different = sheet.different(place, _LISTED)
        about += [", ".join(_quoted(each) for each in different)] if different else []
    else:
        present = [row[place] for row in sheet.table.rows if row[place] is not None]
        if present:
            low, high = min(present, key=_order), max(present, key=_order)
            about.append(f"{written(low)} … {written(high)} {column.unit}".strip())
    return "; ".join(about)


def _order(value: Value) -> tuple[float, str]:
    return (float(value), "") if isinstance(value, int | float) else (0.0, str(value))


def _quoted(text: str) -> str:
    return "'" + text[:_CELL].replace("'", "''") + "'"


def _rows(sheet: SheetQuery) -> Iterator[str]:
    yield " | ".join((ROW, *sheet.names))
    table = sheet.table
    for number, row in list(zip(table.numbers, table.rows, strict=True))[:_ROWS]:
        yield " | ".join((str(number), *(written(value)[:_CELL] for value in row)))


def _named(question: str, sheet: SheetQuery) -> Iterator[str]:
    """ "city = 'Moscow'" for values all of whose words, or most of them, stand in the question."""
    asked = set(stems(question))
    found: list[tuple[float, str]] = []
    for place, column in enumerate(sheet.table.columns):
        if column.kind is not ColumnKind.TEXT:
            continue
        for value in sheet.different(place, _SEARCHED) or ():
            own = set(stems(value))
            share = len(own & asked) / len(own) if own else 0.0
            if share >= 0.5:
                found.append((share * len(own & asked), f"{sheet.names[place]} = {_quoted(value)}"))
    for _, line in sorted(found, key=lambda each: -each[0])[:_NAMED]:
        yield line


def written(value: Value) -> str:
    """A value as text, whole numbers without a fraction; "" for none."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    return "" if value is None else str(value)


def result_text(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> str:
    """A query's result: one value bare, others as a table of its own."""
    if len(columns) == 1:
        text = ", ".join(written(row[0]) for row in rows)
    else:
        text = "\n".join([" | ".join(columns), *(" | ".join(map(written, row)) for row in rows)])
    return text if len(text) <= _RESULT else f"{text[:_RESULT]}…"
