"""Asking in the window, as a user does: type, send, look at the sources, stop, come back."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.chat.conversation import AnswerState
from app.ui.chat.page import ChatPage
from app.ui.chat.transcript.answer_entry import AnswerEntry
from app.ui.chat.transcript.transcript import Transcript
from tests.ui.conftest import LEAVE, Desk

QUESTION = "How many days of paid leave do employees get?"


def _page(desk: Desk) -> ChatPage:
    assert desk.window.chat is not None
    return desk.window.chat


def _ask(desk: Desk, qtbot: QtBot, question: str = QUESTION) -> AnswerEntry:
    page = _page(desk)
    qtbot.keyClicks(page.composer.text, question)
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
    return _last(page.transcript)


def _last(transcript: Transcript) -> AnswerEntry:
    entry = transcript.entries[-1]
    assert isinstance(entry, AnswerEntry)
    return entry


def _spot_of(entry: AnswerEntry, act: str) -> QPointF:
    """A point in the entry that hits a chip or a card."""
    for y in range(0, int(entry.height), 3):
        for x in range(0, 720, 3):
            hit = entry.hit(QPointF(x, y))
            if hit and hit.act == act:
                return QPointF(x, y)
    raise AssertionError(f"no {act} in the entry")


def _click(desk: Desk, qtbot: QtBot, entry: AnswerEntry, spot: QPointF) -> None:
    transcript = _page(desk).transcript
    width = min(transcript.viewport().width() - 60, 720)
    left = (transcript.viewport().width() - width) / 2
    top = transcript.top_of(entry)
    at = QPoint(round(left + spot.x()), round(top + spot.y()))
    qtbot.mouseMove(transcript.viewport(), at)
    qtbot.mouseClick(transcript.viewport(), Qt.MouseButton.LeftButton, pos=at)


@pytest.mark.parametrize("act", ["cite", "card"])
def test_a_click_on_a_citation_opens_its_page_with_the_passage_marked(
    with_library: Desk, qtbot: QtBot, act: str
) -> None:
    entry = _ask(with_library, qtbot)
    page = _page(with_library)
    page.viewer.clear()
    _click(with_library, qtbot, entry, _spot_of(entry, act))
    qtbot.waitUntil(lambda: page.viewer.marks > 0, timeout=20_000)
    assert page.viewer.page == 2
    assert entry.message.citations[0].quote.startswith("Every employee")


def test_what_the_source_does_not_say_is_marked_as_unsupported(
    with_library: Desk, qtbot: QtBot
) -> None:
    citations = _ask(with_library, qtbot).message.citations
    assert [each.supported for each in citations] == [True, False]


@pytest.mark.parametrize("desk", [0.2], indirect=True)
def test_stop_keeps_the_part_and_the_next_question_is_answered(
    with_library: Desk, qtbot: QtBot
) -> None:
    page = _page(with_library)
    page.send(QUESTION)
    qtbot.waitUntil(lambda: "Employees" in _last(page.transcript).message.text, timeout=20_000)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.answering, timeout=5_000)
    stopped = _last(page.transcript).message
    assert stopped.state == AnswerState.STOPPED
    assert 0 < len(stopped.text) < 80
    with_library.chat._seconds = 0
    assert _ask(with_library, qtbot).message.state == AnswerState.DONE


@pytest.mark.parametrize("desk", [0.05], indirect=True)
def test_the_language_can_change_while_an_answer_is_written(
    with_library: Desk, qtbot: QtBot
) -> None:
    page = _page(with_library)
    page.send(QUESTION)
    qtbot.waitUntil(lambda: "Employees" in _last(page.transcript).message.text, timeout=20_000)
    with_library.window.language.choose("ru")
    with_library.window.theme.choose("dark")
    qtbot.waitUntil(lambda: not page.answering, timeout=10_000)
    answer = _last(page.transcript).message
    assert answer.state == AnswerState.DONE
    assert answer.text.endswith("[1].")
    with_library.window.language.choose("en")
    with_library.window.theme.choose("light")


@pytest.mark.parametrize("desk", [0.2], indirect=True)
def test_an_answer_does_not_follow_into_another_conversation(
    with_library: Desk, qtbot: QtBot
) -> None:
    page = _page(with_library)
    page.send(QUESTION)
    qtbot.waitUntil(lambda: "Employees" in _last(page.transcript).message.text, timeout=20_000)
    page.begin()
    services = with_library.window.services
    assert services is not None
    qtbot.waitUntil(lambda: not services.answers.jobs(), timeout=10_000)
    qtbot.wait(100)
    assert page.transcript.entries == []
    assert not page.answering


def test_a_conversation_comes_back_after_the_lock(with_library: Desk, qtbot: QtBot) -> None:
    answer = _ask(with_library, qtbot).message
    window = with_library.window
    assert window.services is not None
    conversation = window.services.conversations.all()[0]
    assert conversation.title == QUESTION
    window.lock()
    window.login.enter("Anna", "correct horse")
    qtbot.waitUntil(lambda: window.chat is not None, timeout=10_000)
    page = _page(with_library)
    page.show_conversation(conversation.id)
    qtbot.waitUntil(lambda: len(page.transcript.entries) == 2, timeout=10_000)
    assert _last(page.transcript).message == answer


def test_without_any_document_the_answer_says_so(unlocked: Desk, qtbot: QtBot) -> None:
    message = _ask(unlocked, qtbot).message
    assert message.state == AnswerState.ABSTAINED
    assert message.text == ""
    assert not unlocked.chat.asked


def test_copies_are_named_beside_what_was_found(unlocked: Desk, qtbot: QtBot) -> None:
    services = unlocked.window.services
    assert services is not None
    for name, more in (("first.txt", ""), ("second.txt", "\n\nPrinted again.")):
        (unlocked.folder / name).write_text(LEAVE + more)
    services.library.add([unlocked.folder / "first.txt", unlocked.folder / "second.txt"])
    _ask(unlocked, qtbot)
    shown = [each.text() for each in _page(unlocked).findChildren(QLabel)]
    assert any(each.startswith("The same in: ") for each in shown)


def test_a_new_conversation_stands_in_the_list_while_it_is_answered(
    with_library: Desk, qtbot: QtBot
) -> None:
    with_library.chat._seconds = 0.3
    page = with_library.window.chat
    assert page is not None
    page.send("How many days of paid leave?")
    qtbot.waitUntil(lambda: page.controller.conversation is not None, timeout=10_000)
    listed = page.sidebar.list.selectedIndexes
    qtbot.waitUntil(lambda: page.answering and len(listed()) == 1, timeout=10_000)
    qtbot.waitUntil(lambda: not page.answering, timeout=30_000)
