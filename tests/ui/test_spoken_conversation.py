"""The conversation as a screen reader finds it, and by the keyboard alone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.chat.conversation import Citation
from app.ui.chat.transcript.spoken.spot import SpotButton
from app.ui.chat.transcript.spoken.turn import TurnPart
from app.ui.chat.transcript.transcript import Transcript
from tests.ui.conftest import LEAVE, Desk
from tests.ui.test_chat import QUESTION, _ask, _page
from tests.ui.test_turns import idle

NAME = QAccessible.Text.Name


@pytest.fixture
def listening() -> Iterator[None]:
    """As if a screen reader ran."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def asked(with_library: Desk, qtbot: QtBot) -> Desk:
    _ask(with_library, qtbot)
    idle(with_library, qtbot)
    return with_library


def _transcript(desk: Desk) -> Transcript:
    return _page(desk).transcript


def _children(found: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for place in range(found.childCount()):
        if child := found.child(place):
            yield child


def _below(found: QAccessibleInterface) -> list[tuple[QAccessible.Role, str]]:
    """Role and name of all that is under an element, in order."""
    told = []
    for child in _children(found):
        told.append((child.role(), child.text(NAME)))
        told += _below(child)
    return told


def _key(desk: Desk, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget() or desk.window, key)


def _focus() -> str:
    now = QApplication.focusWidget()
    assert now is not None
    return now.accessibleName()


def test_turns_sentences_and_acts_are_a_tree(asked: Desk, listening: None) -> None:
    root = QAccessible.queryAccessibleInterface(_transcript(asked))
    told = _below(root)
    roles, names = QAccessible.Role, [name for _, name in told]
    assert (roles.Grouping, "Question") in told
    assert (roles.StaticText, QUESTION) in told
    assert (roles.Grouping, "Answer with 1 source") in told
    sentence = "Employees get 28 calendar days of paid leave (source 1, leave.pdf, page 2)."
    assert (roles.StaticText, sentence) in told
    assert any("source 1 does not support this" in name for name in names)
    assert (roles.Button, "Open source 1, leave.pdf, page 2") in told
    for act in ("Copy", "Answer again, beside this answer", "More"):
        assert (roles.Button, act) in told
    assert (roles.CheckBox, "A good answer") in told
    assert names.index("Question") < names.index("Answer with 1 source")


def _thumb(desk: Desk, name: str) -> QAccessibleInterface:
    buttons = _transcript(desk).spoken.parts[-1].findChildren(SpotButton)
    (found,) = (each for each in buttons if each.accessibleName() == name)
    return QAccessible.queryAccessibleInterface(found)


def test_a_thumb_says_whether_it_is_on(asked: Desk, qtbot: QtBot, listening: None) -> None:
    good = "A good answer"
    assert not _thumb(asked, good).state().checked
    buttons = _transcript(asked).spoken.parts[-1].findChildren(SpotButton)
    next(each for each in buttons if each.accessibleName() == good).click()
    assert not _thumb(asked, good).state().checked  # not before it is stored
    qtbot.waitUntil(lambda: bool(_thumb(asked, good).state().checked), timeout=5000)
    others = [each for each in buttons if each.accessibleName() == "Copy"]
    assert [QAccessible.queryAccessibleInterface(each).state().checkable for each in others] == [0]


def test_a_mark_is_found_behind_signs_that_look_like_one(asked: Desk, qtbot: QtBot) -> None:
    """U+FFFC stands for a picture."""
    asked.chat._reply = lambda _: "\ufffc Employees get 28 calendar days of paid leave [1]."
    _ask(asked, qtbot)
    idle(asked, qtbot)
    description = _transcript(asked).spoken.parts[-1].accessibleDescription()
    assert "paid leave (source 1, leave.pdf, page 2)." in description


def test_an_answer_that_nothing_confirms_says_so(asked: Desk, qtbot: QtBot) -> None:
    asked.chat._reply = lambda _: "Pigs fly on Tuesdays."
    _ask(asked, qtbot)
    idle(asked, qtbot)
    answer = _transcript(asked).spoken.parts[-1]
    assert answer.accessibleName() == "Answer. Not confirmed by the documents."


def test_arrows_walk_over_turns_and_what_is_in_them(asked: Desk, qtbot: QtBot) -> None:
    transcript = _transcript(asked)
    transcript.setFocus()
    _key(asked, qtbot, Qt.Key.Key_Up)
    assert _focus() == "Answer with 1 source"
    _key(asked, qtbot, Qt.Key.Key_Up)
    assert _focus() == "Question"
    _key(asked, qtbot, Qt.Key.Key_Right)
    assert _focus() == "Copy"
    _key(asked, qtbot, Qt.Key.Key_End)
    assert _focus() == "Answer with 1 source"
    _key(asked, qtbot, Qt.Key.Key_Home)
    assert _focus() == "Question"


def test_the_tab_key_reaches_everything_and_leaves(asked: Desk, qtbot: QtBot) -> None:
    transcript = _transcript(asked)
    stops = [stop for part in transcript.spoken.parts for stop in part.stops]
    stops[0].setFocus()
    for stop in stops:
        assert QApplication.focusWidget() is stop
        _key(asked, qtbot, Qt.Key.Key_Tab)
    now = QApplication.focusWidget()
    assert now is not None
    assert not transcript.isAncestorOf(now)
    for stop in reversed(stops):
        _key(asked, qtbot, Qt.Key.Key_Backtab)
        assert QApplication.focusWidget() is stop


def test_escape_leads_back_to_the_question(asked: Desk, qtbot: QtBot) -> None:
    _transcript(asked).spoken.parts[0].setFocus()
    _key(asked, qtbot, Qt.Key.Key_Escape)
    assert _page(asked).composer.text.hasFocus()


def test_each_mark_of_a_source_tells_of_its_own_place(asked: Desk) -> None:
    """Both cite source 1, which supports the first sentence alone."""
    names = [stop.accessibleName() for stop in _transcript(asked).spoken.parts[-1].stops]
    marks = [name for name in names if name.startswith("source 1, leave.pdf, page 2: ")]
    assert marks[0].endswith(LEAVE)
    assert len(marks) == 2
    assert LEAVE not in marks[1]


def test_each_mark_of_a_source_opens_its_own_place(asked: Desk, qtbot: QtBot) -> None:
    page = _page(asked)
    answer = page.transcript.entries[-1].message
    words = answer.sources[0].segment.text
    both = tuple(
        Citation(1, at, words[start : start + 12], start, start + 12, supported=True)
        for at, start in ((10, 0), (20, 30))
    )
    viewer = page.sources.viewer
    for number in range(2):
        page.sources.open(replace(answer, citations=both), 1, number)
        assert viewer.citations.where.text() == f"{number + 1} of 2"


@pytest.mark.parametrize("act", ["cite", "card"])
def test_enter_on_a_source_opens_it(asked: Desk, qtbot: QtBot, act: str) -> None:
    chosen: list[int] = []
    transcript = _transcript(asked)
    transcript.source_chosen.connect(lambda _, number, _citation: chosen.append(number))
    answer = transcript.spoken.parts[-1]
    spots = [each.hit.act for each in transcript.entries[-1].spots()]
    stop = answer.stops[1 + spots.index(act)]
    stop.setFocus()
    _key(asked, qtbot, Qt.Key.Key_Return)
    assert chosen == [1]


def test_the_focus_is_drawn_and_brought_into_view(asked: Desk, qtbot: QtBot) -> None:
    for _ in range(4):
        _ask(asked, qtbot)
        idle(asked, qtbot)
    transcript = _transcript(asked)
    transcript.spoken.parts[-1].setFocus()
    for _ in range(len(transcript.entries)):
        _key(asked, qtbot, Qt.Key.Key_Up)
    now = QApplication.focusWidget()
    assert isinstance(now, TurnPart)
    assert now.turn == transcript.entries[0].message.id
    assert transcript.viewport().rect().intersects(now.geometry())
    before = now.grab().toImage()
    _key(asked, qtbot, Qt.Key.Key_Right)
    assert isinstance(QApplication.focusWidget(), SpotButton)
    assert now.grab().toImage() != before


def test_a_turn_that_is_scrolled_away_takes_its_ring_along(asked: Desk, qtbot: QtBot) -> None:
    for _ in range(4):
        _ask(asked, qtbot)
        idle(asked, qtbot)
    transcript = _transcript(asked)
    last = transcript.spoken.parts[-1]
    last.setFocus()
    transcript.verticalScrollBar().setValue(0)
    assert last.hasFocus()
    assert not transcript.viewport().rect().intersects(last.geometry())


def test_a_judgement_keeps_the_focus(asked: Desk, qtbot: QtBot) -> None:
    transcript = _transcript(asked)
    spots = [each.hit.act for each in transcript.entries[-1].spots()]
    stop = transcript.spoken.parts[-1].stops[1 + spots.index("up")]
    stop.setFocus()
    _key(asked, qtbot, Qt.Key.Key_Space)
    idle(asked, qtbot)
    assert QApplication.focusWidget() is stop


def test_an_answer_is_announced(
    with_library: Desk, qtbot: QtBot, listening: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def hear(event: object) -> None:
        if hasattr(event, "message"):
            heard.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    _ask(with_library, qtbot)
    idle(with_library, qtbot)
    assert heard == ["The answer begins.", "Answer with 1 source"]
