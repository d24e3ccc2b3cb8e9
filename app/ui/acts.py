"""How the window starts slow work: every start has an owner, and no failure goes without a word."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.domain.errors import Cancelled, LaretsError
from app.services.jobs import Job, Worker
from app.ui.errors import show_error
from app.ui.language import Language

R = TypeVar("R")


def told_when_asked(_: LaretsError) -> None:
    """For what the program begins by itself: the user hears of it when an act needs it."""


class Acts:
    """What pages hold in place of a worker: the one way to begin something on it."""

    def __init__(self, worker: Worker, language: Language) -> None:
        self._worker, self._language = worker, language
        self._open: set[type[BaseException]] = set()

    def begin(
        self,
        owner: QObject,
        work: Callable[[Job], R],
        done: Callable[[R], object] | None = None,
        *,
        title: str = "",
        progress: Callable[[Any], object] | None = None,
        ended: Callable[[], object] | None = None,
        failed: Callable[[LaretsError], object] | None = None,
        stopped: Callable[[], object] | None = None,
    ) -> Job:
        """Queue `work(job)` for `owner`, a widget or what lives as long as one.

        However it ends, `ended` comes first, to put the owner's state right. Then one of: `done`
        with what came of it; `stopped` when it was cancelled, in silence without one; `failed` with
        an expected error, which is shown over the owner's window without one. Anything else is a
        bug: the worker has logged it, and it is shown with its facts, whoever listens. Nothing
        comes back to an owner that is gone; a failure is told all the same."""

        def tell(heard: Callable[..., object] | None, *value: object) -> None:
            if heard is not None and isValid(owner):
                heard(*value)

        def succeeded(result: R) -> None:
            tell(ended)
            tell(done, result)

        def went_wrong(error: BaseException) -> None:
            tell(ended)
            if isinstance(error, Cancelled):
                tell(stopped)
            elif isinstance(error, LaretsError) and failed is not None and isValid(owner):
                failed(error)
            else:
                self._show(owner, error)

        return self._worker.run(
            work,
            title=title,
            on_progress=lambda value: tell(progress, value),
            on_done=succeeded,
            on_error=went_wrong,
        )

    def _show(self, owner: QObject, error: BaseException) -> None:
        """One message at a time for failures of a kind: news that nothing can be read for must not
        heap up boxes."""
        if (kind := type(error)) not in self._open:
            self._open.add(kind)
            try:
                show_error(_window_of(owner), error, self._language.wording)
            finally:
                self._open.discard(kind)


def _window_of(owner: QObject) -> QWidget | None:
    """What a message stands over: the window of the nearest widget, or else the active one."""
    while isValid(owner):
        if isinstance(owner, QWidget):
            return owner.window()
        if (parent := owner.parent()) is None:
            break
        owner = parent
    return QApplication.activeWindow()
