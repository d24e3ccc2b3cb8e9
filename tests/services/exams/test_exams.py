"""Test questions: kept with an assistant, answered as it would answer, judged, compared."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.chat.assistants import AdapterStrength, Assistant
from app.domain.errors import (
    AccessDenied,
    Cancelled,
    DamagedFile,
    ExamQuestionMissing,
    ExpectsNothing,
    FileMissing,
    NoExamQuestions,
)
from app.domain.exams.questions import ExamQuestion, Part
from app.domain.exams.runs import Condition, ExamRun, Outcome, compared, earlier
from app.domain.progress import NoControl, Progress
from app.engines.fake import FakeChat
from app.engines.turns import Turn
from tests.services.conftest import House
from tests.services.controls import Recording

PUMP = "The pump delivers 120 litres a minute. Change the oil filter every 500 hours."
FILTER = ExamQuestion("When is the oil filter changed?", "500 hours", "pump.txt")
MOON = ExamQuestion("Who painted the moon green?", abstain=True)


def _reply(turns: Sequence[Turn]) -> str:
    """Right as long as it is told to be exact."""
    if "green" in turns[-1].text.rsplit("\n", 1)[-1]:
        return "The documents do not answer this."
    hours = 500 if "Be exact." in turns[0].text else 700
    return f"The oil filter is changed every {hours} hours [1]."


@pytest.fixture
def filled(open_house: Callable[..., House]) -> House:
    house = open_house(chat=FakeChat(_reply))
    house.services.library.add([house.file("pump.txt", PUMP)])
    return house


@pytest.fixture
def made(filled: House) -> Assistant:
    return filled.services.assistants.create(Assistant("", "Manuals", instruction="Be exact."))


def _run(house: House, assistant: Assistant) -> ExamRun:
    exams = house.services.exams
    run = exams.run(assistant, exams.questions(assistant.id), NoControl())
    exams.keep_run(run)
    return run


def test_questions_are_kept_changed_removed_and_taken_back(filled: House, made: Assistant) -> None:
    exams = filled.services.exams
    first = exams.keep(made.id, replace(FILTER, question="  When   is the oil filter changed? "))
    exams.keep(made.id, MOON)
    assert exams.questions(made.id) == [FILTER, MOON]
    exams.keep(made.id, replace(first, answer="700 hours"))
    assert [each.answer for each in exams.questions(made.id)] == ["700 hours", ""]
    gone = exams.remove(made, 1)
    assert exams.questions(made.id) == [MOON]
    exams.restore(made.id, gone)
    assert exams.questions(made.id)[0].answer == "700 hours"
    for number in (0, 3):
        with pytest.raises(ExamQuestionMissing):
            exams.remove(made, number)


@pytest.mark.parametrize(
    "question", [ExamQuestion("What?"), ExamQuestion("  ", "words"), ExamQuestion("What?", " ")]
)
def test_a_question_that_nothing_can_fail_is_refused(
    filled: House, made: Assistant, question: ExamQuestion
) -> None:
    with pytest.raises(ExpectsNothing):
        filled.services.exams.keep(made.id, question)
    assert filled.services.exams.questions(made.id) == []


def test_a_file_is_taken_in_once(filled: House, made: Assistant) -> None:
    entries = [
        {"question": FILTER.question, "answer": "500 hours", "file": "pump.txt"},
        {"question": "On which page?", "document": "pump.txt", "pages": [4, 3], "page": 4},
        {"question": MOON.question, "abstain": True, "answer": "never looked at"},
    ]
    file = filled.file("questions.json", json.dumps(entries))
    exams = filled.services.exams
    assert exams.take_in(made.id, file) == 3
    assert exams.take_in(made.id, file) == 0
    page = ExamQuestion("On which page?", document="pump.txt", pages=(3, 4))
    assert exams.questions(made.id) == [FILTER, page, MOON]


@pytest.mark.parametrize(
    ("text", "error"),
    [("[{", DamagedFile), ('{"question": 1}', DamagedFile), ('[{"question": "?"}]', ExpectsNothing),
     (None, FileMissing)],
)  # fmt: skip
def test_a_file_that_is_none_adds_nothing(
    filled: House, made: Assistant, text: str | None, error: type[Exception]
) -> None:
    file = filled.file("questions.json", text) if text else Path("not there.json")
    with pytest.raises(error):
        filled.services.exams.take_in(made.id, file)
    assert filled.services.exams.questions(made.id) == []


def test_a_run_goes_the_way_of_an_answer(filled: House, made: Assistant) -> None:
    exams, services = filled.services.exams, filled.services
    adapter = services.adapters.add(filled.file("manner.gguf", b"GGUF adapter")).id
    changed = replace(made, temperature=0.8, adapters=(AdapterStrength(adapter, 0.5),))
    services.assistants.change(changed)
    for each in (FILTER, MOON):
        exams.keep(made.id, each)
    control = Recording()
    run = exams.run(changed, exams.questions(made.id), control)
    filter_answer, moon_answer = run.answers
    assert (filter_answer.failed, filter_answer.missing) == ((), ())
    assert "500 hours" in filter_answer.answer
    assert {place.document for place in filter_answer.cited} == {"pump.txt"}
    assert (moon_answer.passed, moon_answer.abstained) == (True, True)
    assert "Be exact." in filled.chat.asked[0][0].text
    assert [(each.name, each.scale) for each in filled.chat.adapted[0]] == [("manner", 0.5)]
    told = [(each.done, each.total) for each in control.seen if isinstance(each, Progress)]
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert (run.conditions.documents, run.conditions.adapters) == (1, (("manner", 0.5),))
    assert run.conditions.model == "fake-chat"
    assert services.conversations.all() == [], "no conversation is kept of it"


def test_what_an_answer_lacks_is_named(filled: House, made: Assistant) -> None:
    exams = filled.services.exams
    for each in (
        ExamQuestion(FILTER.question, "every 900 hours"),
        ExamQuestion(FILTER.question, "500", "other.txt"),
        ExamQuestion(FILTER.question, "500", "PUMP.txt", (9,)),
        ExamQuestion(FILTER.question, "1"),
        replace(FILTER, abstain=True).tidied(),
    ):
        exams.keep(made.id, each)
    answers = _run(filled, made).answers
    assert [each.failed for each in answers] == [
        (Part.WORDS,), (Part.SOURCE,), (Part.SOURCE,), (Part.WORDS,), (Part.ABSTAINED,),
    ]  # fmt: skip
    assert [each.missing for each in answers] == [("900",), (), (), ("1",), ()]


def test_the_report_says_what_is_worse_and_what_changed(filled: House, made: Assistant) -> None:
    services = filled.services
    exams = services.exams
    for each in (FILTER, MOON):
        exams.keep(made.id, each)
    first = _run(filled, made)
    assert earlier(exams.runs(made.id), first) is None
    careless = services.assistants.change(replace(made, instruction="Be quick."))
    services.library.add([filled.file("more.txt", "The canteen opens at noon.")])
    second = _run(filled, careless)
    assert [run.passed for run in exams.runs(made.id)] == [1, 2], "the newest first"
    comparison = compared(second, earlier(exams.runs(made.id), second))
    assert [row.outcome for row in comparison.rows] == [Outcome.WORSE, Outcome.SAME]
    assert comparison.changed == (Condition.PROMPT, Condition.DOCUMENTS)
    assert second.answers[0].missing == ("500",)
    exams.keep(made.id, ExamQuestion("Where is the canteen?", "noon"))
    third = _run(filled, services.assistants.change(made))
    outcomes = [row.outcome for row in compared(third, second).rows]
    assert outcomes == [Outcome.BETTER, Outcome.SAME, Outcome.NEW]


def test_two_are_compared_side_by_side(filled: House, made: Assistant) -> None:
    other = filled.services.assistants.create(Assistant("", "Quick"))
    exams = filled.services.exams
    run, beside = (exams.run(each, [FILTER, MOON], NoControl()) for each in (made, other))
    comparison = compared(run, beside)
    counts = [comparison.count(each) for each in (Outcome.BETTER, Outcome.WORSE, Outcome.SAME)]
    assert counts == [1, 0, 1]
    assert comparison.interval == (0.207, 1.0)
    assert exams.runs(made.id) == []


def test_a_run_is_stopped_and_leaves_nothing(filled: House, made: Assistant) -> None:
    exams = filled.services.exams
    for each in (FILTER, MOON):
        exams.keep(made.id, each)
    control = Recording(lambda report: isinstance(report, Progress) and report.done == 1)
    with pytest.raises(Cancelled):
        exams.run(made, exams.questions(made.id), control)
    assert exams.runs(made.id) == []
    with pytest.raises(NoExamQuestions):
        exams.run(made, [], NoControl())


def test_a_reader_runs_them_and_changes_none(
    open_house: Callable[..., House], filled: House, made: Assistant
) -> None:
    filled.services.exams.keep(made.id, FILTER)
    _run(filled, made)
    reader = open_house("Rita", chat=FakeChat(_reply))
    exams = reader.services.exams
    assert exams.questions(made.id) == [FILTER]
    assert exams.runs(made.id) == [], "another's answers are none of hers"
    assert _run(reader, made).passed == 1
    for act in (
        lambda: exams.keep(made.id, MOON),
        lambda: exams.remove(made, 1),
        lambda: exams.restore(made.id, FILTER),
        lambda: exams.take_in(made.id, Path("questions.json")),
    ):
        with pytest.raises(AccessDenied):
            act()


def test_questions_and_runs_go_with_their_assistant(
    open_house: Callable[..., House],
    filled: House,
    made: Assistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filled.services.exams.keep(made.id, FILTER)
    _run(filled, made)
    filled.services.assistants.remove(made.id)
    filled.services.assistants.restore(made.id)
    assert len(filled.services.exams.runs(made.id)) == 1, "an undone deletion costs nothing"
    filled.services.assistants.remove(made.id)
    monkeypatch.setattr("app.services.assistants.service._REGRET", -1.0)
    exams = open_house().services.exams
    assert (exams.questions(made.id), exams.runs(made.id)) == ([], [])
