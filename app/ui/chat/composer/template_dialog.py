"""All templates: make, change, share, delete them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.chat.templates import Template
from app.services.assistants.templates import TemplateService
from app.ui.acts import Acts
from app.ui.chat.composer.template_editor import TemplateEditor
from app.ui.dialogs.questions import agreed
from app.ui.language import Language, filled
from app.ui.pages.undoing import Undoing
from app.ui.theme import Theme
from app.ui.widgets.controls import button, forbid_if, label, show_if, stacked
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.toast import Toast

_TEMPLATE = Qt.ItemDataRole.UserRole
_LIST_WIDTH, _ICON = 230, 15
#: In place of an id: a new one.
_NEW = "new"
Then = Callable[[], object]


class TemplateDialog(QDialog):
    """What is written is stored by Save, and before anything else is looked at."""

    def __init__(
        self,
        parent: QWidget,
        templates: TemplateService,
        reading: Acts,
        theme: Theme,
        language: Language,
    ) -> None:
        super().__init__(parent)
        self._templates, self._reading = templates, reading
        self._theme, self._language = theme, language
        self.setWindowTitle(self.tr("Templates"))
        self.resize(760, 480)
        self.list = QListWidget()
        self.list.setProperty("kind", "lines")
        self.list.setAccessibleName(self.tr("Templates"))
        self.list.setIconSize(QSize(_ICON, _ICON))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda item, _: self._picked(item))
        self.new = button(
            "", lambda: self._store(lambda: self._load(_NEW)), self.tr("New template")
        )
        self.editor = TemplateEditor(templates.may_share)
        self.save = button("primary", lambda: self._store(self._load), self.tr("Save"))
        self.delete = button("", self._remove, self.tr("Delete"))
        self.leave = button("", self.reject, self.tr("Close"))
        self.editor.changed.connect(self._show_acts)
        self._build()
        for child in self.findChildren(QPushButton):
            child.setAutoDefault(child is self.save)
        self.toast = Toast(self._stack)
        self._undoing = Undoing(self, reading, self.toast)
        self._load()

    def _build(self) -> None:
        left = QVBoxLayout()
        self._left = QWidget()
        self._left.setFixedWidth(_LIST_WIDTH)
        self._left.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.list, 1)
        left.addWidget(self.new)
        acts = in_row(self.delete, STRETCH, self.leave, self.save)
        self._stack = stacked(self.editor, self._empty())
        right = in_column(wide(self._stack), acts)
        in_row(self._left, wide(right), on=self, margins=(20, 18, 20, 16), spacing=18)

    def _empty(self) -> QWidget:
        empty = QWidget()
        title = label("title", self.tr("No templates yet"))
        about = label(
            "muted",
            self.tr(
                "A template is a question that you ask again and again. Begin with one of these or "
                "with one of your own; in the chat “/” offers them."
            ),
            wrap=True,
        )
        column = in_column(title, about, 8, on=empty)
        self.examples = []
        for name, text in self._suggested():
            made = button("chip", partial(self._edit, Template("", name, text)), name)
            made.setToolTip(text)
            self.examples.append(made)
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self.begin = button("primary", lambda: self._load(_NEW), self.tr("New template"))
        column.addSpacing(8)
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        return empty

    def _suggested(self) -> list[tuple[str, str]]:
        return [
            (
                self.tr("Compare two documents"),
                self.tr(
                    "What differs between {{first document}} and {{second document}} in "
                    "{{what to compare: deadlines and sums}}?"
                ),
            ),
            (
                self.tr("Find the rule"),
                self.tr("What do the documents say about {{subject}}? Name the clause."),
            ),
            (self.tr("Short summary"), self.tr("Sum up {{document}} in {{number: five}} points.")),
        ]

    # -- what is shown ----------------------------------------------------------------------------

    def _load(self, chosen: str = "") -> None:
        """Show them as they are stored; `chosen`, the one in hand or the first."""
        wanted = chosen or self.editor.template.id
        self._reading.begin(
            self, lambda _: self._templates.all(), lambda found: self._show(found, wanted)
        )

    def _show(self, templates: Sequence[Template], wanted: str) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            for template in templates:
                icon = self._theme.icon("users", "muted", _ICON) if template.shared else QIcon()
                item = QListWidgetItem(icon, template.name)
                item.setData(_TEMPLATE, template)
                item.setToolTip(self.tr("Shared with everybody") if template.shared else "")
                self.list.addItem(item)
        ids = [template.id for template in templates]
        if wanted == _NEW:
            self._edit(Template("", "", ""))
        elif templates:
            at = ids.index(wanted) if wanted in ids else 0
            self._mark(at)
            self._edit(templates[at])
        else:
            self.editor.show_template(Template("", "", ""))
            self._stack.setCurrentIndex(1)
            self._show_acts()

    def _mark(self, row: int) -> None:
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(row)

    def _edit(self, template: Template) -> None:
        """A new one stands in the list once it is stored."""
        if not template.id:
            self._mark(-1)
        self._stack.setCurrentIndex(0)
        self.editor.show_template(template)
        self._show_acts()
        if not template.id:
            self.editor.name.setFocus()

    def _show_acts(self) -> None:
        editing = self._stack.currentIndex() == 0
        show_if(editing, self._left, self.delete, self.save)
        self.delete.setToolTip("")
        forbid_if(self.editor.denied, self.delete)
        self.save.setEnabled(self.editor.is_changed)

    def _picked(self, item: QListWidgetItem | None) -> None:
        if item:
            chosen: Template = item.data(_TEMPLATE)
            if self.editor.is_changed:
                self._store(lambda: self._load(chosen.id))
            else:
                self._edit(chosen)

    # -- acts -------------------------------------------------------------------------------------

    def _store(self, then: Then, refused: Callable[[str], object] | None = None) -> None:
        """Store what was written, then go on; where that cannot be, say why and stay."""
        if not self.editor.is_changed:
            then()
            return
        template = self.editor.written
        if not template.name or not template.text:
            (refused or self._refuse)(self.tr("A template needs a name and a text."))
            return

        def stored(kept: Template) -> None:
            self.editor.show_template(kept)
            then()

        self._reading.begin(
            self,
            lambda _: self._templates.keep(template),
            stored,
            failed=lambda error: (refused or self._refuse)(self._language.told(error)),
        )

    def _refuse(self, why: str) -> None:
        self.editor.say(why)
        shown = [self.list.item(row).data(_TEMPLATE).id for row in range(self.list.count())]
        kept = self.editor.template.id
        self._mark(shown.index(kept) if kept in shown else -1)

    def _remove(self) -> None:
        template = self.editor.template
        self.editor.show_template(Template("", "", ""))
        if not template.id:
            self._load()
            return
        told = filled(self.tr("“%1” was deleted."), template.name)
        self._undoing.do(
            told,
            lambda: self._templates.remove(template),
            lambda: self._templates.restore(template),
            self._load,
        )

    def reject(self) -> None:
        self._store(super().reject, self._ask_to_leave)

    def _ask_to_leave(self, why: str) -> None:
        self._refuse(why)
        question = self.tr("Close without saving?")
        if agreed(self, question, why, act=self.tr("Close without saving")):
            super().reject()
