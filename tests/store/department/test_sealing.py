"""What whoever runs the server sees of a department: no text, no name of a document, no word."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.errors import DamagedData
from app.store.department.sealing import PART, Sealing
from tests.store.department.conftest import Department, document, unit

_CANARY = "zimorodok"


def test_the_server_holds_no_text(department: Department, tmp_path: Path) -> None:
    anna = department.member("Anna")
    anna.people.create("c", "Plain name", "m", 16, words=True)
    original = f"{_CANARY} in the original".encode()
    told = document(f"{_CANARY}.txt", [f"{_CANARY} flies over water"], unit(1, 1), original)
    made = anna.sending("c").put(told)
    assert made
    anna.library("c").set_tags(made, [_CANARY])
    assert anna.index("c").by_words(_CANARY, 5)[0].score > 0
    dump = tmp_path / "dump"
    dump.write_text(department.host.run(
        "pg_dump", "-h", str(department.host.socket), "-U", "postgres", department.database
    ))  # fmt: skip
    content = dump.read_text()
    assert "Plain name" in content
    assert _CANARY not in content
    assert _CANARY.encode().hex() not in content
    with department.owner.transaction() as connection:
        connection.execute(text("CHECKPOINT"))
    found = subprocess.run(
        ["grep", "-rlc", _CANARY, str(department.host.data)], capture_output=True, check=False
    )
    assert found.stdout == b""


def test_a_row_that_was_moved_or_changed_does_not_open() -> None:
    sealing, other = Sealing("c", b"k" * 32), Sealing("d", b"k" * 32)
    sealed = sealing.text("one", b"text")
    assert sealing.opened("one", sealed) == b"text"
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for box, place, given in (
        (sealing, "two", sealed),
        (other, "one", sealed),
        (sealing, "one", changed),
        (Sealing("c", b"l" * 32), "one", sealed),
    ):
        with pytest.raises(DamagedData):
            box.opened(place, given)


def test_an_original_of_several_parts_comes_back_whole() -> None:
    sealing = Sealing("c", b"k" * 32)
    content = bytes(range(256)) * (PART // 128)
    parts = list(sealing.parts("d", content))
    assert len(parts) == 2
    back = b"".join(sealing.part("d", number, 2, each) for number, each in enumerate(parts))
    assert back == content
    with pytest.raises(DamagedData):
        sealing.part("d", 1, 2, parts[0])
    with pytest.raises(DamagedData):  # cut after the first part
        sealing.part("d", 0, 1, parts[0])


def test_a_lost_part_is_told(
    department: Department, filled: Callable[[str, str, int], str]
) -> None:
    rules = filled("Anna", "rules", 10)
    library = department.member("Anna").library(rules)
    (found,) = library.documents()
    assert library.original(found.id) == b"original"
    with department.owner.transaction() as connection:
        connection.execute(text("DELETE FROM larets.originals"))
    with pytest.raises(DamagedData):
        library.original(found.id)
