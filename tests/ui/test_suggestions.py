"""Further questions above the composer, and the title that comes with them."""

import json
from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.models.model import Speed
from app.engines.turns import Turn
from app.services.jobs import JobState, only_logged
from app.ui.chat.composer import suggestions
from app.ui.chat.page import ChatPage
from tests.ui.conftest import Desk

QUESTION = "How many days of paid leave do employees get?"
FURTHER = ["Who approves the annual holiday?", "When may it be moved to another year?"]


def _reply(turns: Sequence[Turn]) -> str:
    if "as the heading of a folder" in turns[-1].text:
        return "Paid leave"
    if "JSON array" in turns[-1].text:
        return json.dumps(FURTHER)
    return "Employees get 28 calendar days of paid leave [1]."


@pytest.fixture
def page(with_library: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> ChatPage:
    """A chat that answered once, by a quick model."""
    desk = with_library
    page, services = desk.window.chat, desk.window.services
    assert page
    assert services
    desk.chat._reply = _reply
    services.answers.run(lambda _: services.inference.chat(), on_error=only_logged)
    services.answers.run(
        lambda _: services.inference._keep(Speed(1000.0, 1000.0)), on_error=only_logged
    )
    page.send(QUESTION)
    qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
    return page


def shown(page: ChatPage) -> list[str]:
    return [] if page.suggestions.isHidden() else [e.toolTip() for e in page.suggestions.chips]


def test_a_chip_asks_its_question(page: ChatPage, with_library: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown(page) == FURTHER, timeout=10_000)
    services = with_library.window.services
    assert services
    assert [each.title for each in services.conversations.all()] == ["Paid leave"]
    qtbot.mouseClick(page.suggestions.chips[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.answering)
    assert shown(page) == []
    qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
    assert (
        services.conversations.messages(page.controller.conversation or "")[-2].text == FURTHER[1]
    )


def test_they_go_when_the_user_types(page: ChatPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown(page) == FURTHER, timeout=10_000)
    qtbot.keyClicks(page.composer.text, "W")
    assert shown(page) == []


def test_they_go_with_their_conversation(page: ChatPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown(page) == FURTHER, timeout=10_000)
    page.begin()
    assert shown(page) == []


def test_the_next_question_comes_first(page: ChatPage, with_library: Desk, qtbot: QtBot) -> None:
    """The model stops thinking of titles the moment something is asked."""
    services = with_library.window.services
    assert services
    (after,) = page.controller.findChildren(suggestions.AfterAnswer)
    with_library.chat._seconds = 5.0
    qtbot.waitUntil(lambda: after._job is not None, timeout=10_000)
    job = after._job
    assert job
    with_library.chat._seconds = 0.0
    page.send("And who approves the leave?")
    assert job.cancelled
    qtbot.waitUntil(lambda: job.state == JobState.CANCELLED, timeout=10_000)
    qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
