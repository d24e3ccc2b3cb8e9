"""The conversations on the left: search over all turns, the list, and what is done with one."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QMenu

from app.domain.chat.conversation import Conversation, MessageFilter, MessageHit
from app.ui.chat.history.conversations import ConversationDelegate, ConversationsModel
from app.ui.chat.history.hits import HitsView
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, button, invite, label, rest, say, stacked
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_TYPING_MILLISECONDS = 200
_DAY = 86400.0
T = TypeVar("T")


class ConversationSidebar(Retranslating, QFrame):
    """`chosen` gives a conversation's id and `hit` a found turn; `begun` wants a new conversation,
    `searched` the turns with a text. The others give a conversation and what is wanted of it."""

    chosen, hit, begun, searched = Signal(str), Signal(object), Signal(), Signal(str, object)
    renamed, pinned, archived = Signal(str, str), Signal(str, bool), Signal(str, bool)
    removed, exported, imported = Signal(object), Signal(object), Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(244)
        self._assistants: Mapping[str, str] = {}
        self._among = MessageFilter()
        self._days = 0
        self._build(theme)
        self._connect(theme)
        self._retranslate()

    def _build(self, theme: Theme) -> None:
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setClearButtonEnabled(True)
        self._filter = IconButton(theme, "list-filter", self._show_filters, size=16, box=30)
        self.model = ConversationsModel()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ConversationDelegate(theme))
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.hits = HitsView(theme)
        self._nothing = label("muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(10, 14, 10, 0)
        self._stack = stacked(self.list, self.hits, self._nothing)
        self._new = button("primary", self.begun.emit)
        top = in_row(wide(self.search), self._filter, spacing=4)
        in_column(top, wide(self._stack), self._new, on=self, margins=(10, 12, 10, 12))
        self._typing = rest(self, _TYPING_MILLISECONDS)

    def _connect(self, theme: Theme) -> None:
        self._typing.timeout.connect(self._search)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self._search)
        self.list.clicked.connect(self._clicked)
        self.list.activated.connect(self._clicked)
        self.list.customContextMenuRequested.connect(lambda at: self._menu(self.list.indexAt(at)))
        self.hits.picked.connect(self.hit)
        self.model.renamed.connect(self.renamed)
        theme.changed.connect(self.list.viewport().update)
        within = Qt.ShortcutContext.WidgetShortcut
        delete = QKeySequence(Qt.Key.Key_Delete)
        QShortcut(delete, self.list, self._remove_current, context=within)

    # -- what is shown ----------------------------------------------------------------------------

    def show_conversations(
        self,
        conversations: Sequence[Conversation],
        assistants: Mapping[str, str],
        current: str | None,
    ) -> None:
        """With the names of the assistants by id."""
        if self.list.state() == QListView.State.EditingState:
            return
        self._assistants = assistants
        at = self.list.verticalScrollBar().value()
        self.model.set_conversations(conversations, assistants)
        self.list.verticalScrollBar().setValue(at)
        if current:
            self.list.setCurrentIndex(self.model.row_of(current))

    def show_hits(self, text: str, hits: list[MessageHit]) -> None:
        """Unless something else was typed since."""
        if text == self.search.text().strip():
            self.hits.found.hold(hits)
            self._stack.setCurrentWidget(self.hits if hits else self._nothing)

    @property
    def query(self) -> str:
        return self.search.text().strip()

    def _search(self) -> None:
        self._typing.stop()
        if self.query:
            self.searched.emit(self.query, self._among)
        else:
            self._stack.setCurrentWidget(self.list)

    # -- filters ----------------------------------------------------------------------------------

    def _show_filters(self) -> None:
        self.filters().exec(self._filter.mapToGlobal(self._filter.rect().bottomLeft()))

    def filters(self) -> QMenu:
        """How the list is grouped and where a search looks."""
        menu = QMenu(self)
        self._choices(
            menu.addMenu(self.tr("Group")),
            [(self.tr("By date"), False), (self.tr("By assistant"), True)],
            self.model.by_assistant,
            self._group,
        )
        days = [
            (self.tr("Any time"), 0),
            (self.tr("The last 7 days"), 7),
            (self.tr("The last 30 days"), 30),
            (self.tr("The last year"), 365),
        ]
        self._choices(menu.addMenu(self.tr("Search in time")), days, self._days, self._since)
        assistants = [(self.tr("All assistants"), "")]
        assistants += [(name, key) for key, name in self._assistants.items()]
        self._choices(
            menu.addMenu(self.tr("Search with assistant")),
            assistants,
            self._among.assistant,
            self._narrow,
        )
        menu.addSeparator()
        menu.addAction(self.tr("Import a conversation…"), self.imported.emit)
        return menu

    def _choices(
        self, menu: QMenu, choices: Sequence[tuple[str, T]], now: T, choose: Callable[[T], None]
    ) -> None:
        group = QActionGroup(menu)
        for name, value in choices:
            act: QAction = menu.addAction(name, partial(choose, value))
            act.setCheckable(True)
            act.setChecked(value == now)
            group.addAction(act)

    def _group(self, by_assistant: bool) -> None:
        self.model.by_assistant = by_assistant
        self.model.rebuild()

    def _since(self, days: int) -> None:
        self._days = days
        since = time.time() - days * _DAY if days else None
        self._set_among(replace(self._among, since=since))

    def _narrow(self, assistant: str) -> None:
        self._set_among(replace(self._among, assistant=assistant))

    def _set_among(self, among: MessageFilter) -> None:
        self._among = among
        self._filter.set_color("accent" if among != MessageFilter() else "muted")
        self._search()

    # -- words and acts ---------------------------------------------------------------------------

    def _retranslate(self) -> None:
        invite(self.search, self.tr("Search conversations"))
        self.list.setAccessibleName(self.tr("Conversations"))
        self.hits.setAccessibleName(self.tr("Found turns"))
        self._filter.say(self.tr("Group and filter"))
        self._nothing.setText(self.tr("No conversation has these words."))
        say(self._new, self.tr("New conversation"), "Ctrl+N")
        self.model.rebuild()

    def _clicked(self, index: QModelIndex) -> None:
        if (conversation := self.model.conversation(index)) is not None:
            self.chosen.emit(conversation.id)
        elif self.model.is_archive(index):
            self.model.archive_open = not self.model.archive_open
            self.model.rebuild()

    def _menu(self, index: QModelIndex) -> None:
        if (conversation := self.model.conversation(index)) is not None:
            menu = self.menu(conversation)
            menu.exec(self.list.viewport().mapToGlobal(self.list.visualRect(index).center()))

    def menu(self, conversation: Conversation) -> QMenu:
        menu, key = QMenu(self), conversation.id
        menu.addAction(self.tr("Rename"), lambda: self.list.edit(self.model.row_of(key)))
        pin = self.tr("Unpin") if conversation.pinned else self.tr("Pin")
        menu.addAction(pin, lambda: self.pinned.emit(key, not conversation.pinned))
        archive = (
            self.tr("Take out of the archive") if conversation.archived else self.tr("Archive")
        )
        menu.addAction(archive, lambda: self.archived.emit(key, not conversation.archived))
        menu.addAction(self.tr("Export…"), lambda: self.exported.emit(conversation))
        menu.addSeparator()
        menu.addAction(self.tr("Delete"), lambda: self.removed.emit(conversation))
        return menu

    def _remove_current(self) -> None:
        if (conversation := self.model.conversation(self.list.currentIndex())) is not None:
            self.removed.emit(conversation)
