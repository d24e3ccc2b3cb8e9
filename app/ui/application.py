"""The window: log in, work, lock, and again."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.domain.events import PreferencesChanged
from app.services.jobs import Worker
from app.ui.acts import Acts, told_when_asked
from app.ui.away.idle import IdleWatch
from app.ui.language import Language
from app.ui.login.page import LoginPage
from app.ui.main_thread import MainThread
from app.ui.pages.slices import Slices
from app.ui.remembered import Remembered
from app.ui.theme import Theme
from app.ui.widgets.controls import stacked

if TYPE_CHECKING:  # what is behind the lock is loaded while the password is typed
    from app.services.health.check import Check
    from app.services.session import Services, Start
    from app.ui.away.signs import Signs
    from app.ui.chat.page import ChatPage
    from app.ui.first_run.page import FirstRunPage
    from app.ui.health.dialog import HealthDialog
    from app.ui.help.window import HelpWindow
    from app.ui.library.page import LibraryPage
    from app.ui.models.page import ModelsPage
    from app.ui.open_profile import OpenProfile
    from app.ui.surroundings import Surroundings
    from app.ui.training.page import TrainingPage
    from app.ui.window import Frame

#: Milliseconds between two steps of a log-in: a frame at 120 Hz.
_BREATH_MS = 8
_SIZE, _LEAST = QSize(1180, 760), QSize(900, 600)


class Window(QMainWindow):
    """The one window. `services` is None while locked."""

    def __init__(self, resources: Path, settings: QSettings, application: QApplication) -> None:
        """Empty until `receive`: it is painted before what is behind it was loaded."""
        super().__init__()
        self._begun: Start | None = None
        self.main_thread = MainThread()
        self.theme = Theme(application, resources, settings)
        self.language = Language(resources, settings)
        self._resources, self._stored = resources, settings
        self.unlocking = Worker("unlocking", self.main_thread.post)
        self.services: Services | None = None
        self.opened: OpenProfile | None = None
        #: The one that is being made, until it is seen.
        self._coming: OpenProfile | None = None
        self._slices = Slices(self)
        #: A file that the program was started with, until somebody is in.
        self.brought: Path | None = None
        self.first_run: FirstRunPage | None = None
        self.login = LoginPage(
            self._unlock, self._recover, self._acts(self.unlocking), self.theme, self.language
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
        self.help: HelpWindow | None = None
        QShortcut(QKeySequence("F1"), self, self.show_help)
        self.idle = IdleWatch(self.lock, self._is_busy)
        self.signs: Signs | None = None
        QShortcut(QKeySequence("F11"), self, self.present)

    def receive(self, begun: "Start") -> None:
        """The workspace is there: its profiles, or the first start where it has none."""
        from app.ui.away.signs import listen

        self._begun = begun
        self.signs = listen(self, self._leave, self.lock)
        unlocking = self._acts(self.unlocking)
        unlocking.begin(self, lambda _: begun.prepare())
        unlocking.begin(self, lambda _: _load_pages())
        names = begun.profiles.names()
        self.login.show_names(names)
        if not names:
            self._begin_first_run(begun)

    @property
    def begun(self) -> "Start":
        """Nothing but the painting of the empty window comes before it."""
        assert self._begun is not None
        return self._begun

    @property
    def data(self) -> "Path | None":
        """The folder that the program works in, once it is open."""
        return self._begun.paths.data if self._begun and self.opened else None

    def _surroundings(self) -> "Surroundings":
        from app.ui.surroundings import Surroundings

        folders = self.begun.paths
        return Surroundings(
            self.theme, self.language, folders.resources, folders.data, self._stored,
            Remembered(self._stored), self.lock, self.check_health, self.show_help,
            self._signs_told,
        )  # fmt: skip

    def _begin_first_run(self, begun: "Start") -> None:
        from app.domain.roles import Role
        from app.ui.first_run.page import FirstRunPage

        profiles = begun.profiles
        self.first_run = page = FirstRunPage(
            lambda name, password: profiles.create(name, password, Role.ADMINISTRATOR),
            self._acts(self.unlocking), self.theme, self.language,
        )  # fmt: skip
        page.unlocking.connect(self._open_first)
        page.left.connect(self.end_first_run)
        self.login.refused.connect(self.end_first_run)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def _open_first(self, name: str, password: str) -> None:
        self.login.show_names(self.begun.profiles.names())
        self.login.enter(name, password)

    def end_first_run(self) -> None:
        """The window as it always is."""
        page, self.first_run = self.first_run, None
        if page is None:
            return
        page.drop()
        self._stack.removeWidget(page)
        page.deleteLater()
        self._stack.setCurrentWidget(self.opened.frame if self.opened else self.login)

    def _ask_first(self, question: str) -> None:
        self.end_first_run()
        if self.opened:
            self.opened.ask(question)

    def _acts(self, worker: Worker) -> Acts:
        return Acts(worker, self.language)

    def _unlock(self, name: str, password: str) -> "Services":
        self.begun.prepare()
        return self.begun.open(name, password, self.main_thread.post)

    def _recover(self, name: str, key: str, new: str) -> None:
        self.begun.profiles.recover(name, key, new)

    def _show_profile(self, services: "Services") -> None:
        from app.ui.open_profile import WORKERS, OpenProfile

        self.services = services
        acts = {name: self._acts(getattr(services, name)) for name in WORKERS}
        self._coming = opened = OpenProfile(services, acts, self._surroundings())
        self._stack.addWidget(opened.frame)
        self._slices.take(*opened.opening(), lambda: self._enter(services, opened), rest=_BREATH_MS)

    def _enter(self, services: "Services", opened: "OpenProfile") -> None:
        from app.ui.administration.losses import tell_losses, tell_medium

        self.opened, self._coming = opened, None
        brought = None
        if self.first_run is None:
            self._stack.setCurrentWidget(opened.frame)
            brought, self.brought = self.brought, None
        else:
            self.first_run.take(opened.first_run_services(self._ask_first))
        opened.begin(brought)
        tell_losses(opened.frame, services.administration.losses.all(), self.language)
        if services.medium:
            tell_medium(opened.frame, services.medium, self.language)
        # The first question should not wait for the models' libraries to load.
        background, answers = self._acts(services.background), self._acts(services.answers)
        background.begin(self, lambda _: services.warm(), failed=told_when_asked)
        spoken = self.language.code
        answers.begin(self, lambda job: services.chat.prepare(spoken, job), failed=told_when_asked)
        self._watch_idleness(services, self._acts(services.reading))

    def _watch_idleness(self, services: "Services", reading: Acts) -> None:
        def watch() -> None:
            policies = services.administration.policies.now()
            reading.begin(
                self,
                lambda _: policies.lock_after(services.preferences.get().lock_after),
                self.idle.begin,
            )

        services.events.subscribe(PreferencesChanged, lambda _: watch())
        watch()

    def _is_busy(self) -> bool:
        """Whether something is under way that a lock would stop."""
        services = self.services
        if services is None:
            return False
        workers = (services.answers, services.background, services.indexing, services.attaching)
        return any(worker.jobs() for worker in workers)

    def _signs_told(self) -> "Check":
        from app.ui.away import signs

        return signs.check(self.signs)

    def _leave(self) -> None:
        """The session is locked, or a screen saver is on: lock as soon as nothing is under way."""
        if self.services is not None:
            self.idle.leave()

    def present(self) -> None:
        """Turn the presentation mode on or off."""
        if self.opened is None:
            return
        self._presenting = on = not self._presenting
        self.opened.present(on=on)
        if on:
            self.showFullScreen()
        else:
            self.showNormal()

    def check_health(self) -> "HealthDialog":
        """Look at everything that can be checked now, and show it."""
        from app.services.health.check import CheckWording
        from app.ui.away import signs
        from app.ui.health.dialog import HealthDialog

        services, health, heard = self.services, self.begun.health, self.signs

        def look(tell: Callable[["Check"], None]) -> None:
            for check in health.checks():
                tell(check)
            tell(signs.check(heard))
            for check in services.administration.doctor.run() if services else ():
                tell(check)

        wording = CheckWording(self.begun.paths.resources, self.language.code)
        acts = self._acts(self._worker)
        dialog = HealthDialog(look, self._report, self._mend, wording, acts, self)
        dialog.open()
        return dialog

    def _mend(self, check: "Check") -> "Callable[[], Check] | None":
        """What repairs a check and makes it again, where the role may."""
        health, doctor = (
            self.begun.health,
            self.services.administration.doctor if self.services else None,
        )
        offered = {**health.repairs(), **(doctor.repairs.offered() if doctor else {})}
        found = [repair for name, repair in offered.items() if name == check.name]
        if not found:
            return None

        def mended() -> "Check":
            found[0]()
            return (doctor and doctor.one(check.name)) or health.one(check.name)

        return mended

    def show_help(self, page: str = "") -> None:
        """A page of it, or the one that was read last; also before anybody has logged in."""
        if self.help is None:
            from app.ui.help.window import HelpWindow

            self.help = HelpWindow(self._resources, self.theme, self.language)
        self.help.open(page)

    def save_report(self, parent: QWidget) -> None:
        """Offer a report from a dialog that has made no checks."""
        self._report(None, parent)

    def _report(self, checks: "Sequence[Check] | None", parent: QWidget) -> None:
        from app.ui.health.report_dialog import ReportDialog

        ReportDialog(
            self.begun.health, checks, self._acts(self._worker), self.language, parent
        ).open()

    @property
    def _worker(self) -> Worker:
        """Does what may take a while, whether a profile is open or not."""
        return self.services.background if self.services else self.unlocking

    def lock(self) -> None:
        """Close everything behind the lock and show the card again."""
        opened = self.opened or self._coming
        if self.services is None or opened is None:
            return
        if self._presenting:
            self.present()
        self.idle.begin(0)
        self._close_help()
        self._slices.stop()
        opened.close()
        self.services.close()
        self.end_first_run()
        frame = opened.frame
        self.services = self.opened = self._coming = None
        self._stack.removeWidget(frame)
        frame.deleteLater()
        self.main_thread.thaw()
        self.login.show_names(self.begun.profiles.names())

    # What is open, by name; None while locked.

    @property
    def frame(self) -> "Frame | None":
        return self.opened.frame if self.opened else None

    @property
    def chat(self) -> "ChatPage | None":
        return self.opened.chat if self.opened else None

    @property
    def library(self) -> "LibraryPage | None":
        return self.opened.library if self.opened else None

    @property
    def training(self) -> "TrainingPage | None":
        return self.opened.training if self.opened else None

    @property
    def models(self) -> "ModelsPage | None":
        return self.opened.models if self.opened else None

    def _close_help(self) -> None:
        """What was searched for there is a user's word."""
        if self.help is not None:
            self.help.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.lock()
        self._close_help()
        self.unlocking.close()
        self.main_thread.close()
        self.language.close()
        super().closeEvent(event)


def _load_pages() -> None:
    """What the first page needs is read from the disk while the password is typed."""
    import app.ui.open_profile  # noqa: F401
