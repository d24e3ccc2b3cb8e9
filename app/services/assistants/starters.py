"""Assistants to begin with: resources/assistants.<language>.toml."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from app.domain.chat.assistants import Assistant, AssistantTemplate, Tone
from app.domain.errors import TemplateMissing


class _Entry(msgspec.Struct, frozen=True):
    name: str
    about: str
    icon: str
    instruction: str
    tone: Tone = Tone.NEUTRAL
    temperature: float = 0.0
    max_tokens: int = 512


@cache
def templates(resources: Path, language: str) -> tuple[AssistantTemplate, ...]:
    """All of a language ("ru"), in the order in which they are offered."""
    with (resources / f"assistants.{language}.toml").open("rb") as file:
        entries = msgspec.convert(tomllib.load(file), dict[str, _Entry])
    return tuple(
        AssistantTemplate(key, _made(entry), entry.about) for key, entry in entries.items()
    )


def template(resources: Path, language: str, wanted: str) -> AssistantTemplate:
    """By its key or its name. `TemplateMissing`."""
    known = templates(resources, language)
    for each in known:
        if wanted.casefold() in (each.key, each.assistant.name.casefold()):
            return each
    raise TemplateMissing(name=wanted, known=", ".join(each.key for each in known))


def _made(entry: _Entry) -> Assistant:
    return Assistant(
        "",
        entry.name,
        entry.icon,
        entry.instruction.strip(),
        entry.tone,
        entry.temperature,
        entry.max_tokens,
    )
