"""Places of an instruction, "{company}", and what stands there when an answer is asked for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

#: One pair of braces around words; two are fields of a question template, quotes are JSON.
_PLACE = re.compile(r"(?<!{){[ \t]*(\w[\w \t-]{0,39}?)[ \t]*}(?!})")
#: Characters of a value.
LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Variable:
    """A place by its name, which reads the same in capitals, and what stands there."""

    name: str
    value: str = ""


class Given(StrEnum):
    """What nobody has to be asked for: who asks, and the day."""

    USER = "user"
    DATE = "date"


_GIVEN = {
    "user name": Given.USER,
    "имя пользователя": Given.USER,
    "date": Given.DATE,
    "дата": Given.DATE,
}


def places(text: str) -> tuple[str, ...]:
    """The names in a text in their order, each once."""
    found: dict[str, str] = {}
    for match in _PLACE.finditer(text):
        found.setdefault(_key(match[1]), " ".join(match[1].split()))
    return tuple(found.values())


def asked(text: str) -> tuple[str, ...]:
    """The names whose values somebody has to give."""
    return tuple(name for name in places(text) if _key(name) not in _GIVEN)


def valued(text: str, variables: Sequence[Variable]) -> tuple[Variable, ...]:
    """Those that a text asks for, each with the value that it has among `variables`, "" for none;
    the others are left out."""
    known = {_key(each.name): " ".join(each.value.split()) for each in variables}
    return tuple(Variable(name, known.get(_key(name), "")[:LONGEST_VALUE]) for name in asked(text))


def lacking(variables: Sequence[Variable]) -> tuple[str, ...]:
    """The names without a value."""
    return tuple(each.name for each in variables if not each.value)


def filled(text: str, variables: Sequence[Variable], given: Mapping[Given, str]) -> str:
    """The text with values in its places; a place without one stays as it is written."""
    known = {_key(each.name): each.value for each in variables if each.value}

    def value(match: re.Match[str]) -> str:
        key = _key(match[1])
        return given[_GIVEN[key]] if key in _GIVEN else known.get(key, match[0])

    return _PLACE.sub(value, text)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
