"""The scripted start: a demo profile, the sample library, one question asked, the source open.

For sales meetings and for looking at the program: with a folder it saves a picture of every view in
both themes and both languages, and closes.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.roles import Role
from app.services.jobs import only_logged
from app.services.session import Start
from app.ui.application import Window
from app.ui.showing.frame_gaps import FrameGaps

_NAME = {"ru": "Анна Петрова", "en": "Anna Peters"}
#: Guards nothing: the demo's documents are the samples that come with the program.
_PASSWORD = "demo demo demo"
_QUESTION = {
    "ru": "Сколько дней отпуска положено новому сотруднику и когда его можно взять?",
    "en": "How many days of leave does a new employee get, and when can they be taken?",
}
_LOOK_EVERY_MS = 100
_VIEWS = ("chat", "library", "training", "summaries", "assistants", "models")


class Demo:
    """Steps are generators that yield a condition and go on once it holds."""

    def __init__(
        self, window: Window, begun: Start, pictures: Path | None, frame_gaps: Path | None = None
    ) -> None:
        self._window, self._begun, self._pictures = window, begun, pictures
        self._frame_gaps = frame_gaps
        self._steps = self._script()
        self._until: Callable[[], bool] = lambda: True
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._timer.start(_LOOK_EVERY_MS)

    def _look(self) -> None:
        if not self._until():
            return
        try:
            self._until = next(self._steps)
        except StopIteration:
            self._timer.stop()

    def _script(self) -> Iterator[Callable[[], bool]]:
        window = self._window
        language = window.language.code
        names = self._begun.profiles.names()
        if not names:
            yield self._created(_NAME[language])
            window.end_first_run()
            window.login.show_names(self._begun.profiles.names())
        if self._pictures:
            yield from self._picture("login", window)
        window.login.enter(names[0] if names else _NAME[language], _PASSWORD)
        yield lambda: window.chat is not None
        assert window.chat is not None
        assert window.library is not None
        assert window.frame is not None
        assert window.services is not None
        chat, library, services = window.chat, window.library, window.services
        if not services.library.documents():
            window.frame.show_view(1)
            library.add_samples()
            yield lambda: not library.adding.busy and services.library.counts()[1] > 0
        window.frame.show_view(0)
        gaps = FrameGaps(window)
        gaps.start()
        chat.send(_QUESTION[language])
        yield lambda: not chat.answering and not services.reading.jobs()
        if self._frame_gaps:
            gaps.write(self._frame_gaps)
            if not self._pictures:
                window.close()
        if self._pictures:
            yield from self._all_pictures()
            window.close()

    def _created(self, name: str) -> Callable[[], bool]:
        done: list[bool] = []
        self._window.unlocking.run(
            lambda _: self._begun.profiles.create(name, _PASSWORD, Role.ADMINISTRATOR),
            on_done=lambda _: done.append(True),
            on_error=only_logged,
        )
        return lambda: bool(done)

    def _all_pictures(self) -> Iterator[Callable[[], bool]]:
        window = self._window
        assert window.frame is not None
        assert window.library is not None
        for theme in ("light", "dark"):
            window.theme.choose(theme)
            for code in ("ru", "en"):
                window.language.choose(code)
                for place, name in enumerate(_VIEWS):
                    window.frame.show_view(place)
                    if name == "library":
                        window.library.select_first()
                    yield from self._picture(f"{name}-{theme}-{code}", window)

    def _picture(self, name: str, widget: QWidget) -> Iterator[Callable[[], bool]]:
        """Two turns of the event loop for layout and what was still loading, then the picture."""
        settled: list[bool] = []
        QTimer.singleShot(600, lambda: settled.append(True))
        yield lambda: bool(settled)
        assert self._pictures is not None
        self._pictures.mkdir(parents=True, exist_ok=True)
        widget.grab().save(str(self._pictures / f"{name}.png"))
