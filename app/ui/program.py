"""Starts the program's window, and ends it: arguments, faults that nobody caught, the exit code."""

import argparse
import faulthandler
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from app import log, paths
from app.domain.errors import LaretsError
from app.processes import endings
from app.ui.acts import Acts
from app.ui.application import Window
from app.ui.errors import show_error
from app.ui.settings import motion, scale

if TYPE_CHECKING:
    from app.services.session import Begin, Start

#: Seconds after which another fault is told.
_AGAIN = 1.0


def _spare_imports() -> None:
    """PySide reads the source of every module that is imported after it, on whichever thread, to
    see whether it wants features of its own; torch and transformers have thousands (1–2 s)."""
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: module.__name__.startswith("app.")


def main(arguments: list[str], begin: "Begin") -> int:
    """Open the window on a workspace that `begin` opens; the exit code."""
    faulthandler.enable()
    _spare_imports()
    parsed = _parse(arguments)
    settings = QSettings(str(paths.preferences()), QSettings.Format.IniFormat)
    scale.apply(settings)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("larets")
    application.setDesktopFileName("larets")
    folder = parsed.data_dir or (paths.demo_data() if parsed.profile_demo else None)
    motion.apply(settings)
    found = paths.find(folder)
    window = Window(found.resources, settings, application)
    _catch(window)
    _end_when_asked(application)
    ended: list[Callable[[], None]] = []
    demos: list[Any] = []  # a timer's listener does not keep it alive

    def received(begun: "Start") -> None:
        ended.append(begun.end)
        window.receive(begun)
        if parsed.frame_gaps and not parsed.profile_demo:
            ended.append(_measured(window, parsed.frame_gaps))
        if parsed.profile_demo:
            from app.ui.showing.demo import Demo

            demos.append(Demo(window, begun, parsed.screenshots, parsed.frame_gaps))
            demos[0].start()

    def refused(error: LaretsError) -> None:
        show_error(window, error, window.language.wording)
        window.close()

    def load() -> None:
        acts = Acts(window.unlocking, window.language)
        acts.begin(window, lambda _: begin(found), received, failed=refused)

    window.brought = parsed.file
    window.show()
    QTimer.singleShot(0, window, load)  # the window is painted by then
    code = application.exec()
    for end in ended:
        end()
    _end_at_once_if_busy(code)
    return code


def _end_when_asked(application: QApplication) -> None:
    """What the system, the session or Ctrl+C asks for is what closing the window does. Qt's loop
    hears of a signal through a pipe; Windows closes a window by a message of its own."""
    if sys.platform == "win32":
        return
    ours, theirs = os.pipe()
    for end in (ours, theirs):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(theirs, warn_on_full_buffer=False)
    for each in (signal.SIGINT, *endings.asked()):
        signal.signal(each, lambda *_: None)
    QSocketNotifier(ours, QSocketNotifier.Type.Read, application).activated.connect(
        application.quit
    )


def _end_at_once_if_busy(code: int) -> None:
    """A worker that still loads a model cannot be asked to stop; an ordinary exit under its native
    threads would abort the process. Everything is stored and closed by now."""
    from app.services.session import WORKER_NAMES

    names = {*WORKER_NAMES, "unlocking"}
    if any(thread.name in names and thread.is_alive() for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _measured(window: Window, file: Path) -> Callable[[], None]:
    """Begin to measure hitches; what ends that and writes them down."""
    from app.ui.showing.frame_gaps import FrameGaps

    gaps = FrameGaps(window)
    gaps.start()
    return lambda: gaps.write(file)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="larets")
    parser.add_argument("file", type=Path, nargs="?", help="a file to add, once you are in")
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--profile-demo", action="store_true", help="make a demo profile and ask")
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help="with --profile-demo")
    parser.add_argument(
        "--frame-gaps", type=Path, metavar="FILE", help="measure hitches, until the window closes"
    )
    return parser.parse_args(arguments)


def _catch(window: Window) -> None:
    """Errors that nobody caught, on whichever thread: logged, then told in the window.

    One at a time: what fails while it is drawn fails again behind the dialog that tells of it."""
    told = _Told()

    def show(error: BaseException) -> None:
        window.main_thread.post(lambda: told.once(lambda: tell(error)))

    def tell(error: BaseException) -> None:
        show_error(window, error, window.language.wording)

    log.catch(show)


class _Told:
    """Whether a dialog is open, or was a moment ago."""

    def __init__(self) -> None:
        self._open, self._closed = False, -_AGAIN

    def once(self, show: Callable[[], None]) -> None:
        if self._open or time.monotonic() - self._closed < _AGAIN:
            return
        self._open = True
        try:
            show()
        finally:
            self._open, self._closed = False, time.monotonic()
