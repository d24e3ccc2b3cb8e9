"""What an assistant was before it was changed."""

from dataclasses import dataclass
from difflib import ndiff
from enum import StrEnum

from app.domain.chat.assistants import Assistant


class Field(StrEnum):
    """What can differ between two versions of an assistant."""

    NAME = "name"
    ICON = "icon"
    INSTRUCTION = "instruction"
    TONE = "tone"
    TEMPERATURE = "temperature"
    MAX_TOKENS = "max_tokens"
    COLLECTIONS = "collections"
    ADAPTERS = "adapters"
    REMEMBERS = "remembers"


@dataclass(frozen=True, slots=True)
class AssistantVersion:
    """`number` counts from 1; `created` in seconds since 1970 (UTC) by a profile, "" for the one
    that was there before versions were kept."""

    number: int
    created: float
    by: str
    assistant: Assistant


class LineKind(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ComparedLine:
    kind: LineKind
    text: str


def changed_fields(one: Assistant, other: Assistant) -> tuple[Field, ...]:
    return tuple(each for each in Field if getattr(one, each.value) != getattr(other, each.value))


def compared_lines(before: str, after: str) -> tuple[ComparedLine, ...]:
    """Line by line, what is gone before what came in its place."""
    kinds = {"  ": LineKind.KEPT, "+ ": LineKind.ADDED, "- ": LineKind.REMOVED}
    lines = ndiff(before.splitlines(), after.splitlines())
    return tuple(ComparedLine(kinds[line[:2]], line[2:]) for line in lines if line[:2] in kinds)
