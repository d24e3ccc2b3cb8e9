"""What an assistant was before it was changed."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app.domain.chat.assistants import Assistant


class Field(StrEnum):
    """What can differ between two versions of an assistant."""

    NAME = "name"
    ICON = "icon"
    INSTRUCTION = "instruction"
    VARIABLES = "variables"
    TONE = "tone"
    TEMPERATURE = "temperature"
    MAX_TOKENS = "max_tokens"
    COLLECTIONS = "collections"
    ADAPTERS = "adapters"
    REMEMBERS = "remembers"
    LANGUAGE = "language"
    MODEL = "model"
    STRICT = "strict"


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
    """Line by line, what is gone above what came in its place."""
    old, new = before.splitlines(), after.splitlines()
    found: list[ComparedLine] = []
    for act, first, last, start, end in SequenceMatcher(None, old, new).get_opcodes():
        if act == "equal":
            found += [ComparedLine(LineKind.KEPT, line) for line in old[first:last]]
            continue
        found += [ComparedLine(LineKind.REMOVED, line) for line in old[first:last]]
        found += [ComparedLine(LineKind.ADDED, line) for line in new[start:end]]
    return tuple(found)
