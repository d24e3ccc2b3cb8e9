"""What a user of the window feels of a large library: the longest gap between frames while a
thousand files are added, and how long ten thousand documents take to be shown.

    python -m tests.bench.library_window [FILES] [DOCUMENTS]

Real window (off the screen), real embedding model, a scratch workspace; one JSON object.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app import offline, paths, wiring
from app.domain.roles import Role
from app.store.library.reading_queue import Waiting
from app.ui.application import Window
from app.ui.library.page import LibraryPage
from app.ui.showing.frame_gaps import FrameGaps
from tests.ui.conftest import received

_PASSWORD = "measured in a scratch folder"
_TEXT = (
    "Отдел {n} ведёт учёт оборудования. Насос № {n} обслуживают каждые {h} часов.\n\n"
    "Department {n} keeps the store room; filter {n} is changed every {h} hours."
)


def main() -> None:
    files, documents = (int(each) for each in (*sys.argv[1:], "1000", "10000")[:2])
    offline.enforce()
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        measured = _measured(application, Path(folder), files, documents)
    print(json.dumps(measured))  # noqa: T201


def _measured(
    application: QApplication, folder: Path, files: int, documents: int
) -> dict[str, object]:
    window = _opened(application, folder)

    def wait(until: Callable[[], bool]) -> None:
        while not until():
            application.processEvents()
            time.sleep(0.001)

    wait(lambda: window.library is not None)
    page, services = window.library, window.services
    assert page is not None
    assert services is not None
    assert window.frame is not None
    window.frame.show_view(1)
    wait(lambda: not services.background.jobs() and not services.answers.jobs())
    _write(folder / "files", files)
    gaps = FrameGaps(window)
    gaps.start()
    began = time.perf_counter()
    page.add([folder / "files"])
    wait(lambda: not page.adding.busy)
    seconds = time.perf_counter() - began
    importing = gaps.stop()
    window.frame.show_view(0)
    _fill(window, documents - files)
    shown = _shown(page, window, wait)
    window.close()
    return {
        "files": files,
        "import_seconds": round(seconds, 1),
        "frame_gap_ms": importing,
        "documents": documents,
        "documents_shown_ms": shown,
    }


def _opened(application: QApplication, folder: Path) -> Window:
    found = paths.find()
    begun = wiring.start(paths.Paths(folder / "data", found.kit, found.resources))
    begun.profiles.create("Anna", _PASSWORD, Role.ADMINISTRATOR)
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = received(begun, settings, application)
    window.show()
    window.login.enter("Anna", _PASSWORD)
    return window


def _write(folder: Path, files: int) -> None:
    folder.mkdir()
    for n in range(files):
        (folder / f"{n:05}.txt").write_text(_TEXT.format(n=n, h=n * 7 + 3), "utf-8")


def _fill(window: Window, documents: int) -> None:
    """Rows as an import leaves them that could not read its files: what the table shows."""
    assert window.services is not None
    (opened,) = window.services.library.open_collections
    waiting = [Waiting(f"/away/{n:05}.pdf", f"Приказ {n:05}.pdf", 4096) for n in range(documents)]
    for each in opened.store.queue.add(waiting, 0.0):
        opened.store.queue.set_failed(each, "file-missing", {"name": each})


def _shown(
    page: LibraryPage, window: Window, wait: Callable[[Callable[[], bool]], None]
) -> list[float]:
    """Milliseconds from asking for the view to its rows being drawn, five times."""
    taken: list[float] = []
    assert window.frame is not None
    for _ in range(5):
        page.documents.set_documents([])
        window.frame.show_view(0)
        wait(lambda: True)
        began = time.perf_counter()
        window.frame.show_view(1)
        page.reload()
        wait(lambda: page.documents.rowCount() > 0)
        window.grab()
        taken.append(round((time.perf_counter() - began) * 1000, 1))
    return taken


if __name__ == "__main__":
    main()
