"""Pages are made when they are reached, and work of the window's thread is done in steps."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.administration.log import LogKind
from app.ui.administration.page import AdministrationPage
from app.ui.assistants.editor import AssistantEditor
from app.ui.library.page import LibraryPage
from app.ui.pages.later import Later, LaterStack
from app.ui.pages.slices import Slices
from app.ui.settings.page import SettingsPage
from tests.ui.conftest import PASSWORD, Desk


def test_a_page_is_made_once_and_stands_where_it_is_shown(qtbot: QtBot) -> None:
    made: list[str] = []

    def making(name: str) -> Callable[[], QWidget]:
        def make() -> QWidget:
            made.append(name)
            return QLabel(name)

        return make

    pages = [Later(making("a")), Later(making("b"))]
    stack = LaterStack(pages)
    qtbot.addWidget(stack)
    assert made == []
    stack.show_place(1)
    assert (made, stack.place, stack.currentWidget()) == (["b"], 1, pages[1].made)
    assert stack.place_of(pages[0].page) == 0
    assert stack.currentWidget() is pages[1].made
    stack.show_place(1)
    assert made == ["b", "a"]


def test_steps_have_a_turn_each_and_end_when_they_are_stopped(qtbot: QtBot) -> None:
    taken: list[int] = []
    slices = Slices(owner := QObject())
    slices.take(*(lambda place=place: taken.append(place) for place in range(3)))
    assert taken == []
    qtbot.waitUntil(lambda: taken == [0, 1, 2], timeout=2000)
    slices.take(lambda: taken.append(3), slices.stop, lambda: taken.append(4))
    qtbot.wait(50)
    assert taken == [0, 1, 2, 3]
    assert owner.children()


def test_a_log_in_makes_the_first_page_alone(desk: Desk, qtbot: QtBot) -> None:
    window = desk.window
    window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: window.opened is not None, timeout=10_000)
    for kind in (LibraryPage, SettingsPage, AdministrationPage):
        assert window.findChildren(kind) == []
    qtbot.waitUntil(lambda: len(window.findChildren(AdministrationPage)) == 1, timeout=10_000)
    assert len(window.findChildren(LibraryPage)) == 1
    for part in (LogKind, AssistantEditor):
        assert window.findChildren(part) == []
    assert window.opened is not None
    assert window.opened.administration.part(LogKind).window() is window


def test_a_lock_between_two_steps_leaves_nothing(desk: Desk, qtbot: QtBot) -> None:
    window = desk.window
    window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: window.services is not None, timeout=10_000)
    assert window.opened is None
    window.lock()
    qtbot.wait(300)
    assert (window.services, window.opened) == (None, None)
    assert window._stack.count() == 1
    window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: window.opened is not None, timeout=10_000)
    window.lock()
    qtbot.wait(300)
    assert window.findChildren(LibraryPage) == []
