"""A dialog whose act takes long: it shows how far that is, and stops it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.errors import LaretsError
from app.domain.progress import Progress
from app.services.jobs import Job
from app.ui.acts import Acts
from app.ui.dialogs.dialog import Dialog
from app.ui.language import Language
from app.ui.widgets.controls import Bar, allow_if, label, say_or_hide
from app.ui.widgets.layouts import Part

R = TypeVar("R")
#: Steps of the bar: sizes in bytes are more than it can count.
_STEPS = 1000


class RunningDialog(Dialog):
    """While it runs, leaving the dialog stops the act first."""

    def __init__(
        self, parent: QWidget, background: Acts, language: Language, title: str, *lines: str
    ) -> None:
        super().__init__(parent, title, *lines)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._background, self._language = background, language
        self._job: Job | None = None
        self.bar, self.problem = Bar(), label("danger", wrap=True)
        self.bar.setAccessibleName(title)
        self.bar.hide()
        self.problem.hide()
        self.leave = self.act(self.tr("Cancel"), self.reject)

    def hold_all(self, *parts: Part) -> None:
        """The dialog's own parts, then what became of its act."""
        self.hold(*parts, self.bar, self.problem)

    def run(self, work: Callable[[Job], R], done: Callable[[R], object], *parts: QWidget) -> None:
        """Begin `work`. `parts` cannot be used meanwhile; afterwards the first has the focus."""
        allow_if(False, *parts)
        self.problem.hide()
        self.bar.setRange(0, 0)
        self.bar.show()
        self.leave.setText(self.tr("Stop"))
        self.fit()

        def ended() -> None:
            self._job = None
            allow_if(True, *parts)
            parts[0].setFocus()
            self.bar.hide()
            self.leave.setText(self.tr("Cancel"))
            self.fit()

        self._job = self._background.begin(
            self, work, done, progress=self._progress, ended=ended, failed=self.say_problem,
            stopped=self.reject,
        )  # fmt: skip

    def reject(self) -> None:
        if self._job is None:
            super().reject()
        else:
            self.leave.setEnabled(False)
            self._job.cancel()

    def say_problem(self, error: LaretsError) -> None:
        """What went wrong, and what to do."""
        self.leave.setEnabled(True)
        say_or_hide(self.problem, self._language.told(error))
        self.fit()

    def _progress(self, progress: Progress) -> None:
        if progress.total:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(progress.done * _STEPS // progress.total)
