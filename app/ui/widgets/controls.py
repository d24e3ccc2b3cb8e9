"""Labels and buttons in the theme's kinds (see resources/themes/window.qss)."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from app.ui.theme import Theme

#: The property of the application by which bars stand still.
STILL = "keeps-still"
#: Of an icon of 16 pixels beside words: with room around it.
BESIDE = QSize(24, 16)


def label(kind: str = "", text: str = "", *, wrap: bool = False) -> QLabel:
    """A label of a kind: title, strong, muted, small, section, danger, avatar, count."""
    made = QLabel()
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    return made


def button(kind: str, act: Callable[[], object], text: str = "") -> QPushButton:
    """A push button of a kind: primary, link, chip, quiet, or "" for the common one."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setIconSize(BESIDE)
    made.clicked.connect(lambda: act())
    return made


def say(control: QLabel | QAbstractButton, text: str, tip: str) -> None:
    """Its text, and what the pointer over it is told."""
    control.setText(text)
    control.setToolTip(tip)


def invite(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """What stands in an empty field is also its name to screen readers; the tooltip has the whole
    of it where the field is short."""
    field.setPlaceholderText(text)
    field.setToolTip(text)
    field.setAccessibleName(text)
    if isinstance(field, QLineEdit) and field.isClearButtonEnabled():
        for clear in field.findChildren(QToolButton):
            clear.setAccessibleName(QCoreApplication.translate("Controls", "Clear the field"))


def say_or_hide(control: QLabel, text: str) -> None:
    """Hidden where there is nothing to say."""
    control.setText(text)
    control.setVisible(bool(text))


def show_if(wanted: bool, *parts: QWidget) -> None:
    for part in parts:
        part.setVisible(wanted)


def allow_if(wanted: bool, *parts: QWidget) -> None:
    for part in parts:
        part.setEnabled(wanted)


def forbid_if(reason: str, *parts: QWidget) -> None:
    """Where there is a reason, they cannot be used and say why; said anew with each language."""
    for part in parts:
        part.setEnabled(not reason)
        part.setAccessibleDescription(reason)
        if reason:
            part.setToolTip(reason)


def let_go(widget: QWidget) -> None:
    """It is gone at once, not with the next turn of the event loop."""
    widget.hide()
    widget.deleteLater()


def frame(name: str) -> QFrame:
    """A frame that the style sheet knows by name: card, hollow, banner, problem, line, content."""
    made = QFrame()
    made.setObjectName(name)
    return made


def stacked(*pages: QWidget) -> QStackedWidget:
    """One of several pages is seen, at first the first."""
    made = QStackedWidget()
    for page in pages:
        made.addWidget(page)
    return made


class Bar(QProgressBar):
    """A bar without a number in it. With the range 0 to 0 nobody knows how far it is: it moves
    then, or is half full where the user wants less motion."""

    def __init__(self) -> None:
        super().__init__()
        self._is_waiting = False
        self.setTextVisible(False)

    def setRange(self, minimum: int, maximum: int) -> None:
        self._is_waiting = minimum == maximum == 0
        if self._is_waiting and _keeps_still():
            super().setRange(0, 2)
            self.setValue(1)
        else:
            super().setRange(minimum, maximum)

    def obey(self) -> None:
        """The user wants more or less motion than before."""
        if self._is_waiting:
            self.setRange(0, 0)


def _keeps_still() -> bool:
    application = QApplication.instance()
    return bool(application and application.property(STILL))


def rest(owner: QObject, milliseconds: int, act: Callable[[], object] | None = None) -> QTimer:
    """A timer that acts once after its last start."""
    made = QTimer(owner)
    made.setSingleShot(True)
    made.setInterval(milliseconds)
    if act is not None:
        made.timeout.connect(act)
    return made


def announce(over: QWidget, text: str) -> None:
    """Have a screen reader say it, whatever has the focus; nothing is sent where none listens."""
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(over, text))


class IconButton(QToolButton):
    """A tool button whose icon follows the theme; its name is said to screen readers."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        act: Callable[[], object],
        *,
        size: int = 18,
        color: str = "muted",
        box: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """`size` of the picture in pixels, `box` of the button around it, 0 for the style's."""
        super().__init__(parent)
        if box:
            self.setFixedSize(box, box)
        self._theme, self._icon, self._size, self._color = theme, icon, size, color
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(size, size))
        self.clicked.connect(lambda: act())
        theme.changed.connect(self._draw)
        self.toggled.connect(self._draw)
        self._draw()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self._draw()

    def set_color(self, color: str) -> None:
        """One of the palette's names."""
        self._color = color
        self._draw()

    def say(self, name: str, shortcut: str = "") -> None:
        """Tooltip and accessible name; a shortcut is shown in brackets."""
        self.setToolTip(f"{name} ({shortcut})" if shortcut else name)
        self.setAccessibleName(name)

    def _draw(self) -> None:
        color = "accent" if self.isChecked() else self._color
        self.setIcon(self._theme.icon(self._icon, color, self._size))
