"""A spreadsheet's number formats: a number or a date as the sheet shows it (ECMA-376, 18.8.30).

What changes no meaning is left out: colours, fill characters.
"""

import operator
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from app.documents.tables import number_places
from app.documents.tables.cell_values import figure

#: "[Red]", "[$€-407]", "[>100]": of the second the sign is kept.
_BRACKETS = re.compile(r"\[(?:\$([^\]-]*)(?:-[^\]]*)?|[^\]]*)\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
#: Quoted text, an escaped character, a space as wide as a character, a fill character.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_PLACES = re.compile(r"[0#?][0#?,. ]*(?:[eE][+-][0#]+)?")
_TOKENS = re.compile(r"(y+|m+|d+|h+|s+|am/pm|a/p|\.0+)", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARED = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
#: A number that shows its format's literals: so many digits as a code may have.
_SAMPLE = 1234567
#: From here on a double has no fraction.
_EXACT = 1e12
#: Excel's short date follows the system; the file says only that it is one.
_SHORT_DATES = frozenset({"mm-dd-yy", "m/d/yy", "m/d/yyyy", "mm/dd/yy"})
_MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
}
_DAYS = {
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}


def shown_number(value: float, code: str, language: str) -> str:
    """ "1,234.50", "12%", "$5" by a format code; in Russian "1 234,50"."""
    if code == "General":
        return _general(value, language)
    section, value = _section(value, _sections(code))
    if "general" in code.lower() or "@" in _bare(section):
        return _general(value, language)
    if _PLACES.search(_bare(section)) is None:
        return _unquoted(section).strip() or _general(value, language)
    return _filled(value, section, language)


def _section(value: float, sections: list[str]) -> tuple[str, float]:
    """The part of a format that holds for a number, and the number without its sign where the part
    says it."""
    if any(map(_CONDITION.search, sections)):
        return next((part for part in sections if _holds(part, value)), sections[-1]), value
    if value < 0 and len(sections) > 1 and sections[1]:
        return sections[1], -value
    if value == 0 and len(sections) > 2 and sections[2]:
        return sections[2], value
    return sections[0], value


def _holds(section: str, value: float) -> bool:
    match = _CONDITION.search(section)
    return match is None or bool(_COMPARED[match[1]](value, float(match[2])))


@lru_cache(1000)
def makes_codes(code: str) -> bool:
    """Whether a format makes something else of numbers than numbers: "НЦ-00", "000-00-00"."""
    text = shown_number(_SAMPLE, code, "en")
    if number_places.is_fraction(_bare(code)) or re.search(r"\dE[+-]", text):
        return False
    shown = any(sign.isdigit() for sign in text)
    return shown and figure(text) is None and figure(text, ",") is None


def _unquoted(section: str) -> str:
    """The section's literals bare, the signs of its brackets kept."""
    return _LITERAL.sub(lambda match: match[1] or match[2] or "", _signed(section))


def _general(value: float, language: str) -> str:
    text = f"{value:.11g}" if abs(value) < 1e15 else f"{value:.6g}"
    return text.replace(".", ",") if language == "ru" else text


def _sections(code: str) -> list[str]:
    """The parts for positive, negative, zero, text; a ";" in quotes parts nothing."""
    parts, quoted = [""], False
    for sign in code:
        quoted ^= sign == '"'
        if sign == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _bare(section: str) -> str:
    """The section without literals and brackets."""
    return _LITERAL.sub("", _BRACKETS.sub("", section))


def _filled(value: float, section: str, language: str) -> str:
    """The number in its places, with the literals around them."""
    bare = _bare(section)
    if number_places.is_fraction(bare):
        return number_places.fraction(value, bare)
    if "%" not in bare and (code := number_places.among_literals(_whole(value), _signed(section))):
        return code
    plain = _unquoted(section)
    places = _PLACES.search(bare)
    assert places is not None
    pattern = places[0].strip()
    scaled = value * 100 ** bare.count("%") / 1000 ** (len(pattern) - len(pattern.rstrip(",")))
    number = _digits(scaled, pattern.rstrip(","), language)
    at = plain.find(places[0].strip())
    if at < 0:
        return number
    before, behind = plain[:at].strip(), plain[at + len(pattern) :]
    sign, number = ("-", number[1:]) if number.startswith("-") else ("", number)
    if not value and before and not set(pattern) - set("?#"):
        number = ""  # the dash of a bookkeeper's nought
    return f"{sign}{before}{number}{_gap(before, behind)}{behind.strip()}".strip()


def _gap(before: str, behind: str) -> str:
    """A unit stands apart from its number; the end of a code does not."""
    if behind[:1].isspace():
        return " "
    unit = behind[:1].isalpha() or unicodedata.category(behind[:1] or " ") == "Sc"
    return " " if unit and not before else ""


def _signed(section: str) -> str:
    """The section with the signs of its brackets alone."""
    return _BRACKETS.sub(lambda match: match[1] or "", section)


def _whole(value: float) -> Decimal:
    return Decimal(repr(float(value))).to_integral_value(ROUND_HALF_UP)


def _digits(value: float, pattern: str, language: str) -> str:
    if "e" in pattern.lower():
        text = f"{value:.{_decimals(pattern)}E}"
        return text.replace(".", ",") if language == "ru" else text
    whole = pattern.partition(".")[0]
    grouped = "," in whole or " " in whole.strip()
    rounded = _rounded(value, _decimals(pattern))
    text = f"{rounded:,f}" if grouped else f"{rounded:f}"
    text = _without_optional(text, pattern)
    if whole.startswith("0") and not grouped:
        text = number_places.with_zeros(text, whole)
    if language == "ru":
        return text.replace(",", " ").replace(".", ",")
    return text


def _rounded(value: float, decimals: int) -> Decimal:
    """Halves away from zero, as sheets do; Python's own formats round them to even digits."""
    number = Decimal(repr(value))
    if abs(value) >= _EXACT:
        return number.to_integral_value()
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _decimals(pattern: str) -> int:
    fraction = re.split("[eE]", pattern)[0].partition(".")[2]
    return min(sum(fraction.count(sign) for sign in "0#?"), 15)


def _without_optional(text: str, pattern: str) -> str:
    """Zeros at the end that "#" does not ask for."""
    fraction = pattern.partition(".")[2]
    optional = len(fraction) - len(fraction.rstrip("#?"))
    while optional and text.endswith("0") and "." in text:
        text, optional = text[:-1], optional - 1
    return text.rstrip(".")


def shown_date(moment: datetime | date | time | timedelta, code: str, language: str) -> str:
    """ "31.01.2024 12:30" by a format code; a short date of the system as "31.01.2024" in Russian
    and "2024-01-31" in English, which nobody reads wrongly."""
    if isinstance(moment, timedelta):
        return _elapsed(moment)
    if isinstance(moment, time):
        return moment.isoformat("seconds" if moment.second else "minutes")
    section = _sections(code)[0]
    if _BRACKETS.sub("", section).lower() in _SHORT_DATES:
        return moment.strftime("%d.%m.%Y" if language == "ru" else "%Y-%m-%d")
    return _dated(moment, section, language)


def _elapsed(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def _dated(moment: datetime | date, section: str, language: str) -> str:
    plain = _LITERAL.sub(lambda match: match[1] or match[2] or "", _named_apart(section))
    parts = _TOKENS.split(plain)
    written: list[str] = []
    last = ""
    for place, part in enumerate(parts):
        if not place % 2:
            written.append(part)
            continue
        following = next((each for each in parts[place + 2 :: 2] if each), "")
        minutes = part[0] in "mM" and (last in ("h", "H") or following[:1] in ("s", "S"))
        written.append(_token(moment, part.lower(), language, minutes=minutes))
        last = part[0]
    return "".join(written).strip(" ,")


def _named_apart(section: str) -> str:
    """Without brackets; a literal's letters must not be read as tokens."""
    bare = _BRACKETS.sub("", _ELAPSED.sub(r"\1", section))
    return re.sub(r'"([^"]*)"', lambda match: _guarded(match[1]), bare)


def _guarded(literal: str) -> str:
    """Only letters that are tokens would be misread; Cyrillic ones and signs never are."""
    return literal if not re.search(r"[ymdhsYMDHS]", literal) else " "


def _token(moment: datetime | date, token: str, language: str, *, minutes: bool) -> str:
    clock = moment.time() if isinstance(moment, datetime) else time()
    months, days = _MONTHS[language].split(), _DAYS[language].split()
    if token.startswith(("am", "a/p", ".")):
        return "" if token.startswith(".") else ("AM" if clock.hour < 12 else "PM")
    if minutes:
        return f"{clock.minute:02}"
    two = len(token) > 1
    return {
        "y": str(moment.year) if len(token) > 2 else f"{moment.year % 100:02}",
        "m": (months[moment.month - 1] if len(token) > 3 else months[moment.month - 1][:3])
        if len(token) > 2
        else f"{moment.month:0{2 if two else 1}}",
        "d": (days[moment.weekday()] if len(token) > 3 else days[moment.weekday()][:3])
        if len(token) > 2
        else f"{moment.day:0{2 if two else 1}}",
        "h": f"{clock.hour:0{2 if two else 1}}",
        "s": f"{clock.second:02}",
    }[token[0]]
