"""Draws every view and state of the window on sheets to be looked at, in both themes, languages
and in three sizes: python packaging/contact_sheet.py FOLDER [--only NAME]; with --gallery every
shared widget in every state instead, in both themes.

The window, its services and its documents are real; the models are the deterministic ones of the
tests, so that nothing waits. QT_QPA_PLATFORM=offscreen draws without a screen.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QSettings, QSize  # noqa: E402
from PySide6.QtGui import QImage, QPainter, QPixmap  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from app import paths, wiring  # noqa: E402
from app.domain.chat.assistants import Assistant  # noqa: E402
from app.domain.exams.blind import Preference  # noqa: E402
from app.domain.exams.questions import ExamQuestion  # noqa: E402
from app.engines.fake import FakeChat, fake_engines  # noqa: E402
from app.services.session import Start  # noqa: E402
from app.store import keys  # noqa: E402
from app.ui.application import Window  # noqa: E402
from app.ui.dialogs.questions import NameQuestion, Notice, Question  # noqa: E402
from app.ui.theme import Theme  # noqa: E402

SIZES = (QSize(900, 600), QSize(1180, 760), QSize(1920, 1080))
_PASSWORD, _COLUMNS, _CELL = "a long password", 4, 640
_ASKED = {
    "ru": "Сколько дней отпуска положено новому сотруднику?",
    "en": "How many days of leave does an employee get?",
}
_SAID = {
    "ru": "Новому сотруднику положено 28 календарных дней отпуска [1].",
    "en": "An employee gets 28 calendar days of leave [1].",
}


@dataclass
class Drawing:
    """A window of one theme, language and size, and what was drawn of it."""

    application: QApplication
    window: Window
    language: str
    only: str
    pictures: list[tuple[str, QPixmap]]

    def rest(self, seconds: float = 0.3) -> None:
        """Let the window settle."""
        _rest(self.application, seconds)

    def wait(self, for_: Callable[[], object], seconds: float = 60) -> None:
        """Until it is so; an error when it never is."""
        until = time.monotonic() + seconds
        while not for_():
            if time.monotonic() > until:
                raise TimeoutError
            self.rest(0.05)

    def draw(self, name: str, widget: QWidget | None = None) -> None:
        if self.only in name:
            self.rest()
            self.pictures.append((name, (widget or self.window).grab()))


def _rest(application: QApplication, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        application.processEvents()
        time.sleep(0.01)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="views whose names hold this")
    parser.add_argument("--gallery", action="store_true", help="the shared widgets in every state")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    keys.calibrated = lambda installed=None: keys.KdfParameters()  # nobody waits for a key here
    application = QApplication(sys.argv[:1])
    if arguments.gallery:
        _draw_gallery(application, arguments.folder)
        return 0
    for size in SIZES:
        for theme in ("light", "dark"):
            for language in ("ru", "en"):
                name = f"{size.width()}x{size.height()}-{theme}-{language}"
                pictures = _drawn(application, size, theme, language, arguments.only)
                _sheet(pictures).save(str(arguments.folder / f"{name}.png"))
                sys.stdout.write(f"{name}: {len(pictures)} views\n")
                sys.stdout.flush()
    return 0


def _draw_gallery(application: QApplication, folder: Path) -> None:
    from gallery import Gallery

    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    for name in ("light", "dark"):
        settings.setValue("theme", name)
        shown = Gallery(Theme(application, paths.find().resources, settings))
        shown.show()
        shown.activateWindow()
        _rest(application, 0.5)
        shown.show_states()
        _rest(application, 0.2)
        shown.grab().save(str(folder / f"gallery-{name}.png"))
        shown.close()


def _drawn(
    application: QApplication, size: QSize, theme: str, language: str, only: str
) -> list[tuple[str, QPixmap]]:
    with tempfile.TemporaryDirectory() as folder:
        found = paths.find()
        settings = QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat)
        settings.setValue("theme", theme)
        settings.setValue("language", language)
        begun = wiring.start(
            paths.Paths(Path(folder) / "data", found.kit, found.resources),
            fake_engines(FakeChat(lambda _: _SAID[language])),
        )
        window = Window(found.resources, settings, application)
        window.resize(size)
        window.show()
        drawing = Drawing(application, window, language, only, [])
        for draw in _scenes(drawing, begun):
            draw()
        window.close()
        drawing.rest()
        begun.end()
        return drawing.pictures


def _scenes(drawing: Drawing, begun: Start) -> Iterator[Callable[[], None]]:
    """From the first start to the lock, in the order in which a user would come through."""
    yield lambda: _first_run(drawing, begun)
    yield lambda: _chat(drawing)
    yield lambda: _pages(drawing)
    yield lambda: _settings(drawing)
    yield lambda: _dialogs(drawing)
    yield lambda: _locked(drawing)


def _first_run(drawing: Drawing, begun: Start) -> None:
    drawing.draw("empty")
    drawing.window.receive(begun)
    page = drawing.window.first_run
    assert page is not None
    drawing.draw("first run: language")
    page.go_on()
    drawing.draw("first run: profile")
    page.profile.username.setText("Анна Петрова" if drawing.language == "ru" else "Anna Petrova")
    page.profile.password.setText(_PASSWORD)
    page.profile.again.setText(_PASSWORD)
    page.go_on()
    drawing.wait(lambda: page.profile.created)
    drawing.draw("first run: recovery key")
    groups = page.profile.key.key.split("-")
    for field in page.profile.key.fields:
        asked = re.search(r"\d+", field.placeholderText())
        field.setText(groups[int(asked[0]) - 1] if asked else "")
    page.go_on()
    drawing.wait(lambda: page.model is not None)
    drawing.wait(lambda: page.model is not None and page.model.ready)
    drawing.draw("first run: model")
    page.go_on()
    drawing.draw("first run: documents")
    assert page.documents is not None
    page.documents.add_samples()
    drawing.wait(lambda: page.question is not None and page.question.isVisible(), 180)
    drawing.draw("first run: question")
    page.left.emit()


def _chat(drawing: Drawing) -> None:
    window = drawing.window
    chat = window.chat
    assert chat is not None
    assert window.opened is not None
    drawing.draw("chat: empty")
    chat.send(_ASKED[drawing.language])
    drawing.wait(lambda: not chat.answering)
    drawing.draw("chat: answered")
    palette = window.opened.open_palette()
    drawing.rest()
    palette.field.setText("jngecr" if drawing.language == "ru" else "leave")
    drawing.draw("palette")
    palette.leave()
    window.present()
    window.showNormal()
    drawing.draw("presentation")
    window.present()


def _pages(drawing: Drawing) -> None:
    opened, services = drawing.window.opened, drawing.window.services
    assert opened is not None
    assert services is not None
    opened.frame.show_page(opened.library)
    drawing.rest()
    opened.library.select_first()
    drawing.rest(1)
    drawing.draw("library")
    opened.library.search(_ASKED[drawing.language])
    drawing.rest(1)
    drawing.draw("library: found")
    opened.frame.show_page(opened.training)
    drawing.draw("training")
    opened.frame.show_page(opened.summaries)
    drawing.draw("summaries: empty")
    opened.frame.show_page(opened.assistants)
    drawing.draw("assistants: empty")
    opened.assistants.edit(Assistant("", ""))
    drawing.draw("assistants: form")
    opened.assistants.editor.cancel.click()
    _exams(drawing)
    opened.frame.show_page(opened.models)
    drawing.rest(0.5)
    drawing.draw("models")


def _exams(drawing: Drawing) -> None:
    """Test questions of an assistant: before and after they were answered."""
    opened, services = drawing.window.opened, drawing.window.services
    assert opened is not None
    assert services is not None
    template = services.assistants.templates(drawing.language)[0]
    made = services.assistants.create(template.assistant)
    for words in ("28", "31"):
        services.exams.keep(made.id, ExamQuestion(_ASKED[drawing.language], words))
    opened.assistants.test(made)
    drawing.draw("assistants: test questions")
    opened.assistants.exams.begin()
    drawing.wait(lambda: not opened.assistants.exams.runner.is_running)
    drawing.draw("assistants: tested")
    _blind(drawing, made)
    opened.assistants.leave()


def _blind(drawing: Drawing, made: Assistant) -> None:
    """Two answers without names, before and after the choice."""
    opened = drawing.window.opened
    assert opened is not None
    opened.assistants.compare(made.id, _ASKED[drawing.language])
    dialog = opened.assistants.blind
    assert dialog is not None
    drawing.wait(lambda: dialog.one.who.count())
    drawing.draw("assistants: blind comparison", dialog)
    dialog.ask.click()
    drawing.wait(dialog.choices[Preference.FIRST].isEnabled)
    drawing.draw("assistants: blind answers", dialog)
    dialog.choices[Preference.FIRST].click()
    drawing.rest(0.5)
    drawing.draw("assistants: blind choice", dialog)
    dialog.counted.click()
    drawing.wait(lambda: dialog.results)
    drawing.draw("assistants: blind results", dialog.results)
    dialog.reject()


def _settings(drawing: Drawing) -> None:
    opened = drawing.window.opened
    assert opened is not None
    opened.frame.show_page(opened.settings)
    drawing.rest(0.5)
    for place, made in enumerate(opened.settings.kinds):
        opened.settings.show_kind(place)
        drawing.draw(f"settings: {made.text()}")


def _dialogs(drawing: Drawing) -> None:
    window = drawing.window
    shown = (
        ("question", Question(window, "Delete the collection?", "All goes.", final=True)),
        ("name", NameQuestion(window, "New collection", "Name of the collection", "", "Create")),
        ("notice", Notice(window, "Nothing to add", "It is here already.")),
    )
    for name, dialog in shown:
        dialog.show()
        drawing.draw(f"dialog: {name}", dialog)
        dialog.close()
        dialog.deleteLater()


def _locked(drawing: Drawing) -> None:
    drawing.window.lock()
    drawing.draw("log-in")
    drawing.window.login.enter(drawing.window.begun.profiles.names()[0], "not the password")
    drawing.wait(lambda: drawing.window.login.problem)
    drawing.draw("log-in: refused")


def _sheet(pictures: list[tuple[str, QPixmap]]) -> QImage:
    """All pictures side by side under their names, each as wide as a cell."""
    cells = [
        (name, picture.scaledToWidth(min(_CELL, picture.width()))) for name, picture in pictures
    ]
    high = max((cell.height() for _, cell in cells), default=0) + 28
    rows = -(-len(cells) // _COLUMNS)
    sheet = QImage(_COLUMNS * (_CELL + 8), max(rows * high, 1), QImage.Format.Format_RGB32)
    sheet.fill(0xFF808080)
    painter = QPainter(sheet)
    for place, (name, cell) in enumerate(cells):
        x, y = place % _COLUMNS * (_CELL + 8), place // _COLUMNS * high
        painter.drawText(x + 4, y + 16, name)
        painter.drawPixmap(x, y + 22, cell)
    painter.end()
    return sheet


if __name__ == "__main__":
    sys.exit(main())
