"""SQLCipher as we open it: encrypted, checked, migrated, and whole after a kill."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, text

from app.domain.errors import DamagedData, NewerSchema
from app.domain.library.documents import DocumentState
from app.store import keys, migrations, schema
from app.store.database import Database
from app.store.library.library import LibraryStore
from tests.store import writer

KEY = b"d" * 32
KINDS = ("workspace", "profile", "collection")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.db"


def filled(path: Path, rows: int = 300) -> None:
    """A profile's database with a few pages of settings, closed."""
    database = Database(path, KEY, "profile")
    with database.transaction() as connection:
        for number in range(rows):
            connection.execute(
                insert(schema.settings).values(name=f"name {number}", value="canary " * 40)
            )
    database.close()


def test_the_file_cannot_be_read_without_the_key(path: Path) -> None:
    filled(path)
    raw = path.read_bytes()
    assert len(raw) > 50_000
    assert b"canary" not in raw
    assert b"SQLite" not in raw
    assert b"settings" not in raw
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(path).execute("SELECT * FROM sqlite_master")
    assert not path.with_name("some.db-wal").exists()


def test_a_plain_database_is_not_taken_for_ours(path: Path) -> None:
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE settings (name, value)")
    plain.commit()
    plain.close()
    before = path.read_bytes()
    with pytest.raises(DamagedData):
        Database(path, KEY, "profile")
    assert path.read_bytes() == before


def test_a_wrong_key(path: Path) -> None:
    filled(path)
    with pytest.raises(DamagedData) as caught:
        Database(path, b"w" * 32, "profile")
    assert caught.value.facts["path"] == str(path)
    filled_again = Database(path, KEY, "profile")
    filled_again.close()


def test_a_database_of_a_later_version_is_left_alone(path: Path) -> None:
    database = Database(path, KEY, "profile")
    with database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    before = path.read_bytes()
    with pytest.raises(NewerSchema) as caught:
        Database(path, KEY, "profile")
    assert caught.value.facts == {"path": str(path), "found": "9999"}
    assert path.read_bytes() == before


def test_a_flipped_byte_anywhere_is_noticed(path: Path) -> None:
    filled(path)
    raw = path.read_bytes()
    for place in (0, 20, 4095, 4097, len(raw) // 2, len(raw) - 3):
        damaged = bytearray(raw)
        damaged[place] ^= 4
        path.write_bytes(damaged)
        with pytest.raises(DamagedData):
            Database(path, KEY, "profile")
    path.write_bytes(raw)
    Database(path, KEY, "profile").close()


def test_a_cut_file_is_noticed(path: Path) -> None:
    filled(path)
    raw = path.read_bytes()
    for size in (100, 4096, len(raw) - 4096, len(raw) - 1):
        path.write_bytes(raw[:size])
        with pytest.raises(DamagedData):
            Database(path, KEY, "profile")


@pytest.mark.parametrize("kind", KINDS)
def test_migrations_lead_to_the_schema(path: Path, kind: str) -> None:
    database = Database(path, KEY, kind)

    def is_ours(name: str | None, kind_of_thing: str, _parents: object) -> bool:
        return not (
            kind_of_thing == "table"
            and str(name).startswith(("passage_words", "passage_terms", "message_words"))
        )

    with database.transaction() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": is_ours, "compare_type": True}
        )
        assert compare_metadata(context, getattr(schema, kind)) == []
    database.close()


@pytest.mark.parametrize("kind", KINDS)
def test_the_newest_revision_is_known(path: Path, kind: str) -> None:
    """Or files of the version before would not be brought up to date."""
    database = Database(path, KEY, kind)
    with database.transaction() as connection:
        reached = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    database.close()
    assert reached == migrations.newest(kind)


def test_a_second_opening_changes_nothing(path: Path) -> None:
    filled(path)
    before = path.read_bytes()
    Database(path, KEY, "profile").close()
    assert path.read_bytes() == before


def test_a_failed_transaction_leaves_nothing(path: Path) -> None:
    database = Database(path, KEY, "profile")

    def fail() -> None:
        with database.transaction() as connection:
            connection.execute(insert(schema.settings).values(name="half", value=""))
            raise ValueError("in the middle")

    with pytest.raises(ValueError, match="middle"):
        fail()
    with database.transaction() as connection:
        assert connection.execute(text("SELECT count(*) FROM settings")).scalar() == 0
    database.close()


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, list[str]]:
    """A collection whose writer was killed again and again, and the ids that it had confirmed."""
    folder = tmp_path / "collection"
    confirmed: list[str] = []
    for seconds in (0.15, 0.3, 0.45):
        process = subprocess.Popen(
            [sys.executable, writer.__file__, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert process.stdout is not None
        first = process.stdout.readline().strip()
        time.sleep(seconds)
        process.kill()
        rest = process.stdout.read().split("\n")[:-1]
        assert process.wait() == -signal.SIGKILL
        process.stdout.close()
        assert first
        confirmed += [first, *rest]
    return folder, confirmed


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill means something else there")
def test_a_killed_writer_loses_nothing_that_was_confirmed(
    written: tuple[Path, list[str]],
) -> None:
    folder, confirmed = written
    store = LibraryStore(folder, writer.KEY)
    store.database.verify()
    states = {each.id: each.state for each in store.documents()}
    for document_id in confirmed:
        assert states[document_id] == DocumentState.INDEXED
        assert store.original(document_id).startswith(b"content")
        assert len(store.passages_of(document_id)) == writer.PASSAGES
    for document in store.documents():
        whole = document.state == DocumentState.INDEXED
        assert len(store.passages_of(document.id)) == (writer.PASSAGES if whole else 0)
        assert document.id in confirmed or len(states) - len(confirmed) <= 3
    kept = {each.name for each in (folder / "files").iterdir()}
    assert kept <= {store.content(each) for each in states} | store.staging.contents()
    store.close()


def test_the_key_is_not_in_error_messages(path: Path) -> None:
    filled(path, 1)
    with pytest.raises(DamagedData) as caught:
        Database(path, b"w" * 32, "profile")
    told = f"{caught.value!r} {caught.value.__cause__!r}"
    assert (b"w" * 32).hex() not in told
    assert keys.KEY_BYTES == 32
