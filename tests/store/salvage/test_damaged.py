"""Rows of a database with pages that were really damaged."""

import random
from pathlib import Path

import pytest
from sqlalchemy import insert

from app.domain.errors import DamagedData
from app.store import schema
from app.store.database import Database
from app.store.salvage.damaged import DamagedDatabase

PAGE = 4096
KEY = b"k" * 32
ROWS = 3000


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A profile's database of 3,000 notes."""
    path = tmp_path_factory.mktemp("whole") / "profile.db"
    database = Database(path, KEY, "profile")
    with database.transaction() as connection:
        for number in range(ROWS):
            row = {"id": f"note {number}", "created": float(number), "value": "word " * 60}
            connection.execute(insert(schema.notes).values(**row))
    database.close()
    return path.read_bytes()


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def opened(content: bytes, scratch: Path) -> DamagedDatabase:
    path = scratch.parent / "damaged.db"
    path.write_bytes(content)
    return DamagedDatabase(path, KEY, scratch)


def flipped(whole: bytes, pages: list[int]) -> bytes:
    damaged = bytearray(whole)
    for page in pages:
        damaged[page * PAGE + 100] ^= 1
    return bytes(damaged)


def test_a_whole_database_gives_all(whole: bytes, scratch: Path) -> None:
    found = opened(whole, scratch).rows(schema.notes)
    assert found.whole
    assert len(found.rows) == ROWS


def test_rows_around_damaged_pages_come_out(whole: bytes, scratch: Path) -> None:
    pages = len(whole) // PAGE
    chosen = random.Random(21).sample(range(pages * 2 // 3, pages), 5)
    damaged = flipped(whole, chosen)
    database = opened(damaged, scratch)
    with pytest.raises(DamagedData):
        Database(scratch.parent / "damaged.db", KEY, "profile")
    found = database.rows(schema.notes)
    assert not found.whole
    # A page holds 13 of these rows at most, and no other row is touched.
    assert ROWS - len(chosen) * 13 <= len(found.rows) < ROWS


def test_lost_rows_are_still_named_by_the_index(whole: bytes, scratch: Path) -> None:
    lost_most = flipped(whole, list(range(120, 200)))
    database = opened(lost_most, scratch)
    read = {row["id"] for row in database.rows(schema.notes)}
    named = {key for (key,) in database.indexed(schema.notes, "sqlite_autoindex_notes_1", "id")}
    assert len(named - read) > 100


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_file_whose_end_is_gone_gives_its_beginning(
    whole: bytes, scratch: Path, share: float
) -> None:
    found = opened(whole[: int(len(whole) * share) + 17], scratch).rows(schema.notes)
    assert not found.whole
    assert len(found.rows) > ROWS * share * 0.7


def test_what_is_in_the_log_alone_comes_out(tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "profile.db"
    database = Database(path, KEY, "profile")
    with database.transaction() as connection:
        row = {"id": "late", "created": 1.0, "value": "in the log"}
        connection.execute(insert(schema.notes).values(**row))
    found = DamagedDatabase(path, KEY, scratch).rows(schema.notes)
    database.close()
    assert [row["id"] for row in found] == ["late"]


@pytest.mark.parametrize("damage", ["first page", "empty", "noise"])
def test_what_cannot_be_read_at_all_says_so(whole: bytes, scratch: Path, damage: str) -> None:
    content = {"first page": flipped(whole, [0]), "empty": b"", "noise": b"noise" * 5000}[damage]
    assert not opened(content, scratch).opens
