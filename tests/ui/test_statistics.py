"""A user looks at how Larets serves, and goes on from there."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.chat.assistants import Assistant
from app.domain.chat.conversation import AnswerState, Timings
from app.domain.roles import Role
from app.services.session import Services
from app.ui.administration.statistics.statistics import StatisticsKind
from tests.services.statistics.test_statistics import Talk
from tests.ui.conftest import PASSWORD, Desk

TIMES = Timings(total_ms=2000, first_useful_ms=500, prompt_tokens=12_000, generated_tokens=50)


def _services(desk: Desk) -> Services:
    assert desk.window.services is not None
    return desk.window.services


def _open(desk: Desk, qtbot: QtBot) -> StatisticsKind:
    """As the palette does it, once the figures and what is lacking are there."""
    opened = desk.window.opened
    assert opened is not None
    (line,) = [each for each in opened._window_acts() if each.name == "Statistics"]
    line.act()
    kind = opened.administration.part(StatisticsKind)
    qtbot.waitUntil(lambda: kind._report is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not kind.lacking.is_looking, timeout=10_000)
    return kind


@pytest.fixture
def asked(with_library: Desk) -> Desk:
    """Two answers from the leave rules, and three questions without one."""
    services = _services(with_library)
    talk, (leave,) = Talk(services), services.library.documents()
    hr = services.assistants.create(Assistant("", "HR"))
    talk.say(AnswerState.DONE, documents=(leave.id,), times=TIMES)
    talk.say(AnswerState.QUOTED, documents=(leave.id,), times=TIMES, days_ago=12)
    for question in ("Who pays for parking?", "who pays for parking?", "Is there a gym?"):
        talk.say(AnswerState.ABSTAINED, question=question, assistant=hr.id, times=TIMES)
    return with_library


def test_nothing_was_asked_yet(unlocked: Desk, qtbot: QtBot) -> None:
    kind = _open(unlocked, qtbot)
    qtbot.waitUntil(kind._empty.isVisible, timeout=10_000)
    assert not kind.figures.isVisible()
    assert not kind.export.isEnabled()


def test_figures_bars_and_documents(asked: Desk, qtbot: QtBot) -> None:
    kind = _open(asked, qtbot)
    tiles = kind.tiles
    assert tiles.questions.figure.text() == "5"
    assert tiles.answered.figure.text() == "2 · 40 %"
    assert tiles.abstained.figure.text() == "3 · 60 %"
    assert tiles.first.figure.text() == "0.5 s"
    assert tiles.abstained.accessibleName() == "Not in the documents: 3 · 60 %"
    assert "tokens read: 60 thousand" in tiles.rest.text()
    qtbot.waitUntil(lambda: kind.chart.plot is not None, timeout=10_000)
    bars = kind.chart._bars()
    assert [bars[0].parts, bars[-1].parts, len(bars)] == [(1, 0, 0), (1, 3, 0), 13]
    assert kind.chart.description.startswith("Most questions: 4 on ")
    kind.cited.buttons[0].click()
    viewers = asked.window.opened.viewers if asked.window.opened else None
    assert viewers is not None
    qtbot.waitUntil(lambda: bool(viewers.open_ones), timeout=10_000)


def test_a_shorter_period_and_an_assistant_are_chosen(asked: Desk, qtbot: QtBot) -> None:
    kind = _open(asked, qtbot)
    kind.period.days.buttons[7].click()
    qtbot.waitUntil(lambda: kind.tiles.questions.figure.text() == "4", timeout=10_000)
    whom = kind.period.assistant
    whom.setCurrentIndex(whom.findText("HR"))
    whom.activated.emit(whom.currentIndex())
    qtbot.waitUntil(lambda: kind.tiles.questions.figure.text() == "3", timeout=10_000)
    assert whom.currentText() == "HR", "the list was read anew"


def test_what_is_lacking_is_asked_again(asked: Desk, qtbot: QtBot) -> None:
    kind = _open(asked, qtbot)
    texts = [[each.text() for each in row.findChildren(QLabel)] for row in kind.lacking.rows]
    assert [words[0] for words in texts] == ["2 times", "1 time"]
    assert "Is there a gym?" in texts[1]
    kind.lacking.again[1].click()
    opened = asked.window.opened
    assert opened is not None
    qtbot.waitUntil(opened.chat.isVisible, timeout=10_000)
    qtbot.waitUntil(lambda: not opened.chat.answering, timeout=20_000)
    (conversation, *_) = _services(asked).conversations.all()
    assert conversation.title == "Is there a gym?"


def test_it_is_written_to_a_file(asked: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    kind = _open(asked, qtbot)
    assert kind.export.isEnabled()
    assert not kind.export.toolTip()
    kind.write(tmp_path / "figures.csv")
    qtbot.waitUntil((tmp_path / "figures.csv").exists, timeout=10_000)
    assert "Is there a gym?" in (tmp_path / "figures.csv").read_text("utf-8-sig")


def test_a_policy_against_exports_is_told_before(asked: Desk, qtbot: QtBot) -> None:
    _services(asked).administration.policies.decide("export", "off")
    kind = _open(asked, qtbot)
    qtbot.waitUntil(kind.export.isEnabled, timeout=10_000)
    assert "Figures alone" in kind.export.toolTip()


def test_a_reader_sees_nothing_of_others_and_adds_nothing(asked: Desk, qtbot: QtBot) -> None:
    _services(asked).profiles.create("Rita", PASSWORD, Role.READER)
    asked.window.lock()
    asked.window.login.enter("Rita", PASSWORD)
    qtbot.waitUntil(lambda: asked.window.opened is not None, timeout=10_000)
    kind = _open(asked, qtbot)
    assert kind._report is not None
    assert kind._report.served.questions == 0
    assert not kind.lacking.add.isEnabled()
    assert "reader" in kind.lacking.add.toolTip()
