"""Documents of one collection: whole or not at all, and invisible from outside."""

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, text

from app.domain.errors import DamagedData, DocumentMissing
from app.domain.library.documents import Document, DocumentState, LineBox, Locator, Passage
from app.store.index import passage_rows
from app.store.library.library import LibraryStore
from app.store.library.staging import StagedFacts
from tests.store.rows import queued

KEY = b"l" * 32
CANARY = "Canarybird"
RUSSIAN = "Канарейка"


def pieces(*texts: str) -> list[Passage]:
    return [
        Passage(
            each, f"{CANARY} › head", Locator(n, n + len(each), n + 1, "head", 7),
            (LineBox(1, 2, 3.5, 4, 0, len(each)),),
        )
        for n, each in enumerate(texts)
    ]  # fmt: skip


def vectors(count: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.float16]]":
    return np.eye(count, 8, dtype=np.float16)


def add(store: LibraryStore, *texts: str, name: str = "a.txt") -> Document:
    waiting = queued(store, f"/{CANARY}/{name}")
    store.save(waiting, "\n".join(texts).encode(), pieces(*texts), vectors(len(texts)))
    return store.document(waiting.id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "collection"


@pytest.fixture
def store(folder: Path) -> Iterator[LibraryStore]:
    opened = LibraryStore(folder, KEY)
    yield opened
    opened.close()


def rows(store: LibraryStore) -> dict[str, int]:
    with store.database.transaction() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("documents", "passages", "vectors", "passage_words")
        }


def test_a_document_is_saved_whole(store: LibraryStore) -> None:
    document = add(store, "one two", "three")
    assert document.state == DocumentState.INDEXED
    assert (document.size, document.passages) == (13, 2)
    assert store.original(document.id) == b"one two\nthree"
    first, second = store.passages_of(document.id)
    assert [first.passage, second.passage] == pieces("one two", "three")
    assert (first.ordinal, second.ordinal, first.name) == (0, 1, "a.txt")
    assert store.passages([second.id, 999]) == {second.id: second}
    assert store.neighbours(first, 1) == [first, second]
    assert store.counts() == (1, 2)
    assert rows(store) == {"documents": 1, "passages": 2, "vectors": 2, "passage_words": 2}


def test_a_document_saved_again_replaces_the_old(store: LibraryStore) -> None:
    document = add(store, "one", "two", "three")
    store.save(document, b"new", pieces("new"), vectors(1))
    assert [each.passage.text for each in store.passages_of(document.id)] == ["new"]
    assert store.original(document.id) == b"new"
    assert rows(store) == {"documents": 1, "passages": 1, "vectors": 1, "passage_words": 1}


def test_removing_leaves_no_trace(store: LibraryStore, folder: Path) -> None:
    gone, kept = add(store, "one", "two"), add(store, "three", name="b.txt")
    ids = [each.id for each in store.passages_of(gone.id)]
    assert store.remove(gone.id) == ids
    assert rows(store) == {"documents": 1, "passages": 1, "vectors": 1, "passage_words": 1}
    assert [each.name for each in (folder / "files").iterdir()] == [store.content(kept.id)]
    with pytest.raises(DocumentMissing):
        store.document(gone.id)
    new = add(store, "four")
    assert not set(ids) & {each.id for each in store.passages_of(new.id)}, "ids are not used again"


def test_removed_words_leave_the_index_too(store: LibraryStore) -> None:
    def left() -> int:
        with store.database.transaction() as connection:
            blocks = connection.execute(text("SELECT block FROM passage_words_data")).scalars()
            return sum(b"ebrafish" in each for each in blocks)

    gone = add(store, "zebrafish one", "two")
    for number in range(30):
        add(store, f"text {number}", name=f"{number}.txt")
    store.remove(gone.id)
    assert left() > 0, "a deletion alone only hides it"
    store.tidy()
    assert left() == 0
    assert store.counts() == (30, 30)


def test_a_failed_save_leaves_the_document_as_it_was(store: LibraryStore) -> None:
    document = add(store, "one")
    with pytest.raises(ValueError, match="shorter"):
        store.save(document, b"new", pieces("new", "newer"), vectors(1))
    assert [each.passage.text for each in store.passages_of(document.id)] == ["one"]
    assert store.document(document.id) == document


def test_an_original_without_its_row_is_cleaned_up(folder: Path) -> None:
    store = LibraryStore(folder, KEY)
    content = store.content(add(store, "one").id)
    store.close()
    for name in ("orphan", ".tmp-00"):
        (folder / "files" / name).write_bytes(b"left by a power cut")
    LibraryStore(folder, KEY).close()
    assert [each.name for each in (folder / "files").iterdir()] == [content]


@pytest.mark.parametrize("how", ["missing", "empty"])
def test_a_lost_database_does_not_cost_the_originals(folder: Path, how: str) -> None:
    store = LibraryStore(folder, KEY)
    document = add(store, "one")
    content = store.content(document.id)
    store.close()
    database = folder / "collection.db"
    before = database.read_bytes()
    database.unlink() if how == "missing" else database.write_bytes(b"")
    with pytest.raises(DamagedData):
        LibraryStore(folder, KEY)
    assert (folder / "files" / content).exists()
    database.write_bytes(before)  # from a backup
    store = LibraryStore(folder, KEY)
    assert store.original(document.id) == b"one"
    store.close()


def test_a_damaged_original(store: LibraryStore, folder: Path) -> None:
    one, other = add(store, "one"), add(store, "other", name="b.txt")
    first, second = (folder / "files" / store.content(each.id) for each in (one, other))
    first.write_bytes(second.read_bytes())
    with pytest.raises(DamagedData):
        store.original(one.id)
    first.unlink()
    with pytest.raises(DamagedData):
        store.original(one.id)
    assert store.original(other.id) == b"other"


def test_states(store: LibraryStore) -> None:
    waiting = queued(store, "/w.txt")
    parsing = queued(store, "/p.txt")
    store.begin_parsing(parsing.id)
    failed = queued(store, "/f.txt")
    store.queue.set_failed(failed.id, "damaged-file", {"name": "f.txt", "seconds": 4})
    add(store, "one")
    assert {each.id for each in store.queue.all()} == {waiting.id, parsing.id}
    failed = store.document(failed.id)
    assert (failed.error, failed.error_facts) == (
        "damaged-file",
        (("name", "f.txt"), ("seconds", "4")),
    )
    store.queue.again([failed.id], 2.0)
    assert store.document(failed.id).error == ""
    found = store.queue.next()
    assert found is not None
    assert found.id == failed.id, "what was asked for last comes first"


def test_what_could_not_be_read_anew_stays_searchable(store: LibraryStore) -> None:
    document = add(store, "one")
    store.queue.again([document.id], 2.0)
    assert store.document(document.id).pending
    store.queue.set_failed(document.id, "damaged-file", {})
    after = store.document(document.id)
    assert (after.state, after.error, after.pending) == (
        DocumentState.INDEXED, "damaged-file", False,
    )  # fmt: skip
    assert store.passages_of(document.id)


def test_only_what_stays_counts_as_known_content(store: LibraryStore) -> None:
    document = add(store, "one")
    digest = store.sha256(document.id)
    assert store.with_content(digest) == document
    store.queue.again([document.id], 2.0)
    assert store.with_content(digest) is None, "its file has changed"
    other = add(store, "two", name="b.txt")
    store.queue.again([other.id], 2.0, inside=True)
    assert store.with_content(store.sha256(other.id)) is not None


def test_a_document_enters_the_search_only_when_all_of_it_is_ready(store: LibraryStore) -> None:
    document = queued(store)
    kept = store.originals.keep(io.BytesIO(b"content"))
    store.staging.add(document.id, 0, pieces("one", "two"), [True, False])
    assert store.staging.ready() == []
    store.staging.complete(document.id, StagedFacts("", kept.sha256, kept.size, kept.name))
    (wanting,) = store.staging.wanting(10)
    assert (wanting.text, store.staging.count_wanting()) == ("one", 1)
    assert store.with_content(kept.sha256) is not None, "staged content is known too"
    assert rows(store) == {"documents": 1, "passages": 0, "vectors": 0, "passage_words": 0}
    store.staging.put([(wanting.id, b"\0\0" * 8)])
    assert store.staging.ready() == [document.id]
    store.finish(document.id)
    assert rows(store) == {"documents": 1, "passages": 2, "vectors": 1, "passage_words": 2}
    assert store.queue.next() is None


def test_nothing_is_staged_while_a_document_is_removed(
    store: LibraryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading ends just when the document goes: it has to wait, and is told that it is gone."""
    document = add(store, "one")
    refused: list[DocumentMissing] = []

    def complete() -> None:
        try:
            store.staging.complete(document.id, StagedFacts("", "0" * 64, 3, "name"))
        except DocumentMissing as error:
            refused.append(error)

    reading, forget = threading.Thread(target=complete), passage_rows.forget

    def meanwhile(connection: Connection, document_id: str) -> list[int]:
        reading.start()
        reading.join(0.3)
        assert reading.is_alive()
        return forget(connection, document_id)

    monkeypatch.setattr(passage_rows, "forget", meanwhile)
    store.remove(document.id)
    reading.join()
    assert len(refused) == 1
    assert rows(store) == dict.fromkeys(rows(store), 0)


def test_facts(store: LibraryStore) -> None:
    assert store.fact("model") is None
    store.set_fact("model", "one")
    store.set_fact("model", "two")
    assert store.fact("model") == "two"


def test_contents_are_invisible_on_the_disk(folder: Path) -> None:
    store = LibraryStore(folder, KEY)
    add(store, f"{CANARY} in English", f"{RUSSIAN} по-русски", name=f"{CANARY}.txt")
    store.set_fact(CANARY, RUSSIAN)
    files = [each for each in folder.rglob("*") if each.is_file()]
    assert {each.name for each in files} >= {"collection.db", "collection.db-wal"}
    scan(files)  # while it is open
    store.close()
    scan([each for each in folder.rglob("*") if each.is_file()])


def scan(files: list[Path]) -> None:
    for file in files:
        raw = file.read_bytes()
        for word in (CANARY, CANARY.lower(), RUSSIAN, RUSSIAN.lower(), "канарейк"):
            for encoding in ("utf-8", "utf-16-le"):
                assert word.encode(encoding) not in raw, (file.name, word, encoding)
        assert CANARY not in str(file)
