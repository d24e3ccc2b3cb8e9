"""What is on the screen while a profile is open: its pages, and what leads from one to another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from app.domain.events import DoorClosed
from app.domain.library.documents import Document
from app.domain.roles import Act
from app.interface.door import Door
from app.services.health.check import Check, CheckWording
from app.services.jobs import Job
from app.services.session import Services
from app.ui.acts import Acts
from app.ui.administration.department.looking import DepartmentLook
from app.ui.administration.keys.door_row import DoorRow
from app.ui.administration.kind import AdministrationServices
from app.ui.administration.page import AdministrationPage
from app.ui.administration.proof.proof import ProofKind
from app.ui.assistants.overview import AssistantServices
from app.ui.assistants.page import AssistantsPage
from app.ui.chat.composer.assistant_button import AssistantButton
from app.ui.chat.page import ChatPage
from app.ui.chat.services import ChatServices
from app.ui.chat.sources.scope import ScopeButton, Shelves
from app.ui.first_run.services import FirstRunServices
from app.ui.language import Language
from app.ui.library.page import LibraryPage
from app.ui.library.sample_library import SampleLibrary, sample_library
from app.ui.library.services import LibraryServices
from app.ui.library.viewer.spot import Spot
from app.ui.library.viewer.viewer import DocumentViewer
from app.ui.library.window.viewer_window import ViewerWindows
from app.ui.models.overview import ModelServices
from app.ui.models.page import ModelsPage
from app.ui.models.status import ModelStatus
from app.ui.palette.lines import Held, Line, PaletteLines, Places
from app.ui.palette.palette import Palette
from app.ui.remembered import Remembered
from app.ui.settings.page import SettingsPage
from app.ui.settings.services import SettingsServices
from app.ui.summaries.page import SummariesPage, SummaryServices
from app.ui.theme import DARK, Theme
from app.ui.training.page import TrainingPage
from app.ui.training.services import TrainingServices
from app.ui.window import Frame, View

S = TypeVar("S")
#: Milliseconds between two looks whether a backup is due.
_HOUR = 3_600_000
WORKERS = ("reading", "answers", "background", "indexing", "attaching")


@dataclass(frozen=True)
class Surroundings:
    """What the pages need of the window around them: `resources` and `data` folders, `stored`
    settings of this computer, how its windows are laid out, the acts that `lock`, `check_health`
    and `show_help`, at a page or where it was left, and whether `signs` of the system lock it."""

    theme: Theme
    language: Language
    resources: Path
    data: Path
    stored: QSettings
    remembered: Remembered
    lock: Callable[[], None]
    check_health: Callable[[], object]
    show_help: Callable[[str], None]
    signs: Callable[[], Check]


class OpenProfile(QObject):
    """`acts` are those of the workers in WORKERS, by name."""

    def __init__(self, services: Services, acts: Mapping[str, Acts], around: Surroundings) -> None:
        super().__init__()
        self._services, self._acts, self._around = services, acts, around
        theme, language, reading = around.theme, around.language, acts["reading"]
        viewer = DocumentViewer(services.library, reading, theme, language)
        self.chat = ChatPage(
            self._reached(ChatServices), viewer, theme, language, around.remembered
        )
        self.library = LibraryPage(
            self._reached(LibraryServices), theme, language, around.remembered
        )
        self.viewers = ViewerWindows(services.library, reading, theme, language, around.remembered)
        for source in (viewer.detached, self.library.opened):
            source.connect(self.viewers.open)
        self.library.offer_samples(self._samples)
        self.training = TrainingPage(self._reached(TrainingServices), theme, language)
        self.summaries = SummariesPage(self._reached(SummaryServices), theme, language)
        self.assistants = AssistantsPage(self._reached(AssistantServices), theme, language)
        self.models = ModelsPage(self._reached(ModelServices), theme, language)
        self.settings = SettingsPage(self._settings(), theme, language)
        self._door = Door(
            services.interface,
            (services.answers, services.indexing, services.background),
            lambda: services.events.publish(DoorClosed()),
        )
        self.administration = self._administration()
        self.assistant = AssistantButton(
            services.assistants, services.events, reading, self.chat.controller, theme
        )
        self.status = ModelStatus(
            services.models, services.inference, services.events, reading, theme, language
        )
        self.scope = ScopeButton(theme, self._load_shelves)
        self._lead()
        self.department = DepartmentLook(
            services.department, services.model_servers, services.inference, acts["background"],
            self,
        )  # fmt: skip
        self._hourly = QTimer(self)
        self._hourly.setInterval(_HOUR)
        acts_of_window = (around.lock, around.check_health, around.show_help)
        self.frame = Frame(
            self._views(), services.name, acts_of_window, theme, language, self.status
        )
        self.department.looked.connect(
            lambda server, away: self.frame.show_server(server, away=away)
        )
        self.lines = self._palette_lines()

    def _reached(self, kind: type[S]) -> S:
        """A page's dataclass of what it reaches: each field by its name, workers as acts on
        them."""
        names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # a dataclass
        services, acts = self._services, self._acts
        return kind(**{name: acts.get(name) or getattr(services, name) for name in names})

    def first_run_services(self, ask: Callable[[str], None]) -> FirstRunServices:
        """What the first start reaches; `ask` ends it with a question."""
        services, acts = self._services, self._acts
        return FirstRunServices(
            services.models, services.imports, services.library, self.library.adding,
            services.events, acts["reading"], acts["background"], self._samples(), ask,
        )  # fmt: skip

    def _samples(self) -> SampleLibrary:
        """The one in the language of the window."""
        return sample_library(self._around.resources / "samples", self._around.language.code)

    def _settings(self) -> SettingsServices:
        services, around = self._services, self._around
        return SettingsServices(
            services.name, around.stored, around.data, services.preferences, services.profiles,
            services.models, services.events, self._acts["reading"],
        )  # fmt: skip

    def _views(self) -> list[View]:
        context = (self.assistant, self.scope)
        return [
            View(self.chat, "messages-square", lambda: self.tr("Chat"), context),
            View(self.library, "library", lambda: self.tr("Library")),
            View(self.training, "graduation-cap", lambda: self.tr("Training")),
            View(self.summaries, "notebook-text", lambda: self.tr("Summaries")),
            View(self.assistants, "puzzle", lambda: self.tr("Assistants")),
            View(self.models, "cpu", lambda: self.tr("Models")),
            View(self.administration, "shield-check", lambda: self.tr("Administration")),
            View(self.settings, "settings", lambda: self.tr("Settings"), apart=True, keys="Ctrl+,"),
        ]

    def _lead(self) -> None:
        """From one page to another."""
        chat, summaries = self.chat, self.summaries
        for about in (self.library.asked, self.viewers.asked):
            about.connect(self._ask_about)
        self.library.removed.connect(self.viewers.close)
        chat.attaching.kept.connect(self.library.adding.run)
        summaries.continued.connect(self.open_conversation)
        summaries.asked.connect(self.ask)
        summaries.passage_chosen.connect(chat.sources.open_passage)
        summaries.wanted.connect(chat.remembering.write)
        chat.remembering.ended.connect(summaries.note_news)
        chat.sources.remembered.connect(self._open_memory)
        chat.welcome.card.opened.connect(self._open_memory)
        chat.welcome.checklist.models_wanted.connect(lambda: self.frame.show_page(self.models))
        chat.welcome.checklist.library_wanted.connect(lambda: self.frame.show_page(self.library))
        self.assistants.begun.connect(self._begin_with)
        self.assistant.managed.connect(lambda: self.frame.show_page(self.assistants))
        self.assistant.comparing.connect(self._compare)
        self.status.clicked.connect(lambda: self.frame.show_page(self.models))
        self.settings.models_wanted.connect(lambda: self.frame.show_page(self.models))
        self.settings.health_wanted.connect(self._around.check_health)
        statistics = self.administration.statistics
        statistics.opened.connect(self._open_document_by_id)
        statistics.asked.connect(self.ask)
        statistics.adding.connect(self._add_files)
        self.scope.changed.connect(lambda: chat.search_in(self.scope.scope))

    def _administration(self) -> AdministrationPage:
        around, services = self._around, self._reached(AdministrationServices)
        theme, language = around.theme, around.language
        proof = ProofKind(
            services, language, lambda: CheckWording(around.resources, language.code), around.signs
        )
        whole = self._services.library.allows(Act.CHANGE_PROFILES)
        door = DoorRow(self._door, self._acts["reading"], theme, language, around.resources)
        self._services.events.subscribe(DoorClosed, lambda _: door.tell_lost())
        return AdministrationPage(services, theme, language, proof, door, is_whole=whole)

    # -- the palette ------------------------------------------------------------------------------

    def _palette_lines(self) -> PaletteLines:
        services, frame = self._services, self.frame
        held = Held(
            services.conversations, services.library, services.assistants, self._acts["reading"]
        )
        places = Places(
            conversation=self.open_conversation,
            document=self._open_document,
            assistant=self._begin_with,
            setting=self._show_setting,
            search=self._search,
        )
        QShortcut(QKeySequence("Ctrl+K"), frame, self.open_palette)
        return PaletteLines(held, places, self._around.theme)

    def open_palette(self) -> Palette:
        """One field over everything."""
        views = [
            Line(view.name(), view.icon, partial(self.frame.show_page, view.page), keys)
            for view, keys in self.frame.reached
        ]
        return self.lines.open(self.frame, views, self._window_acts(), self.settings.titles())

    def _window_acts(self) -> list[Line]:
        around = self._around
        dark = around.theme.colors is DARK
        theme = self.tr("Light theme") if dark else self.tr("Dark theme")
        chosen = "light" if dark else "dark"
        adding = [Line(self.tr("Add files"), "paperclip", self._add_files, "Ctrl+O")]
        return [
            Line(self.tr("New conversation"), "plus", self._begin_anew, "Ctrl+N"),
            *(adding if self._services.library.allows(Act.ADD_DOCUMENTS) else ()),
            Line(theme, "moon", partial(around.theme.choose, chosen)),
            Line(self.tr("Statistics"), "chart-line", self._show_statistics),
            Line(self.tr("Health check"), "heart-pulse", around.check_health),
            Line(self.tr("Help"), "circle-question-mark", partial(around.show_help, ""), "F1"),
            Line(self.tr("Lock"), "lock", around.lock, "Ctrl+L"),
        ]

    def _begin_anew(self) -> None:
        self.frame.show_page(self.chat)
        self.chat.begin()

    def _add_files(self) -> None:
        self.frame.show_page(self.library)
        self.library.choose_files()

    def _open_document_by_id(self, document: str) -> None:
        library = self._services.library
        self._acts["reading"].begin(self, lambda _: library.document(document), self._open_document)

    def _open_document(self, document: Document) -> None:
        page = 1 if document.pages else None
        self.viewers.open((Spot(document.id, page, "", 0, 0),), 0)

    def _show_statistics(self) -> None:
        self.administration.show_statistics()
        self.frame.show_page(self.administration)

    def _show_setting(self, title: str) -> None:
        self.frame.show_page(self.settings)
        self.settings.show_setting(title)

    def _search(self, words: str) -> None:
        self.frame.show_page(self.library)
        self.library.search(words)

    # -- from one to another ----------------------------------------------------------------------

    def begin(self) -> None:
        """An empty conversation, and what an earlier session left to add."""
        self.chat.begin()
        self.library.adding.begin()
        self.library.chosen.delete_left()
        self._back_up_when_due()
        self._hourly.timeout.connect(self._back_up_when_due)
        self._hourly.start()

    def _back_up_when_due(self) -> None:
        """As the schedule of an administrator says; a failure is shown like that of any act."""
        if self._services.library.allows(Act.BACK_UP):
            backups = self._services.administration.backups
            self._acts["background"].begin(self, backups.create_due)

    def close(self) -> None:
        """Nothing of a document stays on the screen, and no program is let in."""
        self._door.end()
        self.viewers.close()

    def present(self, *, on: bool) -> None:
        """The presentation mode of the chat."""
        self.frame.show_page(self.chat)
        self.chat.present(on=on)

    def open_conversation(self, conversation: str, turn: int = 0) -> None:
        self.frame.show_page(self.chat)
        self.chat.show_conversation(conversation, turn)

    def ask(self, question: str) -> None:
        """In a conversation of its own."""
        self.frame.show_page(self.chat)
        self.chat.begin()
        self.chat.send(question)

    def _begin_with(self, assistant: str) -> None:
        self.frame.show_page(self.chat)
        self.chat.begin()
        self.chat.controller.choose_assistant(assistant)

    def _compare(self, assistant: str) -> None:
        """What is typed in the chat, within what is searched there."""
        asked = self.chat.composer.text.toPlainText()
        self.assistants.compare(assistant, asked, self.scope.scope)

    def _ask_about(self, name: str) -> None:
        self.frame.show_page(self.chat)
        self.chat.ask_about(name)

    def _open_memory(self, memory: str) -> None:
        self.frame.show_page(self.summaries)
        self.summaries.open(memory)

    def _load_shelves(self, show: Callable[[Shelves], None]) -> None:
        library = self._services.library

        def read(_: Job) -> Shelves:
            return [(each, library.documents(each.id)) for each in library.collections()]

        self._acts["reading"].begin(self, read, show)
