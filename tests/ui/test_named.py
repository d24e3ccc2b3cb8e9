"""What a screen reader calls each control, and what the keyboard alone reaches."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.library.table.documents_model import Group
from tests.ui.conftest import Desk
from tests.ui.test_turns import idle

_ACTED_ON = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit,
    QPlainTextEdit,
)  # fmt: skip
_PARTS = (QHeaderView, QScrollBar)


def _name(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name).strip()


def _unnamed(within: QWidget) -> list[str]:
    """Those that are in view and have no name, by class and the object that they are in."""
    found = [each for each in within.findChildren(QWidget) if isinstance(each, _ACTED_ON)]
    return [
        f"{type(each).__name__} in {type(each.parent()).__name__}"
        for each in found
        if each.isVisible() and not isinstance(each, _PARTS) and not _name(each)
    ]


def _places(desk: Desk, qtbot: QtBot) -> Iterator[QWidget]:
    """Every page, each kind of those that have several, every search filled in."""
    opened = desk.window.opened
    assert opened is not None
    for view, _ in opened.frame.reached:
        opened.frame.show_page(view.page)
        idle(desk, qtbot)
        for field in view.page.findChildren(QLineEdit):
            if field.isVisible() and field.isClearButtonEnabled():
                field.setText("e")
                yield view.page
                field.clear()
        kinds = getattr(view.page, "kinds", None) or [None]
        for kind in kinds:
            if kind is not None:
                kind.click()
                idle(desk, qtbot)
            yield view.page


def test_every_control_has_a_name(with_library: Desk, qtbot: QtBot) -> None:
    seen = 0
    for page in _places(with_library, qtbot):
        seen += 1
        assert _unnamed(page) == [], type(page).__name__
    assert seen > 20


def test_a_button_of_a_setting_says_what_it_does(unlocked: Desk) -> None:
    opened = unlocked.window.opened
    assert opened is not None
    security, data = opened.settings.security, opened.settings.data
    assert _name(security.password) == "Password: Change the password…"
    assert _name(data.check).endswith(": Health check")


def test_what_is_still_to_do_is_said(unlocked: Desk, qtbot: QtBot) -> None:
    window = unlocked.window
    assert window.chat is not None
    checklist = window.chat.welcome.checklist
    qtbot.waitUntil(checklist.isVisible, timeout=10_000)
    signs = [sign.accessibleName() for sign in checklist._signs]
    assert signs == ["done", "done", "still to do"]


def test_enter_opens_the_document_with_the_focus(with_library: Desk, qtbot: QtBot) -> None:
    opened = with_library.window.opened
    assert opened is not None
    opened.frame.show_page(opened.library)
    table = opened.library.pane.table
    counts = opened.library.documents.counts
    qtbot.waitUntil(lambda: counts()[Group.READY] == 1, timeout=10_000)
    idle(with_library, qtbot)
    table.setFocus(Qt.FocusReason.TabFocusReason)  # it chooses nothing
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(opened.viewers.open_ones) == 1, timeout=10_000)
