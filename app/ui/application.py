"""Starts the window: log in, work, lock, and again."""

import argparse
import faulthandler
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QSettings, QSize, QTimer
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app import log, paths
from app.domain.errors import RolledBack
from app.domain.library.documents import Document
from app.services.health.check import Check, CheckWording
from app.services.jobs import Worker
from app.services.session import WORKER_NAMES, Begin, Services, Start
from app.ui.acts import Acts, told_when_asked
from app.ui.assistants.overview import AssistantServices
from app.ui.assistants.page import AssistantsPage
from app.ui.chat.composer.assistant_button import AssistantButton
from app.ui.chat.page import ChatPage
from app.ui.chat.services import ChatServices
from app.ui.chat.sources.scope import ScopeButton
from app.ui.errors import show_error
from app.ui.health.dialog import HealthDialog
from app.ui.health.report_dialog import ReportDialog
from app.ui.language import Language
from app.ui.library.page import LibraryPage
from app.ui.library.services import LibraryServices
from app.ui.library.viewer.viewer import DocumentViewer
from app.ui.login.page import LoginPage
from app.ui.main_thread import MainThread
from app.ui.models.overview import ModelServices
from app.ui.models.page import ModelsPage
from app.ui.models.status import ModelStatus
from app.ui.summaries.page import SummariesPage, SummaryServices
from app.ui.theme import Theme
from app.ui.training.page import TrainingPage
from app.ui.training.services import TrainingServices
from app.ui.widgets.controls import stacked
from app.ui.window import Frame, View

#: Seconds after which another fault is told.
_AGAIN = 1.0
S = TypeVar("S")
_SIZE, _LEAST = QSize(1180, 760), QSize(900, 600)


class Window(QMainWindow):
    """The one window. `services` is None while locked."""

    def __init__(self, begun: Start, settings: QSettings, application: QApplication) -> None:
        super().__init__()
        self._begun = begun
        self.main_thread = MainThread()
        self.theme = Theme(application, begun.paths.resources, settings)
        self.language = Language(begun.paths.resources, settings)
        self.unlocking = Worker("unlocking", self.main_thread.post)
        self.services: Services | None = None
        self.frame: Frame | None = None
        self.chat: ChatPage | None = None
        self.library: LibraryPage | None = None
        self.training: TrainingPage | None = None
        self.summaries: SummariesPage | None = None
        self.assistants: AssistantsPage | None = None
        self.models: ModelsPage | None = None
        self.status: ModelStatus | None = None
        self.assistant: AssistantButton | None = None
        self.scope: ScopeButton | None = None
        self.login = LoginPage(
            begun.profiles, self._unlock, self._acts(self.unlocking), self.theme, self.language
        )
        self.login.unlocked.connect(self._show_profile)
        self.login.ailing.connect(self.check_health)
        self._stack = stacked(self.login)
        self.setCentralWidget(self._stack)
        self.setWindowTitle("Larets")
        self.setWindowIcon(QIcon(self.theme.logo(64)))
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE)
        self._presenting = False
        self._acts(self.unlocking).begin(self, lambda _: begun.prepare())
        QShortcut(QKeySequence("F11"), self, self.present)

    def _acts(self, worker: Worker) -> Acts:
        return Acts(worker, self.language)

    def _unlock(self, name: str, password: str) -> Services:
        self._begun.prepare()
        return self._begun.open(name, password, self.main_thread.post)

    def _show_profile(self, services: Services) -> None:
        self.services = services
        names = ("reading", "answers", "background", "indexing", "attaching")
        acts = {name: self._acts(getattr(services, name)) for name in names}
        reading = acts["reading"]
        viewer = DocumentViewer(services.library, reading, self.theme, self.language)
        reached = partial(_reached, services=services, acts=acts)
        self.chat = ChatPage(reached(ChatServices), viewer, self.theme, self.language)
        self.library = LibraryPage(reached(LibraryServices), self.theme, self.language)
        samples = self._begun.paths.resources / "samples" / self.language.code
        self.library.offer_samples(samples)
        self.library.asked.connect(self._ask_about)
        self.training = TrainingPage(reached(TrainingServices), self.theme, self.language)
        self.summaries = self._summaries(reached(SummaryServices), self.chat)
        self.assistants = AssistantsPage(reached(AssistantServices), self.theme, self.language)
        self.assistants.begun.connect(self._begin_with)
        self.assistant = AssistantButton(
            services.assistants, services.events, reading, self.chat.controller, self.theme
        )
        self.assistant.managed.connect(self._show_assistants)
        self.models = ModelsPage(reached(ModelServices), self.theme, self.language)
        self.status = ModelStatus(
            services.models, services.inference, services.events, reading, self.theme, self.language
        )
        self.scope = self._scope(services, reading, self.chat)
        context = (self.assistant, self.scope)
        views = [
            View(self.chat, "messages-square", lambda: self.tr("Chat"), context),
            View(self.library, "library", lambda: self.tr("Library")),
            View(self.training, "graduation-cap", lambda: self.tr("Training")),
            View(self.summaries, "notebook-text", lambda: self.tr("Summaries")),
            View(self.assistants, "puzzle", lambda: self.tr("Assistants")),
            View(self.models, "cpu", lambda: self.tr("Models")),
        ]
        self.frame = Frame(
            views, services.name, (self.lock, self.check_health), self.theme, self.language,
            self.status,
        )  # fmt: skip
        self.status.clicked.connect(self._show_models)
        self._stack.addWidget(self.frame)
        self._stack.setCurrentWidget(self.frame)
        self.chat.begin()
        if not services.integrity_ok:
            lost = RolledBack(path=str(self._begun.paths.data))
            show_error(self, lost, self.language.wording)
        # The first question should not wait for the models' libraries to load.
        acts["background"].begin(self, lambda _: services.warm(), failed=told_when_asked)
        self.library.adding.begin()
        self.chat.attaching.kept.connect(self.library.adding.run)
        spoken = self.language.code
        acts["answers"].begin(
            self, lambda job: services.chat.prepare(spoken, job), failed=told_when_asked
        )

    def _scope(self, services: Services, reading: Acts, chat: ChatPage) -> ScopeButton:
        def load(show: Callable[[list[Document]], None]) -> None:
            reading.begin(self, lambda _: services.library.documents(), show)

        scope = ScopeButton(self.theme, load)
        scope.changed.connect(lambda: chat.search_in(scope.scope))
        return scope

    def _summaries(self, reached: SummaryServices, chat: ChatPage) -> SummariesPage:
        page = SummariesPage(reached, self.theme, self.language)

        def show(memory: str) -> None:
            if self.frame:
                self.frame.show_page(page)
                page.open(memory)

        page.continued.connect(self._open_conversation)
        page.asked.connect(self._ask)
        page.passage_chosen.connect(chat.sources.open_passage)
        page.wanted.connect(chat.remembering.write)
        chat.remembering.ended.connect(page.note_news)
        chat.sources.remembered.connect(show)
        chat.welcome.card.opened.connect(show)
        return page

    def _open_conversation(self, conversation: str, turn: int) -> None:
        if self.frame and self.chat:
            self.frame.show_page(self.chat)
            self.chat.show_conversation(conversation, turn)

    def _ask(self, question: str) -> None:
        if self.frame and self.chat:
            self.frame.show_page(self.chat)
            self.chat.begin()
            self.chat.send(question)

    def present(self) -> None:
        """Turn the presentation mode on or off."""
        if self.frame is None or self.chat is None:
            return
        self._presenting = on = not self._presenting
        self.frame.show_view(0)
        self.chat.present(on=on)
        if on:
            self.showFullScreen()
        else:
            self.showNormal()

    def _show_models(self) -> None:
        if self.frame and self.models:
            self.frame.show_page(self.models)

    def _show_assistants(self) -> None:
        if self.frame and self.assistants:
            self.frame.show_page(self.assistants)

    def _begin_with(self, assistant: str) -> None:
        if self.frame and self.chat:
            self.frame.show_page(self.chat)
            self.chat.begin()
            self.chat.controller.choose_assistant(assistant)

    def _ask_about(self, name: str) -> None:
        if self.frame and self.chat:
            self.frame.show_view(0)
            self.chat.ask_about(name)

    def check_health(self) -> HealthDialog:
        """Look at everything that can be checked now, and show it."""
        services, health = self.services, self._begun.health

        def look(tell: Callable[[Check], None]) -> None:
            for check in health.checks():
                tell(check)
            for check in services.doctor.run() if services else ():
                tell(check)

        wording = CheckWording(self._begun.paths.resources, self.language.code)
        dialog = HealthDialog(look, self._report, wording, self._acts(self._worker), self)
        dialog.open()
        return dialog

    def save_report(self, parent: QWidget) -> None:
        """Offer a report from a dialog that has made no checks."""
        self._report(None, parent)

    def _report(self, checks: Sequence[Check] | None, parent: QWidget) -> None:
        ReportDialog(
            self._begun.health, checks, self._acts(self._worker), self.language, parent
        ).open()

    @property
    def _worker(self) -> Worker:
        """Does what may take a while, whether a profile is open or not."""
        return self.services.background if self.services else self.unlocking

    def lock(self) -> None:
        """Close everything behind the lock and show the card again."""
        if self.services is None or self.frame is None:
            return
        if self._presenting:
            self.present()
        self.services.close()
        self.services = self.chat = self.library = self.models = None
        self.assistants = self.assistant = self.status = self.scope = self.training = None
        self.summaries = None
        self._stack.removeWidget(self.frame)
        self.frame.deleteLater()
        self.frame = None
        self.main_thread.thaw()
        self.login.reset()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.lock()
        self.unlocking.close()
        self.main_thread.close()
        self.language.close()
        super().closeEvent(event)


def _reached(kind: type[S], services: Services, acts: Mapping[str, Acts]) -> S:
    """A page's dataclass of what it reaches: each field by its name, workers as acts on them."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # a dataclass
    return kind(**{name: acts.get(name) or getattr(services, name) for name in names})


def _spare_imports() -> None:
    """PySide reads the source of every module that is imported after it, on whichever thread, to
    see whether it wants features of its own; torch and transformers have thousands (1–2 s)."""
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: module.__name__.startswith("app.")


def main(arguments: list[str], begin: Begin) -> int:
    """Open the window on a workspace that `begin` opens; the exit code."""
    faulthandler.enable()
    _spare_imports()
    parsed = _parse(arguments)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("larets")
    application.setDesktopFileName("larets")
    folder = parsed.data_dir or (paths.demo_data() if parsed.profile_demo else None)
    begun = begin(paths.find(folder))
    settings = QSettings(str(paths.preferences()), QSettings.Format.IniFormat)
    window = Window(begun, settings, application)
    _catch(window)
    if parsed.profile_demo:
        from app.ui.demo import Demo

        demo = Demo(window, begun, parsed.screenshots, parsed.frame_gaps)
        QTimer.singleShot(0, demo.start)
    window.show()
    code = application.exec()
    begun.end()
    _end_at_once_if_busy(code)
    return code


def _end_at_once_if_busy(code: int) -> None:
    """A worker that still loads a model cannot be asked to stop; an ordinary exit under its native
    threads would abort the process. Everything is stored and closed by now."""
    if any(thread.name in WORKER_NAMES and thread.is_alive() for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="larets")
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--profile-demo", action="store_true", help="make a demo profile and ask")
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help="with --profile-demo")
    parser.add_argument(
        "--frame-gaps", type=Path, metavar="FILE", help="with --profile-demo: measure hitches"
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
