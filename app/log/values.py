"""What may stand in the log as a value, and how it is written."""

import re
from enum import Enum

#: Stands for whatever may not be written.
REFUSED = "?"
_CODE = re.compile(r"[a-z][a-z0-9]{0,30}(?:[-_.][a-z0-9]{1,30}){0,11}", re.ASCII)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}", re.ASCII)


class Code(str):
    """A short lower-case word that stands in the program's own source, such as "reading-ahead".

    Only such words may be made a Code, never a text that somebody typed or that stood in a file.
    What does not look like one becomes "?".
    """

    __slots__ = ()

    def __new__(cls, word: str) -> "Code":
        return super().__new__(cls, word if _CODE.fullmatch(word) else REFUSED)


Fact = bool | int | float | Enum | type | Code | None


def written(fact: object) -> str:
    """The form of a value in the log; "?" for a text that is no Code, and for any other object."""
    match fact:
        case None:
            return "none"
        case bool():
            return "yes" if fact else "no"
        case Enum():
            return Code(str(fact.value))
        case Code():
            return Code(fact)
        case int():
            return str(int(fact))
        case float():
            return f"{float(fact):.6g}"
        case type():
            return class_name(fact)
    return REFUSED


def key(name: str) -> str:
    """The name of a fact, "?" for what is no identifier in small letters."""
    return Code(name)


def class_name(kind: type) -> str:
    """The bare name of a class, "?" for one whose name is no plain identifier."""
    return kind.__name__ if _NAME.fullmatch(kind.__name__) else REFUSED
