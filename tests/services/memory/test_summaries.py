"""Summaries and notes through the real services and database: written, interrupted, used."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from app.domain.chat.conversation import AnswerState
from app.domain.errors import Cancelled, DamagedModel, NoChatModel, SummaryMissing
from app.domain.memory.summaries import (
    Digest,
    Point,
    PointKind,
    Statistics,
    SummaryState,
    statistics,
)
from app.domain.progress import NoControl
from app.engines.base import CacheSequence
from app.engines.fake import FakeChat
from app.engines.turns import Turn
from app.services.chat.context import AnswerRequest
from app.services.jobs import Job
from tests.services.conftest import House

LEAVE = "Paid leave lasts 28 days and is approved by the head of the department."
QUESTION = "How many days does the paid leave last?"
DECISION = "Then we will move the leave of Smirnova to December."
OPEN = "Who pays for the astronaut's helicopter?"


class Model(FakeChat):
    """Answers from the passage, and summarises; `slots` in the order in which they were used."""

    def __init__(self) -> None:
        super().__init__(self._say)
        self.slots: list[CacheSequence] = []
        self.breaks = False

    def _say(self, turns: Sequence[Turn]) -> str:
        asked = turns[-1].text
        if "as one JSON object" in asked:
            if self.breaks:
                raise DamagedModel(name="fake")
            points = [
                {"turn": 1, "text": LEAVE},
                {"turn": 1, "text": "The director promised everybody a bonus."},
            ]
            told = {"title": "Paid leave", "key": points, "decisions": [], "open": []}
            return json.dumps(told)
        if "Smirnova" in asked and "<passage" in asked:
            return "The leave of Smirnova was moved to December [1]."
        return f"{LEAVE} [1]"

    def stream(self, turns, sampling, control, slot=CacheSequence.CHAT, begun=""):  # type: ignore[no-untyped-def]
        self.slots.append(slot)
        return super().stream(turns, sampling, control, slot, begun)


@pytest.fixture
def talked(open_house: Callable[..., House]) -> tuple[House, str]:
    """A conversation with an answer, a decision and a question that stayed open."""
    house = open_house(chat=Model())
    house.services.library.add([house.file("leave.txt", LEAVE)], NoControl())
    conversation = house.services.conversations.begin(QUESTION)
    for asked in (QUESTION, DECISION, OPEN):
        house.ask(asked, conversation)
    return house, conversation


def reopened(open_house: Callable[..., House]) -> House:
    """As after a kill: nothing was told to the services that are gone."""
    return open_house(chat=Model())


def _cancelled() -> Job:
    job = Job("", lambda progress: None)
    job.cancel()
    return job


def test_a_summary_keeps_what_the_conversation_supports(talked: tuple[House, str]) -> None:
    house, conversation = talked
    summaries = house.services.summaries
    assert summaries.waiting() == [conversation]
    assert [each.state for each in summaries.all()] == [SummaryState.PENDING]
    written = summaries.write(conversation, NoControl())
    assert written is not None
    assert written.title == "Paid leave"
    assert [each.text for each in written.of_kind(PointKind.KEY)] == [LEAVE]
    assert [each.text for each in written.of_kind(PointKind.DECISION)] == [
        "We will move the leave of Smirnova to December."
    ]
    assert written.asked == 3
    assert written.documents == ("leave.txt",)
    assert summaries.waiting() == []
    assert summaries.all() == [written]
    assert house.services.summaries.greeting().summary == written


def test_the_passage_behind_a_point_is_found_again(talked: tuple[House, str]) -> None:
    house, conversation = talked
    written = house.services.summaries.write(conversation, NoControl())
    assert written is not None
    point = written.of_kind(PointKind.KEY)[0]
    assert point.message is not None
    (answer,) = house.services.conversations.load([point.message])
    (source,) = [each for each in answer.sources if each.number == point.source]
    assert source.segment.name == "leave.txt"


def test_it_is_written_beside_the_conversation(talked: tuple[House, str]) -> None:
    house, conversation = talked
    chat = house.chat
    assert isinstance(chat, Model)
    chat.slots.clear()
    house.services.summaries.write(conversation, NoControl())
    assert set(chat.slots) == {CacheSequence.AUXILIARY}


def test_it_goes_on_where_it_was_stopped(
    talked: tuple[House, str], open_house: Callable[..., House]
) -> None:
    house, conversation = talked
    for _ in range(6):
        house.ask(QUESTION, conversation)
    with pytest.raises(Cancelled):
        house.services.summaries.write(conversation, _cancelled())
    assert house.services.summaries.waiting() == [conversation]
    house = reopened(open_house)
    assert house.services.summaries.greeting().waiting == 1
    written = house.services.summaries.write(conversation, NoControl())
    assert written is not None
    assert written.asked == 9
    assert house.services.summaries.waiting() == []


def test_new_turns_are_added_and_nothing_is_read_twice(talked: tuple[House, str]) -> None:
    house, conversation = talked
    first = house.services.summaries.write(conversation, NoControl())
    house.ask("And how is it approved?", conversation)
    assert house.services.summaries.all()[0].state == SummaryState.PENDING
    asked = len(house.chat.asked)
    second = house.services.summaries.write(conversation, NoControl())
    assert first is not None
    assert second is not None
    assert (second.id, second.asked) == (first.id, 4)
    (prompt,) = house.chat.asked[asked:]
    assert DECISION not in prompt[-1].text
    assert [each.text for each in second.of_kind(PointKind.KEY)] == [LEAVE]


def test_two_hundred_turns_are_read_in_parts_within_bounds(
    open_house: Callable[..., House],
) -> None:
    house = open_house(chat=Model())
    house.services.library.add([house.file("leave.txt", LEAVE)], NoControl())
    conversation = house.services.conversations.begin(QUESTION)
    for number in range(100):
        house.ask(f"{QUESTION} Case {number}: {'long words and more of them ' * 40}", conversation)
    began = len(house.chat.asked)
    written = house.services.summaries.write(conversation, NoControl())
    assert written is not None
    prompts = [turns[-1].text for turns in house.chat.asked[began:]]
    assert len(prompts) == 17
    # 400 and 700 characters of a question and an answer at most, six of them, and what is asked.
    assert max(map(len, prompts)) < 6 * 1200 + 1500
    assert len(written.digest.points) < 50


def test_without_a_model_it_waits(
    talked: tuple[House, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    house, conversation = talked
    monkeypatch.setattr(house.services.models, "in_use", lambda kind: None)
    with pytest.raises(NoChatModel):
        house.services.summaries.write(conversation, NoControl())
    assert house.services.summaries.waiting() == [conversation]


def test_an_error_is_told_and_not_tried_for_ever(talked: tuple[House, str]) -> None:
    house, conversation = talked
    chat, summaries = house.chat, house.services.summaries
    assert isinstance(chat, Model)
    chat.breaks = True
    with pytest.raises(DamagedModel):
        summaries.write(conversation, NoControl())
    (failed,) = summaries.all()
    assert (failed.state, failed.trouble) == (SummaryState.FAILED, "damaged-model")
    assert summaries.waiting() == []
    chat.breaks = False
    again = summaries.write(conversation, NoControl())
    assert again is not None
    assert (again.id, again.state) == (failed.id, SummaryState.WRITTEN)


def test_an_open_question_that_finds_its_answer_later_is_closed(
    talked: tuple[House, str],
) -> None:
    house, conversation = talked
    first = house.services.summaries.write(conversation, NoControl())
    assert first is not None
    assert first.digest.questions == ()  # the fake answers everything
    kept = house.services.summaries.edit(
        first.id, replace(first.digest, questions=("Who approves the leave?",))
    )
    assert kept.digest.questions == ("Who approves the leave?",)
    house.ask("Who approves the leave?", conversation)
    second = house.services.summaries.write(conversation, NoControl())
    assert second is not None
    assert second.digest.questions == ()


def test_what_the_user_changes_stays(talked: tuple[House, str]) -> None:
    house, conversation = talked
    summaries = house.services.summaries
    first = summaries.write(conversation, NoControl())
    assert first is not None
    own = Point(PointKind.DECISION, "  The plan is\n signed by Anna. ")
    edited = summaries.edit(first.id, Digest("Leave in 2026", (own,), (" ",)))
    assert edited.edited
    assert edited.digest == Digest(
        "Leave in 2026", (replace(own, text="The plan is signed by Anna."),), ()
    )
    house.ask("How is the leave approved?", conversation)
    again = summaries.write(conversation, NoControl())
    assert again is not None
    assert again.title == "Leave in 2026"
    assert "The plan is signed by Anna." in [each.text for each in again.digest.points]


def test_a_change_while_it_is_written_is_kept(talked: tuple[House, str]) -> None:
    house, conversation = talked
    summaries = house.services.summaries
    first = summaries.write(conversation, NoControl())
    assert first is not None
    house.ask("And how is it approved?", conversation)
    say = house.chat._reply

    def change(turns: Sequence[Turn]) -> str:
        summaries.pin(first.id, pinned=True)
        return say(turns)

    house.chat._reply = change
    again = summaries.write(conversation, NoControl())
    assert again is not None
    assert again.pinned


def test_deleted_while_it_is_written_it_stays_away(talked: tuple[House, str]) -> None:
    house, conversation = talked
    summaries = house.services.summaries
    first = summaries.write(conversation, NoControl())
    assert first is not None
    house.ask("And how is it approved?", conversation)
    say = house.chat._reply

    def remove(turns: Sequence[Turn]) -> str:
        summaries.remove(first.id)
        return say(turns)

    house.chat._reply = remove
    assert summaries.write(conversation, NoControl()) is None
    assert summaries.all() == []


def test_merged_they_are_one(talked: tuple[House, str]) -> None:
    house, conversation = talked
    services = house.services
    one = services.summaries.write(conversation, NoControl())
    other = services.conversations.begin("Which pump?")
    house.ask("How long does the leave last for a pump driver?", other)
    two = services.summaries.write(other, NoControl())
    assert one is not None
    assert two is not None
    merged = services.summaries.merge([two.id, one.id])
    assert services.summaries.all() == [merged]
    assert (merged.id, merged.asked) == (two.id, 4)
    assert len(merged.of_kind(PointKind.KEY)) == 1
    with pytest.raises(SummaryMissing):
        services.summaries.one(one.id)


def test_a_removed_one_comes_back_until_it_is_gone(talked: tuple[House, str]) -> None:
    house, conversation = talked
    summaries = house.services.summaries
    written = summaries.write(conversation, NoControl())
    assert written is not None
    summaries.remove(written.id)
    assert summaries.all() == []
    assert summaries.waiting() == []
    summaries.purge()
    summaries.restore(written.id)
    assert summaries.all() == [written]
    summaries.remove(written.id)
    summaries.purge(older=-1)
    summaries.restore(written.id)
    assert summaries.all() == []


def test_a_removed_one_that_was_not_up_to_date_stays_away(talked: tuple[House, str]) -> None:
    house, conversation = talked
    summaries = house.services.summaries
    written = summaries.write(conversation, NoControl())
    assert written is not None
    house.ask("And how is it approved?", conversation)
    summaries.remove(written.id)
    assert summaries.all() == []
    assert summaries.waiting() == []


def test_with_its_conversation_it_is_gone(talked: tuple[House, str]) -> None:
    house, conversation = talked
    services = house.services
    services.summaries.write(conversation, NoControl())
    services.conversations.remove(conversation)
    services.conversations.purge(older=-1)
    assert services.summaries.all() == []


def test_search_finds_any_form_of_the_words(talked: tuple[House, str]) -> None:
    house, conversation = talked
    written = house.services.summaries.write(conversation, NoControl())
    assert house.services.summaries.find("moving leaves") == [written]
    assert house.services.summaries.find("pumps") == []


def test_search_finds_what_means_the_same(talked: tuple[House, str]) -> None:
    house, conversation = talked
    written = house.services.summaries.write(conversation, NoControl())
    assert written is not None
    recall = house.services.recall
    assert recall.find("Who approves the paid leave?") == [written.id]
    assert recall.find("Which pump is broken?") == []


def test_statistics_count_what_is_written(talked: tuple[House, str]) -> None:
    house, conversation = talked
    summaries = house.services.summaries
    assert statistics(summaries.all()) == Statistics(0, 0, 0, 0, 0)
    summaries.write(conversation, NoControl())
    assert statistics(summaries.all()) == Statistics(1, 3, 1, 1, 0)


# -- memory ---------------------------------------------------------------------------------------


ASKED_LATER = "When is the leave of Smirnova?"


def test_a_later_answer_rests_on_it_and_shows_so(
    talked: tuple[House, str], open_house: Callable[..., House]
) -> None:
    _, conversation = talked
    house = reopened(open_house)
    written = house.services.summaries.write(conversation, NoControl())
    assert written is not None
    answer = house.ask(ASKED_LATER)
    remembered = [each for each in answer.sources if each.segment.memory]
    assert [each.segment.memory for each in remembered] == [written.id]
    assert "December" in remembered[0].segment.text
    assert "Where documents say otherwise, they are right." in remembered[0].segment.header
    assert any(each.supported for each in answer.citations)
    assert house.services.summaries.one(written.id).used == 1


def test_documents_come_before_what_is_remembered(talked: tuple[House, str]) -> None:
    house, conversation = talked
    house.services.summaries.write(conversation, NoControl())
    answer = house.ask("How many days does the paid leave of Smirnova in December last?")
    kinds = [each.segment.is_passage for each in answer.sources]
    assert kinds == [True, False]
    assert "December" in answer.sources[1].segment.text


def test_what_the_documents_say_themselves_is_not_remembered_beside_them(
    talked: tuple[House, str],
) -> None:
    house, conversation = talked
    house.services.summaries.write(conversation, NoControl())
    answer = house.ask("How many days does paid leave last, and who approves it?")
    assert [each.segment.name for each in answer.sources] == ["leave.txt"]


def test_what_is_remembered_can_be_left_out(talked: tuple[House, str]) -> None:
    house, conversation = talked
    services = house.services
    written = services.summaries.write(conversation, NoControl())
    assert written is not None

    def remembered(settings: AnswerRequest | None = None) -> bool:
        asked = services.conversations.begin(ASKED_LATER)
        answer = services.chat.answer(asked, ASKED_LATER, NoControl(), settings)
        return any(each.segment.memory for each in answer.sources)

    assert remembered()
    assert not remembered(AnswerRequest(remember=False))
    services.summaries.remember(written.id, remembered=False)
    assert not remembered()


def test_a_conversation_does_not_recall_itself(talked: tuple[House, str]) -> None:
    house, conversation = talked
    house.services.summaries.write(conversation, NoControl())
    answer = house.ask(ASKED_LATER, conversation)
    assert not any(each.segment.memory for each in answer.sources)


def test_a_note_is_recalled_and_its_use_counted(house: House) -> None:
    notes = house.services.notes
    note = notes.add("The code of the archive room is 4711.")
    assert note is not None
    answer = house.ask("What is the code of the archive room?")
    assert [each.segment.memory for each in answer.sources] == [note.id]
    assert answer.sources[0].segment.is_note
    assert answer.state != AnswerState.ABSTAINED
    notes.remember(note, remembered=False)
    again = house.ask("What is the code of the archive room?")
    assert not again.sources


def test_a_fact_that_recurs_is_proposed_once(talked: tuple[House, str]) -> None:
    house, conversation = talked
    services = house.services
    services.summaries.write(conversation, NoControl())
    assert services.notes.proposed() == []
    for number in range(3):
        other = services.conversations.begin(f"Again {number}")
        house.ask(QUESTION, other)
        services.summaries.write(other, NoControl())
        if number == 0:
            (proposed,) = services.notes.proposed()
            assert proposed.text == LEAVE
            assert len(proposed.summaries) == 2
            services.notes.accept(proposed, accepted=False)
    assert services.notes.proposed() == []
    assert services.notes.kept() == []


def test_an_empty_note_is_none(house: House) -> None:
    notes = house.services.notes
    assert notes.add("  \n ") is None
    note = notes.add("A")
    assert note is not None
    notes.change(note, " ")
    assert notes.kept() == []


def test_age_and_use_order_what_is_remembered_and_do_not_hide_it(house: House) -> None:
    notes, day = house.services.notes, 86_400.0
    texts = ["The code of the archive room is 4711.", "The code of the archive room was 1234."]
    old, new = (notes.add(each) for each in texts)
    assert old is not None
    assert new is not None
    notes._keep([replace(old, created=old.created - 400 * day)])
    answer = house.ask("What is the code of the archive room?")
    assert [each.segment.memory for each in answer.sources] == [new.id, old.id]
    assert answer.sources[0].segment.score > answer.sources[1].segment.score
