"""Test questions as a user meets them: added, run, looked at, compared, stopped."""

import json

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.chat.assistants import Assistant
from app.domain.exams.questions import ExamQuestion
from app.services.session import Services
from app.ui.assistants.page import AssistantsPage
from app.ui.assistants.testing.panel import ExamPanel
from app.ui.assistants.testing.question_dialog import QuestionDialog
from tests.ui.conftest import Desk
from tests.ui.test_assistants import _card, _click, _page, _services, _settle

DAYS = ExamQuestion("How many days of paid leave do employees get?", "28 days", "leave.pdf")
LUNCH = ExamQuestion("When does the canteen open?", "midnight")


def _opened(desk: Desk, qtbot: QtBot, *questions: ExamQuestion) -> ExamPanel:
    """The panel of an assistant with such questions."""
    services = _services(desk)
    made = services.assistants.create(Assistant("", "Staff"))
    for each in questions:
        services.exams.keep(made.id, each)
    page = _page(desk, qtbot)
    _click(qtbot, _card(page, qtbot, "Staff").test)
    panel = page.exams
    qtbot.waitUntil(lambda: len(panel.list.rows) == len(questions), timeout=5_000)
    return panel


def _run(panel: ExamPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.runner.finished, timeout=20_000):
        _click(qtbot, panel.run)
    qtbot.waitUntil(lambda: "passed" in panel.verdict.head.text(), timeout=5_000)


def _form(panel: ExamPanel) -> QuestionDialog:
    assert panel.dialog is not None
    return panel.dialog


def _told(panel: ExamPanel) -> list[tuple[bool | None, str]]:
    return [(row.passed, row.told) for row in panel.list.rows]


def test_a_question_is_added_changed_removed_and_taken_back(
    with_library: Desk, qtbot: QtBot
) -> None:
    panel = _opened(with_library, qtbot)
    assert not panel.run.isEnabled()
    assert "what a good answer has" in panel._empty.text()
    _click(qtbot, panel.add)
    form = _form(panel)
    qtbot.keyClicks(form.asked, DAYS.question)
    assert not form.yes.isEnabled(), "nothing is expected yet"
    qtbot.keyClicks(form.answer, "28 days")
    assert not form.pages.isEnabled()
    qtbot.waitUntil(lambda: form.document.completer() is not None, timeout=5_000)
    qtbot.keyClicks(form.document, "leave.pdf")
    qtbot.keyClicks(form.pages, "2, x3")
    _click(qtbot, form.yes)
    qtbot.waitUntil(lambda: len(panel.list.rows) == 1, timeout=5_000)
    (kept,) = _services(with_library).exams.questions(panel.assistant.id)
    assert (kept.answer, kept.document, kept.pages) == ("28 days", "leave.pdf", (2, 3))
    assert panel.detail.expected.text() == "Expected: “28 days”, source: leave.pdf, p. 2, 3"
    _click(qtbot, panel.detail.edit)
    _form(panel).abstain.setChecked(True)
    _click(qtbot, _form(panel).yes)
    abstains = "Expected: that the documents do not answer it"
    qtbot.waitUntil(lambda: panel.detail.expected.text() == abstains, timeout=5_000)
    _click(qtbot, panel.detail.remove)
    qtbot.waitUntil(lambda: not panel.list.rows, timeout=5_000)
    toast = _page(with_library, qtbot).toast
    qtbot.waitUntil(lambda: toast.offers, timeout=5_000)
    _click(qtbot, toast.act)
    qtbot.waitUntil(lambda: len(panel.list.rows) == 1, timeout=5_000)


def test_a_run_says_what_passed_and_what_an_answer_lacks(with_library: Desk, qtbot: QtBot) -> None:
    panel = _opened(with_library, qtbot, DAYS, LUNCH)
    _run(panel, qtbot)
    assert panel.verdict.head.text() == "1 of 2 passed"
    assert "for the first time" in panel.verdict.text.text()
    assert _told(panel) == [(True, ""), (False, "")]
    panel.list.choose(1)
    assert panel.detail.lacks.text() == "Missing: midnight."
    assert "28 calendar days" in panel.detail.answer.text()
    assert panel.detail.cited.text().startswith("Cited: leave.pdf, p. ")
    panel.list.choose(0)
    assert not panel.detail.lacks.isVisible()


def test_what_is_worse_than_the_last_time_stands_beside_it(
    with_library: Desk, qtbot: QtBot
) -> None:
    panel = _opened(with_library, qtbot, DAYS, LUNCH)
    _run(panel, qtbot)
    with_library.chat._reply = lambda _: "They open at midnight [1]."
    services = _services(with_library)
    services.assistants.change(Assistant(panel.assistant.id, "Staff", instruction="Be brief."))
    qtbot.waitUntil(lambda: panel.assistant.instruction == "Be brief.", timeout=5_000)
    _run(panel, qtbot)
    qtbot.waitUntil(lambda: _told(panel) == [(False, "worse"), (True, "better")], timeout=5_000)
    told = panel.verdict.text.text()
    assert "better 1, worse 1" in told
    assert "Changed meanwhile: the instruction." in told
    assert panel.detail.other.text().startswith("Before: Employees get 28")


def test_two_stand_side_by_side(with_library: Desk, qtbot: QtBot) -> None:
    services = _services(with_library)
    services.assistants.create(Assistant("", "Rival", instruction="Be rough."))
    with_library.chat._reply = lambda turns: (
        "At midnight [1]." if "Be rough." in turns[0].text else "They get 28 days [1]."
    )
    panel = _opened(with_library, qtbot, DAYS, LUNCH)
    qtbot.waitUntil(lambda: panel.rival.count() == 2, timeout=5_000)
    panel.rival.setCurrentIndex(1)
    _run(panel, qtbot)
    assert _told(panel) == [(True, "won"), (False, "lost")]
    told = panel.verdict.text.text()
    assert "Against “Rival”, which passed 1: won 1, lost 1, even 0." in told
    assert "10–90 % are won" in told
    assert len(services.exams.runs(panel.assistant.id)) == 1, "its own run is kept"


@pytest.mark.parametrize("desk", [0.05], indirect=True)
def test_a_run_is_stopped_and_the_chat_comes_between(with_library: Desk, qtbot: QtBot) -> None:
    panel = _opened(with_library, qtbot, *(ExamQuestion(f"{n}?", "28") for n in range(5)))
    _click(qtbot, panel.run)
    qtbot.waitUntil(lambda: panel.runner.done == 1, timeout=20_000)
    assert panel.stop.isVisible()
    assert not panel.run.isVisible()
    page = with_library.window.chat
    assert page is not None
    page.send(DAYS.question)
    qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
    assert panel.runner.is_running, "an answer waits for one question, not for all"
    _click(qtbot, panel.stop)
    qtbot.waitUntil(lambda: not panel.runner.is_running, timeout=10_000)
    _settle(with_library, qtbot)
    assert panel.run.isVisible()
    assert _services(with_library).exams.runs(panel.assistant.id) == []


def test_questions_come_from_a_file(with_library: Desk, qtbot: QtBot) -> None:
    panel = _opened(with_library, qtbot, LUNCH)
    file = with_library.folder / "questions.json"
    file.write_text(json.dumps([{"question": "Who?", "abstain": True}]))
    panel.take_in(file)
    qtbot.waitUntil(lambda: len(panel.list.rows) == 2, timeout=5_000)
    toast = _page(with_library, qtbot).toast
    qtbot.waitUntil(lambda: toast.accessibleName() == "1 test question added.", timeout=5_000)


def test_the_form_and_the_questions_take_turns(with_library: Desk, qtbot: QtBot) -> None:
    panel = _opened(with_library, qtbot, LUNCH)
    page: AssistantsPage = _page(with_library, qtbot)
    page.edit(Assistant("", ""))
    assert panel.isHidden()
    assert page.editor.isVisible()
    _click(qtbot, _card(page, qtbot, "Staff").test)
    assert panel.isVisible()
    assert page.editor.isHidden()
    qtbot.waitUntil(panel.run.hasFocus, timeout=5_000)
    qtbot.keyClick(panel.run, Qt.Key.Key_Escape)
    assert panel.isHidden()
    _click(qtbot, _card(page, qtbot, "Staff").test)
    page.edit(Assistant("", "Another"))
    _click(qtbot, _card(page, qtbot, "Staff").remove)
    qtbot.waitUntil(lambda: page.toast.offers, timeout=5_000)
    assert page.editor.isVisible(), "what is written in the form is none of the deleted one"
    _click(qtbot, page.toast.act)
    _click(qtbot, _card(page, qtbot, "Staff").test)
    services: Services = _services(with_library)
    services.assistants.archive(panel.assistant.id)
    qtbot.waitUntil(panel.isHidden, timeout=5_000)
    qtbot.waitUntil(page.beginning.isVisible, timeout=5_000)
