"""A question to be asked again and again, with fields to be filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: "{{name}}" or "{{name: what stands there at first}}", in one line.
_FIELD = re.compile(
    r"(?<!\{)\{\{[ \t]*([^{}:\n]*[^{}:\s])[ \t]*(?::[ \t]*([^{}\n]*?)[ \t]*)?\}\}(?!\})"
)


@dataclass(frozen=True, slots=True)
class Template:
    """`shared` ones belong to the workspace, the others to their profile."""

    id: str
    name: str
    text: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A place in a text, at its characters `start`–`end` with the braces."""

    name: str
    default: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """What stands there when nobody fills it."""
        return self.default or self.name


def fields(text: str) -> tuple[Field, ...]:
    """All fields in order; one name may stand in several."""
    return tuple(_field(match) for match in _FIELD.finditer(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with values in place of the fields of those names; other fields stay."""

    def value(match: re.Match[str]) -> str:
        return values.get(_field(match).name, match[0])

    return _FIELD.sub(value, text)


def plain(text: str) -> str:
    """The text without fields: in place of each its default or else its name."""
    return _FIELD.sub(lambda match: _field(match).plain, text)


def _field(match: re.Match[str]) -> Field:
    return Field(match[1].strip(), match[2] or "", match.start(), match.end())
