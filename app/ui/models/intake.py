"""Takes models in one after the other: a strip with name, share, remaining time and Cancel."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.domain.library.documents import AddProgress
from app.domain.models.model import Model
from app.domain.progress import Control, Progress
from app.services.jobs import Job
from app.services.models.model_import import ModelImport
from app.ui.acts import Acts
from app.ui.language import filled
from app.ui.widgets.controls import Bar, button, label, say
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

#: A copy reports every megabyte; ten times a second is seen.
_DRAW_EVERY = 0.1
#: Seconds after which the speed tells something of what remains.
_TELLING = 2.0


@dataclass
class _Work:
    """A job and what it is called before it tells more; `began` when it first did."""

    title: str
    can_stop: bool
    job: Job | None = None
    began: float = 0.0


class Intake(Retranslating, QFrame):
    """`added` hands out the models."""

    added = Signal(object)

    def __init__(self, imports: ModelImport, background: Acts) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._imports, self._background = imports, background
        self._works: deque[_Work] = deque()
        self._progress: Progress | None = None
        self._drawn = 0.0
        self.doing, self.rest = label("", wrap=True), label("small")
        self.bar = Bar()
        self.stop = button("", self.cancel)
        texts = in_column(self.doing, self.rest, self.bar, spacing=6)
        in_row(wide(texts), self.stop, on=self, margins=(14, 12, 14, 12), spacing=12)
        self.hide()
        self._retranslate()

    def _retranslate(self) -> None:
        say(self.stop, self.tr("Cancel"), self.tr("Stop adding; nothing half-copied stays behind"))
        self._draw()

    def add(self, path: Path, *, copy: bool) -> None:
        """Waits for what is being added already."""

        def work(control: Control) -> list[Model]:
            return self._imports.add(path, copy=copy, control=control)

        self.run(filled(self.tr("Looking at %1…"), path.name), work, self.added.emit)

    def run(
        self,
        title: str,
        work: Callable[[Job], object],
        done: Callable[[object], object],
        *,
        can_stop: bool = True,
    ) -> None:
        """Any work on models that takes long enough to be watched."""
        queued = _Work(title, can_stop)
        self._works.append(queued)

        queued.job = self._background.begin(
            self,
            work,
            title=title,
            progress=lambda value: self._progressed(queued, value),
            ended=lambda: self._end(queued),
            done=done,
        )
        self._draw()
        self.show()

    def cancel(self) -> None:
        """Stop what runs and drop what waits."""
        for work in list(self._works):
            if work.job is not None and work.can_stop:
                work.job.cancel()

    def _progressed(self, work: _Work, value: object) -> None:
        progress = _plain(value)
        if progress is None:
            return
        now = time.monotonic()
        work.began = work.began or now
        self._progress = progress
        if now - self._drawn >= _DRAW_EVERY or progress.done >= progress.total:
            self._drawn = now
            self._draw()

    def _end(self, work: _Work) -> None:
        self._works.remove(work)
        self._progress = None
        self.setVisible(bool(self._works))
        self._draw()

    def _draw(self) -> None:
        if not self._works:
            return
        progress = self._progress
        self.stop.setVisible(self._works[0].can_stop)
        self.bar.setRange(0, 100 if progress else 0)
        if progress is None:
            self.doing.setText(self._works[0].title)
            self.rest.setText(self._waiting())
            return
        percent = 100 * progress.done // max(progress.total, 1)
        self.bar.setValue(percent)
        self.doing.setText(filled(self.tr("%1: %2 %"), progress.name, percent))
        self.bar.setAccessibleName(self.doing.text())
        parts = [self._remaining(progress, self._works[0].began), self._waiting()]
        self.rest.setText(" · ".join(part for part in parts if part))

    def _remaining(self, progress: Progress, began: float) -> str:
        passed = time.monotonic() - began
        if passed < _TELLING or not progress.done:
            return self.tr("working out the time…")
        seconds = passed * (progress.total - progress.done) / progress.done
        if seconds < 60:
            return filled(self.tr("about %1 s left"), round(seconds))
        return filled(self.tr("about %1 min left"), round(seconds / 60))

    def _waiting(self) -> str:
        """Of the models behind this one."""
        more = len(self._works) - 1
        return self.tr("%n more waiting", "", more) if more else ""


def _plain(value: object) -> Progress | None:
    """Of whatever work reports."""
    if isinstance(value, AddProgress):
        done = 100 * value.done + round(100 * value.fraction)
        return Progress(done, 100 * value.total, value.name)
    return value if isinstance(value, Progress) else None
