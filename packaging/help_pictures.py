"""Make the pictures of the help again: `python packaging/help_pictures.py`, with a screen or with
QT_QPA_PLATFORM=offscreen.

The real window in the light theme, once a language, on a profile of its own with the sample library
and the models of the kit; for the README the chat in both themes. What it shows is reduced to a
palette of colours, which keeps it small.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QApplication, QWidget

from app import paths, wiring
from app.domain.roles import Role
from app.services.session import Services
from app.ui.application import Window
from app.ui.library.sample_library import sample_library

HELP = Path(__file__).parent.parent / "resources" / "help"
README = Path(__file__).parent / "pictures"
SIZE = QSize(1120, 700)
#: Seconds for a model that is loaded anew and answers on a slow machine.
PATIENCE = 300
COLORS = 96
#: Guards nothing: the profile holds the sample library and is deleted.
PASSWORD = "pictures of the help"


def until(there: Callable[[], object], settle: float = 0.6) -> None:
    """Let the window go on until something is there, and a moment longer."""
    end = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > end:
            raise TimeoutError("the window did not come so far")
        QApplication.processEvents()
        time.sleep(0.02)
    end = time.monotonic() + settle
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.02)


def picture(widget: QWidget, file: Path) -> None:
    from PIL import Image

    widget.grab().save(str(file))
    with Image.open(file) as seen:
        seen.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.parent.name}/{file.name}: {file.stat().st_size} bytes")


def opened(folder: Path, language: str, application: QApplication) -> tuple[Window, Services]:
    """A window with an open profile that holds the sample library."""
    found = paths.find()
    start = wiring.start(paths.Paths(folder / "data", found.kit, found.resources))
    name = {"ru": "Анна Петрова", "en": "Anna Peters"}[language]
    start.profiles.create(name, PASSWORD, Role.ADMINISTRATOR)
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("language", language)
    settings.setValue("theme", "light")
    window = Window(found.resources, settings, application)
    window.receive(start)
    window.resize(SIZE)
    window.show()
    window.login.enter(name, PASSWORD)
    until(lambda: window.library)
    assert window.library is not None
    assert window.services is not None
    library, services = window.library, window.services
    library.add_samples()
    until(lambda: services.library.counts()[1] > 0 and not library.adding.busy)
    return window, services


def pictures(window: Window, services: Services, out: Path) -> None:
    """Chat, viewer, library and models."""
    held = window.opened
    assert held is not None
    samples = sample_library(out.parent.parent / "samples", out.name)
    held.ask(samples.questions[0])
    until(lambda: held.chat.transcript.entries)
    until(lambda: not held.chat.answering and not services.reading.jobs(), settle=2)
    picture(window, out / "chat.png")
    if out.name == "en":
        of_readme(window)
    held.chat.viewer.bar.detached.emit()
    viewer = next(iter(held.viewers.open_ones.values()))
    viewer.resize(SIZE)
    until(lambda: not services.reading.jobs(), settle=2)
    picture(viewer, out / "viewer.png")
    viewer.close()
    held.frame.show_page(held.library)
    held.library.columns.show_details(shown=False)  # they say where the files lie here
    until(lambda: not services.reading.jobs(), settle=2)
    picture(window, out / "library.png")
    held.frame.show_page(held.models)
    until(lambda: not services.reading.jobs(), settle=2)
    picture(window, out / "models.png")


def of_readme(window: Window) -> None:
    """The same answer in both themes."""
    README.mkdir(exist_ok=True)
    for theme in ("dark", "light"):
        window.theme.choose(theme)
        until(lambda: True, settle=1)
        picture(window, README / f"chat-{theme}.png")


def main() -> None:
    application = QApplication([])
    for language in ("ru", "en"):
        with tempfile.TemporaryDirectory(prefix="larets-help-") as folder:
            window, services = opened(Path(folder), language, application)
            pictures(window, services, HELP / language)
            window.close()


if __name__ == "__main__":
    main()
    os._exit(0)  # a model that is still loading cannot be asked to stop
