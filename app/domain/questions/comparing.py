"""Which of several findings comes first, last, is the most or the least: by the dates and amounts
that stand in them, where the question asks for that."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from app.domain.evidence.support import MONTHS, figures_of
from app.stems import normal, stem


class Order(StrEnum):
    """What a question asks of several values."""

    EARLIEST = "earliest"
    LATEST = "latest"
    MOST = "most"
    LEAST = "least"

    @property
    def of_days(self) -> bool:
        """Whether days are compared, not amounts."""
        return self in (Order.EARLIEST, Order.LATEST)


_WORDS = (
    (Order.EARLIEST, r"раньше|старше|earlier|sooner|older|first|прежде"),
    (Order.LATEST, r"позже|позднее|новее|later|newer|last"),
    (Order.MOST, r"больше|дороже|дольше|выше|наибольш\w*|more|longer|higher|larger|most"),
    (Order.LEAST, r"меньше|дешевле|короче|ниже|наименьш\w*|less|shorter|cheaper|lower|least"),
)
_DAY = re.compile(r"\b(\d{1,2})\s+([а-яёa-z]{3,})\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"\b([a-z]{3,})\s+(\d{1,2}),?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_DOTTED = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)\b")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d{2})-(\d{2})\b")


def order(question: str) -> Order | None:
    """What is asked for, None where nothing is."""
    for found, words in _WORDS:
        if re.search(rf"\b(?:{words})\b", question, re.IGNORECASE):
            return found
    return None


def first_of(asked: Order, findings: Sequence[str]) -> int | None:
    """The place of the finding that is asked for; None where one of them has no such value, or the
    best are equal."""
    values = [_date(each) if asked.of_days else _amount(each) for each in findings]
    known = [each for each in values if each is not None]
    if len(known) < len(values) or len(known) < 2:
        return None
    ranked = sorted(range(len(values)), key=lambda each: known[each])
    if asked in (Order.LATEST, Order.MOST):
        ranked.reverse()
    return ranked[0] if known[ranked[0]] != known[ranked[1]] else None


def _date(text: str) -> float | None:
    """The last date of a text as a day's number: a term ends with the later one."""
    found = [
        *(
            (match[3], MONTHS.get(stem(normal(match[2]))), match[1])
            for match in _DAY.finditer(text)
        ),
        *(
            (match[3], MONTHS.get(stem(normal(match[1]))), match[2])
            for match in _MONTH_FIRST.finditer(text)
        ),
        *((match[3], match[2], match[1]) for match in _DOTTED.finditer(text)),
        *((match[1], match[2], match[3]) for match in _ISO.finditer(text)),
    ]
    days = []
    for year, month, day in found:
        try:
            days.append(date(int(year), int(month or 0), int(day)).toordinal())
        except ValueError:
            continue
    return float(max(days)) if days else None


def _amount(text: str) -> float | None:
    """The largest figure that is no date."""
    bare = _DOTTED.sub(" ", _DAY.sub(" ", _ISO.sub(" ", text)))
    found = [float(each) for each in figures_of(bare) if re.fullmatch(r"\d+(?:\.\d+)?", each)]
    return max(found) if found else None
