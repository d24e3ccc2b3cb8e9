"""What is on the screen while a profile is open: its pages, and what leads from one to another."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from app.domain.library.documents import Document
from app.domain.roles import Act
from app.interface.door import Door
from app.services.health.check import CheckWording
from app.services.jobs import Job
from app.services.session import Services
from app.ui.acts import Acts
from app.ui.administration.department.looking import DepartmentLook
from app.ui.administration.keys.door_row import DoorRow
from app.ui.administration.kind import AdministrationServices
from app.ui.administration.page import AdministrationPage
from app.ui.administration.proof.proof import ProofKind
from app.ui.administration.statistics.statistics import StatisticsKind
from app.ui.assistants.overview import AssistantServices
from app.ui.assistants.page import AssistantsPage
from app.ui.chat.composer.assistant_button import AssistantButton
from app.ui.chat.page import ChatPage
from app.ui.chat.services import ChatServices
from app.ui.chat.sources.scope import ScopeButton, Shelves
from app.ui.first_run.services import FirstRunServices
from app.ui.library.page import LibraryPage
from app.ui.library.sample_library import SampleLibrary, sample_library
from app.ui.library.services import LibraryServices
from app.ui.library.table.panel import DocumentPanel
from app.ui.library.viewer.spot import Spot
from app.ui.library.viewer.viewer import DocumentViewer
from app.ui.library.window.viewer_window import ViewerWindows
from app.ui.models.overview import ModelServices
from app.ui.models.page import ModelsPage
from app.ui.models.status import ModelStatus
from app.ui.pages.due_backups import DueBackups
from app.ui.pages.later import Later
from app.ui.pages.slices import Slices
from app.ui.palette.lines import Held, Line, PaletteLines, Places
from app.ui.palette.palette import Palette
from app.ui.settings.page import SettingsPage
from app.ui.settings.services import SettingsServices
from app.ui.summaries.page import SummariesPage, SummaryServices
from app.ui.surroundings import Surroundings
from app.ui.theme import DARK
from app.ui.training.page import TrainingPage
from app.ui.training.services import TrainingServices
from app.ui.window import Frame, View

S = TypeVar("S")
#: Milliseconds between the making of two pages, in which keys and frames are seen to.
_REST_MS = 100
WORKERS = ("reading", "answers", "background", "indexing", "attaching")


class OpenProfile(QObject):
    """`acts` are those of the workers in WORKERS, by name."""

    def __init__(self, services: Services, acts: Mapping[str, Acts], around: Surroundings) -> None:
        """The frame alone: no page is made yet."""
        super().__init__()
        self._services, self._acts, self._around = services, acts, around
        theme, language, reading = around.theme, around.language, acts["reading"]
        self.viewers = ViewerWindows(services.library, reading, theme, language, around.remembered)
        self.viewers.asked.connect(self._ask_about)
        self._door = Door.beside(services)
        self._viewer = Later(self._make_viewer)
        self._panel = Later(
            lambda: DocumentPanel(
                services.library, services.conversations, reading, theme, language
            )
        )
        self._chat, self._library = Later(self._make_chat), Later(self._make_library)
        reached = self._reached
        self._training = Later(lambda: TrainingPage(reached(TrainingServices), theme, language))
        self._models = Later(lambda: ModelsPage(reached(ModelServices), theme, language))
        self._summaries, self._settings = Later(self._make_summaries), Later(self._make_settings)
        self._assistants = Later(self._make_assistants)
        self._administration = Later(self._make_administration)
        self.status = ModelStatus(
            services.models, services.inference, services.events, reading, theme, language
        )
        self.status.clicked.connect(lambda: self.frame.show_page(self.models))
        self.department = DepartmentLook(
            services.department, services.model_servers, services.inference, acts["background"],
            self,
        )  # fmt: skip
        backups = services.administration.backups
        self._backups = DueBackups(backups.create_due, acts["background"], self)
        self._slices = Slices(self)
        acts_of_window = (around.lock, around.check_health, around.show_help)
        self.frame: Frame = Frame(
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

    def _views(self) -> list[View]:
        return [
            View(
                self._chat, "messages-square", lambda: self.tr("Chat"),
                lambda: (self.assistant, self.scope),
            ),
            View(self._library, "library", lambda: self.tr("Library")),
            View(self._training, "graduation-cap", lambda: self.tr("Training")),
            View(self._summaries, "notebook-text", lambda: self.tr("Summaries")),
            View(self._assistants, "puzzle", lambda: self.tr("Assistants")),
            View(self._models, "cpu", lambda: self.tr("Models")),
            View(self._administration, "shield-check", lambda: self.tr("Administration")),
            View(self._settings, "settings", lambda: self.tr("Settings"), apart=True,
                 keys="Ctrl+,"),
        ]  # fmt: skip

    # -- the pages, and what leads from one to another --------------------------------------------

    @property
    def chat(self) -> ChatPage:
        return self._chat.page

    @property
    def library(self) -> LibraryPage:
        return self._library.page

    @property
    def training(self) -> TrainingPage:
        return self._training.page

    @property
    def summaries(self) -> SummariesPage:
        return self._summaries.page

    @property
    def assistants(self) -> AssistantsPage:
        return self._assistants.page

    @property
    def models(self) -> ModelsPage:
        return self._models.page

    @property
    def settings(self) -> SettingsPage:
        return self._settings.page

    @property
    def administration(self) -> AdministrationPage:
        return self._administration.page

    def _make_viewer(self) -> DocumentViewer:
        around, library = self._around, self._services.library
        viewer = DocumentViewer(library, self._acts["reading"], around.theme, around.language)
        viewer.detached.connect(self.viewers.open)
        return viewer

    def _make_chat(self) -> ChatPage:
        services, around = self._services, self._around
        theme, reading, viewer = around.theme, self._acts["reading"], self._viewer.page
        page = ChatPage(
            self._reached(ChatServices), viewer, theme, around.language, around.remembered
        )
        page.attaching.kept.connect(lambda: self.library.adding.run())
        page.sources.remembered.connect(self._open_memory)
        page.welcome.card.opened.connect(self._open_memory)
        checklist = page.welcome.checklist
        checklist.models_wanted.connect(lambda: self.frame.show_page(self.models))
        checklist.library_wanted.connect(lambda: self.frame.show_page(self.library))
        self.assistant = AssistantButton(
            services.assistants, services.events, reading, page.controller, theme
        )
        self.assistant.managed.connect(lambda: self.frame.show_page(self.assistants))
        self.assistant.comparing.connect(self._compare)
        self.scope = ScopeButton(theme, self._load_shelves)
        self.scope.changed.connect(lambda: page.search_in(self.scope.scope))
        return page

    def _make_library(self) -> LibraryPage:
        around, services, panel = self._around, self._reached(LibraryServices), self._panel.page
        page = LibraryPage(services, panel, around.theme, around.language, around.remembered)
        page.offer_samples(self._samples)
        page.opened.connect(self.viewers.open)
        page.asked.connect(self._ask_about)
        page.removed.connect(self.viewers.close)
        return page

    def _make_summaries(self) -> SummariesPage:
        around, chat = self._around, self.chat
        page = SummariesPage(self._reached(SummaryServices), around.theme, around.language)
        page.continued.connect(self.open_conversation)
        page.asked.connect(self.ask)
        page.passage_chosen.connect(chat.sources.open_passage)
        page.wanted.connect(chat.remembering.write)
        chat.remembering.ended.connect(page.note_news)
        return page

    def _make_assistants(self) -> AssistantsPage:
        around = self._around
        page = AssistantsPage(self._reached(AssistantServices), around.theme, around.language)
        page.begun.connect(self._begin_with)
        return page

    def _make_settings(self) -> SettingsPage:
        services, around = self._services, self._around
        reached = SettingsServices(
            services.name, around.stored, around.data, services.preferences, services.profiles,
            services.models, services.events, self._acts["reading"],
        )  # fmt: skip
        page = SettingsPage(reached, around.theme, around.language)
        page.models_wanted.connect(lambda: self.frame.show_page(self.models))
        page.health_wanted.connect(around.check_health)
        return page

    def _make_administration(self) -> AdministrationPage:
        around, services = self._around, self._reached(AdministrationServices)
        theme, language = around.theme, around.language

        wording = partial(CheckWording, around.resources)
        proof = partial(ProofKind, services, language, lambda: wording(language.code), around.signs)
        door = partial(
            DoorRow, self._door, self._services.events, self._acts["reading"], theme, language,
            around.resources,
        )  # fmt: skip
        whole = self._services.library.allows(Act.CHANGE_PROFILES)
        page = AdministrationPage(services, theme, language, proof, door, is_whole=whole)
        page.opened.connect(self._open_document_by_id)
        page.asked.connect(self.ask)
        page.adding.connect(self._add_files)
        return page

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
            Line(view.name(), view.icon, partial(self.frame.show_view, place), keys)
            for place, (view, keys) in enumerate(self.frame.reached)
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
        self.viewers.open((Spot(document.id, 1 if document.pages else None, "", 0, 0),), 0)

    def _show_statistics(self) -> None:
        self.administration.show_part(StatisticsKind)
        self.frame.show_page(self.administration)

    def _show_setting(self, title: str) -> None:
        self.frame.show_page(self.settings)
        self.settings.show_setting(title)

    def _search(self, words: str) -> None:
        self.frame.show_page(self.library)
        self.library.search(words)

    # -- from one to another ----------------------------------------------------------------------

    def opening(self) -> list[Callable[[], object]]:
        """What is made before the window is seen, step by step."""
        return [lambda: self._viewer.page, lambda: self.chat, lambda: self.frame.show_view(0)]

    def begin(self, brought: Path | None) -> None:
        """An empty conversation; then page after page is made, with a rest for the user between.
        What an earlier session left to add is gone on with; what was brought along is added."""
        self.chat.begin()
        if self._services.library.allows(Act.BACK_UP):
            self._backups.begin()
        self._slices.take(
            lambda: self._panel.page,
            lambda: self.library,
            partial(self._go_on_adding, brought),
            lambda: self.training,
            lambda: self.summaries,
            lambda: self.assistants,
            lambda: self.models,
            lambda: self.settings,
            lambda: self.administration,
            rest=_REST_MS,
        )

    def _go_on_adding(self, brought: Path | None) -> None:
        self.library.adding.begin()
        self.library.chosen.delete_left()
        if brought is not None:
            self.frame.show_page(self.library)
            self.library.add([brought])

    def close(self) -> None:
        """Nothing of a document stays on the screen, no further page is made, no program let in."""
        self._slices.stop()
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
        typed = self.chat.composer.text
        self.assistants.compare(assistant, typed.toPlainText(), self.scope.scope)

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
