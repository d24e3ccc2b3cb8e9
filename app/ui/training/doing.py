"""A strip for slow work: what is done, how far it is, and Stop."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QFrame

from app.domain.progress import Progress
from app.services.jobs import Job
from app.ui.acts import Acts
from app.ui.language import filled
from app.ui.widgets.controls import Bar, button, label
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

R = TypeVar("R")


class Doing(Retranslating, QFrame):
    """Runs one job at a time and shows it; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hollow")
        self._job: Job | None = None
        self._title, self._thing = label("", wrap=True), Elided("small")
        self._bar = Bar()
        self.stop = button("", self._stop)
        texts = in_column(self._title, self._thing, self._bar, spacing=6)
        in_row(wide(texts), self.stop, on=self, margins=(14, 10, 14, 10), spacing=12)
        self._retranslate()
        self.hide()

    def _retranslate(self) -> None:
        self.stop.setText(self.tr("Stop"))

    @property
    def busy(self) -> bool:
        return self._job is not None

    def run(
        self,
        title: str,
        acts: Acts,
        work: Callable[[Job], R],
        done: Callable[[R], object],
        ended: Callable[[], object] = lambda: None,
    ) -> None:
        """Begin; `Progress` values that are reported move the bar. `ended` comes before `done`, and
        where nothing came of it."""

        def over() -> None:
            self._job = None
            self.hide()
            ended()

        self._title.setText(title)
        self._bar.setAccessibleName(title)
        self._thing.hide()
        self._bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()
        self._job = acts.begin(self, work, title=title, progress=self._move, ended=over, done=done)

    def _move(self, value: object) -> None:
        if not isinstance(value, Progress):
            return
        self._bar.setRange(0, max(value.total, 1))
        self._bar.setValue(value.done)
        text = filled(self.tr("%1 of %2"), value.done, value.total)
        self._thing.say(f"{text} · {value.name}" if value.name else text)
        self._thing.show()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        if self._job is not None:
            self._job.cancel()

    def forsake(self) -> None:
        """Stop what runs and wait for nothing."""
        if self._job is not None:
            self._job.cancel()
