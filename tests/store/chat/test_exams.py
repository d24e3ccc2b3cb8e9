from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.chat.assistants import Assistant
from app.domain.exams.marking import CitedPlace, MarkedAnswer
from app.domain.exams.questions import ExamQuestion, Part
from app.domain.exams.runs import Conditions, ExamRun
from app.store.chat.assistants import AssistantStore
from app.store.chat.exams import ExamQuestionStore, ExamRunStore
from app.store.database import Database

QUESTION = ExamQuestion("Сколько дней?", "28 дней", "Приказ.pdf", (3, 4), id="a")
CONDITIONS = Conditions("1.0", "model", "ab", (("tone", 0.5),), Assistant("1", "Кадры"), 2, 9, "d")
ANSWER = MarkedAnswer(
    QUESTION, (Part.SOURCE,), "28 дней [1].", False, ("дней",), (CitedPlace("x.pdf", 1),), 12.5
)


@pytest.fixture
def questions(tmp_path: Path) -> Iterator[ExamQuestionStore]:
    opened = Database(tmp_path / "workspace.db", b"w" * 32, "workspace")
    for each in ("1", "2"):
        AssistantStore(opened).keep(Assistant(each, each))
    yield ExamQuestionStore(opened)
    opened.close()


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[ExamRunStore]:
    opened = Database(tmp_path / "profile.db", b"p" * 32, "profile")
    yield ExamRunStore(opened)
    opened.close()


def test_questions_stay_in_their_order_with_their_assistant(questions: ExamQuestionStore) -> None:
    second = ExamQuestion("?", abstain=True, id="b")
    questions.keep("1", [QUESTION, second])
    questions.keep("2", [replace(second, id="c")])
    questions.keep("1", [replace(QUESTION, answer="14")])
    found = questions.all("1")
    assert found == [replace(QUESTION, answer="14"), second]
    assert [each.id for each in found] == ["a", "b"]
    questions.remove("a")
    assert questions.all("1") == [second]
    questions.restore("a")
    assert len(questions.all("1")) == 2
    questions.remove("a")
    questions.purge(float("inf"))
    questions.restore("a")
    assert questions.all("1") == [second]


def test_a_run_comes_back_as_it_was(runs: ExamRunStore) -> None:
    run = ExamRun("r", "1", 5.5, CONDITIONS, (ANSWER,))
    runs.keep(run)
    (kept,) = runs.all("1")
    assert kept == run
    assert kept.answers[0].question.id == "a"
    assert runs.all("2") == []


def test_the_newest_thirty_runs_are_kept(runs: ExamRunStore) -> None:
    for moment in range(35):
        runs.keep(ExamRun(str(moment), "1", moment, CONDITIONS, ()))
    runs.keep(ExamRun("other", "2", 0, CONDITIONS, ()))
    assert [run.moment for run in runs.all("1")] == list(range(34, 4, -1))
    assert len(runs.all("2")) == 1
    runs.keep_only({"2"})
    assert (runs.all("1"), len(runs.all("2"))) == ([], 1)
