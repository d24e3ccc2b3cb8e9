"""The models: add by button or by dropping, choose, measure, remove; how the one in use runs."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QMargins
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from app.domain.chat.conversation import AnswerPiece, PromptRead
from app.domain.events import ModelLoading, ModelsChanged, RunningChanged
from app.domain.models.model import Model, ModelKind
from app.services.jobs import Job
from app.ui.dialogs.questions import agreed, told
from app.ui.language import Language, filled
from app.ui.models.asking import ModelAsking, may_be_model
from app.ui.models.cards.card_list import ModelCardList
from app.ui.models.cards.cards import ModelCardActs
from app.ui.models.intake import Intake
from app.ui.models.machine import MachinePart
from app.ui.models.overview import ModelServices, ModelsOverview, look
from app.ui.models.running import RunningPart
from app.ui.models.server import ServerDialog
from app.ui.models.words import ModelWords
from app.ui.pages.dropping import TakesFiles
from app.ui.pages.reloading import ReloadsWhenSeen
from app.ui.theme import Theme
from app.ui.widgets.controls import button, forbid_if, frame, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll

#: A burst of changes reloads once.
_SETTLE_MS = 150
_PANEL = 326


class ModelsPage(Retranslating, ReloadsWhenSeen, TakesFiles, QWidget):
    """The cards of all models on the left, how the one in use runs on the right."""

    settles = _SETTLE_MS

    def __init__(self, services: ModelServices, theme: Theme, language: Language) -> None:
        super().__init__()
        self._reading = services.reading
        self._services, self._theme, self._language = services, theme, language
        self._words = ModelWords(language)
        self._overview: ModelsOverview | None = None
        self._measuring: Job | None = None
        self._build()
        services.events.subscribe(ModelsChanged, lambda _: self.note_news())
        services.events.subscribe(ModelLoading, self._loading)
        services.events.subscribe(RunningChanged, lambda _: self._show_running())
        theme.changed.connect(self._draw)
        self._retranslate()

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        acts = ModelCardActs(self.use, self.measure, self.stop_measuring, self.remove)
        self.list = ModelCardList(self._words, acts, self._theme)
        self.intake = Intake(self._services.imports, self._services.background)
        self.intake.added.connect(self._say_known)
        services = self._services
        self.asking = ModelAsking(
            self, services.imports, self.intake, services.reading, self._language
        )
        self.running = RunningPart(self._words, self.load)
        self.machine = MachinePart(self._words)
        in_row(wide(self._content()), self._panel(), on=self, margins=0, spacing=0)

    def _content(self) -> QWidget:
        content = frame("content")
        self._title = label("title")
        self.adding = button("primary", self._choose)
        head = in_row(self._title, STRETCH, self.adding, margins=(22, 0, 22, 0))
        strip = in_row(self.intake, margins=(22, 0, 22, 0))
        in_column(head, strip, wide(self.list), on=content, margins=(0, 16, 0, 0), spacing=12)
        QShortcut(QKeySequence("Ctrl+O"), self, self.choose_files)
        return content

    def _panel(self) -> QWidget:
        self._side = panel = Scroll(QMargins(18, 20, 18, 16), 16)
        panel.setObjectName("panel")
        panel.setFixedWidth(_PANEL)
        for place, part in enumerate((self.running, self.machine)):
            if place:
                panel.column.addWidget(_line())
            panel.column.addWidget(part)
        panel.column.addStretch()
        return panel

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Models"))
        self.adding.setText(self.tr("Add model…"))
        self._show_rights()

    def _show_rights(self) -> None:
        may = self._overview is None or self._overview.may_change
        self.setAcceptDrops(may)
        self.adding.setToolTip(
            self.tr("A GGUF file or a folder; dropping it here does the same (Ctrl+O)")
        )
        forbid_if("" if may else self.tr("Only an administrator may change models."), self.adding)
        self._draw()

    def _draw(self) -> None:
        color = "on_accent" if self.adding.isEnabled() else "muted"
        self.adding.setIcon(self._theme.icon("plus", color, 16))

    # -- what is shown ----------------------------------------------------------------------------

    def _first_focus(self) -> QWidget:
        return self.list

    def _load(self) -> None:
        self._reading.begin(self, lambda _: look(self._services), self._show)

    def _show(self, overview: ModelsOverview) -> None:
        self._overview = overview
        self.list.show_all(overview.listed, overview.may_change)
        self.machine.show_machine(overview.machine)
        self._show_rights()
        self._show_running()
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Cards come and go; the Tab key goes through them before the panel."""
        order = [self.adding, self.intake.stop, self.list, *self.list.in_order(), self.running.load]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _show_running(self) -> None:
        running = self._services.inference.running
        self.running.show_running(running, self._in_use(ModelKind.CHAT))
        if running is not None:
            self.list.show_speed(running.model.name, running.speed)

    def _loading(self, event: ModelLoading) -> None:
        self.running.show_loading(event.percent)

    def _in_use(self, kind: ModelKind) -> str:
        """The name of the model, "" for none."""
        listed = self._overview.listed if self._overview else ()
        models = [each.model for each in listed]
        return next((model.name for model in models if model.kind == kind and model.in_use), "")

    def _model(self, name: str) -> Model | None:
        card = self.list.cards.get(name)
        return card.listed.model if card else None

    # -- choosing and removing --------------------------------------------------------------------

    def use(self, name: str) -> None:
        """Answer or search with it; documents are indexed anew for another embedding model."""
        model = self._model(name)
        documents = self._overview.documents if self._overview else 0
        anew = model is not None and model.kind == ModelKind.EMBEDDING and documents > 0
        if anew and not agreed(
            self,
            filled(self.tr("Search with %1?"), name),
            self.tr(
                "%n document(s) are indexed anew for it; that may take a while.", "", documents
            ),
            act=self.tr("Index anew"),
        ):
            return
        self._reading.begin(
            self,
            lambda _: self._services.models.use(name),
            lambda _: self._index_anew() if anew else None,
        )

    def _index_anew(self) -> None:
        """Not to be stopped: vectors of two models must not stand side by side."""
        title, work = self.tr("Indexing the documents anew…"), self._services.library.reindex
        self.intake.run(title, work, lambda _: None, can_stop=False)

    def remove(self, name: str) -> None:
        card = self.list.cards.get(name)
        if card is None:
            return
        deleted = self.tr("Its files are deleted from the disk.")
        kept = self.tr("Its files stay where they lie.")
        why = deleted if card.listed.copied else kept
        if not agreed(self, filled(self.tr("Remove %1?"), name), why, act=self.tr("Remove")):
            return
        services = self._services
        running = services.inference.running
        if running is None or running.model.name != name:
            services.reading.begin(self, lambda _: services.models.remove(name))
            return

        def unload_and_remove(_: Job) -> None:
            services.inference.unload()
            services.models.remove(name)

        services.answers.begin(self, unload_and_remove)

    # -- running ----------------------------------------------------------------------------------

    def load(self) -> None:
        """Before the first question asks for it."""
        self.running.show_loading(0)
        inference = self._services.inference
        self._services.answers.begin(self, inference.chat, ended=self._show_running)

    def measure(self) -> None:
        """The model in use; a question asked meanwhile waits."""
        if self._measuring is not None:
            return
        self._show_measuring(self.tr("Measuring…"), -1)
        self._measuring = self._services.answers.begin(
            self,
            self._services.inference.benchmark,
            progress=self._measured_so_far,
            ended=self._measured,
        )

    def stop_measuring(self) -> None:
        if self._measuring is not None:
            self._measuring.cancel()

    def _measured_so_far(self, value: object) -> None:
        if isinstance(value, PromptRead):
            percent = 100 * value.done // max(value.total, 1)
            self._show_measuring(self.tr("Measuring: reading…"), percent)
        elif isinstance(value, AnswerPiece):
            self._show_measuring(self.tr("Measuring: writing…"), -1)

    def _show_measuring(self, doing: str, percent: int) -> None:
        if card := self.list.cards.get(self._in_use(ModelKind.CHAT)):
            card.show_measuring(doing, percent)

    def _measured(self) -> None:
        self._measuring = None
        for card in self.list.cards.values():
            card.end_measuring()

    # -- adding -----------------------------------------------------------------------------------

    def _choose(self) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("File (GGUF)…"), self.choose_files)
        menu.addAction(self.tr("Folder…"), self.asking.choose_folder)
        menu.addSeparator()
        served = menu.addAction(self.tr("On a server of the department…"), self.choose_server)
        if not self._services.model_servers.allowed:
            served.setEnabled(False)
            menu.addAction(
                self.tr("An administrator allows it under “Policies”: department")
            ).setEnabled(False)
        menu.exec(self.adding.mapToGlobal(self.adding.rect().bottomLeft()))

    def choose_server(self) -> None:
        servers, background = self._services.model_servers, self._services.background
        ServerDialog(self.window(), servers, background, self._language).open()

    def choose_files(self) -> None:
        if self.adding.isEnabled():
            self.asking.choose_files()

    def add(self, paths: Sequence[Path]) -> None:
        """Ask whether to copy, then take them in."""
        self.asking.add(paths)

    def _say_known(self, models: list[Model]) -> None:
        known = [model.name for model in models if model.name in self.list.cards]
        if known:
            told(
                self,
                self.tr("Nothing to add"),
                filled(self.tr("Already here: %1"), ", ".join(known)),
            )

    def _is_wanted(self, path: Path) -> bool:
        return may_be_model(path)

    def _take_files(self, paths: list[Path]) -> None:
        self.add(paths)


def _line() -> QFrame:
    line = frame("line")
    line.setFixedHeight(1)
    return line
