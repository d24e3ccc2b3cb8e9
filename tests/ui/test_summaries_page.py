"""Summaries as a user meets them: found, read back to their source, changed, merged, deleted."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.chat.conversation import Message, Speaker
from app.domain.memory.summaries import Digest, Note, Point, PointKind, Summary, SummaryState
from app.services.jobs import only_logged
from app.services.session import Services
from app.ui.summaries.note_card import NoteCard
from app.ui.summaries.page import SummariesPage
from app.ui.summaries.timeline import grouped
from app.ui.summaries.words import SummaryWords
from tests.ui.conftest import Desk
from tests.ui.questions import answered

QUESTION = "How many days of paid leave do employees get?"
_DAY = 86_400.0


def _services(desk: Desk) -> Services:
    assert desk.window.services is not None
    return desk.window.services


def _keep(desk: Desk, title: str, days: float = 0.0, **more: object) -> Summary:
    """A summary of a conversation that was had some days ago."""
    services = _services(desk)
    digest = Digest(title, (Point(PointKind.KEY, f"{title} is settled"),), (f"Who signs {title}?",))
    then = time.time() - days * _DAY
    made = Summary(title, services.conversations.begin(title), then, then, digest, covered=1)
    kept = replace(made, **more)  # type: ignore[arg-type]
    services.summaries._store.keep(kept)
    return kept


def _page(desk: Desk, qtbot: QtBot) -> SummariesPage:
    opened = desk.window.opened
    assert opened is not None
    page = opened.summaries
    opened.frame.show_page(page)
    _settle(desk, qtbot)
    return page


def _settle(desk: Desk, qtbot: QtBot) -> None:
    services = _services(desk)
    workers = (services.answers, services.background, services.reading)
    qtbot.waitUntil(lambda: not any(each.jobs() for each in workers), timeout=10_000)
    done: list[bool] = []
    services.reading.run(lambda _: None, on_done=lambda _: done.append(True), on_error=only_logged)
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)


def _rows(page: SummariesPage) -> list[str]:
    model = page.sidebar.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def _line(page: SummariesPage, title: str) -> str:
    model = page.sidebar.model
    row = next(at for at in range(model.rowCount()) if model.index(at).data() == title)
    return str(model.index(row).data(Qt.ItemDataRole.AccessibleTextRole))


def _choose(page: SummariesPage, *titles: str) -> None:
    page.sidebar.select(titles[0])
    for each in titles[1:]:
        row = page.sidebar.model.index(page.sidebar.model.row_of(each))
        more = QItemSelectionModel.SelectionFlag.Select
        page.sidebar.list.selectionModel().select(row, more)


def _click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _named(page: SummariesPage, name: str) -> QAbstractButton:
    """The visible button with a text or an accessible name."""
    found = [
        each
        for each in page.stack.findChildren(QAbstractButton)
        if name in {each.text(), each.accessibleName()} and each.isVisible()
    ]
    assert found, name
    return found[0]


def _told(page: SummariesPage) -> str:
    labels = page.stack.findChildren(QLabel)
    return "\n".join(each.text() for each in labels if each.isVisible())


def _summary(desk: Desk, key: str) -> Summary:
    return _services(desk).summaries.one(key)


def _asked(desk: Desk, qtbot: QtBot) -> Message:
    """An answer that cites the library."""
    chat = desk.window.chat
    assert chat is not None
    chat.send(QUESTION)
    qtbot.waitUntil(lambda: not chat.answering, timeout=20_000)
    _settle(desk, qtbot)
    assert chat.controller.conversation is not None
    return _services(desk).conversations.messages(chat.controller.conversation)[-1]


# -- the list -------------------------------------------------------------------------------------


def test_nothing_yet_says_when_something_comes(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    assert page.stack.currentWidget() is page.empty
    assert "After you leave a conversation" in _told(page)
    assert "Nothing leaves this computer" in _told(page)


def test_lines_are_grouped_and_say_how_far_each_is(unlocked: Desk, qtbot: QtBot) -> None:
    _keep(unlocked, "Leave")
    _keep(unlocked, "Lease", 1)
    _keep(unlocked, "Pump", 60, pinned=True)
    _keep(unlocked, "Safety", 1, state=SummaryState.FAILED, trouble="model-missing", covered=0)
    _keep(unlocked, "Trip", 60, state=SummaryState.PENDING)
    _keep(unlocked, "Terms", 60, digest=Digest("Terms", (Point(PointKind.DECISION, "Sign"),)))
    page = _page(unlocked, qtbot)
    groups = ["Pinned", "Today", "Yesterday", "Earlier"]
    assert [each for each in _rows(page) if each in groups] == groups
    assert _rows(page)[:2] == ["Pinned", "Pump"]
    assert "1 open question" in _line(page, "Leave")
    assert _line(page, "Terms").endswith("decided")
    assert _line(page, "Safety").endswith("could not be written")
    assert _line(page, "Trip").endswith("being written…")
    assert page.stack.currentWidget() is page.reading, "the first is shown"


def test_a_search_finds_words_of_any_part(unlocked: Desk, qtbot: QtBot) -> None:
    _keep(unlocked, "Leave")
    _keep(unlocked, "Lease")
    page = _page(unlocked, qtbot)
    qtbot.keyClicks(page.sidebar.search, "who signs lease")
    qtbot.keyClick(page.sidebar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _rows(page) == ["Today", "Lease"], timeout=5_000)
    assert page.shown.id == "Lease"
    page.sidebar.search.setText("moon")
    qtbot.waitUntil(lambda: _rows(page) == [], timeout=5_000)
    assert "Nothing found" in _told(page)
    page.sidebar.search.clear()
    qtbot.waitUntil(lambda: len(_rows(page)) == 3, timeout=5_000)
    page.sidebar.list.clearSelection()
    assert _told(page) == "", "nothing is chosen of those that are there"


def test_of_ten_thousand_only_those_on_the_screen_are_worded(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, worded = _page(unlocked, qtbot), list[str]()

    def line(_: SummaryWords, summary: Summary) -> str:
        worded.append(summary.id)
        return "6 points"

    monkeypatch.setattr(SummaryWords, "line", line)
    now = time.time()
    every = [Summary(str(at), "", now, now, Digest(str(at))) for at in range(10_000)]
    page.sidebar.show_rows(grouped(every), "")
    page.sidebar.list.scrollToBottom()
    page.sidebar.list.grab()
    assert "9999" in worded
    assert len(set(worded)) < 100
    page.sidebar.list.selectAll()
    page.sidebar.show_rows(grouped(every[1:]), "")
    assert [each.id for each in page.sidebar.selected] == [each.id for each in every[1:]]
    assert page.sidebar.list.verticalScrollBar().value() > 500_000


# -- reading --------------------------------------------------------------------------------------


def test_a_point_leads_to_its_turn_and_its_chip_to_the_passage(
    with_library: Desk, qtbot: QtBot
) -> None:
    answer = _asked(with_library, qtbot)
    window, source = with_library.window, answer.sources[0]
    chat = window.chat
    assert chat is not None
    conversation = chat.controller.conversation
    fact = Point(PointKind.FACT, "28 days of leave", answer.id, source.number)
    _keep(with_library, "Leave", digest=Digest("Leave", (fact,)), documents=("leave.pdf",))
    chat.begin()
    page = _page(with_library, qtbot)
    assert "Rests on: leave.pdf" in _told(page)
    assert "From documents" in _told(page)
    _click(qtbot, _named(page, "28 days of leave"))
    qtbot.waitUntil(lambda: chat.isVisible() and chat.controller.conversation == conversation)
    chat.begin()
    _page(with_library, qtbot)
    with qtbot.waitSignal(page.passage_chosen) as chosen:
        _click(qtbot, _named(page, "1"))
    segment, citation = chosen.args
    assert segment == source.segment
    assert "28" in citation.quote
    qtbot.waitUntil(lambda: chat.viewer.shown is chat.viewer.pages, timeout=20_000)
    assert chat.controller.conversation == conversation


def test_a_point_whose_turn_is_gone_says_so(unlocked: Desk, qtbot: QtBot) -> None:
    _keep(unlocked, "Leave", digest=Digest("Leave", (Point(PointKind.KEY, "28 days", 999),)))
    page = _page(unlocked, qtbot)
    _click(qtbot, _named(page, "28 days"))
    qtbot.waitUntil(page.toast.isVisible, timeout=5_000)
    assert "was deleted" in page.toast.accessibleName()


def test_one_goes_on_where_it_ended_and_asks_what_is_open(unlocked: Desk, qtbot: QtBot) -> None:
    kept, chat = _keep(unlocked, "Leave"), unlocked.window.chat
    assert chat is not None
    page = _page(unlocked, qtbot)
    _click(qtbot, page.reading.go_on)
    assert chat.isVisible()
    assert chat.controller.conversation == kept.conversation
    _settle(unlocked, qtbot)
    page = _page(unlocked, qtbot)
    _click(qtbot, _named(page, "Ask: Who signs Leave?"))
    qtbot.waitUntil(lambda: not chat.answering, timeout=20_000)
    _settle(unlocked, qtbot)
    assert chat.isVisible()
    assert chat.controller.conversation not in {None, kept.conversation}
    texts = [each.message.text for each in chat.transcript.entries]
    assert texts[0] == "Who signs Leave?"


def test_the_tab_key_goes_from_top_to_bottom(unlocked: Desk, qtbot: QtBot) -> None:
    points = (Point(PointKind.KEY, "28 days", 5, 1), Point(PointKind.KEY, "In May", 5))
    _keep(unlocked, "Leave", digest=Digest("Leave", points, ("Who signs?",)))
    page = _page(unlocked, qtbot)
    page.sidebar.search.setFocus()
    order = list[str]()
    for _ in range(12):
        widget = unlocked.window.focusWidget()
        assert widget is not None
        order.append(widget.accessibleName() or getattr(widget, "text", str)())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert order[:4] == ["Search summaries", "Summaries", "Notes", "Leave"]
    assert order[4:8] == ["Pin", "Edit", "Continue the conversation", page.reading.menu.toolTip()]
    assert order[8:] == ["28 days", "Show the passage 1", "In May", "Ask: Who signs?"]


def test_pinned_and_switched_off(unlocked: Desk, qtbot: QtBot) -> None:
    _keep(unlocked, "Leave", 3, used=2)
    page = _page(unlocked, qtbot)
    assert "3 day" in page.reading.memory.text()
    assert "used 2 time" in page.reading.memory.text()
    _click(qtbot, page.reading.pin)
    qtbot.waitUntil(lambda: _rows(page) == ["Pinned", "Leave"], timeout=5_000)
    _click(qtbot, page.reading.switch)
    qtbot.waitUntil(lambda: page.reading.switch.text() == "switch on", timeout=5_000)
    kept = _summary(unlocked, "Leave")
    assert kept.pinned
    assert not kept.remembered


# -- changing -------------------------------------------------------------------------------------


def test_a_changed_line_is_the_users_own(unlocked: Desk, qtbot: QtBot) -> None:
    points = (
        Point(PointKind.KEY, "28 days", 5, 1),
        Point(PointKind.FACT, "May is busy", 5, 2),
        Point(PointKind.FACT, "June is not", 7),
    )
    _keep(unlocked, "Leave", digest=Digest("Leave", points, ("Who signs?",)))
    page = _page(unlocked, qtbot)
    _click(qtbot, page.reading.edit)
    editor = page.editor
    editor.title.setText("Paid leave")
    qtbot.keyClicks(editor.points[PointKind.KEY].rows[0], "About ")
    _click(qtbot, editor.points[PointKind.DECISION].more)
    qtbot.keyClicks(editor.points[PointKind.DECISION].rows[0], "Move  it")
    removes = [each for each in editor.points[PointKind.FACT].findChildren(QAbstractButton)
               if each.accessibleName() == "Remove this line"]  # fmt: skip
    _click(qtbot, removes[1])
    editor.questions.rows[0].clear()
    _click(qtbot, editor.save)
    qtbot.waitUntil(lambda: page.shown.title == "Paid leave", timeout=5_000)
    digest = _summary(unlocked, "Leave").digest
    assert digest.questions == ()
    assert set(digest.points) == {
        Point(PointKind.KEY, "About 28 days"),
        Point(PointKind.DECISION, "Move it"),
        points[1],
    }
    assert page.stack.currentWidget() is page.reading


@pytest.mark.parametrize(
    "closes",
    [True, False],
)
def test_what_was_written_is_not_thrown_away_unasked(
    unlocked: Desk,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    closes: bool,
) -> None:
    _keep(unlocked, "Leave")
    _keep(unlocked, "Lease", 1)
    page = _page(unlocked, qtbot)
    page.edit()
    page.sidebar.select("Lease")
    assert page.shown.id == "Lease", "nothing was changed yet"
    page.sidebar.select("Leave")
    page.edit()
    qtbot.keyClicks(page.editor.title, "!")
    answered(monkeypatch, closes)
    page.sidebar.select("Lease")
    assert (page.stack.currentWidget() is page.reading) == closes
    assert [each.id for each in page.sidebar.selected] == ["Lease" if closes else "Leave"]
    page.show_notes()
    assert (page.stack.currentWidget() is page.notes) == closes


def test_several_become_one(unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for days, title in enumerate(("Leave", "Lease", "Trip")):
        _keep(unlocked, title, days)
    page = _page(unlocked, qtbot)
    assert not page.menu().actions()[0].isEnabled(), "one alone"
    _choose(page, "Leave", "Lease")
    assert "2 " in _told(page)
    answered(monkeypatch)
    _click(qtbot, page.several.merge)
    qtbot.waitUntil(lambda: {"Lease", "Leave", "Trip"} - set(_rows(page)) == {"Leave"})
    texts = {each.text for each in _summary(unlocked, "Leave").digest.points}
    assert texts == {"Leave is settled", "Lease is settled"}
    assert [each.id for each in page.sidebar.selected] == ["Leave"]


def test_what_is_deleted_comes_back_while_it_can(unlocked: Desk, qtbot: QtBot) -> None:
    for days, title in enumerate(("Leave", "Lease", "Trip")):
        _keep(unlocked, title, days / 100)
    page = _page(unlocked, qtbot)
    _choose(page, "Lease")
    page.sidebar.list.setFocus()
    qtbot.keyClick(page.sidebar.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "Lease" not in _rows(page), timeout=5_000)
    assert len(page.sidebar.selected) == 1, "a neighbour is shown"
    qtbot.waitUntil(lambda: page.toast.offers, timeout=5_000)
    _click(qtbot, page.toast.act)
    qtbot.waitUntil(lambda: "Lease" in _rows(page), timeout=5_000)


@pytest.mark.parametrize(("suffix", "has"), [("", "# Leave"), (".json", '"title": "Leave"')])
def test_it_is_written_to_a_file(
    unlocked: Desk,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    suffix: str,
    has: str,
) -> None:
    _keep(unlocked, "Leave")
    page = _page(unlocked, qtbot)
    asked: list[Sequence[object]] = []

    def choose(*given: object) -> tuple[str, str]:
        asked.append(given)
        return str(tmp_path / f"out{suffix}"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.export()
    qtbot.waitUntil(page.toast.isVisible, timeout=5_000)
    assert asked[0][2] == "Leave.md"
    assert has in (tmp_path / f"out{suffix or '.md'}").read_text("utf-8")
    assert "readable by everybody" in page.toast.accessibleName()


# -- unfinished ones ------------------------------------------------------------------------------


def test_a_failed_one_says_why_and_is_tried_again(unlocked: Desk, qtbot: QtBot) -> None:
    kept = _keep(unlocked, "Leave", state=SummaryState.FAILED, trouble="no-chat-model", covered=0)
    page = _page(unlocked, qtbot)
    sentence = unlocked.window.language.wording.of_code("no-chat-model", {})
    assert sentence.what in page.reading.trouble.text()
    assert sentence.hint in page.reading.trouble.text()
    assert not page.reading.edit.isVisible(), "there is nothing in it yet"
    page.wanted.disconnect()
    with qtbot.waitSignal(page.wanted) as wanted:
        _click(qtbot, _named(page, "Try again"))
    assert wanted.args == [kept.conversation]
    assert not page.reading.write.isEnabled()


def test_one_that_waits_is_written_when_asked(with_library: Desk, qtbot: QtBot) -> None:
    _asked(with_library, qtbot)
    page = _page(with_library, qtbot)
    assert "nothing else to do" in page.reading.trouble.text()
    assert _named(page, "Write now").isEnabled()
    assert page.shown.state == SummaryState.PENDING
    _click(qtbot, page.reading.write)
    qtbot.waitUntil(lambda: page.shown.state == SummaryState.WRITTEN, timeout=20_000)
    assert not page.reading.notice.isVisible()
    assert page.reading.edit.isVisible()


# -- notes ----------------------------------------------------------------------------------------


def _card(page: SummariesPage, text: str) -> NoteCard:
    return next(each for each in page.notes.cards.values() if each.note.text == text)


def test_notes_are_added_changed_switched_off_and_deleted(unlocked: Desk, qtbot: QtBot) -> None:
    page, notes = _page(unlocked, qtbot), _services(unlocked).notes
    _click(qtbot, page.sidebar.notes)
    assert "No notes yet" in _told(page)
    qtbot.keyClicks(page.notes.field, "Two shifts")
    _click(qtbot, page.notes.add)
    qtbot.waitUntil(lambda: len(page.notes.cards) == 1, timeout=5_000)
    card = _card(page, "Two shifts")
    assert "not used yet" in card.facts.text()
    _click(qtbot, card.edit)
    qtbot.keyClicks(card.field, " a day")
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.text.text() == "Two shifts a day", timeout=5_000)
    _click(qtbot, card.switch)
    qtbot.waitUntil(lambda: "switched off" in card.facts.text(), timeout=5_000)
    assert [(each.text, each.remembered) for each in notes.kept()] == [("Two shifts a day", False)]
    _click(qtbot, card.remove)
    qtbot.waitUntil(lambda: not page.notes.cards, timeout=5_000)
    qtbot.waitUntil(lambda: page.toast.offers, timeout=5_000)
    _click(qtbot, page.toast.act)
    qtbot.waitUntil(lambda: len(page.notes.cards) == 1, timeout=5_000)
    _click(qtbot, page.sidebar.notes)
    assert page.sidebar.notes.isChecked()


def test_what_is_proposed_is_kept_or_never_proposed_again(unlocked: Desk, qtbot: QtBot) -> None:
    _keep(unlocked, "Leave")
    notes = _services(unlocked).notes
    for key, text in (("a", "28 days"), ("b", "Soup at noon")):
        notes.restore(Note(key, text, time.time(), None, ("Leave", "gone")))
    page = _page(unlocked, qtbot)
    assert page.sidebar.badge.text() == "2"
    assert page.sidebar.notes.accessibleName().startswith("Notes, 2 proposed")
    page.show_notes()
    assert _card(page, "28 days").facts.text() == "from “Leave”"
    _click(qtbot, _card(page, "28 days").keep)
    qtbot.waitUntil(lambda: _card(page, "28 days").edit.isVisible(), timeout=5_000)
    _click(qtbot, _card(page, "Soup at noon").decline)
    qtbot.waitUntil(lambda: len(page.notes.cards) == 1, timeout=5_000)
    assert not page.sidebar.badge.isVisible()
    assert [each.text for each in notes.kept()] == ["28 days"]
    assert notes.proposed() == []


# -- the window -----------------------------------------------------------------------------------


def test_it_speaks_another_language_and_fits_a_small_window(unlocked: Desk, qtbot: QtBot) -> None:
    long = "Отпуска, командировки и перенос из-за болезни по всем филиалам предприятия " * 2
    point = Point(PointKind.FACT, long * 3, 1, 1)
    _keep(unlocked, "Leave", digest=Digest(long, (point,), (long,)), documents=(long,))
    page, window = _page(unlocked, qtbot), unlocked.window
    window.resize(900, 600)
    window.language.choose("ru")
    window.theme.choose("dark")
    _settle(unlocked, qtbot)
    inside = page.reading.widget()
    assert inside is not None
    qtbot.waitUntil(lambda: inside.width() == page.reading.viewport().width(), timeout=5_000)
    assert inside.minimumSizeHint().width() <= inside.width(), "nothing is cut off"
    page.edit()
    page.show_notes()
    assert all(
        each.accessibleName() or each.text()
        for each in page.findChildren(QPushButton)
        if each.isVisible()
    )
    window.language.choose("en")
    window.theme.choose("light")


def test_turns_know_their_conversation(unlocked: Desk) -> None:
    services = _services(unlocked)
    conversation = services.conversations.begin("Leave")
    messages = services.conversations._messages
    turn = messages.append(conversation, Message(0, Speaker.USER, "Leave?", time.time()))
    assert services.conversations.home(turn.id) == conversation
    assert services.conversations.home(turn.id + 1) is None
