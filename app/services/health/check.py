"""A check as a value, and its words from resources/checks.<language>.toml."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app import log
from app.services.wording import fill


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at and whether it is well. `facts` may be sent to a stranger; `shown` may
    hold names and paths and stays on the screen."""

    name: str
    passed: bool
    facts: Mapping[str, log.Fact] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckWords:
    """A check in words; `remedy` is what to do, "" for one that passed."""

    title: str
    fact: str
    remedy: str


class CheckWording:
    """The words of every check in one language."""

    def __init__(self, resources: Path, language: str) -> None:
        self._comma = language == "ru"
        with (resources / f"checks.{language}.toml").open("rb") as file:
            self._entries: dict[str, dict[str, str]] = tomllib.load(file)

    def of(self, check: Check) -> CheckWords:
        """The title, the fact and the remedy of a check, in words."""
        entry = self._entries[check.name]
        facts = {name: self._said(fact) for name, fact in check.facts.items()} | dict(check.shown)
        if "kind" in check.facts:  # it could not be looked at
            entry = {**self._entries["unchecked"], "title": entry["title"]}
        fact = entry["fact"] if check.passed else entry.get("failed", entry["fact"])
        remedy = "" if check.passed else entry.get("remedy", "")
        return CheckWords(entry["title"], fill(fact, facts), fill(remedy, facts))

    def _said(self, fact: log.Fact) -> str:
        """A number as it is written in this language."""
        said = log.written(fact)
        return said.replace(".", ",") if self._comma and isinstance(fact, float) else said


def tried(name: str, look: Callable[[], Check]) -> Check:
    """What `look` found; a look that fails is a check that did not pass."""
    try:
        return look()
    except Exception as error:  # noqa: BLE001  whatever breaks here is what a health check is for
        log.failure(error)
        return Check(name, False, {"kind": type(error)})
