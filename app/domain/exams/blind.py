"""Two that answer the same question without their names, and how often each was preferred."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.intervals import wilson


@dataclass(frozen=True, slots=True)
class Variant:
    """Who answers: `version` of an assistant by its id, "" and 0 for nobody in particular. `model`
    is the name of the one that answers, "" without any; `bare` leaves every adapter out."""

    assistant: str = ""
    name: str = ""
    version: int = 0
    model: str = ""
    bare: bool = False

    @property
    def key(self) -> tuple[str, int, str, bool]:
        """What tells it from others; a new name does not."""
        return self.assistant, self.version, self.model, self.bare


class Preference(StrEnum):
    """Of the first answer, the second, or neither."""

    FIRST = "first"
    SECOND = "second"
    ALIKE = "alike"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often `one` was better than `other`, worse, as good, and both were bad."""

    one: Variant
    other: Variant
    wins: int = 0
    losses: int = 0
    alike: int = 0
    bad: int = 0

    @property
    def asked(self) -> int:
        return self.wins + self.losses + self.ties

    @property
    def ties(self) -> int:
        return self.alike + self.bad

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the share of wins among the questions where one was better."""
        return wilson(self.wins, self.wins + self.losses)

    def counted(self, preference: Preference) -> "Tally":
        """With one question more."""
        match preference:
            case Preference.FIRST:
                return replace(self, wins=self.wins + 1)
            case Preference.SECOND:
                return replace(self, losses=self.losses + 1)
            case Preference.ALIKE:
                return replace(self, alike=self.alike + 1)
            case Preference.BAD:
                return replace(self, bad=self.bad + 1)

    def turned(self) -> "Tally":
        """The same, told of the other one."""
        return Tally(self.other, self.one, self.losses, self.wins, self.alike, self.bad)

    def ordered(self) -> "Tally":
        """Told of the newer version, of an assistant rather than of nobody: the same each time."""
        return self if self.one.key >= self.other.key else self.turned()


def tally_of(tallies: Iterable[Tally], one: Variant, other: Variant) -> Tally:
    """What was counted of two, told of the first, whichever stood first in it; an empty one where
    nothing was. Names are those that they have now."""
    for each in tallies:
        for known in (each, each.turned()):
            if (known.one.key, known.other.key) == (one.key, other.key):
                return replace(known, one=one, other=other)
    return Tally(one, other)


def is_of(tally: Tally, one: Variant, other: Variant) -> bool:
    """Whether it counts these two, in either order."""
    return {tally.one.key, tally.other.key} == {one.key, other.key}
