"""From a conversation that is left to the next answer that rests on it, in the window."""

import json
from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.engines.turns import Turn
from app.ui.chat import remembering
from app.ui.chat.page import ChatPage
from tests.ui.conftest import PASSWORD, Desk

QUESTION = "How many days of paid leave do employees get?"
DECISION = "Then we will move the leave of Smirnova to December."
LATER = "When is the leave of Smirnova?"
LEAVE = "Every employee is entitled to 28 calendar days of paid leave each year."


def _reply(turns: Sequence[Turn]) -> str:
    asked = turns[-1].text
    if "as one JSON object" in asked:
        point = {"turn": 1, "text": LEAVE}
        told = {"title": "Paid leave", "key": [point], "decisions": [], "open": []}
        return json.dumps(told)
    if "as the heading of a folder" in asked or "JSON array" in asked:
        return ""
    if LATER in asked:
        return "We will move the leave of Smirnova to December [1]."
    return f"{LEAVE} [1]"


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "IDLE_MILLISECONDS", 50)


@pytest.fixture
def talked(soon: None, with_library: Desk, qtbot: QtBot) -> Desk:
    """A profile with one conversation, which is left; its summary is not written yet."""
    desk = with_library
    desk.chat._reply = _reply
    page = _page(desk)
    page.remembering.idle.stop()
    for asked in (QUESTION, DECISION):
        page.send(asked)
        qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
    page.remembering.idle.stop()
    return desk


def _page(desk: Desk) -> ChatPage:
    assert desk.window.chat
    return desk.window.chat


def _log_in(desk: Desk, qtbot: QtBot) -> ChatPage:
    desk.window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: desk.window.chat is not None, timeout=10_000)
    return _page(desk)


def _waiting(desk: Desk) -> int:
    services = desk.window.services
    assert services
    return len(services.summaries.waiting())


def test_what_was_left_is_summarised_greets_and_is_used(talked: Desk, qtbot: QtBot) -> None:
    page = _page(talked)
    page.begin()
    page.remembering.idle.start()
    qtbot.waitUntil(lambda: _waiting(talked) == 0, timeout=20_000)
    talked.window.lock()
    page = _log_in(talked, qtbot)
    card = page.welcome.card
    qtbot.waitUntil(lambda: not card.isHidden(), timeout=10_000)
    shown = [each.text() for each in card.findChildren(QLabel)]
    assert "Paid leave" in shown
    assert "✓ We will move the leave of Smirnova to December." in shown
    page.send(LATER)
    qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
    answer = page.transcript.entries[-1].message
    cited = {each.number for each in answer.citations if each.supported}
    memories = [each for each in answer.sources if each.segment.memory and each.number in cited]
    assert memories
    assert [each.segment.name for each in memories] == ["Paid leave"]
    told = page.context.list.findChildren(QLabel)
    assert any("Paid leave" in each.text() for each in told)
    page.sources.open(answer, memories[0].number)
    assert talked.window.opened
    shown_page = talked.window.opened.summaries
    qtbot.waitUntil(lambda: shown_page.isVisible() and shown_page.shown.title == "Paid leave")


def test_a_lock_while_it_is_written_loses_nothing(talked: Desk, qtbot: QtBot) -> None:
    talked.chat._seconds = 0.2
    page = _page(talked)
    page.begin()
    page.remembering.idle.start()
    qtbot.waitUntil(lambda: page.remembering._job is not None, timeout=10_000)
    talked.window.lock()
    talked.chat._seconds = 0.0
    page = _log_in(talked, qtbot)
    assert _waiting(talked) == 1
    qtbot.waitUntil(lambda: _waiting(talked) == 0, timeout=20_000)
    qtbot.waitUntil(lambda: not page.welcome.card.isHidden(), timeout=10_000)


def test_a_question_goes_before_it(talked: Desk, qtbot: QtBot) -> None:
    talked.chat._seconds = 0.05
    page = _page(talked)
    page.begin()
    page.remembering.idle.start()
    qtbot.waitUntil(lambda: page.remembering._job is not None, timeout=10_000)
    page.send(QUESTION)
    qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
    assert page.transcript.entries[-1].message.text.startswith(LEAVE)
    page.begin()
    page.remembering.idle.start()
    qtbot.waitUntil(lambda: _waiting(talked) == 0, timeout=30_000)


def test_the_open_conversation_waits_for_a_long_pause(talked: Desk, qtbot: QtBot) -> None:
    page = _page(talked)
    page.remembering.idle.start()
    qtbot.wait(300)
    assert _waiting(talked) == 1
    page.remembering.pause.setInterval(50)
    page.remembering.pause.start()
    qtbot.waitUntil(lambda: _waiting(talked) == 0, timeout=20_000)


def test_memory_can_be_switched_off_for_a_question(talked: Desk, qtbot: QtBot) -> None:
    page = _page(talked)
    page.begin()
    page.remembering.idle.start()
    qtbot.waitUntil(lambda: _waiting(talked) == 0, timeout=20_000)
    qtbot.mouseClick(page.composer.memory, Qt.MouseButton.LeftButton)
    page.send(LATER)
    qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
    assert not any(e.segment.memory for e in page.transcript.entries[-1].message.sources)


def test_an_open_question_is_asked_by_a_click(talked: Desk, qtbot: QtBot) -> None:
    services, page = talked.window.services, _page(talked)
    assert services
    page.begin()
    page.remembering.idle.start()
    qtbot.waitUntil(lambda: _waiting(talked) == 0, timeout=20_000)
    (summary,) = services.summaries.all()
    digest = summary.digest
    services.summaries.edit(
        summary.id, type(digest)(digest.title, digest.points, ("Who approves it?",))
    )
    card = page.welcome.card

    def chips() -> list[QPushButton]:
        """Those that were drawn over wait to be deleted."""
        found = card.findChildren(QPushButton)
        return [e for e in found if e.text() == "Who approves it?" and not e.isHidden()]

    qtbot.waitUntil(lambda: len(chips()) == 1, timeout=10_000)
    (chip,) = chips()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.answering or bool(page.transcript.entries), timeout=10_000)
    qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
    assert page.transcript.entries[0].message.text == "Who approves it?"
