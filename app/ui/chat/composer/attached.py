"""Files that are attached to the conversation: chips above the question that tell their state."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QWidget

from app.domain.library.documents import AddProgress, Document, DocumentState
from app.domain.roles import Act
from app.services.jobs import Job
from app.ui.chat.services import ChatServices
from app.ui.language import Language, filled
from app.ui.pages.permitted import Permitted
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, frame, label
from app.ui.widgets.elided import Elided
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.layouts import in_row
from app.ui.widgets.retranslating import Retranslating

_WIDEST = 220


class AttachedFiles(Retranslating, QFrame):
    """A chip a file; hidden without any. `removed` and `kept` give a document."""

    removed, kept, stopped = Signal(object), Signal(object), Signal()

    def __init__(self, theme: Theme, language: Language, permitted: Permitted) -> None:
        super().__init__()
        self._theme, self._language, self._permitted = theme, language, permitted
        self._documents: Sequence[Document] = ()
        self._reading = ""
        self._row = FlowLayout(self, 6)
        theme.follow(self._draw)

    def show_documents(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._draw()

    def show_reading(self, text: str) -> None:
        """What is being read now, "" for nothing."""
        self._reading = text
        self._draw()

    def _draw(self) -> None:
        self._row.clear()
        for document in self._documents:
            self._row.addWidget(self._chip(document))
        if self._reading:
            self._row.addWidget(self._progress())
        self.setVisible(bool(self._documents) or bool(self._reading))

    def _chip(self, document: Document) -> QWidget:
        name = Elided("")
        chip = frame("attached")
        name.say(document.name)
        name.setMaximumWidth(_WIDEST)
        failed = document.state == DocumentState.FAILED
        told = self._state(document)
        state = label("danger" if failed else "small", told)
        chip.setToolTip(f"{document.name}\n{self._reason(document) or told}")
        chip.setAccessibleName(f"{document.name}, {told}")
        more = IconButton(self._theme, "ellipsis", partial(self._menu, document), size=14, box=22)
        more.say(filled(self.tr("What to do with %1"), document.name))
        in_row(name, state, more, on=chip, margins=(10, 2, 4, 2), spacing=4)
        return chip

    def _progress(self) -> QWidget:
        chip = frame("attached")
        text = label("small", self._reading)
        stop = IconButton(self._theme, "x", self.stopped.emit, size=14, box=22)
        stop.say(self.tr("Stop reading"))
        in_row(text, stop, on=chip, margins=(10, 2, 4, 2))
        return chip

    def _state(self, document: Document) -> str:
        if document.state == DocumentState.INDEXED:
            return self.tr("only in this conversation")
        if document.state == DocumentState.FAILED:
            return self.tr("not read")
        return self.tr("waiting")

    def _reason(self, document: Document) -> str:
        if not document.error:
            return ""
        facts = dict(document.error_facts)
        sentence = self._language.wording.of_code(document.error, facts)
        return f"{sentence.what} {sentence.hint}"

    def menu(self, document: Document) -> QMenu:
        menu = QMenu(self)
        text, keep = self.tr("Keep in the library"), partial(self.kept.emit, document)
        line = self._permitted.offer(menu, text, Act.ADD_DOCUMENTS, keep)
        if document.state != DocumentState.INDEXED:
            line.setEnabled(False)
        menu.addAction(self.tr("Remove from the conversation"), lambda: self.removed.emit(document))
        return menu

    def _menu(self, document: Document) -> None:
        self.menu(document).popup(QCursor.pos())


class Attaching(QObject):
    """Attaches files to the conversation that is open; `begun` gives a conversation that was made
    for the first of them; after `kept` a file waits in the library."""

    begun, kept = Signal(str), Signal()

    def __init__(self, services: ChatServices, view: AttachedFiles, parent: QWidget) -> None:
        super().__init__(parent)
        self._conversations, self._attachments = services.conversations, services.attachments
        self._reading, self._attaching = services.reading, services.attaching
        self._view, self._window = view, parent
        self._conversation: str | None = None
        self._job: Job | None = None
        view.removed.connect(self._remove)
        view.kept.connect(self._keep)
        view.stopped.connect(self.stop)

    @property
    def busy(self) -> bool:
        return self._job is not None

    def show(self, conversation: str | None) -> None:
        """What is attached to another conversation, None to one that is not stored yet."""
        if conversation == self._conversation:
            return
        self._conversation = conversation
        self._view.show_documents(())
        self._view.show_reading("")
        self._reload()

    def choose(self) -> None:
        """Ask for files."""
        chosen, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Attach files"))
        if chosen:
            self.attach([Path(each) for each in chosen])

    def attach(self, paths: Sequence[Path]) -> None:
        """Read these for the conversation, which begins with them if need be."""
        if self.busy:
            return
        known, title = self._conversation, paths[0].name

        def work(job: Job) -> tuple[str, list[Document]]:
            conversation = known or self._conversations.begin(title)
            job.report(conversation)
            return conversation, self._attachments.attach(conversation, paths, job)

        self._view.show_reading(self.tr("Reading…"))
        self._job = self._attaching.begin(
            self, work, title=title, progress=self._progress, ended=self._end
        )

    def stop(self) -> None:
        if self._job:
            self._job.cancel()

    def _progress(self, value: object) -> None:
        if isinstance(value, str):
            if self._conversation is None:
                self._conversation = value
                self.begun.emit(value)
        elif isinstance(value, AddProgress):
            percent = round(100 * (value.done + value.fraction) / max(value.total, 1))
            self._view.show_reading(filled(self.tr("Reading: %1 %"), percent))

    def _end(self) -> None:
        self._job = None
        self._view.show_reading("")
        self._reload()

    def _reload(self) -> None:
        conversation = self._conversation
        if conversation is None:
            return

        def show(documents: list[Document]) -> None:
            if self._conversation == conversation:
                self._view.show_documents(documents)

        self._reading.begin(self, lambda _: self._attachments.documents(conversation), show)

    def _remove(self, document: Document) -> None:
        self._act(lambda key, _: self._attachments.detach(key, document.id))

    def _keep(self, document: Document) -> None:
        keep = self._attachments.keep_in_library
        self._act(lambda key, _: keep(key, document.id), self.kept.emit)

    def _act(
        self, act: Callable[[str, Job], None], then: Callable[[], object] = lambda: None
    ) -> None:
        conversation = self._conversation
        if conversation is None or self.busy:
            return

        self._job = self._attaching.begin(
            self, lambda job: act(conversation, job), ended=self._end, done=lambda _: then()
        )
