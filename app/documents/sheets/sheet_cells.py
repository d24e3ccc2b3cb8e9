"""A workbook's values with their number formats → cells as shown."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from app.documents.characters import clean_cell
from app.documents.tables.cell_values import CellValue, iso_of
from app.documents.tables.number_format import makes_codes, shown_date, shown_number
from app.documents.words import words
from app.domain.text import language

#: A value and its format's code; None for an empty cell.
Raw = tuple[object, str] | None


class Missing:
    """The value of a formula that the file does not have."""


MISSING = Missing()


def spoken_of(title: str, rows: Sequence[Sequence[Raw]]) -> str:
    """ "ru" or "en": the language of a sheet's first rows and of its name."""
    words = [pair[0] for row in rows[:200] for pair in row if pair and isinstance(pair[0], str)]
    return language.of(" ".join([title, *words]))


def shown_cell(pair: Raw, spoken: str) -> CellValue | None:
    """The cell as its sheet shows it."""
    if pair is None:
        return None
    value, code = pair
    if value is MISSING:
        return CellValue(words(spoken).sheet.not_calculated, missing=True)
    if isinstance(value, bool):
        return CellValue(
            ("ДА", "НЕТ")[not value] if spoken == "ru" else ("TRUE", "FALSE")[not value]
        )
    if isinstance(value, int | float):
        text = shown_number(value, code, spoken)
        if makes_codes(code):
            return CellValue(text)
        return CellValue(text, float(value) * 100 ** (text.endswith("%")))
    if isinstance(value, datetime | date):
        return CellValue(shown_date(value, code, spoken), date=iso_of(value))
    if isinstance(value, time | timedelta):
        return CellValue(shown_date(value, code, spoken))
    text = clean_cell(str(value))
    return CellValue(text) if text else None
