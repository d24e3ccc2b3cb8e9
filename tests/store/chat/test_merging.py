"""An earlier state of a profile gives back what the present one has no more."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.chat.templates import Template
from app.domain.memory.summaries import Digest, Note, Summary
from app.store.chat.conversations import ConversationStore
from app.store.chat.merging import bring_missing
from app.store.chat.messages import MessageStore
from app.store.chat.templates import TemplateStore
from app.store.database import Database
from app.store.memory.notes import NoteStore
from app.store.memory.summaries import SummaryStore
from tests.store.chat.test_conversations import SENT, answer, question, say

Make = Callable[[str], Database]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    opened: list[Database] = []

    def made(name: str) -> Database:
        opened.append(Database(tmp_path / f"{name}.db", b"p" * 32, "profile"))
        return opened[-1]

    yield made
    for each in opened:
        each.close()


def test_what_is_missing_comes_with_its_turns_and_what_is_there_stays(make: Make) -> None:
    then, now = make("then"), make("now")
    kept = ConversationStore(then).create("lost since")
    asked, answered = say(MessageStore(then), kept, question(), answer())
    MessageStore(then).keep_prompt(answered.id, SENT)
    summary = Summary("s", kept, 1.0, 1.0, Digest("drawn"), covered=answered.id)
    SummaryStore(then).keep_written(summary, kept, answered.id)
    NoteStore(then).keep([Note("n", "Anna prefers tables", 1.0)])
    TemplateStore(then).keep(Template("t", "Compare", "Compare {}"))
    other = ConversationStore(now).create("written since")
    say(MessageStore(now), other, question("Another?"), answer(), question("And?"))
    before = MessageStore(now).all(other)
    assert bring_missing(then, now) == 1
    assert MessageStore(now).all(other) == before
    first, second = MessageStore(now).branch(kept)
    assert (first.text, second.parent) == (asked.text, first.id)
    assert replace(second, id=0, parent=None) == answer()
    assert MessageStore(now).prompt(second.id) == SENT
    (drawn,) = SummaryStore(now).all()
    assert drawn == replace(summary, covered=second.id)
    assert SummaryStore(now).covered(kept) == second.id
    assert [each.text for each in NoteStore(now).all()] == ["Anna prefers tables"]
    assert [each.name for each in TemplateStore(now).all()] == ["Compare"]


def test_a_second_time_nothing_comes(make: Make) -> None:
    then, now = make("then"), make("now")
    kept = ConversationStore(then).create("once")
    say(MessageStore(then), kept, question(), answer())
    NoteStore(then).keep([Note("n", "a fact", 1.0)])
    assert bring_missing(then, now) == 1
    turns = MessageStore(now).all(kept)
    assert bring_missing(then, now) == 0
    assert MessageStore(now).all(kept) == turns
    assert len(NoteStore(now).all()) == 1


def test_what_was_or_is_in_the_bin_stays_there(make: Make) -> None:
    then, now = make("then"), make("now")
    thrown = ConversationStore(then).create("thrown away then")
    ConversationStore(then).remove(thrown)
    ConversationStore(then).create("thrown away now")
    assert bring_missing(then, now) == 1
    (found,) = ConversationStore(now).all()
    ConversationStore(now).remove(found.id)
    assert bring_missing(then, now) == 0
    assert ConversationStore(now).all() == []
