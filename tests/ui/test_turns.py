"""What a user does with turns and conversations: branches, judgements, search, sets."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.chat.conversation import AnswerState, Feedback, Message
from app.domain.library.documents import DocumentState
from app.services.session import Services
from app.ui.chat.sources.sent_prompt import PromptDialog
from app.ui.chat.transcript import turn_acts
from app.ui.chat.transcript.answer_entry import AnswerEntry
from app.ui.chat.transcript.entry import TranscriptEntry
from tests.ui.conftest import Desk
from tests.ui.test_chat import QUESTION, _ask, _last, _page

OTHER = "What do employees get on the moon?"


def services_of(desk: Desk) -> Services:
    assert desk.window.services is not None
    return desk.window.services


def press(desk: Desk, qtbot: QtBot, entry: TranscriptEntry, act: str) -> None:
    """Click an icon below a turn."""
    transcript = _page(desk).transcript
    for y in range(int(entry.height), 0, -4):
        for x in range(0, 720, 4):
            hit = entry.hit(QPointF(x, y))
            if hit and hit.act == act:
                width = min(transcript.viewport().width() - 60, 720)
                left = (transcript.viewport().width() - width) / 2
                at = QPoint(round(left + x), round(transcript.top_of(entry) + y))
                qtbot.mouseMove(transcript.viewport(), at)
                qtbot.mouseClick(transcript.viewport(), Qt.MouseButton.LeftButton, pos=at)
                return
    raise AssertionError(f"no {act} in the entry")


def idle(desk: Desk, qtbot: QtBot) -> None:
    page, services = _page(desk), services_of(desk)
    qtbot.waitUntil(lambda: not page.answering and not services.reading.jobs(), timeout=20_000)
    qtbot.wait(50)


def answers(desk: Desk) -> list[Message]:
    entries = _page(desk).transcript.entries
    return [each.message for each in entries if isinstance(each, AnswerEntry)]


@pytest.fixture
def asked(with_library: Desk, qtbot: QtBot) -> Desk:
    _ask(with_library, qtbot)
    idle(with_library, qtbot)
    return with_library


def test_answers_beside_each_other_are_walked(asked: Desk, qtbot: QtBot) -> None:
    transcript = _page(asked).transcript
    first = answers(asked)[0]
    press(asked, qtbot, _last(transcript), "again")
    idle(asked, qtbot)
    (second,) = answers(asked)
    assert second.id != first.id
    assert (_last(transcript).place.at, _last(transcript).place.of) == (1, 2)
    press(asked, qtbot, _last(transcript), "before")
    qtbot.waitUntil(lambda: [each.id for each in answers(asked)] == [first.id], timeout=5_000)
    press(asked, qtbot, _last(transcript), "after")
    qtbot.waitUntil(lambda: [each.id for each in answers(asked)] == [second.id], timeout=5_000)


def test_a_question_is_asked_otherwise(asked: Desk, qtbot: QtBot) -> None:
    page = _page(asked)
    page.composer.text.setPlainText("a draft")
    qtbot.keyClick(page, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.composer.text.toPlainText() == QUESTION
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.composer.text.toPlainText() == "a draft"
    press(asked, qtbot, page.transcript.entries[0], "edit")
    page.composer.text.setPlainText(OTHER)
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)
    idle(asked, qtbot)
    question = page.transcript.entries[0]
    assert (question.message.text, question.place.of) == (OTHER, 2)
    assert page.composer.text.toPlainText() == "a draft"
    press(asked, qtbot, question, "before")
    qtbot.waitUntil(
        lambda: [e.message.text for e in page.transcript.entries[:1]] == [QUESTION], timeout=5_000
    )


def test_a_deleted_question_comes_back(asked: Desk, qtbot: QtBot) -> None:
    page = _page(asked)
    press(asked, qtbot, page.transcript.entries[0], "delete")
    qtbot.waitUntil(lambda: page.transcript.turns == 0, timeout=5_000)
    qtbot.waitUntil(lambda: page.toast.offers, timeout=5_000)
    qtbot.mouseClick(page.toast.act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.transcript.turns == 2, timeout=5_000)


def test_an_answer_is_judged_and_corrected(
    asked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcript = _page(asked).transcript
    press(asked, qtbot, _last(transcript), "up")
    qtbot.waitUntil(lambda: answers(asked)[0].feedback == Feedback.UP, timeout=5_000)
    assert [each.is_automatic for each in services_of(asked).sets.all()] == [True]
    monkeypatch.setattr(turn_acts, "ask_correction", lambda *_: "28 days, and no moon.")
    press(asked, qtbot, _last(transcript), "down")
    qtbot.waitUntil(lambda: answers(asked)[0].correction != "", timeout=5_000)
    assert answers(asked)[0].feedback == Feedback.DOWN
    assert services_of(asked).sets.all() == []


def test_copied_quoted_and_looked_behind(asked: Desk, qtbot: QtBot) -> None:
    page = _page(asked)
    entry = _last(page.transcript)
    press(asked, qtbot, entry, "copy")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Employees get 28 calendar days of paid leave [1].")
    assert "[1] leave.pdf, p. 2" in copied
    page.acts._copy_plain(entry.message)
    assert "[1] leave.pdf, p. 2" in QGuiApplication.clipboard().text()
    press(asked, qtbot, entry, "quote")
    assert page.composer.text.toPlainText().startswith("> Employees get 28")
    prompt = services_of(asked).conversations.prompt(entry.message.id)
    dialog = PromptDialog(page, prompt)
    assert QUESTION in dialog.text.toPlainText()
    assert dialog.text.isReadOnly()
    dialog.deleteLater()
    assert PromptDialog(page, None).text.isHidden()
    labels = [each.text() for each in page.acts.menu(entry.message).actions()]
    assert "Export this answer…" in labels


@pytest.mark.parametrize("desk", [0.2], indirect=True)
def test_a_stopped_answer_is_written_on(with_library: Desk, qtbot: QtBot) -> None:
    page = _page(with_library)
    page.send(QUESTION)
    qtbot.waitUntil(lambda: "Employees" in _last(page.transcript).message.text, timeout=20_000)
    page.stop()
    idle(with_library, qtbot)
    stopped = answers(with_library)[0]
    assert stopped.state == AnswerState.STOPPED
    with_library.chat._seconds = 0
    press(with_library, qtbot, _last(page.transcript), "go-on")
    idle(with_library, qtbot)
    (whole,) = answers(with_library)
    assert (whole.id, whole.state) == (stopped.id, AnswerState.DONE)
    assert whole.text.startswith(stopped.text)
    assert whole.text.endswith("moon [1].")


# -- conversations --------------------------------------------------------------------------------


def test_turns_are_searched_and_shown(asked: Desk, qtbot: QtBot) -> None:
    page = _page(asked)
    page.begin()
    page.sidebar.search.setFocus()
    qtbot.keyClicks(page.sidebar.search, "calendar")
    qtbot.waitUntil(lambda: page.sidebar.hits.found.rowCount() == 1, timeout=5_000)
    index = page.sidebar.hits.found.index(0)
    at = page.sidebar.hits.visualRect(index).center()
    qtbot.mouseClick(page.sidebar.hits.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: page.transcript.turns == 2, timeout=5_000)
    qtbot.waitUntil(lambda: page.transcript.complete, timeout=5_000)
    marked = _last(page.transcript)
    shown = marked.document.toPlainText()
    assert [shown[each.start : each.end] for each in marked.marks] == ["calendar"]
    page.sidebar.search.setText("zzzz")
    qtbot.waitUntil(lambda: page.sidebar.hits.isHidden(), timeout=5_000)
    page.sidebar.search.clear()
    qtbot.waitUntil(lambda: not page.sidebar.list.isHidden(), timeout=5_000)


def test_a_conversation_is_renamed_pinned_archived_and_deleted(asked: Desk, qtbot: QtBot) -> None:
    page, conversations = _page(asked), services_of(asked).conversations
    sidebar = page.sidebar
    qtbot.waitUntil(lambda: sidebar.model.rowCount() == 2, timeout=5_000)
    (found,) = conversations.all()
    sidebar.model.setData(sidebar.model.row_of(found.id), "Leave")
    qtbot.waitUntil(lambda: conversations.all()[0].title == "Leave", timeout=5_000)
    for act in sidebar.menu(found).actions():
        if act.text() in {"Pin", "Archive"}:
            act.trigger()
    qtbot.waitUntil(lambda: conversations.all()[0].archived, timeout=5_000)
    assert conversations.all()[0].pinned
    qtbot.waitUntil(lambda: sidebar.model.rowCount() == 1, timeout=5_000)
    assert sidebar.model.is_archive(sidebar.model.index(0))
    sidebar._clicked(sidebar.model.index(0))
    assert sidebar.model.rowCount() == 2
    sidebar.removed.emit(conversations.all()[0])
    qtbot.waitUntil(lambda: conversations.all() == [], timeout=5_000)
    qtbot.waitUntil(lambda: page.toast.offers, timeout=5_000)
    assert page.controller.conversation is None
    qtbot.mouseClick(page.toast.act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(conversations.all()) == 1, timeout=5_000)


# -- what an answer rests on ----------------------------------------------------------------------


def test_passages_are_left_out_added_and_asked_again(asked: Desk, qtbot: QtBot) -> None:
    page, context = _page(asked), _page(asked).context
    first = answers(asked)[0]
    assert context.again.isEnabled()
    context.search.setText("canteen soup")
    qtbot.waitUntil(lambda: context.offers.count() > 0, timeout=5_000)
    for source in list(context.found.sources):
        context.turn_out(source.segment)
    assert not context.again.isEnabled()
    context.turn_out(first.sources[0].segment)
    kept = first.sources[0].segment
    qtbot.mouseClick(context.again, Qt.MouseButton.LeftButton)
    idle(asked, qtbot)
    (again,) = answers(asked)
    assert again.id != first.id
    assert [each.segment.passages for each in again.sources] == [kept.passages]
    assert page.controller.wanted.pinned == ()


def test_a_pinned_passage_and_a_kept_set_serve_the_next_question(asked: Desk, qtbot: QtBot) -> None:
    page, context, sets = _page(asked), _page(asked).context, services_of(asked).sets
    last = context.found.sources[-1].segment
    context.turn_pin(last)
    assert list(page.controller.wanted.pinned) == [last]
    context.keep("My set")
    qtbot.waitUntil(lambda: [each.name for each in sets.all()] == ["My set"], timeout=5_000)
    page.begin()
    assert not page.controller.wanted.pinned
    context.use(sets.all()[0])
    qtbot.waitUntil(lambda: len(page.controller.wanted.pinned) > 0, timeout=5_000)
    assert [each.title() for each in context.menu(sets.all()).findChildren(type(context.menu([])))]
    context.forget(sets.all()[0])
    qtbot.waitUntil(lambda: sets.all() == [], timeout=5_000)


# -- attachments and presentation -----------------------------------------------------------------


def test_a_dropped_file_is_asked_and_shown(unlocked: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page, services = _page(unlocked), services_of(unlocked)
    file = tmp_path / "note.txt"
    file.write_text("Every employee is entitled to 28 calendar days of paid leave each year.")
    page.attaching.attach([file])
    qtbot.waitUntil(lambda: not page.attaching.busy, timeout=20_000)
    qtbot.waitUntil(
        lambda: any(e.text() == "note.txt" for e in page.attached.findChildren(QLabel)),
        timeout=5_000,
    )
    message = _ask(unlocked, qtbot).message
    assert [each.segment.name for each in message.sources] == ["note.txt"]
    assert message.citations[0].supported
    conversation = page.controller.conversation
    assert conversation
    (document,) = services.attachments.documents(conversation)
    assert document.state == DocumentState.INDEXED
    page.attached.menu(document).actions()[0].trigger()
    qtbot.waitUntil(lambda: len(services.library.documents()) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: page.attached.isHidden(), timeout=5_000)
    page.begin()
    assert page.attached.isHidden()


def test_presenting_hides_what_is_private(asked: Desk, qtbot: QtBot) -> None:
    window, page = asked.window, _page(asked)
    services_of(asked).preferences.prepare_questions([OTHER])
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: page.sidebar.isHidden(), timeout=5_000)
    assert not page.prepared.isHidden()
    page.prepared.ask(OTHER)
    idle(asked, qtbot)
    assert page.transcript.turns == 4
    window.present()  # off the screen a full window is not active: keys do not reach it
    qtbot.waitUntil(lambda: not page.sidebar.isHidden(), timeout=5_000)
    assert page.prepared.isHidden()
