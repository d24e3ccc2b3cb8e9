"""The line over the steps: the adapter's name, its base, and what can be done now."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.domain.training.training import Phase, Training, TrainingState
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, allow_if, button, forbid_if, label, say
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import STRETCH, UPRIGHT, aligned, in_row
from app.ui.widgets.retranslating import Retranslating

#: Narrower than this the name needs the room of the base's chip.
_WIDE = 640


@dataclass(frozen=True)
class HeadActs:
    pause: Callable[[], None]
    resume: Callable[[], None]
    stop: Callable[[], None]
    again: Callable[[], None]
    menu: Callable[[], QMenu]


class AdapterHead(Retranslating, QWidget):
    def __init__(self, acts: HeadActs, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        self._training: Training | None = None
        self.title, self.base = Elided("title"), label("count")
        self.pause, self.resume = button("", acts.pause), button("primary", acts.resume)
        self.stop, self.again = button("", acts.stop), button("primary", acts.again)
        self.more = IconButton(theme, "ellipsis", self._offer)
        in_row(
            self.title, 4, aligned(self.base, UPRIGHT), STRETCH, self.pause, self.resume, self.stop,
            self.again, self.more, on=self, margins=0, spacing=8,
        )  # fmt: skip
        theme.changed.connect(self._draw)
        self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.base.setVisible(event.size().width() >= _WIDE)

    def _retranslate(self) -> None:
        self.pause.setText(self.tr("Pause"))
        self.pause.setToolTip(
            self.tr("Stores a checkpoint and frees the memory; the chat can answer meanwhile")
        )
        say(self.resume, self.tr("Resume"), self.tr("Goes on from the last checkpoint"))
        say(self.stop, self.tr("Stop"), self.tr("Keep the best so far, or drop what was learned"))
        self.again.setText(self.tr("Train anew"))
        self.again.setToolTip(self.tr("Change examples or settings, and start again"))
        self.more.say(self.tr("Train anew, rename or delete"))
        self._draw()

    def _draw(self) -> None:
        icons: tuple[tuple[QPushButton, str, str], ...] = (
            (self.pause, "pause", "text"),
            (self.resume, "play", "on_accent"),
            (self.stop, "square", "text"),
            (self.again, "rotate-ccw", "on_accent"),
        )
        for act, icon, color in icons:
            act.setIcon(self._theme.icon(icon, color if act.isEnabled() else "muted", 16))

    def show_training(self, training: Training, denied: str) -> None:
        """`denied` says why nothing may be done, "" where it may."""
        self.title.say(training.name, f"{training.name} · {training.model}")
        self.base.setText(training.model or self.tr("unknown model"))
        self.base.setToolTip(self.tr("The model that it was or will be trained from"))
        state = training.state
        running, paused = state == TrainingState.RUNNING, state == TrainingState.PAUSED
        self.pause.setVisible(running)
        self.resume.setVisible(paused)
        self.again.setVisible(state == TrainingState.FAILED)
        self.stop.setVisible(running or paused)
        exporting = running and training.status.phase == Phase.EXPORTING
        allow_if(not exporting, self.pause, self.stop)
        self._retranslate()
        if denied:
            forbid_if(denied, self.pause, self.resume, self.stop, self.again, self.more)
            self._draw()

    def _offer(self) -> None:
        self._acts.menu().exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))
