"""The assistants: begin with one, make, change, duplicate and delete them."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.chat.assistants import Assistant
from app.domain.events import AdaptersChanged, AssistantsChanged, CollectionsChanged, ModelsChanged
from app.ui.assistants.cards import AssistantCardActs, AssistantCardList, NoAssistantsYet
from app.ui.assistants.editor import AssistantEditor
from app.ui.assistants.icons import icon_of
from app.ui.assistants.overview import AssistantServices, AssistantsOverview, look
from app.ui.assistants.testing.panel import ExamPanel
from app.ui.assistants.words import AssistantWords
from app.ui.dialogs.questions import agreed
from app.ui.language import Language, filled
from app.ui.pages.reloading import ReloadsWhenSeen
from app.ui.pages.undoing import Undoing
from app.ui.theme import Theme
from app.ui.widgets.controls import button, forbid_if, frame
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.toast import Toast


class AssistantsPage(Retranslating, ReloadsWhenSeen, QWidget):
    """Everything is read and stored on `reading`. `begun` gives the id of the assistant that a
    conversation is to begin with."""

    begun = Signal(str)

    def __init__(self, services: AssistantServices, theme: Theme, language: Language) -> None:
        super().__init__()
        self._reading = services.reading
        self._services, self._theme, self._language = services, theme, language
        self._words = AssistantWords(language)
        self._overview: AssistantsOverview | None = None
        self._build()
        for kind in (AssistantsChanged, CollectionsChanged, AdaptersChanged, ModelsChanged):
            services.events.subscribe(kind, lambda _: self.note_news())
        theme.changed.connect(self._draw)
        self._retranslate()

    def _build(self) -> None:
        acts = AssistantCardActs(
            lambda assistant: self.begun.emit(assistant.id),
            self.edit,
            self.test,
            self.duplicate,
            self.remove,
        )
        self.list = AssistantCardList(self._words, acts, self._theme)
        self.beginning = NoAssistantsYet(self._words, self.edit, self._theme)
        self.editor = AssistantEditor(self._words, self._theme)
        self.editor.saved.connect(self.save)
        self.editor.left.connect(self.leave)
        self.editor.hide()
        self._content = self._middle()
        self.toast = Toast(self._content)
        self._undoing = Undoing(self, self._reading, self.toast)
        self.exams = ExamPanel(self._services, self._undoing, self._theme, self._language)
        self.exams.left.connect(self._close)
        self.exams.hide()
        in_row(wide(self._content), self.editor, self.exams, on=self, margins=0, spacing=0)

    def _middle(self) -> QWidget:
        content = frame("content")
        self._title = Elided("title")
        self.new = button("primary", self._offer)
        head = in_row(self._title, STRETCH, self.new, margins=(22, 0, 22, 0))
        empty = in_row(self.beginning, margins=(22, 0, 22, 0))
        in_column(
            head, empty, wide(self.list), STRETCH, on=content, margins=(0, 16, 0, 0), spacing=12
        )
        self.beginning.hide()
        return content

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Assistants"))
        self.list.setAccessibleName(self.tr("Assistants"))
        self.new.setText(self.tr("New assistant"))
        may = self._overview is None or self._overview.may_change
        self.new.setToolTip(self.tr("Empty or from a template"))
        denied = self.tr("Readers use assistants; an editor may make them.")
        forbid_if("" if may else denied, self.new)
        self._draw()

    def _draw(self) -> None:
        color = "on_accent" if self.new.isEnabled() else "muted"
        self.new.setIcon(self._theme.icon("plus", color, 16))

    def _first_focus(self) -> QWidget:
        return self.list

    def _load(self) -> None:
        self._reading.begin(self, lambda _: look(self._services), self._show)

    def _show(self, overview: AssistantsOverview) -> None:
        self._overview = overview
        self.list.show_all(overview)
        self.list.setVisible(bool(overview.assistants))
        self.beginning.allow(overview.may_change)
        self.beginning.setVisible(not overview.assistants)
        self.exams.follow(overview.assistants)
        self._retranslate()

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
            self.exams.hide()
            self.editor.edit(assistant, self._overview)

    def test(self, assistant: Assistant) -> None:
        """Its test questions, in place of the form."""
        if self._may_leave():
            self.editor.hide()
            self.exams.show_assistant(assistant)

    def leave(self) -> None:
        """Close the form, unless the user would rather keep what was changed."""
        if self._may_leave():
            self._close()

    def _close(self) -> None:
        self.editor.hide()
        self.exams.hide()
        self.list.setFocus()

    def _may_leave(self) -> bool:
        if self.editor.isHidden() or not self.editor.is_changed:
            return True
        why = self.tr("What you changed in it is not saved.")
        return agreed(self, self.tr("Close the form?"), why, act=self.tr("Close without saving"))

    def save(self, assistant: Assistant) -> None:
        """What the form holds; it stays open, and says why, where it cannot be stored."""
        assistants = self._services.assistants
        act = assistants.change if assistant.id else assistants.create
        self._reading.begin(
            self,
            lambda _: act(assistant),
            lambda _: self._close(),
            failed=lambda error: self.editor.show_problem(self._language.told(error)),
        )

    def duplicate(self, assistant: Assistant) -> None:
        self._reading.begin(self, lambda _: self._services.assistants.duplicate(assistant))

    def remove(self, assistant: Assistant) -> None:
        """At once; the toast takes it back."""
        assistants = self._services.assistants

        def changed() -> None:
            if assistant.id in (self.editor.assistant.id, self.exams.assistant.id):
                self._close()

        self._undoing.do(
            filled(self.tr("“%1” was deleted."), assistant.name),
            lambda: assistants.remove(assistant.id),
            lambda: assistants.restore(assistant.id),
            changed,
        )
