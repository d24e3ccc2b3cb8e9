"""The assistants: begin with one, make, change, duplicate and delete them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.chat.assistants import Assistant
from app.domain.chat.versions import AssistantVersion
from app.domain.events import AdaptersChanged, AssistantsChanged, CollectionsChanged, ModelsChanged
from app.domain.library.documents import Scope
from app.ui.assistants.blind.dialog import BlindDialog
from app.ui.assistants.cards import AssistantCardActs, AssistantCardList, NoAssistantsYet
from app.ui.assistants.editor import AssistantEditor
from app.ui.assistants.files import AssistantFileActs
from app.ui.assistants.icons import icon_of
from app.ui.assistants.overview import AssistantServices, AssistantsOverview, look
from app.ui.assistants.testing.panel import ExamPanel
from app.ui.assistants.versions_dialog import VersionsDialog
from app.ui.assistants.words import AssistantWords
from app.ui.dialogs.questions import agreed
from app.ui.language import Language, filled
from app.ui.pages.later import Later
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
        self._words = AssistantWords(language, services.assistants.templates)
        self._overview: AssistantsOverview | None = None
        self.dialog: VersionsDialog | None = None
        self.blind: BlindDialog | None = None
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
            lambda assistant: self.compare(assistant.id),
            lambda assistant: self.files.export(assistant),
            self.archive,
            self.remove,
        )
        self.list = AssistantCardList(self._words, acts, self._theme)
        self.beginning = NoAssistantsYet(self._words, self.edit, self._theme)
        self._form = Later(self._make_form)
        self._content = self._middle()
        self.toast = Toast(self._content)
        self._undoing = Undoing(self, self._reading, self.toast)
        self.files = AssistantFileActs(
            self, self._services.assistant_files, self._reading, self.toast.say
        )
        self.exams = ExamPanel(self._services, self._undoing, self._theme, self._language)
        self.exams.left.connect(self._close)
        self.exams.hide()
        self._row = in_row(wide(self._content), self.exams, on=self, margins=0, spacing=0)

    def _make_form(self) -> AssistantEditor:
        made = AssistantEditor(self._words, self._theme)
        made.saved.connect(self.save)
        made.left.connect(self.leave)
        made.looked_back.connect(self.look_back)
        made.hide()
        self._row.insertWidget(1, made)
        return made

    @property
    def editor(self) -> AssistantEditor:
        return self._form.page

    def _middle(self) -> QWidget:
        content = frame("content")
        self._title = Elided("title")
        self.new = button("primary", self._offer)
        head = in_row(self._title, STRETCH, self.new, margins=(22, 0, 22, 0))
        empty = in_row(self.beginning, margins=(22, 0, 22, 0))
        self.away = button("link", self._offer_archived)
        foot = in_row(self.away, STRETCH, margins=(18, 0, 22, 10))
        in_column(
            head, empty, wide(self.list), STRETCH, foot,
            on=content, margins=(0, 16, 0, 0), spacing=12,
        )  # fmt: skip
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
        archived = self._overview.archived if self._overview else ()
        self.away.setText(self.tr("%n assistant(s) put away", "", len(archived)))
        self.away.setToolTip(self.tr("They answer in conversations that have them"))
        self.away.setVisible(bool(archived))
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
            name = template.assistant.name
            line = menu.addAction(icon, name, partial(self.edit, template.assistant))
            line.setToolTip(template.about)
        menu.setToolTipsVisible(True)
        menu.addSeparator()
        menu.addAction(self.tr("From a file…"), self.files.choose)
        return menu

    def _offer_archived(self) -> None:
        self.archived().exec(self.away.mapToGlobal(self.away.rect().topLeft()))

    def archived(self) -> QMenu:
        """Those that were put away, to bring one back."""
        menu, overview = QMenu(self), self._overview
        for each in overview.archived if overview else ():
            icon = self._theme.icon(icon_of(each), "muted", 16)
            text = filled(self.tr("Bring back %1"), each.name).replace("&", "&&")
            line = menu.addAction(icon, text, partial(self._bring_back, each))
            line.setEnabled(bool(overview and overview.may_change))
        return menu

    def _bring_back(self, assistant: Assistant) -> None:
        assistants = self._services.assistants
        self._reading.begin(self, lambda _: assistants.archive(assistant.id, away=False))

    def edit(self, assistant: Assistant) -> None:
        """Open the form; a new assistant has no id yet."""
        if self._overview and self._may_leave():
            self.exams.hide()
            self.editor.edit(assistant, self._overview)

    def test(self, assistant: Assistant) -> None:
        """Its test questions, in place of the form."""
        if self._may_leave():
            if self._form.made is not None:
                self._form.made.hide()
            self.exams.show_assistant(assistant)

    def compare(self, assistant: str = "", question: str = "", scope: Scope | None = None) -> None:
        """Two answers without names, over whatever page is open; an assistant by its id."""
        self.blind = dialog = BlindDialog(
            self.window(), self._services, self._theme, self._language
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.begin(assistant, question, scope)

    def leave(self) -> None:
        """Close the form, unless the user would rather keep what was changed."""
        if self._may_leave():
            self._close()

    def _close(self) -> None:
        for beside in self._beside:
            beside.hide()
        self.list.setFocus()

    @property
    def _beside(self) -> list[AssistantEditor | ExamPanel]:
        """What can stand beside the cards, as far as it is made."""
        return [*([self._form.made] if self._form.made else []), self.exams]

    def _may_leave(self) -> bool:
        form = self._form.made
        if form is None or form.isHidden() or not form.is_changed:
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
            for beside in self._beside:
                if beside.assistant.id == assistant.id and not beside.isHidden():
                    self._close()

        self._undoing.do(
            filled(self.tr("“%1” was deleted."), assistant.name),
            lambda: assistants.remove(assistant.id),
            lambda: assistants.restore(assistant.id),
            changed,
        )

    def archive(self, assistant: Assistant) -> None:
        """Out of the choice; the toast takes it back."""
        assistants = self._services.assistants
        self._undoing.do(
            filled(self.tr("“%1” was put away."), assistant.name),
            lambda: assistants.archive(assistant.id),
            lambda: assistants.archive(assistant.id, away=False),
        )

    def look_back(self, assistant: Assistant) -> None:
        """What it was, over the page."""
        assistants = self._services.assistants
        self._reading.begin(self, lambda _: assistants.versions(assistant.id), self._show_versions)

    def _show_versions(self, versions: Sequence[AssistantVersion]) -> None:
        if not versions or self._overview is None:
            return
        self.dialog = dialog = VersionsDialog(
            self.window(), versions, self._overview, self._words, self._theme
        )
        dialog.chosen.connect(lambda version: self._roll_back(versions[0].assistant, version))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _roll_back(self, now: Assistant, version: AssistantVersion) -> None:
        """As its next version; the toast takes it back, as one more."""
        if not self._may_leave():
            return
        assistants = self._services.assistants
        self._undoing.do(
            filled(self.tr("“%1” is what it was in version %2."), now.name, version.number),
            lambda: assistants.roll_back(now, version.number),
            lambda: assistants.change(now),
            self._close,
        )
