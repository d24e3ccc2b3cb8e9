"""What slow work may do while it runs: report, and ask whether it should stop."""

from dataclasses import dataclass
from typing import Protocol


class Control(Protocol):
    """Handed to every slow function; implemented by services.jobs.Job."""

    @property
    def cancelled(self) -> bool: ...

    def report(self, progress: object) -> None:
        """Hand a frozen value to whoever watches this work."""

    def check(self) -> None:
        """Raise `Cancelled` when the work was asked to stop."""


class NoControl:
    """For tests and commands that neither watch nor stop."""

    cancelled = False

    def report(self, progress: object) -> None:
        pass

    def check(self) -> None:
        pass


@dataclass(frozen=True)
class Progress:
    """`done` of `total` things, and the name of the one at hand."""

    done: int
    total: int
    name: str = ""
