"""The snapshot of a graph: whole and of this very collection, or not there at all."""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.index.index_snapshot import Made
from app.store.index.passage_index import PassageIndex
from app.store.index.stored_vectors import StoredVectors
from tests.store.vectors import DIMENSIONS, DirectBuilder, Shelf, has_graph

MADE = Made("model", DIMENSIONS)


class Never(DirectBuilder):
    """For an index that has to find its graph in the snapshot."""

    def build(self, *_: object) -> bytearray:
        raise AssertionError("built again")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """500 passages, with a snapshot, not open."""
    made = Shelf(tmp_path / "one")
    made.fill(500)
    snapshot(made)
    yield made
    made.store.close()


def snapshot(shelf: Shelf) -> None:
    index = shelf.index()
    index.by_meaning(shelf.query(), 1)
    index.wait()
    index.close()
    assert shelf.file.exists()


def opened(shelf: Shelf) -> PassageIndex:
    """As after a start, built again if need be; it finds what is there."""
    index = shelf.index()
    shelf.check(index)
    index.wait()
    assert has_graph(index)
    shelf.check(index)
    return index


def test_a_start_reads_it(shelf: Shelf) -> None:
    shelf.reopen()
    index = shelf.index(Never())
    shelf.check(index)
    assert has_graph(index)


def test_nothing_of_it_is_readable(shelf: Shelf) -> None:
    raw = shelf.file.read_bytes()
    ids, vectors = next(StoredVectors(shelf.store.database).blocks(DIMENSIONS))
    assert vectors[3].tobytes() not in raw
    assert ids[:8].tobytes() not in raw
    assert b"usearch" not in raw
    assert shelf.file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("place", [0, 3, 8, 20, 24, 25, 100, 4000, 20_000, -1, -9, -17, -700])
def test_a_changed_bit_makes_it_nothing(shelf: Shelf, place: int) -> None:
    raw = bytearray(shelf.file.read_bytes())
    raw[place] ^= 1
    shelf.file.write_bytes(raw)
    assert shelf.store.snapshot.read(MADE) is None
    assert not shelf.file.exists()
    opened(shelf)
    assert shelf.file.exists(), "written again"


@pytest.mark.parametrize("length", [0, 1, 8, 24, 25, 40, 1000, 0.5, 0.99, -1, -8, -16])
def test_a_cut_one_is_nothing(shelf: Shelf, length: float) -> None:
    raw = shelf.file.read_bytes()
    kept = raw[: int(len(raw) * length)] if 0 < length < 1 else raw[: int(length)]
    shelf.file.write_bytes(kept)
    assert shelf.store.snapshot.read(MADE) is None
    opened(shelf)


def test_one_of_another_collection_is_nothing(shelf: Shelf, tmp_path: Path) -> None:
    for key in (b"v" * 32, b"w" * 32):
        other = Shelf(tmp_path / f"other-{key[:1].decode()}", key)
        other.fill(500)
        other.fill(1)
        snapshot(other)
        shutil.copy(other.file, shelf.file)
        other.store.close()
        assert shelf.store.snapshot.read(MADE) is None
        opened(shelf)


def test_one_of_another_model_or_size_is_nothing(shelf: Shelf) -> None:
    kept = shelf.file.read_bytes()
    for made in (Made("other", DIMENSIONS), Made("model", DIMENSIONS + 1), Made("", DIMENSIONS)):
        shelf.file.write_bytes(kept)
        assert shelf.store.snapshot.read(made) is None
    shelf.file.write_bytes(kept)
    assert shelf.store.snapshot.read(MADE) is not None


def test_what_came_and_went_since_is_seen(shelf: Shelf) -> None:
    document = shelf.store.documents()[0]
    shelf.fill(30)
    shelf.reopen()
    index = shelf.index(Never())
    shelf.check(index)
    assert index._vectors._layers is not None
    assert len(index._vectors._layers.fresh) == 30
    shelf.fill(400)
    shelf.store.remove(document.id)
    shelf.reopen()
    opened(shelf)


def test_an_older_file_beside_a_newer_database_is_nothing(shelf: Shelf) -> None:
    old = shelf.file.read_bytes()
    index = shelf.index()
    shelf.check(index)
    index.added(shelf.fill(200))
    index.wait()
    shelf.file.write_bytes(old)
    shelf.reopen()
    assert shelf.store.snapshot.read(MADE) is None
    opened(shelf)


def test_an_older_database_beside_a_newer_file_is_right(shelf: Shelf, tmp_path: Path) -> None:
    """It was put back from a copy: the ids that came after are used again for other passages."""
    shelf.store.close()
    shutil.copytree(shelf.folder, tmp_path / "copy")
    shelf.reopen()
    index = shelf.index()
    shelf.check(index)
    index.added(shelf.fill(200))
    index.wait()
    newer = shelf.file.read_bytes()
    shelf.store.close()
    shutil.rmtree(shelf.folder)
    shutil.copytree(tmp_path / "copy", shelf.folder)
    shelf.file.write_bytes(newer)
    shelf.reopen()
    shelf.fill(200)
    opened(shelf)


def test_a_full_disk_keeps_none_and_says_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.file.unlink()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        index = shelf.index()
        shelf.check(index)
        index.wait()
        assert has_graph(index)
        shelf.check(index)
    assert not shelf.file.exists()
    assert list(shelf.folder.glob(".tmp-*")) == []


def test_what_a_power_cut_left_is_removed(shelf: Shelf) -> None:
    (shelf.folder / ".tmp-0123").write_bytes(b"half")
    shelf.reopen()
    assert list(shelf.folder.glob(".tmp-*")) == []


def test_stopping_while_it_is_written_leaves_the_former(shelf: Shelf) -> None:
    before = shelf.file.read_bytes()
    looks = iter([True, False])
    shelf.store.snapshot.write(MADE, bytearray(10**6), lambda: next(looks, False))
    assert shelf.file.read_bytes() == before
    assert shelf.store.snapshot.read(MADE) is not None
    assert list(shelf.folder.glob(".tmp-*")) == []
