"""Two answers without names as a user meets them: asked, chosen, told, counted, stopped."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.domain.chat.assistants import Assistant
from app.domain.exams.blind import Preference
from app.ui.assistants.blind.dialog import BlindDialog
from tests.ui.conftest import Desk
from tests.ui.test_assistants import _button, _card, _chosen, _click, _page, _services

ASKED = "How many days of paid leave do employees get?"


@pytest.fixture
def dialog(with_library: Desk, qtbot: QtBot) -> Iterator[BlindDialog]:
    """Opened from the card of an assistant whose answers are told from others by their words."""
    with_library.chat._reply = lambda turns: (
        f"{'Employees' if 'Be exact.' in turns[0].text else 'They'} get 28 days of paid leave [1]."
    )
    made = _services(with_library).assistants.create(
        Assistant("", "Staff", instruction="Be exact.")
    )
    page = _page(with_library, qtbot)
    _chosen(_card(page, qtbot, made.name).offers(), "Compare blindly…").trigger()
    opened = page.blind
    assert opened is not None
    qtbot.waitUntil(lambda: opened.one.who.count() == 2, timeout=5_000)
    yield opened
    opened.reject()


def _asked(dialog: BlindDialog, qtbot: QtBot) -> None:
    dialog.question.setText(ASKED)
    _click(qtbot, dialog.ask)
    qtbot.waitUntil(dialog.choices[Preference.FIRST].isEnabled, timeout=20_000)


def _tells(dialog: BlindDialog, qtbot: QtBot, text: str) -> None:
    qtbot.waitUntil(lambda: text in dialog.told.text(), timeout=5_000)


def _exact(dialog: BlindDialog) -> int:
    """Which of the two is that of the assistant."""
    return next(
        place
        for place, pane in enumerate(dialog.panes)
        if pane.message and pane.message.text.startswith("Employees")
    )


def test_names_come_after_the_choice_and_wins_are_counted(
    with_library: Desk, dialog: BlindDialog, qtbot: QtBot
) -> None:
    assert not any(each.isEnabled() for each in dialog.choices.values())
    assert not dialog.ask.isEnabled(), "nothing is asked yet"
    for won in (1, 2):
        _asked(dialog, qtbot)
        shown = [pane.text.toPlainText() for pane in dialog.panes]
        assert sorted(text.split()[0] for text in shown) == ["Employees", "They"]
        assert not any(pane.name.isVisible() for pane in dialog.panes)
        place = _exact(dialog)
        _click(qtbot, dialog.choices[(Preference.FIRST, Preference.SECOND)[place]])
        assert dialog.panes[place].name.toolTip() == "Staff, version 1 · fake-chat"
        assert dialog.panes[1 - place].name.toolTip() == "No assistant · fake-chat"
        _tells(dialog, qtbot, f"won {won}, lost 0")
        assert not any(each.isEnabled() for each in dialog.choices.values()), "a choice is one"
    assert "34–100 % are won" in dialog.told.text()
    (tally,) = _services(with_library).blind.tallies()
    assert (tally.one.name, tally.wins, tally.losses) == ("Staff", 2, 0)


def test_a_citation_shows_what_it_rests_on(dialog: BlindDialog, qtbot: QtBot) -> None:
    _asked(dialog, qtbot)
    pane = dialog.panes[0]
    assert pane.sources.toPlainText().startswith("[1] leave.pdf · p. 2")
    pane.text.anchorClicked.emit(QUrl("cite:1:0"))
    assert "28 calendar days" in pane.sources.toPlainText()


@pytest.mark.parametrize("desk", [0.05], indirect=True)
def test_a_comparison_is_stopped(with_library: Desk, dialog: BlindDialog, qtbot: QtBot) -> None:
    dialog.question.setText(ASKED)
    _click(qtbot, dialog.ask)
    qtbot.waitUntil(lambda: bool(dialog.panes[0].text.toPlainText()), timeout=20_000)
    assert dialog.ask.text() == "Stop"
    _click(qtbot, dialog.ask)
    qtbot.waitUntil(lambda: not _services(with_library).answers.jobs(), timeout=10_000)
    assert dialog.ask.text() == "Ask both"
    assert not dialog.panes[0].text.toPlainText()
    assert not dialog.choices[Preference.FIRST].isEnabled()
    _asked(dialog, qtbot)


def test_the_same_twice_is_told_in_words(dialog: BlindDialog, qtbot: QtBot) -> None:
    dialog.other.who.choose(dialog.one.who.currentData())
    dialog.question.setText(ASKED)
    _click(qtbot, dialog.ask)
    _tells(dialog, qtbot, "nothing to compare")
    assert dialog.ask.text() == "Ask both"


def test_results_are_read_and_forgotten(
    with_library: Desk, dialog: BlindDialog, qtbot: QtBot
) -> None:
    _asked(dialog, qtbot)
    _click(qtbot, dialog.choices[Preference.ALIKE])
    _tells(dialog, qtbot, "alike 1")
    _click(qtbot, dialog.counted)
    qtbot.waitUntil(lambda: dialog.results is not None, timeout=5_000)
    results = dialog.results
    assert results is not None
    told = results.list.item(0).text()
    assert told.startswith("“Staff, version 1 · fake-chat” against “No assistant · fake-chat”")
    _click(qtbot, results.forget)
    qtbot.waitUntil(lambda: not _services(with_library).blind.tallies(), timeout=5_000)


def test_the_chat_hands_over_what_is_typed(with_library: Desk, qtbot: QtBot) -> None:
    services = _services(with_library)
    made = [services.assistants.create(Assistant("", name)) for name in ("First", "Staff")]
    button, opened = _button(with_library), with_library.window.opened
    assert opened is not None
    qtbot.waitUntil(lambda: len(button.known) == 2, timeout=5_000)
    opened.frame.show_page(opened.chat)
    opened.chat.controller.choose_assistant(made[1].id)
    opened.chat.composer.text.setPlainText(ASKED)
    _click(qtbot, button)
    menu = button.findChild(QMenu)
    assert isinstance(menu, QMenu)
    _chosen(menu, "Compare blindly…").trigger()
    menu.close()
    dialog = opened.assistants.blind
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.one.who.count() == 3, timeout=5_000)
    assert dialog.question.text() == ASKED
    assert (dialog.one.who.currentText(), dialog.other.who.currentText()) == ("Staff", "First")
    dialog.reject()
