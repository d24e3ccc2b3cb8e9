from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.assistants import Assistant, Tone
from app.store.assistants import AssistantStore
from app.store.database import Database

FULL = Assistant(
    "1", "Кадры", "users", "Отвечай\nточно.", Tone.FORMAL, 0.35, 256, ("a", "b"), "adapter", 0.85
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
