"""What a cell's text means: a number with its unit, a date, nothing; and what a column holds.

Separators and the order of day and month cannot be told from one cell: "1,234" is a thousand in one
column and one and a bit in another. So a column is read as a whole.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from app.domain.library.tables import ColumnKind, Value


class CellValue(NamedTuple):
    """A cell as shown, and what the file itself says that it is: a number, or a date as ISO.

    `missing` is a formula whose value the file does not have; its text says so.
    """

    text: str
    number: float | None = None
    date: str | None = None
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """A column's values, their kind, the unit that its numbers share, and how many of its formulas
    have no value."""

    kind: ColumnKind
    unit: str
    values: tuple[Value, ...]
    missing: int = 0


#: Share of the filled cells that have to be numbers (or dates) for a column of them.
_TYPED_SHARE = 0.9
#: Longer digit strings are account numbers; a double would round them.
_DIGITS = 15
#: Units of a value, such as "km" or "руб."; longer words make a number part of a name.
_UNIT_LENGTH = 4
_NOTHING = frozenset({"", "-", "–", "—", "−", "--", "---", "n/a", "n.a.", "na", "н/д", "#n/a"})
_NO_NUMBER = _NOTHING | {"?", "…", "...", "none", "null", "nan", "nil", "нет", "нет данных", "x"}
_TOTALS = frozenset(
    ("total", "totals", "grand total", "subtotal", "sum", "итого", "всего", "итог", "сумма")
)
#: "[3]", "*", "†", "(est.)" after a number.
_NOTES = re.compile(r"(?:\s*(?:\[[^\]]{1,12}\]|\([^()]*\)|[*†‡]))+$")
_SPACES = "\u00a0\u2009\u202f "
_UNIT = r"[^\W\d]{1,10}[²³.]?(?:[/ ][^\W\d]{1,5}[²³.]?)?|[%°$€£¥₽‰]"
#: Letters before a number are its currency; others make a code of it: "НЦ-12", "М500", "цех 4".
_MONEY = (
    r"(?:USD|EUR|GBP|CHF|RUB|RUR|CNY|JPY|INR|KZT|BYN|UAH|PLN|SEK|NOK|DKK|руб|р|Rs|kr)\.?"
    r"|(?:US|CA|AU|NZ|HK|A|C|R)(?=\$)"
)
_FIGURE = re.compile(
    rf"(?P<unit>{_MONEY}|[$€£¥₽₴₸%#№])?[{_SPACES}]?(?P<sign>[-−–+(])?[{_SPACES}]?"
    rf"(?P<money>[$€£¥₽])?(?P<digits>\d+(?:[{_SPACES}'’.,]\d+)*|[.,]\d+)"
    rf"(?P<close>\))?[{_SPACES}]?(?P<after>{_UNIT})?"
)
_GROUPS = re.compile(r"\d{1,3}(?:[^\d]\d{3})+")
_MONTHS = {
    name: place
    for place, names in enumerate(
        (
            "jan января янв", "feb февраля фев", "mar марта мар", "apr апреля апр", "may мая май",
            "jun июня июн", "jul июля июл", "aug августа авг", "sep сентября сен",
            "oct октября окт", "nov ноября ноя", "dec декабря дек",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z?)?")
_DOTS = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})(?:,? (\d{1,2}:\d{2})(?::\d{2})?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\s+([^\W\d]{3,9})\.?,?\s+(\d{4})(?:\s*г\.?)?")
_MONTH_FIRST = re.compile(r"([^\W\d]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")


def is_nothing(text: str) -> bool:
    """An empty cell, or one that only says so: a dash, "n/a"."""
    return text.casefold() in _NOTHING


def is_value(cell: CellValue | None) -> bool:
    """A number or a date rather than words."""
    if cell is None:
        return False
    if cell.number is not None or cell.date is not None:
        return True
    if cell.missing:
        return True  # a formula is no name of a column
    found = figure(cell.text) or figure(cell.text, ",")
    if found is not None:
        return len(found[1]) <= _UNIT_LENGTH  # "1986 census" is a heading
    return _date(cell.text, day_first=True) is not None


def is_total(text: str) -> bool:
    """The label of a sum over the rows above it."""
    return text.casefold().strip(" :.") in _TOTALS


def is_year(cell: CellValue | None) -> bool:
    return cell is not None and re.fullmatch(r"(?:19|20)\d\d", cell.text) is not None


def typed(cells: Sequence[CellValue | None]) -> Typed:
    """The column that these cells make."""
    missing = sum(cell is not None and cell.missing for cell in cells)
    if missing:
        cells = [None if cell and cell.missing else cell for cell in cells]
    texts = [cell.text for cell in cells if cell and not _is_no_number(cell)]
    bare = list(dict.fromkeys(texts))
    for kind, parse in _readings(bare):
        found = [_own(cell, kind) or (parse(cell.text) if cell else None) for cell in cells]
        if sum(each is not None for each in found) >= max(_TYPED_SHARE * len(texts), 1):
            values = tuple(each[0] if each else None for each in found)
            unit = _shared_unit([each[1] for each in found if each])
            if unit is not None:
                return Typed(kind, unit, values, missing)
    return Typed(ColumnKind.TEXT, "", tuple(_words(cell) for cell in cells), missing)


_Reading = Callable[[str], tuple[float | str, str] | None]


def _readings(texts: Sequence[str]) -> Iterator[tuple[ColumnKind, _Reading]]:
    if not any(map(_is_code, texts)):
        yield ColumnKind.NUMBER, partial(figure, decimal=_decimal(texts))
    yield ColumnKind.DATE, partial(_dated, day_first=_day_first(texts))


def _own(cell: CellValue | None, kind: ColumnKind) -> tuple[float | str, str] | None:
    """What the file says that the cell is."""
    if cell is None or (cell.number is None and cell.date is None):
        return None
    if kind is ColumnKind.NUMBER and cell.number is not None:
        shown = figure(cell.text) or figure(cell.text, ",")
        return cell.number, shown[1] if shown else ""
    return (cell.date, "") if kind is ColumnKind.DATE and cell.date is not None else None


def _is_no_number(cell: CellValue) -> bool:
    return cell.text.casefold() in _NO_NUMBER


def _words(cell: CellValue | None) -> str | None:
    return None if cell is None or is_nothing(cell.text) else cell.text


def _is_code(text: str) -> bool:
    """An article, a telephone or an account number: "007", twenty digits."""
    digits = re.sub(rf"[{_SPACES}]", "", text)
    return digits.isdigit() and ((len(digits) > 1 and digits[0] == "0") or len(digits) > _DIGITS)


def _shared_unit(units: Iterable[str]) -> str | None:
    """The one unit; None when there are several: their numbers must not be compared."""
    found = {unit for unit in units if unit}
    return None if len(found) > 1 else next(iter(found), "")


def figure(text: str, decimal: str = ".") -> tuple[float, str] | None:
    """The number that a text is, and its unit: (12.0, "%") for "12 %", (-5.0, "$") for "($5)".
    None when it is none. `decimal` is the sign before the fraction; others part thousands."""
    bare = _NOTES.sub("", text) or text
    match = _FIGURE.fullmatch(bare.strip())
    if match is None or (match["sign"] == "(") != bool(match["close"]):
        return None
    digits = _plain(match["digits"], decimal)
    if digits is None:
        return None
    value = float(digits)
    unit = match["unit"] or match["money"] or match["after"] or ""
    return (-value if (match["sign"] or "+") in "-−–(" else value), unit


def _plain(digits: str, decimal: str) -> str | None:
    """Digits as float() reads them; None when the groups are none of thousands ("10.12.85")."""
    whole, sign, fraction = digits.rpartition(decimal)
    if not sign:
        whole, fraction = digits, ""
    if not whole.isdigit() and whole and not _GROUPS.fullmatch(whole):
        return None
    if not fraction.isdigit() and fraction:
        return None
    return f"{re.sub(r'[^0-9]', '', whole) or '0'}.{fraction or '0'}"


def _decimal(texts: Iterable[str]) -> str:
    """ "," when a column's numbers can only be read so: "3,5", "1.234,50"."""
    commas = sum(bool(re.search(r"\d,\d+(?!\d)", text)) for text in texts)
    if not commas:
        return "," if any(re.search(r"\d\.\d{3}\.\d{3}", text) for text in texts) else "."
    read_by_comma = sum(figure(text, ",") is not None for text in texts)
    read_by_dot = sum(figure(text, ".") is not None for text in texts)
    return "," if read_by_comma > read_by_dot else "."


def _dated(text: str, *, day_first: bool) -> tuple[str, str] | None:
    found = _date(text, day_first=day_first)
    return (found, "") if found else None


def _date(text: str, *, day_first: bool) -> str | None:
    """ISO text of the date that a text is: "2024-01-31", or with " 12:30" after it."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _iso(match[1], match[2], match[3], match[4])
    if match := _DOTS.fullmatch(text):
        swapped = match[2] == "/" and not day_first
        day, month = (match[3], match[1]) if swapped else (match[1], match[3])
        return _iso(match[4], month, day, match[5])
    if match := _DAY_FIRST.fullmatch(text):
        return _iso(match[3], _month(match[2]), match[1], None)
    if match := _MONTH_FIRST.fullmatch(text):
        return _iso(match[3], _month(match[1]), match[2], None)
    return None


def _month(name: str) -> str:
    name = name.casefold()
    return str(_MONTHS.get(name) or _MONTHS.get(name[:3]) or 0)


def _iso(year: str, month: str, day: str, time: str | None) -> str | None:
    full = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 50 else 1900)
    try:
        found = date(full, int(month), int(day)).isoformat()
    except ValueError:
        return None
    return f"{found} {time.zfill(5)}" if time else found


def _day_first(texts: Iterable[str]) -> bool:
    """False when a column's dates with strokes can only be read month first."""
    pairs = [match for text in texts if (match := _DOTS.fullmatch(text)) and match[2] == "/"]
    return not any(int(match[3]) > 12 for match in pairs)


def iso_of(moment: datetime | date) -> str:
    """A moment as ISO text, as `Typed` holds it; a time of midnight is no time."""
    if isinstance(moment, datetime) and (moment.hour or moment.minute or moment.second):
        return moment.isoformat(" ", "minutes")
    return moment.date().isoformat() if isinstance(moment, datetime) else moment.isoformat()
