"""What is known of the chosen documents, their tags, and what can be done with them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from app.domain.library.documents import Document, DocumentState
from app.domain.roles import Act
from app.ui.language import Language, filled
from app.ui.library.table.words import added_on
from app.ui.pages.permitted import Permitted
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, button, forbid_if, label, say, say_or_hide, show_if
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import STRETCH, in_column, in_row
from app.ui.widgets.retranslating import Retranslating

_FACTS = ("passages", "cited", "source", "added")


class DocumentDetails(Retranslating, QWidget):
    """`tagged` gives names to add and names to take away."""

    opened, asked, removed, retried = Signal(), Signal(), Signal(), Signal()
    kept, tagged = Signal(), Signal(object, object)

    def __init__(self, theme: Theme, language: Language, permitted: Permitted) -> None:
        super().__init__()
        self._language, self._permitted = language, permitted
        self._chosen: Sequence[Document] = ()
        self._cited: tuple[int, float | None] | None = None
        self._name, self._kind = label("strong", wrap=True), label("muted", wrap=True)
        self._why, self._unread = label("danger", wrap=True), label("notice", wrap=True)
        self._titles = {fact: label("muted") for fact in _FACTS}
        self._values = {fact: Elided("") for fact in _FACTS}
        self.tags = QLineEdit()
        self.tags.editingFinished.connect(self._tag)
        self._open = button("primary", self.opened.emit)
        self._ask = button("", self.asked.emit)
        self._retry = button("", self.retried.emit)
        self._keep = button("", self.kept.emit)
        self._remove = IconButton(theme, "trash-2", self.removed.emit)
        acts = in_row(self._open, self._ask, self._retry, self._keep, self._remove, STRETCH)
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(18)
        self._facts.setVerticalSpacing(4)
        for each in _FACTS:
            self._facts.addRow(self._titles[each], self._values[each])
        in_column(
            self._name, self._kind, self._why, self._unread, self._facts, self.tags, acts,
            on=self, margins=0, spacing=6,
        )  # fmt: skip
        self._retranslate()

    def _retranslate(self) -> None:
        self._titles["passages"].setText(self.tr("Split into"))
        self._titles["cited"].setText(self.tr("Cited"))
        self._titles["source"].setText(self.tr("Source"))
        self._titles["added"].setText(self.tr("Added"))
        self._open.setText(self.tr("Open"))
        say(self._ask, self.tr("Ask"), self.tr("Begin a question about it"))
        self._retry.setText(self.tr("Read again"))
        say(self._keep, self.tr("Keep"), self.tr("Its file was deleted; the document stays"))
        self._remove.say(self.tr("Remove"), self.tr("Del"))
        self.tags.setPlaceholderText(self.tr("Tags, with commas between"))
        self.tags.setAccessibleName(self.tr("Tags"))
        self.tags.setToolTip(self.tr("A question can be asked of documents with a tag alone"))
        adds = self._permitted.why_not(Act.ADD_DOCUMENTS)
        forbid_if(adds, self.tags, self._retry, self._keep)
        forbid_if(self._permitted.why_not(Act.REMOVE_DOCUMENTS), self._remove)
        if adds:
            self.tags.setPlaceholderText(self.tr("No tags"))

    def show_documents(self, chosen: Sequence[Document], reason: str) -> None:
        """`reason` why the only one failed, or what was not read of it; "" when all is well."""
        if [document.id for document in chosen] != [document.id for document in self._chosen]:
            self._cited = None
        self._chosen = chosen
        one = chosen[0] if len(chosen) == 1 else None
        several = self.tr("%n document(s) chosen", "", len(chosen)) if len(chosen) > 1 else ""
        self._name.setText(one.name if one else several)
        self._kind.setText(self._describe(one) if one else self._sum(chosen))
        gone = self.tr("Its file is no longer where it was found.")
        told = reason or (gone if one and one.missing else "")
        partly = bool(one and one.partly_read)
        say_or_hide(self._why, "" if partly else told)
        say_or_hide(self._unread, told if partly else "")
        self._show_facts(one)
        ready = bool(one and one.state == DocumentState.INDEXED)
        show_if(ready, self._open, self._ask)
        self._retry.setVisible(any(document.error for document in chosen))
        self._keep.setVisible(any(document.missing for document in chosen))
        self._remove.setVisible(bool(chosen))
        self.tags.setVisible(bool(chosen))
        if not self.tags.hasFocus():
            self.tags.setText(", ".join(sorted(self._shared())))

    def show_cited(self, count: int, last: float | None) -> None:
        """How often answers cite the only chosen one."""
        self._cited = (count, last)
        self._say_cited()

    def _say_cited(self) -> None:
        if self._cited is None:
            self._values["cited"].say("…")
            return
        count, last = self._cited
        if not count or last is None:
            self._values["cited"].say(self.tr("not yet"))
            return
        times, moment = self.tr("%n time(s)", "", count), self.tr("last %1")
        self._values["cited"].say(f"{times}, {filled(moment, added_on(last))}")

    @property
    def reason_shown(self) -> str:
        return "".join(each.text() for each in (self._why, self._unread) if not each.isHidden())

    def _show_facts(self, one: Document | None) -> None:
        for fact in _FACTS:
            show_if(one is not None, self._titles[fact], self._values[fact])
        if one:
            self._values["passages"].say(self.tr("%n passage(s)", "", one.passages))
            self._values["source"].say(one.path)
            self._values["added"].say(added_on(one.added))
            self._say_cited()

    def _describe(self, document: Document) -> str:
        parts = [document.type.upper()]
        if document.pages:
            parts.append(self.tr("%n page(s)", "", document.pages))
        parts.append(self._language.size(document.size))
        if document.passages and document.language:
            spoken = {"ru": self.tr("Russian"), "en": self.tr("English")}
            parts.append(spoken.get(document.language, ""))
        if document.recognised:
            parts.append(self.tr("%n page(s) recognised", "", document.recognised))
        return " · ".join(part for part in parts if part)

    def _sum(self, chosen: Sequence[Document]) -> str:
        if not chosen:
            return ""
        size = self._language.size(sum(document.size for document in chosen))
        passages = self.tr("%n passage(s)", "", sum(document.passages for document in chosen))
        return f"{size} · {passages}"

    def _shared(self) -> set[str]:
        """Tags that all of the chosen have."""
        tags = [set(document.tags) for document in self._chosen]
        return set.intersection(*tags) if tags else set()

    def _tag(self) -> None:
        wanted = {name for each in self.tags.text().split(",") if (name := " ".join(each.split()))}
        before = self._shared()
        if self._chosen and wanted != before:
            self.tagged.emit(wanted - before, before - wanted)
