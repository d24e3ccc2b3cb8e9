"""Templates in real encrypted databases."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.chat.templates import Template
from app.store.chat.templates import SharedTemplateStore, TemplateStore
from app.store.database import Database

FIRST = Template("1", "Сравнение", "Сравни {{a}} и {{b}}")
SECOND = Template("2", "Abstract", "{{document}}")


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "profile.db", b"p" * 32, "profile")
    yield opened
    opened.close()


def test_the_most_used_come_first(profile: Database) -> None:
    store = TemplateStore(profile)
    store.keep(FIRST)
    store.keep(SECOND)
    assert store.all() == [SECOND, FIRST]
    store.count_use(FIRST.id)
    assert store.all() == [FIRST, SECOND]
    store.keep(replace(FIRST, text="new"))
    assert store.all()[0] == replace(FIRST, text="new"), "its uses are not forgotten"
    store.remove(FIRST.id)
    assert store.all() == [SECOND]


def test_shared_ones_by_name(tmp_path: Path) -> None:
    workspace = Database(tmp_path / "workspace.db", b"w" * 32, "workspace")
    store = SharedTemplateStore(workspace)
    for each in (FIRST, SECOND, replace(SECOND, name="Zebra")):
        store.keep(replace(each, shared=True))
    assert [(each.name, each.shared) for each in store.all()] == [
        ("Zebra", True),
        ("Сравнение", True),
    ]
    store.remove("2")
    assert [each.id for each in store.all()] == ["1"]
    workspace.close()
