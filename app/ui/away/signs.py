"""Listens to what this system says when it sleeps or its session is locked.

macOS tells of both through its distributed notification centre alone, which Qt does not reach:
there the idle clock is all, and `heard` is empty.
"""

import sys
from collections.abc import Callable, Set
from enum import StrEnum
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.services.health.check import Check


class Sign(StrEnum):
    SLEEP = "sleep"
    SESSION = "session"


class Signs(Protocol):
    """Keep it as long as there is something to lock."""

    def heard(self) -> Set[Sign]:
        """What this system tells of now."""
        ...


def listen(window: QWidget, leave: Callable[[], object], sleep: Callable[[], object]) -> Signs:
    """`leave` is called when the session is locked or the screen saver begins, `sleep` before the
    computer sleeps."""
    if sys.platform == "linux":
        from app.ui.away.desktop_buses import DesktopBuses

        return DesktopBuses(leave, sleep)
    if sys.platform == "win32":
        from app.ui.away.windows_messages import WindowsMessages

        return WindowsMessages(window, leave, sleep)
    return _Nothing()


def check(signs: Signs | None) -> Check:
    """A system that tells of nothing is no fault of this computer, and is told of."""
    heard = "-".join(sorted(signs.heard() if signs else ()))
    return Check(f"away-{heard}" if heard else "no-away", True)


class _Nothing:
    def heard(self) -> Set[Sign]:
        return frozenset()
