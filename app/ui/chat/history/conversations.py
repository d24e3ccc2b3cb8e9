"""The list of conversations: a model grouped by day or by assistant, and how a row is drawn."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from app.domain.chat.conversation import Conversation
from app.ui.language import filled
from app.ui.theme import SMALL_PIXELS, font
from app.ui.widgets.layouts import BOTTOM
from app.ui.widgets.rows import HeldRows, Index, ThemedDelegate

translate = QCoreApplication.translate


class ConversationsModel(HeldRows[Conversation | str]):
    """Rows are conversations and, before the first of a group, the group's name. `renamed` gives a
    conversation's id and its new title."""

    renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[Conversation] = ()
        self._assistants: Mapping[str, str] = {}
        self.by_assistant = False
        self.archive_open = False

    def set_conversations(
        self, conversations: Sequence[Conversation], assistants: Mapping[str, str]
    ) -> None:
        """With the names of the assistants by id."""
        self._all, self._assistants = conversations, assistants
        self.rebuild()

    def conversation(self, index: Index) -> Conversation | None:
        row = self.rows[index.row()] if index.isValid() else ""
        return row if isinstance(row, Conversation) else None

    def is_archive(self, index: Index) -> bool:
        """Whether a row is the archive's head, which opens and closes it."""
        row = self.rows[index.row()] if index.isValid() else ""
        return isinstance(row, str) and row == self._archive_name()

    def row_of(self, conversation: str) -> QModelIndex:
        for place, row in enumerate(self.rows):
            if isinstance(row, Conversation) and row.id == conversation:
                return self.index(place)
        return QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.AccessibleTextRole,
        }:
            return row.title if isinstance(row, Conversation) else row
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Conversation):
            return row.title
        return row if role == Qt.ItemDataRole.UserRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        conversation = self.conversation(index)
        if conversation is None or not (title := " ".join(str(value).split())):
            return False
        if title != conversation.title:
            self.renamed.emit(conversation.id, title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.conversation(index) is None:
            archive = self.is_archive(index)
            return Qt.ItemFlag.ItemIsEnabled if archive else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def rebuild(self) -> None:
        rows: list[Conversation | str] = []
        living = [conversation for conversation in self._all if not conversation.archived]
        if self.by_assistant:
            living.sort(
                key=lambda conversation: (
                    not conversation.pinned,
                    self._group(conversation).casefold(),
                )
            )
        group = ""
        for each in living:
            if (named := self._group(each)) != group:
                group = named
                rows.append(group)
            rows.append(each)
        archived = [conversation for conversation in self._all if conversation.archived]
        if archived:
            rows += [self._archive_name(), *(archived if self.archive_open else [])]
        self.hold(rows)

    def _archive_name(self) -> str:
        count = sum(1 for conversation in self._all if conversation.archived)
        return filled(translate("Conversations", "Archive (%1)"), count)

    def _group(self, conversation: Conversation) -> str:
        if conversation.pinned:
            return translate("Conversations", "Pinned")
        if self.by_assistant:
            return self._assistants.get(
                conversation.assistant, translate("Conversations", "Without an assistant")
            )
        return day(conversation.changed)


def day(moment: float) -> str:
    """The group that a moment (seconds since 1970) falls into."""
    now = datetime.now().astimezone()
    days = (now.date() - datetime.fromtimestamp(moment, now.tzinfo).date()).days
    if days <= 0:
        return translate("Conversations", "Today")
    if days == 1:
        return translate("Conversations", "Yesterday")
    if days < 7:
        return translate("Conversations", "This week")
    return (
        translate("Conversations", "This month")
        if days < 31
        else translate("Conversations", "Earlier")
    )


class ConversationDelegate(ThemedDelegate):
    """Title over the beginning of the last message; groups in small capitals. For every row that
    has a `title` and a `preview`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        group = isinstance(index.data(Qt.ItemDataRole.UserRole), str)
        return QSize(100, 34 if group else 56)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(120)
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        area = QRectF(option.rect).toRect()
        editor.setGeometry(area.adjusted(4, 4, -4, -area.height() + 34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        area = QRectF(option.rect)
        painter.save()
        if isinstance(row, str):
            painter.setFont(font(12, 600))
            painter.setPen(self._theme.colors.color("muted"))
            painter.drawText(area.adjusted(10, 0, 0, -6), BOTTOM, row.upper())
        else:
            self.paint_ground(painter, option)
            self._paint_row(painter, area.adjusted(10, 8, -10, -8), row)
        painter.restore()

    def _paint_row(self, painter: QPainter, inner: QRectF, row: Any) -> None:
        title = inner
        if sign := self._sign(row):
            at = inner.topRight()
            icon = self._theme.icon(*sign, 14)
            icon.paint(painter, int(at.x()) - 14, int(at.y()) + 1, 14, 14)
            title = inner.adjusted(0, 0, -18, 0)
        preview = " ".join(row.preview.split())
        if not preview:
            title = title.adjusted(0, 10, 0, 10)
        self.paint_text(painter, title, row.title, 14, "text")
        self.paint_text(painter, inner, preview, SMALL_PIXELS, "muted", side=BOTTOM)

    def _sign(self, row: Any) -> tuple[str, str] | None:
        """Icon and colour at the end of the title."""
        return ("pin", "muted") if row.pinned else None
