"""The chat lays itself out: sources that are empty take no room where there is little."""

import pytest
from pytestqt.qtbot import QtBot

from app.ui.chat.page import ChatPage
from tests.ui.conftest import PASSWORD, Desk


def _at(desk: Desk, qtbot: QtBot, width: int, height: int) -> ChatPage:
    desk.window.resize(width, height)
    chat = desk.window.chat
    assert chat is not None
    qtbot.waitUntil(lambda: chat.width() == width - 56, timeout=5000)
    return chat


def _asked(chat: ChatPage, qtbot: QtBot) -> None:
    chat.send("How many days of leave?")
    qtbot.waitUntil(lambda: not chat.answering, timeout=20_000)
    qtbot.waitUntil(chat.sources.isVisible, timeout=10_000)


def test_empty_sources_leave_their_room_in_a_small_window(with_library: Desk, qtbot: QtBot) -> None:
    chat = _at(with_library, qtbot, 900, 600)
    assert chat.sources.isHidden()
    assert chat.composer.width() > 480
    _asked(chat, qtbot)
    assert chat.sources.width() >= 250
    chat.begin()
    assert chat.sources.isHidden()
    assert _at(with_library, qtbot, 1180, 760).sources.isVisible()


@pytest.mark.parametrize("width", [1180, 1920])
def test_the_composer_stands_in_the_middle(with_library: Desk, qtbot: QtBot, width: int) -> None:
    chat = _at(with_library, qtbot, width, 900)
    middle, composer = chat.columns.widget(1), chat.composer
    assert middle is not None
    left = composer.mapTo(middle, composer.rect().topLeft()).x()
    right = middle.width() - left - composer.width()
    assert abs(left - right) <= 2


def test_the_width_of_the_sources_is_remembered_up_to_half(
    with_library: Desk, qtbot: QtBot
) -> None:
    chat = _at(with_library, qtbot, 1500, 800)
    room = chat.columns.width() - chat.sidebar.width()
    chat.columns.setSizes([244, room - 560, 560])
    chat.columns.splitterMoved.emit(0, 2)
    opened = with_library.window.opened
    assert opened is not None
    numbers = opened._around.remembered.numbers
    qtbot.waitUntil(lambda: bool(numbers("chat-sources")), timeout=5000)
    kept = numbers("chat-sources")[0]
    with_library.window.lock()
    with_library.window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: with_library.window.chat is not None, timeout=10_000)
    again = _at(with_library, qtbot, 1500, 800)
    qtbot.wait(300)
    assert abs(again.sources.width() - kept) <= 3


def test_presenting_gives_the_document_half(with_library: Desk, qtbot: QtBot) -> None:
    chat = _at(with_library, qtbot, 1180, 760)
    _asked(chat, qtbot)
    chat.present(on=True)
    assert chat.sidebar.isHidden()
    assert abs(chat.sources.width() - chat.columns.width() // 2) <= 3
    chat.present(on=False)
    assert chat.sidebar.isVisible()
