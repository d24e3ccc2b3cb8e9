"""The conversations on the left: search, list, delete, begin anew."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QMenu, QMessageBox, QVBoxLayout

from app.domain.conversation import Conversation
from app.ui.chat.conversations import ConversationDelegate, ConversationsModel
from app.ui.theme import Theme
from app.ui.widgets.controls import button


class ConversationSidebar(QFrame):
    """`chosen` and `removed` give a conversation's id; `begun` wants a new one."""

    chosen = Signal(str)
    removed = Signal(str)
    begun = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(244)
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.model = ConversationsModel()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ConversationDelegate(theme))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._new = button("primary", self.begun.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 12)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self._new)
        self.search.textChanged.connect(self.model.set_filter)
        self.list.clicked.connect(self._clicked)
        self.list.customContextMenuRequested.connect(lambda at: self._menu(self.list.indexAt(at)))
        theme.changed.connect(self.list.viewport().update)
        self._retranslate()

    def show_conversations(self, conversations: list[Conversation], current: str | None) -> None:
        self.model.set_conversations(conversations)
        if current:
            self.list.setCurrentIndex(self.model.row_of(current))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search conversations"))
        self.search.setAccessibleName(self.tr("Search conversations"))
        self.list.setAccessibleName(self.tr("Conversations"))
        self._new.setText(self.tr("New conversation"))
        self._new.setToolTip("Ctrl+N")

    def _clicked(self, index: QModelIndex) -> None:
        if (conversation := self.model.conversation(index)) is not None:
            self.chosen.emit(conversation.id)

    def _menu(self, index: QModelIndex) -> None:
        conversation = self.model.conversation(index)
        if conversation is None:
            return
        menu = QMenu(self)
        menu.addAction(self.tr("Delete"), lambda: self._remove(conversation))
        menu.exec(self.list.viewport().mapToGlobal(self.list.visualRect(index).center()))

    def _remove(self, conversation: Conversation) -> None:
        question = self.tr("Delete the conversation “%1”?").replace("%1", conversation.title)
        answer = QMessageBox.question(self, self.tr("Delete"), question)
        if answer == QMessageBox.StandardButton.Yes:
            self.removed.emit(conversation.id)
