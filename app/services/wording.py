"""Errors, and what was not read of a document, in words for window and command line alike: from
resources/messages.<language>.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import LaretsError
from app.domain.library.reading import ReadingReport, UnreadPart
from app.domain.losses import Loss

#: Parts of a document that are named in one place.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened and why; what to do (may be empty)."""

    what: str
    hint: str


class Wording:
    def __init__(self, resources: Path, language: str) -> None:
        self.language = language
        with (resources / f"messages.{language}.toml").open("rb") as file:
            self._entries: dict[str, dict[str, str]] = tomllib.load(file)

    def of(self, error: BaseException) -> Sentence:
        """An expected error in its own words, any other as unexpected with its type's name."""
        if isinstance(error, LaretsError):
            return self.of_code(error.sentence, error.facts)
        return self.of_code("unexpected", {"name": type(error).__name__})

    def of_code(self, code: str, facts: Mapping[str, object]) -> Sentence:
        """For errors that were stored: a document's code and facts."""
        entry = self._entries.get(code, self._entries["unexpected"])
        if "limit" in facts:
            facts = {**facts, "limit": self._limit(str(facts["limit"]))}
        if "role" in facts:
            facts = {**facts, "role": self._role(str(facts["role"]))}
        return Sentence(fill(entry["what"], facts), fill(entry["hint"], facts))

    def of_loss(self, loss: Loss) -> Sentence:
        """What was lost or put back, and what to do."""
        return self.of_code(f"loss-{loss.kind}", {"part": loss.name or loss.part})

    def _role(self, told: str) -> str:
        entry = self._entries.get(f"role-{told}")
        return entry["what"] if entry else told

    def _limit(self, told: str) -> str:
        """A number with its unit ("10000 pages") as this language writes it."""
        number, _, unit = told.partition(" ")
        entry = self._entries.get(f"limit-{unit}")
        if entry is None or not number.isdecimal():
            return told
        return fill(entry["what"], {"count": f"{int(number):,}".replace(",", entry["hint"])})

    def of_unread(self, part: UnreadPart) -> Sentence:
        """Where in a document something was not read, why, and what helps."""
        named, why = self._entries["unread-where"], self._entries[f"unread-{part.code}"]
        page = fill(named["what"], {"page": part.page}) if part.page else named["hint"]
        where = part.part or page
        times = f" (× {part.count})" if part.count > 1 else ""
        return Sentence(f"{where}: {why['what']}{times}", why["hint"])

    def of_report(self, report: ReadingReport) -> str:
        """A line for each of the first parts that were not read, and how many more there are; ""
        where nothing is missing."""
        sentences = [self.of_unread(part) for part in report.unread]
        lines = [f"{each.what} {each.hint}" for each in sentences[:_NAMED]]
        if more := sentences[_NAMED:]:
            told = self.of_code("unread-more", {"count": len(more)})
            lines.append(f"{told.what} {told.hint}")
        return "\n".join(lines)


def fill(text: str, facts: Mapping[str, object]) -> str:
    """The text with its places filled; "…" where a fact is lacking."""
    return text.format_map(_Facts(facts))


class _Facts(dict[str, object]):
    """A fact that an old row does not have must not hide the sentence."""

    def __missing__(self, key: str) -> str:
        return "…"
