from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.conversation import (
    AnswerState,
    Citation,
    Computed,
    Message,
    Segment,
    Source,
    Speaker,
    Timings,
)
from app.domain.library import LineBox, Locator
from app.store.conversations import ConversationStore
from app.store.database import Database


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    database = Database(tmp_path / "profile.db", b"p" * 32, "profile")
    yield ConversationStore(database)
    database.close()


def question(text: str = "Вопрос?", created: float = 1.5) -> Message:
    return Message(0, Speaker.USER, text, created)


def answer() -> Message:
    place = Locator(3, 9, 7, "Глава › Раздел", None, "Лист", "B2:F21")
    segment = Segment(
        "doc", "имя.pdf", "/имя.pdf", "текст 🙂 {}", "шапка", place, place, (4, 5), 0.75, None,
        0.5, (place, place), (LineBox(1.25, 2, 3, 4, 0, 5),),
    )  # fmt: skip
    return Message(
        0, Speaker.ASSISTANT, "Ответ [1].\n\0", 2.5, AnswerState.STOPPED, (Source(1, segment),),
        (Citation(1, 5, "текст", 0, 5, True, added=True), Citation(9, 6, "", 0, 0, False)),
        Timings(1.5, 2.5, 3.5, 100, 90, 7, 12.25), "model",
        computed=Computed(2, "SELECT 1", ("имя", "n"), (("а", 1), (None, 2.5)), "Лист", "doc",
                          "имя.xlsx", ("A1", "B2:B3")),
    )  # fmt: skip


def test_messages_come_back_as_they_were(store: ConversationStore) -> None:
    conversation = store.create("title")
    asked = store.append(conversation, question())
    answered = store.append(conversation, answer())
    assert asked.id != answered.id
    assert store.messages(conversation) == [asked, answered]
    assert replace(answered, id=0) == answer()
    assert store.messages("another") == []


def test_an_answer_is_replaced_under_its_id(store: ConversationStore) -> None:
    conversation = store.create("title")
    store.append(conversation, question())
    writing = replace(answer(), text="", state=AnswerState.WRITING, citations=(), timings=None)
    writing = store.append(conversation, writing)
    done = replace(answer(), id=writing.id, state=AnswerState.DONE)
    store.replace(done)
    assert store.messages(conversation)[1] == done


def test_conversations_are_listed_by_their_last_change(store: ConversationStore) -> None:
    first, second = store.create("first"), store.create("second")
    store.append(first, question("long " * 100, created=9e12))
    listed = store.all()
    assert [each.id for each in listed] == [first, second]
    assert listed[0].changed == 9e12
    assert listed[0].preview == ("long " * 100)[:200]
    assert listed[1].preview == ""


def test_rename_and_remove(store: ConversationStore) -> None:
    kept, gone = store.create("kept"), store.create("gone")
    for conversation in (kept, gone):
        store.append(conversation, question())
        store.append(conversation, answer())
    store.rename(kept, "renamed")
    store.remove(gone)
    assert [(each.id, each.title) for each in store.all()] == [(kept, "renamed")]
    assert store.messages(gone) == []
    assert len(store.messages(kept)) == 2


def test_what_earlier_versions_stored_is_read(store: ConversationStore, tmp_path: Path) -> None:
    """Without sheets and cells in places, without anything computed."""
    conversation = store.create("title")
    answered = store.append(conversation, answer())
    database = Database(tmp_path / "profile.db", b"p" * 32, "profile")
    with database.transaction() as connection:
        connection.execute(
            text(
                "UPDATE messages SET computed = 'null', sources = CAST(replace(replace("
                "CAST(sources AS TEXT), ',\"sheet\":\"Лист\"', ''), "
                "',\"cells\":\"B2:F21\"', '') AS BLOB)"
            )
        )
    database.close()
    (old,) = store.messages(conversation)
    assert (old.computed, old.text) == (None, answered.text)
    best = old.sources[0].segment.best
    assert (best.page, best.sheet, best.cells) == (7, "", "")
