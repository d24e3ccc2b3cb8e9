"""Figures over made conversations, counted by hand; what is written of them is read again."""

import csv
import io
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.chat.assistants import Assistant
from app.domain.chat.conversation import (
    AnswerState,
    Citation,
    Feedback,
    Message,
    Segment,
    Source,
    Speaker,
    Timings,
)
from app.domain.library.documents import Document, Locator
from app.domain.progress import NoControl
from app.domain.statistics import Middle, Served
from app.services.session import Services
from app.services.statistics.service import StatisticsService
from app.store.chat.conversations import ConversationStore
from app.store.chat.messages import MessageStore
from tests.services.conftest import House

_PLACE = Locator(0, 4)
_DAY = 86_400.0


def _source(number: int, document: str, memory: str = "") -> Source:
    segment = Segment(
        document, "n", "/n", "text", "", _PLACE, _PLACE, (1,), 0.5, None, None, memory=memory
    )
    return Source(number, segment)


def _citation(number: int, *, supported: bool = True) -> Citation:
    return Citation(number, 0, "text", 0, 4, supported)


def _times(first: float, whole: float) -> Timings:
    return Timings(total_ms=whole, first_useful_ms=first, prompt_tokens=100, generated_tokens=7)


class Talk:
    """Conversations of a profile, written turn by turn as the program does."""

    def __init__(self, services: Services) -> None:
        profile = services.conversations._store._profile
        self.conversations, self.turns = ConversationStore(profile), MessageStore(profile)

    def say(
        self,
        state: AnswerState,
        *,
        question: str = "How many days?",
        conversation: str = "",
        assistant: str = "",
        documents: tuple[str, ...] = (),
        days_ago: int = 0,
        times: Timings | None = None,
        feedback: Feedback = Feedback.NONE,
    ) -> tuple[str, Message]:
        """Ask in a conversation of its own; `documents` are cited with support."""
        conversation = conversation or self.conversations.create(question, assistant)
        moment = time.time() - days_ago * _DAY
        asked = self.turns.append(conversation, Message(0, Speaker.USER, question, moment))
        begun = self.turns.append(
            conversation,
            Message(0, Speaker.ASSISTANT, "", moment, AnswerState.WRITING, parent=asked.id),
        )
        answer = replace(
            begun,
            text="An answer.",
            state=state,
            sources=tuple(_source(place, each) for place, each in enumerate(documents, 1)),
            citations=tuple(_citation(place) for place in range(1, len(documents) + 1)),
            timings=times,
        )
        self.turns.replace(answer)
        if feedback is not Feedback.NONE:
            self.turns.judge(answer.id, feedback, "")
        return conversation, answer


@pytest.fixture
def talk(house: House) -> Talk:
    return Talk(house.services)


@pytest.fixture
def shelf(house: House) -> tuple[Document, Document]:
    """Two documents, each in a collection of its own."""
    services = house.services
    other = services.library.create("Contracts")
    services.library.add([house.file("leave.txt", "Leave lasts 28 days.")], NoControl())
    services.library.add(
        [house.file("supply.txt", "Supply within 30 days.")], NoControl(), collection=other.id
    )
    (leave,) = services.library.documents(services.library.collections()[0].id)
    (supply,) = services.library.documents(other.id)
    return leave, supply


def _statistics(house: House) -> StatisticsService:
    return house.services.statistics


def test_every_outcome_is_counted_once(
    house: House, talk: Talk, shelf: tuple[Document, Document]
) -> None:
    leave, supply = shelf
    talk.say(AnswerState.DONE, documents=(leave.id,), feedback=Feedback.UP, times=_times(100, 900))
    talk.say(AnswerState.CUT, documents=(leave.id, supply.id), times=_times(300, 1100))
    talk.say(AnswerState.DONE, feedback=Feedback.DOWN, times=_times(0, 1000))
    talk.say(AnswerState.QUOTED, documents=(supply.id,), times=_times(50, 60))
    talk.say(AnswerState.ABSTAINED, times=_times(200, 200))
    talk.say(AnswerState.STOPPED, documents=(leave.id,), times=_times(9000, 9000))
    talk.say(AnswerState.WRITING)
    talk.say(AnswerState.FAILED)
    report = _statistics(house).report()
    assert report.served == Served(
        answered=2, unsupported=1, quoted=1, abstained=1, stopped=2, failed=1, liked=1, disliked=1,
        read_tokens=600, written_tokens=42,
    )  # fmt: skip
    assert report.served.questions == 8
    assert report.first == Middle(150.0, 285.0, 4), "without what was stopped"
    assert report.whole == Middle(900.0, 1080.0, 5)
    assert report.untimed == 1
    assert [(each.name, each.answers) for each in report.documents] == [
        ("leave.txt", 3),
        ("supply.txt", 2),
    ]
    assert [(each.name, each.served) for each in report.collections] == [
        ("Library", Served(answered=2, stopped=1, liked=1)),
        ("Contracts", Served(answered=1, quoted=1)),
    ]


def test_a_period_an_assistant_and_a_collection_are_looked_at_alone(
    house: House, talk: Talk, shelf: tuple[Document, Document]
) -> None:
    leave, supply = shelf
    hr = house.services.assistants.create(Assistant("", "HR"))
    talk.say(AnswerState.DONE, documents=(leave.id,), assistant=hr.id, days_ago=40)
    talk.say(AnswerState.ABSTAINED, assistant=hr.id)
    talk.say(AnswerState.DONE, documents=(supply.id, leave.id), days_ago=3)
    talk.say(AnswerState.DONE)
    statistics, today = _statistics(house), datetime.now().astimezone().date()
    assert [day for day, _ in statistics.report().days] == [
        today - timedelta(days=days) for days in (40, 3, 0)
    ]
    assert statistics.report(since=today - timedelta(days=3)).served.questions == 3
    assert statistics.report(since=today).served == Served(unsupported=1, abstained=1)
    assert statistics.report(assistant=hr.id).served == Served(answered=1, abstained=1)
    assert statistics.report(assistant="").served.questions == 2
    collections = house.services.library.collections()
    counts = [statistics.report(collection=each.id).served.questions for each in collections]
    assert counts == [2, 1]
    named = {each.name: each.served.questions for each in statistics.report().assistants}
    assert named == {"HR": 2, "": 2}


def test_an_answer_stays_with_the_assistant_that_gave_it(house: House, talk: Talk) -> None:
    one, other = (house.services.assistants.create(Assistant("", name)) for name in ("A", "B"))
    conversation, _ = talk.say(AnswerState.DONE, assistant=one.id)
    house.services.conversations.choose_assistant(conversation, other.id)
    talk.say(AnswerState.DONE, conversation=conversation)
    named = [(each.name, each.served.questions) for each in _statistics(house).report().assistants]
    assert named == [("A", 1), ("B", 1)]
    house.services.assistants.remove(one.id)
    gone = [(each.id, each.name) for each in _statistics(house).report().assistants]
    assert gone == [(one.id, ""), (other.id, "B")]


def test_what_was_deleted_is_not_counted(house: House, talk: Talk) -> None:
    conversation, _ = talk.say(AnswerState.ABSTAINED)
    house.services.conversations.remove(conversation)
    assert _statistics(house).report().served == Served()
    assert _statistics(house).gaps(NoControl()) == []
    house.services.conversations.restore(conversation)
    assert _statistics(house).report().served == Served(abstained=1)


def test_a_removed_turn_comes_back_with_its_figures(house: House, talk: Talk) -> None:
    hr = house.services.assistants.create(Assistant("", "HR"))
    conversation, answer = talk.say(
        AnswerState.DONE, assistant=hr.id, times=_times(1, 2), feedback=Feedback.UP
    )
    before = _statistics(house).report()
    removed = house.services.conversations.remove_turn(conversation, answer.id)
    assert _statistics(house).report().served == Served()
    house.services.conversations.restore_turns(removed)
    assert _statistics(house).report() == before


def test_notes_and_documents_that_are_gone_are_named_nowhere(house: House, talk: Talk) -> None:
    _, answer = talk.say(AnswerState.DONE, documents=("gone",))
    remembered = replace(answer, sources=(_source(1, "note:1", memory="1"),))
    talk.turns.replace(remembered)
    talk.say(AnswerState.DONE, documents=("gone",))
    report = _statistics(house).report()
    assert report.served.answered == 2
    assert (report.documents, report.collections) == ((), ())


def test_questions_without_an_answer_are_grouped_by_meaning(house: House, talk: Talk) -> None:
    for asked in ("Who pays the parking fee?", "who pays  the parking fee?", "Is there a canteen?"):
        talk.say(AnswerState.ABSTAINED, question=asked)
    talk.say(AnswerState.ABSTAINED, question="Who pays the fee of parking?")
    talk.say(AnswerState.DONE, question="Is there a gym?")
    parking, canteen = _statistics(house).gaps(NoControl())
    assert len(parking.questions) == 3
    assert {each.text.split()[0].lower() for each in parking.questions} == {"who"}
    assert [each.text for each in canteen.questions] == ["Is there a canteen?"]


def test_without_an_embedding_model_words_alone_group(house: House, talk: Talk) -> None:
    for asked in ("Who pays the parking fee?", "WHO pays the parking fee?", "Who pays the fee?"):
        talk.say(AnswerState.ABSTAINED, question=asked)
    shutil.rmtree(house.paths.kit / "fake-embedder")
    house.services.models.discover()
    assert [len(each.questions) for each in _statistics(house).gaps(NoControl())] == [2, 1]


def test_a_question_that_was_answered_when_put_again_is_no_gap(house: House, talk: Talk) -> None:
    conversation, refusal = talk.say(AnswerState.ABSTAINED, question="Is there a canteen?")
    found = Message(
        0, Speaker.ASSISTANT, "Yes [1].", time.time(), AnswerState.DONE, (_source(1, "d"),),
        (_citation(1),), parent=refusal.parent,
    )  # fmt: skip
    talk.turns.append(conversation, found)
    assert _statistics(house).gaps(NoControl()) == []


def test_each_profile_sees_its_own_alone(open_house: Callable[..., House]) -> None:
    anna = open_house("Anna")
    anna.services.assistants.create(Assistant("", "HR"))
    Talk(anna.services).say(AnswerState.ABSTAINED, question="What does the director earn?")
    assert _statistics(anna).report().served.questions == 1
    rita = open_house("Rita")
    report = _statistics(rita).report()
    assert (report.served, report.days, report.assistants) == (Served(), (), ())
    assert _statistics(rita).gaps(NoControl()) == []


@pytest.fixture
def hostile(house: House, talk: Talk, shelf: tuple[Document, Document]) -> House:
    """Texts that a spreadsheet would compute."""
    house.services.assistants.create(Assistant("", "=1+1"))
    evil = house.services.assistants.named("=1+1")
    talk.say(AnswerState.DONE, documents=(shelf[0].id,), assistant=evil.id, times=_times(10, 20))
    talk.say(AnswerState.ABSTAINED, question='=HYPERLINK("http://x", "\x07y")')
    return house


def _export(house: House, path: Path, language: str = "en") -> None:
    statistics = _statistics(house)
    statistics.export(path, statistics.report(), statistics.gaps(NoControl()), language)


def test_a_workbook_holds_the_figures_and_no_formula(hostile: House, tmp_path: Path) -> None:
    _export(hostile, tmp_path / "figures.xlsx")
    book = load_workbook(tmp_path / "figures.xlsx")
    assert book.sheetnames == [
        "Overview", "By day", "By assistant", "By cited collection", "Most cited documents",
        "Questions without an answer",
    ]  # fmt: skip
    rows = dict(book["Overview"].iter_rows(min_row=2, values_only=True))
    assert (rows["Questions"], rows["Answered"], rows["Not in the documents"]) == (2, 1, 1)
    assert rows["Whole answer, median, s"] == 0.02
    assert {row[0]: row[1] for row in book["By assistant"].values} == {
        "Assistant": "Questions", "=1+1": 1, "Without an assistant": 1,
    }  # fmt: skip
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


def test_csv_in_russian_holds_the_same_and_no_formula(hostile: House, tmp_path: Path) -> None:
    _export(hostile, tmp_path / "figures.csv", "ru")
    csv.field_size_limit(2**20)  # a reader of documents, run in this process, left another
    rows = list(
        csv.reader(io.StringIO((tmp_path / "figures.csv").read_bytes().decode("utf-8-sig")))
    )
    assert rows[0] == ["Обзор"]
    assert ["Вопросы", "2"] in rows
    assert ["leave.txt", "Library", "1"] in rows
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert [row[0] for row in rows if row and "1+1" in row[0]] == ["'=1+1"]


def test_where_a_policy_forbids_exports_figures_alone_are_written(
    hostile: House, tmp_path: Path
) -> None:
    hostile.services.administration.policies.decide("export", "off")
    _export(hostile, tmp_path / "figures.csv")
    told = (tmp_path / "figures.csv").read_text("utf-8-sig")
    assert "Questions,2" in told
    assert "HYPERLINK" not in told
    assert "leave.txt" not in told
