"""A database that is copied stands still, or the copy is not made."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert

from app.store import schema
from app.store.database import Database

#: Holds the lock of whoever writes the log into the file: the second of SQLite's eight, from byte
#: 120 of its shared memory on.
_HOLD = (
    "import fcntl, sys; file = open(sys.argv[1], 'r+b');"
    "fcntl.lockf(file, fcntl.LOCK_EX, 1, 121); print(flush=True); sys.stdin.read()"
)


@pytest.mark.skipif(sys.platform == "win32", reason="locks of another kind there")
def test_a_checkpoint_that_is_refused_says_nothing_about_the_file(tmp_path: Path) -> None:
    database = Database(tmp_path / "some.db", b"k" * 32, "profile")
    with database.transaction() as connection:
        connection.execute(insert(schema.settings).values(name="a", value="committed"))
    holding = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path / "some.db-shm")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holding:
        assert holding.stdout is not None
        holding.stdout.readline()
        assert not database._folded()
    assert database._folded()
    database.close()
