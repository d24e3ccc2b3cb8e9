"""What a question is asked of: all documents, or some by name, tag, type and date."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QDate, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QPushButton, QWidget

from app.domain.library.documents import Document, DocumentState, Scope
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.widgets.controls import BESIDE, button, frame, invite, label, say, show_if
from app.ui.widgets.elided import ElidedButton
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.ticked import TickedList

_WIDTH, _LIST_HEIGHT = 380, 220
_DAY = 86_400.0
#: Days back that can be chosen by name.
_RECENT = (7, 30, 365)


class ScopeButton(Retranslating, ElidedButton):
    """Says what is searched and opens the panel to change it; `changed` when it was changed."""

    changed = Signal()

    def __init__(self, theme: Theme, load: Callable[[Callable[[list[Document]], None]], None]):
        """`load` hands the library's documents to what it is given, later."""
        super().__init__()
        self._theme, self._load = theme, load
        self.scope = Scope()
        self._within: int | None = None
        self.panel = ScopePanel(self)
        self.panel.changed.connect(self._chosen)
        self.setProperty("kind", "quiet")
        self.setIconSize(BESIDE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.open)
        theme.follow(self._show)

    def open(self) -> None:
        self._load(self._open)

    def clear(self) -> None:
        """Everything again."""
        self.panel.clear()

    def _retranslate(self) -> None:
        self._show()

    def _open(self, documents: list[Document]) -> None:
        self.panel.show_documents([e for e in documents if e.state == DocumentState.INDEXED])
        self.panel.move(self.mapToGlobal(self.rect().bottomLeft()))
        self.panel.show()

    def _chosen(self, scope: Scope, within: int) -> None:
        self.scope, self._within = scope, within
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        narrowed = not self.scope.everything
        self.setIcon(self._theme.icon("layers", "accent" if narrowed else "muted", 16))
        title, what = self.tr("Scope"), self.tr("All documents")
        if narrowed:
            what = self.tr("%n document(s)", "", self._within or 0)
        say(self, f"{title}  {what}  ▾", self.tr("Which documents an answer may rest on"))
        self.setAccessibleName(f"{title}: {what}")


class ScopePanel(Retranslating, QWidget):
    """`changed` gives the scope and how many documents lie within."""

    changed = Signal(object, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # the round corners
        self.setFixedWidth(_WIDTH)
        self._documents: Sequence[Document] = ()
        self.scope = Scope()
        self._title, self._told = label("strong"), label("small")
        self._all = button("link", self.clear)
        self._types, self._tags = _Chips(self._narrow_types), _Chips(self._narrow_tags)
        self.when = QComboBox()
        self.since, self.until = QDateEdit(), QDateEdit()
        for edit in (self.since, self.until):
            edit.setCalendarPopup(True)
            edit.dateChanged.connect(self._narrow_dates)
        self.when.currentIndexChanged.connect(self._narrow_dates)
        self.search, self.list = QLineEdit(), TickedList()
        self.search.setProperty("kind", "search")
        self.search.textChanged.connect(self._filter)
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.list.setUniformItemSizes(True)
        self.list.turned.connect(lambda *_: self._narrow_documents())
        self._build()
        self._retranslate()

    def _build(self) -> None:
        first = in_row(wide(self._title), self._all)
        dates = in_row(wide(self.since), wide(self.until))
        card = frame("card")
        in_column(card, on=self, margins=0)
        in_column(
            first, self._types, self._tags, self.when, dates, self.search, self.list, self._told,
            on=card, margins=(14, 12, 14, 12), spacing=8,
        )  # fmt: skip

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Where to look"))
        self._all.setText(self.tr("Everywhere"))
        invite(self.search, self.tr("Find a document"))
        self.list.setAccessibleName(self.tr("Documents"))
        self.when.setAccessibleName(self.tr("Changed"))
        self.since.setAccessibleName(self.tr("Changed on or after"))
        self.until.setAccessibleName(self.tr("Changed on or before"))
        names = [self.tr("Changed at any time")]
        names += [self.tr("Changed in the last %n day(s)", "", days) for days in _RECENT]
        names.append(self.tr("Changed between"))
        chosen = max(self.when.currentIndex(), 0)
        with QSignalBlocker(self.when):
            self.when.clear()
            self.when.addItems(names)
            self.when.setCurrentIndex(chosen)
        self._show()

    def show_documents(self, documents: Sequence[Document]) -> None:
        """The library as it is now; what was chosen and is gone is chosen no more."""
        self._documents = documents
        kept = self.scope.documents & {document.id for document in documents}
        gone = kept != self.scope.documents
        self.scope = replace(self.scope, documents=kept)
        self._types.offer((document.type for document in documents), self.scope.types)
        self._tags.offer((tag for document in documents for tag in document.tags), self.scope.tags)
        self._fill()
        self._show()
        if gone:
            self._changed()

    def clear(self) -> None:
        """Everything again."""
        self.scope = Scope()
        self.search.clear()
        self.when.setCurrentIndex(0)
        self.show_documents(self._documents)
        self._changed()

    def _fill(self) -> None:
        chosen = self.scope.documents
        found = sorted(self._documents, key=lambda document: document.name.lower())
        self.list.offer((document.id, document.name, document.id in chosen) for document in found)
        with QSignalBlocker(self.list):
            for item, document in zip(self.list.items_shown(), found, strict=True):
                item.setToolTip(document.path)
        self._filter(self.search.text())

    def _filter(self, wanted: str) -> None:
        for item in self.list.items_shown():
            item.setHidden(wanted.lower() not in item.text().lower())

    # -- what is chosen ---------------------------------------------------------------------------

    def _narrow_types(self, chosen: frozenset[str]) -> None:
        self.scope = replace(self.scope, types=chosen)
        self._changed()

    def _narrow_tags(self, chosen: frozenset[str]) -> None:
        self.scope = replace(self.scope, tags=chosen)
        self._changed()

    def _narrow_documents(self) -> None:
        self.scope = replace(self.scope, documents=frozenset(self.list.chosen))
        self._changed()

    def _narrow_dates(self) -> None:
        choice = self.when.currentIndex()
        since = until = None
        if 0 < choice <= len(_RECENT):
            since = time.time() - _RECENT[choice - 1] * _DAY
        elif choice > len(_RECENT):
            since, until = _seconds(self.since.date()), _seconds(self.until.date().addDays(1))
        self.scope = replace(self.scope, since=since, until=until)
        self._changed()

    def _changed(self) -> None:
        self._show()
        self.changed.emit(self.scope, self._within())

    def _within(self) -> int:
        return sum(map(self.scope.fits, self._documents))

    def _show(self) -> None:
        between = self.when.currentIndex() > len(_RECENT)
        show_if(between, self.since, self.until)
        if not between:
            self._offer_dates()
        self._all.setEnabled(not self.scope.everything)
        told = self.tr("%1 of %n document(s) are searched", "", len(self._documents))
        self._told.setText(filled(told, self._within()))

    def _offer_dates(self) -> None:
        """The days of the oldest and the newest document."""
        dates = [document.date for document in self._documents] or [time.time()]
        for edit, moment in ((self.since, min(dates)), (self.until, max(dates))):
            with QSignalBlocker(edit):
                edit.setDate(QDate(*time.localtime(moment)[:3]))


class _Chips(QWidget):
    """Names to switch on and off, the most frequent first; hidden when there is nothing to say."""

    def __init__(self, chosen: Callable[[frozenset[str]], None]) -> None:
        super().__init__()
        self._report = chosen
        self._row = FlowLayout(self, 6)

    def offer(self, names: Iterable[str], chosen: frozenset[str]) -> None:
        counts: dict[str, int] = {}
        for name in names:
            counts[name] = counts.get(name, 0) + 1
        self._row.clear()
        for name in sorted(counts, key=lambda each: (-counts[each], each)):
            chip = button("toggle", partial(QTimer.singleShot, 0, self._chosen))
            chip.setCheckable(True)
            chip.setChecked(name in chosen)
            chip.setText(f"{name or '—'} · {counts[name]}")
            chip.setProperty("name", name)
            self._row.addWidget(chip)
        self.setVisible(len(counts) > 1 or bool(chosen))

    def _chosen(self) -> None:
        chips = self.findChildren(QPushButton)
        self._report(frozenset(str(e.property("name")) for e in chips if e.isChecked()))


def _seconds(day: QDate) -> float:
    return float(day.startOfDay().toSecsSinceEpoch())
