from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from app.domain.chat.assistants import AdapterStrength, Assistant, Tone
from app.store.chat.assistants import AssistantStore
from app.store.database import Database
from app.store.schema import assistants

FULL = Assistant(
    "1",
    "Кадры",
    "users",
    "Отвечай\nточно.",
    Tone.FORMAL,
    0.35,
    256,
    ("a", "b"),
    (AdapterStrength("adapter", 0.85), AdapterStrength("other")),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AssistantStore]:
    opened = Database(tmp_path / "workspace.db", b"w" * 32, "workspace")
    yield AssistantStore(opened)
    opened.close()


def test_all_of_it_is_kept_in_the_order_of_making(store: AssistantStore) -> None:
    later = Assistant("0", "Договоры")
    store.keep(FULL)
    store.keep(later)
    assert store.all() == [FULL, later]
    changed = Assistant("1", "Кадровые вопросы")
    store.keep(changed)
    assert store.all() == [changed, later]


def test_one_that_had_a_single_adapter_keeps_it(store: AssistantStore, tmp_path: Path) -> None:
    database = Database(tmp_path / "workspace.db", b"w" * 32, "workspace")
    store.keep(Assistant("1", "Кадры"))
    value = '{"id":"1","name":"Кадры","adapter":"a","strength":0.85}'
    with database.transaction() as connection:
        connection.execute(update(assistants).values(value=value))
    database.close()
    (old,) = store.all()
    assert old == Assistant("1", "Кадры", adapters=(AdapterStrength("a", 0.85),))
    store.keep(old.without_adapter("a"))
    assert store.all() == [Assistant("1", "Кадры")]


def test_a_deletion_is_taken_back_or_becomes_final(store: AssistantStore) -> None:
    store.keep(FULL)
    store.remove(FULL.id)
    assert store.all() == []
    store.purge(0.0)
    store.restore(FULL.id)
    assert store.all() == [FULL]
    store.remove(FULL.id)
    store.purge(float("inf"))
    store.restore(FULL.id)
    assert store.all() == []


def test_the_newest_fifty_versions_are_kept(store: AssistantStore) -> None:
    for number in range(60):
        store.keep(Assistant("1", f"Name {number}"), "Anna")
    store.keep(FULL, "Egor")
    versions = store.versions("1")
    assert [each.number for each in versions] == list(range(61, 11, -1))
    assert (versions[0].assistant, versions[0].by) == (FULL, "Egor")
    assert versions[1].assistant.name == "Name 59"
    assert versions[0].created >= versions[-1].created > 0


def test_versions_go_with_their_assistant(store: AssistantStore) -> None:
    store.keep(FULL)
    store.remove(FULL.id)
    assert len(store.versions(FULL.id)) == 1
    store.purge(float("inf"))
    assert store.versions(FULL.id) == []


def test_one_is_put_away_and_comes_back(store: AssistantStore) -> None:
    store.keep(FULL)
    store.archive(FULL.id, away=True)
    assert (store.all(), store.archived()) == ([], [FULL])
    store.archive(FULL.id, away=False)
    assert (store.all(), store.archived()) == ([FULL], [])
