"""Acts that happen at once and can be taken back: told after they happened, with "Undo"."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.ui.acts import Acts
from app.ui.widgets.toast import Toast


@dataclass(frozen=True)
class Undoing:
    """What `owner` does on `acts` and tells in `toast`."""

    owner: QWidget
    acts: Acts
    toast: Toast

    def do(
        self,
        told: str,
        act: Callable[[], object],
        undo: Callable[[], object],
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        """`changed` is called after the act and after it was taken back. A failed act is shown and
        nothing is offered."""

        def take_back() -> None:
            self.acts.begin(self.owner, lambda _: undo(), lambda _: changed())

        def done(_: object) -> None:
            changed()
            self.toast.say(told, take_back)

        self.acts.begin(self.owner, lambda _: act(), done)

    def end_later(self, seconds: float, end: Callable[[], object]) -> None:
        """What was put aside goes for good a second after it could last be taken back."""
        wait = round(seconds * 1000) + 1000
        QTimer.singleShot(wait, self.owner, lambda: self.acts.begin(self.owner, lambda _: end()))
