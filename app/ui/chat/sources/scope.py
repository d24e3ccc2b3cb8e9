"""What a question is asked of: all documents, or some by collection, name, tag, type and date."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QDate, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QPushButton, QWidget

from app.domain.library.documents import Collection, Document, DocumentState, Scope
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
#: Chips of a kind, and documents in the list: more are found by typing.
_MOST_CHIPS, _MOST_LISTED = 8, 60
#: Collections with what they hold.
Shelves = Sequence[tuple[Collection, Sequence[Document]]]
#: Days back that can be chosen by name.
_RECENT = (7, 30, 365)


class ScopeButton(Retranslating, ElidedButton):
    """Says what is searched and opens the panel to change it; `changed` when it was changed."""

    changed = Signal()

    def __init__(self, theme: Theme, load: Callable[[Callable[[Shelves], None]], None]):
        """`load` hands the library's collections to what it is given, later."""
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

    def _open(self, shelves: Shelves) -> None:
        self.panel.show_shelves(
            [
                (each, [one for one in documents if one.state == DocumentState.INDEXED])
                for each, documents in shelves
            ]
        )
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
        self._shelves: Shelves = ()
        self._documents: Sequence[Document] = ()
        self.scope = Scope()
        self._title, self._told = label("strong"), label("small")
        self._all = button("link", self.clear)
        self._types, self._tags = _Chips(self._narrow_types), _Chips(self._narrow_tags)
        self._collections, self._more = _Chips(self._narrow_collections), label("small", wrap=True)
        self.when = QComboBox()
        self.since, self.until = QDateEdit(), QDateEdit()
        for edit in (self.since, self.until):
            edit.setCalendarPopup(True)
            edit.dateChanged.connect(self._narrow_dates)
        self.when.currentIndexChanged.connect(self._narrow_dates)
        self.search, self.list = QLineEdit(), TickedList()
        self.search.setProperty("kind", "search")
        self.search.textChanged.connect(lambda _: self._fill())
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
            first, self._collections, self._types, self._tags, self.when, dates, self.search,
            self.list, self._more, self._told, on=card, margins=(14, 12, 14, 12), spacing=8,
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

    def show_shelves(self, shelves: Shelves) -> None:
        """The library as it is now; what was chosen and is gone is chosen no more."""
        self._shelves = shelves
        there = {collection.id for collection, _ in shelves}
        collections = self.scope.collections & there
        self._documents = documents = [
            each for collection, own in shelves if not collections or collection.id in collections
            for each in own
        ]  # fmt: skip
        kept = self.scope.documents & {document.id for document in documents}
        gone = (kept, collections) != (self.scope.documents, self.scope.collections)
        self.scope = replace(self.scope, documents=kept, collections=collections)
        self._collections.offer(
            (collection.id for collection, own in shelves for _ in range(len(own) or 1)),
            self.scope.collections,
            {collection.id: collection.name for collection, _ in shelves},
        )
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
        self.show_shelves(self._shelves)
        self._changed()

    def _fill(self) -> None:
        """The chosen ones first, then those that are called as was typed."""
        chosen, wanted = self.scope.documents, self.search.text().casefold()
        found = sorted(
            (e for e in self._documents if e.id in chosen or wanted in e.name.casefold()),
            key=lambda each: (each.id not in chosen, each.name.casefold()),
        )
        listed = found[: max(_MOST_LISTED, len(chosen))]
        self.list.offer((each.id, each.name, each.id in chosen) for each in listed)
        with QSignalBlocker(self.list):
            for item, document in zip(self.list.items_shown(), listed, strict=True):
                item.setToolTip(document.path)
        rest = len(found) - len(listed)
        self._more.setText(self.tr("%n more: type a part of the name.", "", rest))
        self._more.setVisible(rest > 0)

    # -- what is chosen ---------------------------------------------------------------------------

    def _narrow_types(self, chosen: frozenset[str]) -> None:
        self.scope = replace(self.scope, types=chosen)
        self._changed()

    def _narrow_collections(self, chosen: frozenset[str]) -> None:
        self.scope = replace(self.scope, collections=chosen)
        self.show_shelves(self._shelves)
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

    def offer(
        self,
        names: Iterable[str],
        chosen: frozenset[str],
        called: Mapping[str, str] | None = None,
    ) -> None:
        """`called` are the words for names that are none."""
        counts: dict[str, int] = {}
        for name in names:
            counts[name] = counts.get(name, 0) + 1
        self._row.clear()
        order = sorted(counts, key=lambda each: (each not in chosen, -counts[each], each))
        for name in order[: max(_MOST_CHIPS, len(chosen))]:
            chip = button("toggle", partial(QTimer.singleShot, 0, self._chosen))
            chip.setCheckable(True)
            chip.setChecked(name in chosen)
            chip.setText(f"{(called or {}).get(name, name) or '—'} · {counts[name]}")
            chip.setProperty("name", name)
            self._row.addWidget(chip)
        self.setVisible(len(counts) > 1 or bool(chosen))

    def _chosen(self) -> None:
        chips = self.findChildren(QPushButton)
        self._report(frozenset(str(e.property("name")) for e in chips if e.isChecked()))


def _seconds(day: QDate) -> float:
    return float(day.startOfDay().toSecsSinceEpoch())
