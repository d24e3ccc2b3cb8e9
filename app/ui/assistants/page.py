"""The assistants: begin with one, make, change, duplicate and delete them."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QMessageBox, QVBoxLayout, QWidget

from app.domain.chat.assistants import Assistant
from app.domain.errors import NameTaken
from app.domain.events import AdaptersChanged, AssistantsChanged, CollectionsChanged, ModelsChanged
from app.services.session import Services
from app.ui.assistants.cards import AssistantCardActs, AssistantCardList, NoAssistantsYet
from app.ui.assistants.editor import AssistantEditor
from app.ui.assistants.icons import icon_of
from app.ui.assistants.overview import AssistantsOverview, look
from app.ui.assistants.words import AssistantWords
from app.ui.errors import show_error
from app.ui.language import Language
from app.ui.theme import Theme
from app.ui.widgets.controls import button, label
from app.ui.widgets.toast import Toast


class AssistantsPage(QWidget):
    """Everything is read and stored on `reading`. `begun` gives the id of the assistant that a
    conversation is to begin with."""

    begun = Signal(str)

    def __init__(self, services: Services, theme: Theme, language: Language) -> None:
        super().__init__()
        self._services, self._theme, self._language = services, theme, language
        self._words = AssistantWords(language)
        self._overview: AssistantsOverview | None = None
        self._stale = True
        self._build()
        self.toast = Toast(self._content)
        for kind in (AssistantsChanged, CollectionsChanged, AdaptersChanged, ModelsChanged):
            services.events.subscribe(kind, lambda _: self._changed())
        theme.changed.connect(self._draw)
        self._retranslate()

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        acts = AssistantCardActs(
            lambda assistant: self.begun.emit(assistant.id), self.edit, self.duplicate, self.remove
        )
        self.list = AssistantCardList(self._words, acts, self._theme)
        self.beginning = NoAssistantsYet(self._words, self.edit, self._theme)
        self.editor = AssistantEditor(self._words, self._theme)
        self.editor.saved.connect(self.save)
        self.editor.left.connect(self.leave)
        self.editor.hide()
        self._content = self._middle()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._content, 1)
        row.addWidget(self.editor)

    def _middle(self) -> QWidget:
        content = QFrame()
        content.setObjectName("content")
        self._title = label("title")
        self.new = button("primary", self._offer)
        self.new.setIconSize(QSize(22, 16))
        head, empty = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(22, 0, 22, 0)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self.new)
        empty.setContentsMargins(22, 0, 22, 0)
        empty.addWidget(self.beginning)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(empty)
        column.addWidget(self.list, 1)
        column.addStretch()
        self.beginning.hide()
        return content

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Assistants"))
        self.list.setAccessibleName(self.tr("Assistants"))
        self.new.setText(self.tr("New assistant"))
        may = self._overview is None or self._overview.may_change
        self.new.setEnabled(may)
        denied = self.tr("Readers use assistants; an editor may make them.")
        self.new.setToolTip(self.tr("Empty or from a template") if may else denied)
        self._draw()

    def _draw(self) -> None:
        color = "on_accent" if self.new.isEnabled() else "muted"
        self.new.setIcon(self._theme.icon("plus", color, 16))

    # -- what is shown ----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.setFocus()  # or the first button would look chosen
        if self._stale:
            self.reload()

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        self._stale = False
        self._services.reading.run(
            lambda _: look(self._services), on_done=self._show, on_error=self._say
        )

    def _show(self, overview: AssistantsOverview) -> None:
        self._overview = overview
        self.list.show_all(overview)
        self.list.setVisible(bool(overview.assistants))
        self.beginning.allow(overview.may_change)
        self.beginning.setVisible(not overview.assistants)
        self._retranslate()

    def _say(self, error: BaseException) -> None:
        show_error(self, error, self._language.wording)

    # -- acts -------------------------------------------------------------------------------------

    def _offer(self) -> None:
        self.offers().exec(self.new.mapToGlobal(self.new.rect().bottomLeft()))

    def offers(self) -> QMenu:
        """A new one from nothing, or from a template."""
        menu = QMenu(self)
        menu.addAction(self.tr("Empty"), partial(self.edit, Assistant("", "")))
        menu.addSeparator()
        for template in self._words.templates():
            icon = self._theme.icon(icon_of(template.assistant), "muted", 16)
            menu.addAction(icon, template.assistant.name, partial(self.edit, template.assistant))
        return menu

    def edit(self, assistant: Assistant) -> None:
        """Open the form; a new assistant has no id yet."""
        if self._overview and self._may_leave():
            self.editor.edit(assistant, self._overview)

    def leave(self) -> None:
        """Close the form, unless the user would rather keep what was changed."""
        if self._may_leave():
            self._close()

    def _close(self) -> None:
        self.editor.hide()
        self.list.setFocus()

    def _may_leave(self) -> bool:
        if self.editor.isHidden() or not self.editor.is_changed:
            return True
        question = self.tr("Close the form? What you changed in it is not saved.")
        answer = QMessageBox.question(self, self.tr("Assistants"), question)
        return answer == QMessageBox.StandardButton.Yes

    def save(self, assistant: Assistant) -> None:
        """What the form holds; it stays open when the name is taken."""
        assistants = self._services.assistants
        act = assistants.change if assistant.id else assistants.create
        self._services.reading.run(
            lambda _: act(assistant),
            on_done=lambda _: self._close(),
            on_error=self._not_saved,
        )

    def _not_saved(self, error: BaseException) -> None:
        if isinstance(error, NameTaken):
            sentence = self._language.wording.of(error)
            self.editor.show_problem(f"{sentence.what} {sentence.hint}")
        else:
            self._say(error)

    def duplicate(self, assistant: Assistant) -> None:
        self._services.reading.run(
            lambda _: self._services.assistants.duplicate(assistant), on_error=self._say
        )

    def remove(self, assistant: Assistant) -> None:
        """At once; the toast takes it back."""
        reading, assistants = self._services.reading, self._services.assistants
        told = self.tr("“%1” was deleted.").replace("%1", assistant.name)

        def undo() -> None:
            reading.run(lambda _: assistants.restore(assistant.id), on_error=self._say)

        def removed(_: None) -> None:
            if self.editor.assistant.id == assistant.id:
                self._close()
            self.toast.say(told, undo)

        reading.run(lambda _: assistants.remove(assistant.id), on_done=removed, on_error=self._say)
