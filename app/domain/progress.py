"""What slow work may do while it runs: report, and ask whether it should stop."""

from collections.abc import Callable
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

    def on_cancel(self, call: Callable[[], None]) -> None:
        """Have `call` run, from the thread that cancels, the moment that happens.

        For work that sits in a native call and cannot look at `cancelled`. At once if it is too
        late already.
        """


class NoControl:
    """For tests and commands that neither watch nor stop."""

    cancelled = False

    def report(self, progress: object) -> None:
        pass

    def check(self) -> None:
        pass

    def on_cancel(self, call: Callable[[], None]) -> None:
        pass


class Redirected:
    """Another Control's wishes; what is reported goes to `report` instead."""

    def __init__(self, control: Control, report: Callable[[object], None]) -> None:
        self._control = control
        self.report = report
        self.check, self.on_cancel = control.check, control.on_cancel

    @property
    def cancelled(self) -> bool:
        return self._control.cancelled


@dataclass(frozen=True)
class Progress:
    """`done` of `total` things, and the name of the one at hand."""

    done: int
    total: int
    name: str = ""
