import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from app.domain.chat.branches import Branches
from app.domain.chat.conversation import (
    AnswerState,
    Citation,
    Computed,
    Feedback,
    Message,
    MessageFilter,
    NamedBy,
    Segment,
    SentPrompt,
    SentTurn,
    Source,
    Speaker,
    Timings,
)
from app.domain.library.documents import LineBox, Locator
from app.store import migrations, schema
from app.store.chat.conversations import ConversationStore
from app.store.chat.message_search import MessageSearch, marks
from app.store.chat.messages import MessageStore
from app.store.database import Database

SENT = SentPrompt(
    (SentTurn("system", "Текст"), SentTurn("user", "?")), "model", 0.1, 512, (("a", 0.5),)
)

_LOCATOR = '{"start": 0, "end": 9, "page": 3, "heading": ""}'
OLD_SOURCES = (
    '[{"number": 7, "segment": {"document": "d", "name": "n", "path": "p", "text": "Дней: 28.", '
    f'"header": "", "locator": {_LOCATOR}, "best": {_LOCATOR}, "passages": [1], "score": 0.5, '
    '"dense_score": null, "keyword_score": null}}]'
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "profile.db", b"p" * 32, "profile")
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> ConversationStore:
    return ConversationStore(database)


@pytest.fixture
def turns(database: Database) -> MessageStore:
    return MessageStore(database)


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


def say(turns: MessageStore, conversation: str, *messages: Message) -> list[Message]:
    """Each after the one before."""
    said: list[Message] = []
    for message in messages:
        parent = said[-1].id if said else None
        said.append(turns.append(conversation, replace(message, parent=parent)))
    return said


def ids(branches: Branches, leaf: int | None) -> list[int]:
    return [node.id for node in branches.path(leaf)]


def test_turns_come_back_as_they_were(store: ConversationStore, turns: MessageStore) -> None:
    conversation = store.create("title")
    asked, answered = say(turns, conversation, question(), answer())
    assert asked.id != answered.id
    assert turns.branch(conversation) == turns.all(conversation) == [asked, answered]
    assert replace(answered, id=0, parent=None) == answer()
    assert turns.branch("another") == []
    branches, leaf = turns.outline(conversation)
    assert [(node.parent, node.size) for node in branches.path(leaf)] == [
        (None, len(asked.text)),
        (asked.id, len(answered.text)),
    ]


def test_an_answer_is_replaced_under_its_id(store: ConversationStore, turns: MessageStore) -> None:
    conversation = store.create("title")
    writing = replace(answer(), text="", state=AnswerState.WRITING, citations=(), timings=None)
    _, writing = say(turns, conversation, question(), writing)
    done = replace(answer(), id=writing.id, parent=writing.parent, state=AnswerState.DONE)
    turns.replace(done)
    assert turns.branch(conversation)[1] == done
    assert turns.numbers(conversation) == 1


def test_conversations_are_listed_by_their_last_change(
    store: ConversationStore, turns: MessageStore
) -> None:
    first, second, pinned = store.create("first"), store.create("second"), store.create("pinned")
    say(turns, second, question(created=8e12))
    say(turns, first, question("long " * 100, created=9e12))
    store.pin(pinned, pinned=True)
    store.archive(second, archived=True)
    listed = store.all()
    assert [each.id for each in listed] == [pinned, first, second]
    assert [each.pinned for each in listed] == [True, False, False]
    assert [each.archived for each in listed] == [False, False, True]
    assert listed[1].changed == 9e12
    assert listed[1].preview == ("long " * 100)[:200]
    assert listed[0].preview == ""


def test_rename_and_choose_an_assistant(store: ConversationStore) -> None:
    conversation = store.create("title", "helper")
    store.rename(conversation, "renamed", NamedBy.MODEL)
    assert (found := store.one(conversation))
    assert (found.title, found.named_by, found.assistant) == ("renamed", NamedBy.MODEL, "helper")
    store.choose_assistant(conversation, "")
    assert (found := store.one(conversation))
    assert found.assistant == ""


def test_a_deletion_can_be_taken_back_until_it_is_final(
    store: ConversationStore, turns: MessageStore, database: Database
) -> None:
    kept, gone = store.create("kept"), store.create("gone")
    for conversation in (kept, gone):
        say(turns, conversation, question(), answer())
        turns.keep_prompt(turns.branch(conversation)[1].id, SENT)
    search = MessageSearch(database)
    assert {each.conversation for each in search.find("вопрос", MessageFilter())} == {kept, gone}
    store.remove(gone)
    assert [each.id for each in store.all()] == [kept]
    assert store.one(gone) is None
    assert {each.conversation for each in search.find("вопрос", MessageFilter())} == {kept}
    store.restore(gone)
    assert len(store.all()) == 2
    store.remove(gone)
    assert store.purge(time.time() - 100) == []
    assert store.purge(time.time() + 1) == [gone]
    store.restore(gone)
    assert [each.id for each in store.all()] == [kept]
    assert turns.all(gone) == []
    assert len(turns.all(kept)) == 2
    with database.transaction() as connection:
        for table in (schema.sent_prompts, schema.searchable_messages):
            rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
            assert rows == (1 if table is schema.sent_prompts else 2)


# -- branches -------------------------------------------------------------------------------------


def test_the_branch_that_was_written_last_is_shown(
    store: ConversationStore, turns: MessageStore
) -> None:
    conversation = store.create("title")
    asked, first = say(turns, conversation, question(), answer())
    second = turns.append(conversation, replace(answer(), parent=asked.id))
    branches, leaf = turns.outline(conversation)
    assert ids(branches, leaf) == [asked.id, second.id]
    assert branches.beside(first.id) == (first.id, second.id)
    turns.show(conversation, first.id)
    assert [each.id for each in turns.branch(conversation)] == [asked.id, first.id]
    turns.show(conversation, 10**6)
    assert [each.id for each in turns.branch(conversation)] == [asked.id, second.id]


def test_turns_are_deleted_and_put_back(store: ConversationStore, turns: MessageStore) -> None:
    conversation = store.create("title")
    said = say(turns, conversation, *[question(), answer()] * 3)
    other = turns.append(conversation, replace(answer(), parent=said[2].id))
    turns.show(conversation, said[5].id)
    before = turns.all(conversation)
    gone = [said[2].id, said[3].id, other.id]
    removed = turns.remove(conversation, gone, said[5].id)
    left = turns.branch(conversation)
    assert [each.id for each in left] == [said[0].id, said[1].id, said[4].id, said[5].id]
    assert left[2].parent == said[1].id
    assert len(turns.all(conversation)) == 4
    turns.restore(removed)
    assert turns.all(conversation) == before
    assert [each.id for each in turns.branch(conversation)] == [each.id for each in said]


def test_turns_of_a_conversation_that_is_gone_do_not_come_back(
    store: ConversationStore, turns: MessageStore
) -> None:
    conversation = store.create("title")
    said = say(turns, conversation, question(), answer())
    removed = turns.remove(conversation, [each.id for each in said], None)
    store.remove(conversation)
    store.purge(time.time() + 1)
    turns.restore(removed)
    assert turns.all(conversation) == []


def test_feedback_and_what_was_sent(store: ConversationStore, turns: MessageStore) -> None:
    conversation = store.create("title")
    _, answered = say(turns, conversation, question(), answer())
    turns.judge(answered.id, Feedback.DOWN, "better")
    judged = turns.branch(conversation)[1]
    assert (judged.feedback, judged.correction) == (Feedback.DOWN, "better")
    assert turns.prompt(answered.id) is None
    turns.keep_prompt(answered.id, SENT)
    assert turns.prompt(answered.id) == SENT
    turns.keep_prompt(answered.id, replace(SENT, model="other"))
    assert turns.prompt(answered.id) == replace(SENT, model="other")


# -- search ---------------------------------------------------------------------------------------


def test_words_are_found_in_any_form(
    store: ConversationStore, turns: MessageStore, database: Database
) -> None:
    conversation = store.create("Отпуск")
    text = "Новому сотруднику положен отпуск: двадцать восемь календарных дней."
    asked, answered = say(
        turns, conversation, question("Сколько дней?"), replace(answer(), text=text)
    )
    search = MessageSearch(database)

    def found(query: str, **among: Any) -> list[int]:
        return [each.message for each in search.find(query, MessageFilter(**among))]

    assert found("отпуска новому") == [answered.id]
    assert found("ДНЕЙ") == [answered.id, asked.id]
    assert found("календ") == [answered.id], "the last word may only be begun"
    assert found("календ дней") == [], "only the last one"
    assert found("или и") == []
    assert found('"*(') == found("") == []
    assert found("дней", document="doc") == [answered.id]
    assert found("дней", document="do%") == []
    assert found("дней", since=answered.created) == [answered.id]
    assert found("дней", assistant="helper") == []
    (hit,) = search.find("отпуск", MessageFilter())
    assert [hit.excerpt[each.start : each.end] for each in hit.marks] == ["отпуск"]
    assert (hit.title, hit.conversation) == ("Отпуск", conversation)


def test_what_is_changed_or_new_is_found_at_once(
    store: ConversationStore, turns: MessageStore, database: Database
) -> None:
    conversation, search = store.create("title"), MessageSearch(database)
    _, answered = say(turns, conversation, question(), replace(answer(), text="zebras"))
    assert [each.message for each in search.find("zebras", MessageFilter())] == [answered.id]
    turns.replace(replace(answered, text="giraffes"))
    assert search.find("zebras", MessageFilter()) == []
    assert [each.message for each in search.find("giraffe", MessageFilter())] == [answered.id]


def test_an_excerpt_begins_near_what_was_found(
    store: ConversationStore, turns: MessageStore, database: Database
) -> None:
    conversation = store.create("title")
    say(turns, conversation, question("слово " * 200 + "жираф " + "конец " * 100))
    (hit,) = MessageSearch(database).find("жирафы", MessageFilter())
    assert hit.excerpt.startswith("…слово")
    assert len(hit.excerpt) <= 141
    assert hit.marks == marks(hit.excerpt, "жирафы")
    assert len(hit.marks) == 1


def test_what_earlier_versions_stored_is_read(
    store: ConversationStore, turns: MessageStore, database: Database
) -> None:
    """Without sheets and cells in places, without anything computed."""
    conversation = store.create("title")
    _, answered = say(turns, conversation, question(), answer())
    with database.transaction() as connection:
        connection.execute(
            text(
                "UPDATE messages SET computed = 'null', sources = CAST(replace(replace("
                "CAST(sources AS TEXT), ',\"sheet\":\"Лист\"', ''), "
                "',\"cells\":\"B2:F21\"', '') AS BLOB)"
            )
        )
    old = turns.branch(conversation)[1]
    assert (old.computed, old.text) == (None, answered.text)
    best = old.sources[0].segment.best
    assert (best.page, best.sheet, best.cells) == (7, "", "")


def test_conversations_of_the_schema_before_are_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written before there were branches: the last turn becomes the leaf, numbers go on."""
    path = tmp_path / "old.db"
    with monkeypatch.context() as before:
        before.setitem(migrations.REVISIONS, "profile", migrations.REVISIONS["profile"][:3])
        old = Database(path, b"p" * 32, "profile")
        with old.transaction() as connection:
            connection.execute(text("INSERT INTO conversations VALUES ('c', 'Отпуск', 1.0, 2.0)"))
            for key, speaker, sources in ((1, "user", "[]"), (2, "assistant", OLD_SOURCES)):
                connection.execute(
                    text(
                        "INSERT INTO messages(id, conversation, parent, speaker, text, created, "
                        "state, model, sources, citations, timings) VALUES (:key, 'c', :parent, "
                        ":speaker, 'Дней: 28.', 1.5, 'done', '', CAST(:sources AS BLOB), "
                        "CAST('[]' AS BLOB), CAST('null' AS BLOB))"
                    ),
                    {"key": key, "parent": key - 1 or None, "speaker": speaker, "sources": sources},
                )
        old.close()
    database = Database(path, b"p" * 32, "profile")
    store, turns = ConversationStore(database), MessageStore(database)
    (found,) = store.all()
    assert (found.title, found.preview, found.pinned) == ("Отпуск", "Дней: 28.", False)
    assert [(each.id, each.parent) for each in turns.branch("c")] == [(1, None), (2, 1)]
    branches, leaf = turns.outline("c")
    assert (leaf, branches.sizes) == (2, {1: 9, 2: 9})
    assert turns.numbers("c") == 7
    hits = MessageSearch(database).find("дней", MessageFilter())
    assert [each.message for each in hits] == [2, 1]
    database.close()
