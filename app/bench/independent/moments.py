"""Dates and times as a number format shows them (ECMA-376, part 1, 18.8.31), in English."""

import calendar
import re
from datetime import date, datetime, time, timedelta

_PIECES = re.compile(
    r'"(?P<text>[^"]*)"|\\(?P<sign>.)|\[[^\]]*\]|[_*].|(?P<half>AM/PM|A/P)'
    r"|(?P<code>y+|m+|d+|h+|s+)|(?P<plain>.)",
    re.I | re.S,
)
_DAY = date(1899, 12, 30)


def shown(value: date | time | timedelta, code: str) -> str:
    """A moment by the first section of its format."""
    moment = _moment(value)
    found: list[str] = []
    pieces = list(_PIECES.finditer(code.split(";")[0]))
    twelve = any(piece["half"] for piece in pieces)
    letters = [(piece["code"] or "").lower() for piece in pieces]
    for at, piece in enumerate(pieces):
        if piece["half"]:
            found.append(f"{moment:%p}")
        elif letters[at]:
            found.append(_part(moment, letters[at], twelve, _minutes(letters, at)))
        else:
            found.append(piece["text"] or piece["sign"] or piece["plain"] or "")
    return "".join(found)


def _moment(value: date | time | timedelta) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, timedelta):
        return datetime.combine(_DAY, time()) + value
    if isinstance(value, time):
        return datetime.combine(_DAY, value)
    return datetime.combine(value, time())


def _minutes(letters: list[str], at: int) -> bool:
    """Whether "m" stands after hours or before seconds."""
    before = next((each[0] for each in reversed(letters[:at]) if each), "")
    after = next((each[0] for each in letters[at + 1 :] if each), "")
    return before == "h" or after == "s"


def _part(moment: datetime, code: str, twelve: bool, minutes: bool) -> str:
    length = min(len(code), 4)
    if code[0] == "y":
        return f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
    if code[0] == "m" and length > 2:
        name = calendar.month_name[moment.month]
        return name if length == 4 and len(code) == 4 else name[: 1 if len(code) > 4 else 3]
    if code[0] == "d" and length > 2:
        name = calendar.day_name[moment.weekday()]
        return name if length == 4 else name[:3]
    hour = (moment.hour + 11) % 12 + 1 if twelve else moment.hour
    month = moment.minute if minutes else moment.month
    number = {"m": month, "d": moment.day, "h": hour, "s": moment.second}[code[0]]
    return f"{number:0{min(length, 2)}d}"
