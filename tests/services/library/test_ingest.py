"""What waits is read and embedded: in which order, once, anew, and past whatever fails."""

import base64
import gzip
import io
import os
import random
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import func, select

from app.documents import limits
from app.documents.reading import reader
from app.documents.reading.sandbox import Sandbox
from app.documents.sheets import csv_long
from app.domain.errors import Cancelled, OtherEmbeddingModel, StorageFull
from app.domain.library.documents import AddProgress, Document, DocumentState
from app.domain.progress import Control
from app.domain.settings import Ingesting
from app.engines.base import Vectors
from app.engines.fake import FakeEmbedder
from app.store.library.library import LibraryStore
from app.store.library.originals import Kept, Originals
from app.store.library.reading_queue import ReadingQueue
from app.store.library.staging import Staging
from app.store.schema import passages, staged_passages, vectors
from tests.documents import child_acts
from tests.documents.archives.seven_zips import seven_zip
from tests.documents.archives.test_tar import tarred
from tests.documents.packages import zipped
from tests.services.conftest import House, add_model
from tests.services.controls import Recording

INDEXED, FAILED, PARSING = DocumentState.INDEXED, DocumentState.FAILED, DocumentState.PARSING


def store_of(house: House) -> LibraryStore:
    (opened,) = house.services.library.open_collections
    return opened.store


def named(house: House) -> dict[str, Document]:
    found = house.services.library.documents()
    assert len({each.name for each in found}) == len(found)
    return {each.name: each for each in found}


def outcomes(house: House) -> dict[str, str]:
    """State, or what went wrong."""
    return {name: each.error or each.state.value for name, each in named(house).items()}


def hits(house: House, question: str) -> set[str]:
    return {each.name for each in house.services.retrieval.find(question, 20).segments}


def kept(house: House) -> set[str]:
    return {each.name for each in (store_of(house)._folder / "files").iterdir()}


def known(house: House) -> set[str]:
    store = store_of(house)
    rows = {store.content(each.id) for each in store.documents()}
    return (rows | store.staging.contents()) - {""}


def order(control: Recording) -> list[str]:
    names = [e.name for e in control.seen if isinstance(e, AddProgress) and e.state == PARSING]
    return list(dict.fromkeys(names))


def reaching(name: str, state: DocumentState) -> Recording:
    """Stops at that progress."""
    return Recording(
        lambda each: isinstance(each, AddProgress) and (each.name, each.state) == (name, state)
    )


def rewritten(path: Path, content: str | bytes) -> None:
    """With another time, whatever the clock's steps are."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    facts = path.stat()
    os.utime(path, (facts.st_atime, facts.st_mtime + 10))


# -- the queue ------------------------------------------------------------------------------------


def test_a_pause_is_remembered_and_what_waits_goes_on_after_it(
    house: House, open_house: Callable[..., House]
) -> None:
    files = [house.file(f"{name}.txt", f"Words of {name}.") for name in "abcd"]
    with pytest.raises(Cancelled):
        house.services.library.add(files, reaching("b.txt", PARSING))
    house.services.library.pause()
    again = open_house()
    assert again.services.library.paused
    assert again.services.library.unfinished() > 0
    again.services.library.pause(paused=False)
    again.services.library.ingest()
    assert not again.services.library.paused
    assert set(outcomes(again).values()) == {"indexed"}
    assert len(outcomes(again)) == 4


def test_what_was_added_last_comes_first(house: House) -> None:
    library = house.services.library
    library.queue([house.file(f"{name}.txt", f"Words of {name}.") for name in ("b", "a")])
    library.queue([house.file("z.txt", "Words of z.")])
    control = Recording()
    library.ingest(control)
    assert order(control) == ["z.txt", "a.txt", "b.txt"]


def test_a_file_that_changes_after_it_was_read_is_read_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is added again while its passages wait for their vectors."""
    path = house.file("a.txt", "Words about zebras.")
    library, embed = house.services.library, FakeEmbedder.embed_passages

    def changing(self: FakeEmbedder, texts: Sequence[str], control: Control) -> Vectors:
        found = embed(self, texts, control)
        if "zebras" in texts[0]:
            rewritten(path, "Words about giraffes.")
            library.queue([path])
        return found

    monkeypatch.setattr(FakeEmbedder, "embed_passages", changing)
    library.add([path])
    assert outcomes(house) == {"a.txt": "indexed"}
    assert library.original(named(house)["a.txt"].id) == b"Words about giraffes."
    assert library.counts() == (1, 1)


def test_a_document_that_is_removed_while_it_waits_for_its_vectors(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [house.file(f"{name}.txt", f"Words of {name}.") for name in "abc"]
    library, embed = house.services.library, FakeEmbedder.embed_passages

    def removing(self: FakeEmbedder, texts: Sequence[str], control: Control) -> Vectors:
        if "b.txt" in named(house):
            library.remove([named(house)["b.txt"].id])
        return embed(self, texts, control)

    monkeypatch.setattr(FakeEmbedder, "embed_passages", removing)
    library.add(files)
    assert outcomes(house) == {"a.txt": "indexed", "c.txt": "indexed"}
    assert store_of(house).staging.count_wanting() == 0
    with store_of(house).database.transaction() as connection:
        assert connection.execute(select(func.count()).select_from(staged_passages)).scalar() == 0


def test_a_document_that_is_removed_while_it_is_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [house.file(f"{name}.txt", f"Words of {name}.") for name in "abc"]
    library, add = house.services.library, Staging.add

    def removing(self: Staging, document_id: str, *rest: Any) -> None:
        if [each.name for each in library.documents(ids=[document_id])] == ["b.txt"]:
            library.remove([document_id])
        add(self, document_id, *rest)

    monkeypatch.setattr(Staging, "add", removing)
    library.add(files)
    assert outcomes(house) == {"a.txt": "indexed", "c.txt": "indexed"}
    assert store_of(house).staging.count_wanting() == 0
    assert kept(house) == known(house)


def test_a_document_that_is_removed_just_before_it_enters_the_search(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [house.file(f"{name}.txt", f"Words of {name}.") for name in "ab"]
    library, ready = house.services.library, Staging.ready

    def removing(self: Staging) -> list[str]:
        found = ready(self)
        if "b.txt" in named(house) and named(house)["b.txt"].id in found:
            library.remove([named(house)["b.txt"].id])
        return found

    monkeypatch.setattr(Staging, "ready", removing)
    library.add(files)
    assert outcomes(house) == {"a.txt": "indexed"}
    assert kept(house) == known(house)


# -- the same, changed, failing -------------------------------------------------------------------


def test_the_same_content_in_a_folder_and_in_an_archive(house: House) -> None:
    house.file("a.txt", "The same words.")
    house.file("deep/b.txt", "The same words.")
    house.file("c.zip", zipped({"d.txt": b"The same words.", "e.txt": b"Others."}))
    report = house.services.library.add([house.files])
    assert report.duplicates == 2
    assert outcomes(house) == {"a.txt": "indexed", "c.zip": "indexed", "e.txt": "indexed"}
    places = store_of(house).places.of(named(house)["a.txt"].id)
    assert [Path(each.path).name for each in places] == ["a.txt", "b.txt"]
    assert kept(house) == known(house)


def test_a_file_that_changes_while_it_is_taken_in(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = house.file("a.txt", "before"), house.file("b.txt", "other")
    keep = Originals.keep

    def meanwhile(self: Originals, source: Any) -> Kept:
        if source.getvalue() == b"before":
            rewritten(path, "after")
        return keep(self, source)

    monkeypatch.setattr(Originals, "keep", meanwhile)
    house.services.library.add([path, other])
    assert outcomes(house) == {"a.txt": "file-changing", "b.txt": "indexed"}
    assert kept(house) == known(house)
    monkeypatch.setattr(Originals, "keep", keep)
    house.services.library.add([path])
    assert hits(house, "after") >= {"a.txt"}


def test_reading_again_that_fails_keeps_what_was_there(house: House) -> None:
    path = house.file("a.csv", "name;sum\nzebra;1\n")
    house.services.library.add([path])
    (before,) = house.services.library.documents()
    rewritten(path, b"\x00\x01\x02\xff\xfe\x00" * 50)
    house.services.library.add([path])
    (after,) = house.services.library.documents()
    assert (after.id, after.state, after.passages) == (before.id, INDEXED, before.passages)
    assert after.error
    assert hits(house, "zebra") == {"a.csv"}
    assert house.services.library.original(after.id) == b"name;sum\nzebra;1\n"
    rewritten(path, "name;sum\ngiraffe;2\n")
    house.services.library.add([path])
    assert outcomes(house) == {"a.csv": "indexed"}
    assert "giraffe" in house.services.retrieval.find("giraffe").segments[0].text
    assert kept(house) == known(house)


def test_retrying_what_failed(house: House) -> None:
    path = house.file("a.pdf", "no PDF at all")
    house.services.library.add([path])
    (failed,) = house.services.library.documents()
    assert failed.error == "damaged-file"
    from tests.samples import make_pdf

    path.write_bytes(make_pdf(["Now it is one."]))
    house.services.library.retry([failed.id])
    assert named(house)["a.pdf"].state == DocumentState.QUEUED
    house.services.library.ingest()
    assert outcomes(house) == {"a.pdf": "indexed"}


# -- files inside files ---------------------------------------------------------------------------


def mail(text: str, attached: dict[str, str]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "anna@example.org", "Subject"
    message.set_content(text)
    for name, content in attached.items():
        message.add_attachment(content.encode(), "text", "plain", filename=name)
    return message.as_bytes()


def letter(text: str, attached: dict[str, str]) -> bytes:
    import pymupdf

    from tests.samples import make_pdf

    document = pymupdf.open(stream=make_pdf([text]))
    for name, content in attached.items():
        document.embfile_add(name, content.encode(), filename=name)
    return bytes(document.tobytes())


CONTAINERS: dict[str, Callable[[dict[str, str]], bytes]] = {
    "a.zip": lambda parts: zipped({name: text.encode() for name, text in parts.items()}),
    "a.7z": lambda parts: seven_zip([(name, text.encode()) for name, text in parts.items()]),
    "a.tgz": lambda parts: gzip.compress(
        tarred({name: text.encode() for name, text in parts.items()})
    ),
    "a.eml": lambda parts: mail("The letter itself.", parts),
    "a.pdf": lambda parts: letter("The letter itself.", parts),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_what_is_inside_follows_what_it_is_in(house: House, name: str) -> None:
    make = CONTAINERS[name]
    path = house.file(name, make({"one.txt": "First.", "two.txt": "Second.", "bad.pdf": "none"}))
    library = house.services.library
    library.add([path])
    found = named(house)
    assert outcomes(house) == {
        name: "indexed", "one.txt": "indexed", "two.txt": "indexed", "bad.pdf": "damaged-file",
    }  # fmt: skip
    assert found["one.txt"].path == f"{path}/one.txt"
    library.add([path])
    assert named(house) == found, "nothing has changed"
    rewritten(path, make({"one.txt": "First.", "two.txt": "Second, changed.", "new.txt": "New."}))
    library.add([path])
    after = named(house)
    assert set(outcomes(house)) == {name, "one.txt", "two.txt", "new.txt"}
    assert set(outcomes(house).values()) == {"indexed"}
    assert after["one.txt"] == found["one.txt"]
    assert library.original(after["two.txt"].id) == b"Second, changed."
    assert kept(house) == known(house)
    library.remove([after[name].id])
    assert library.documents() == []
    assert kept(house) == set()


def test_a_mailbox_becomes_its_mails_and_what_is_attached(house: House) -> None:
    line = b"From a@b.c Mon Mar  2 10:00:00 2026\n"
    mails = [mail("Two pumps.", {"one.txt": "First."}), b"Subject: Last\n\nNo pumps.", b"\0\1"]
    house.file("Inbox.mbox", b"\n\n".join(line + each for each in mails))
    house.services.library.add([house.files])
    found = outcomes(house)
    assert len(found) == 4
    assert set(found) >= {"Inbox.mbox", "Last.eml", "one.txt"}
    assert set(found.values()) == {"indexed"}
    assert named(house)["Inbox.mbox"].reading.refused_parts == 1
    assert kept(house) == known(house)


# -- another embedding model ----------------------------------------------------------------------


def signed(self: FakeEmbedder, texts: Sequence[str], control: Control) -> Vectors:
    """The other model's vectors are all negative."""
    control.check()
    return self.embed_queries(texts) * np.float32(-1 if self.name == "other" else 1)


def signs(house: House) -> tuple[set[float], int]:
    """Of the stored vectors, and how many there are."""
    with store_of(house).database.transaction() as connection:
        rows = list(connection.execute(select(vectors.c.data)).scalars())
    return {float(np.sign(np.frombuffer(row, np.float16)).min()) for row in rows}, len(rows)


def with_two_models(house: House, open_house: Callable[..., House]) -> House:
    add_model(house.paths.kit, "other", "embedding", b"GGUF and other weights")
    return open_house()


def test_indexing_with_another_model_never_mixes_vectors(
    house: House, open_house: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeEmbedder, "embed_passages", signed)
    house = with_two_models(house, open_house)
    house.services.models.use("fake-embedder")
    files = [house.file(f"{name}.txt", f"Words of {name}.") for name in "abc"]
    house.services.library.add(files)
    assert signs(house) == ({1.0}, 3)
    house.services.models.use("other")
    with pytest.raises(Cancelled):
        house.services.library.reindex(reaching("b.txt", PARSING))
    assert signs(house)[0] <= {-1.0}
    again = open_house()
    assert signs(again)[0] <= {-1.0}
    again.services.library.ingest()
    assert signs(again) == ({-1.0}, 3)
    assert set(outcomes(again).values()) == {"indexed"}


def test_what_waits_with_vectors_of_the_old_model(
    house: House, open_house: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stopped after vectors were staged and before the document is finished."""
    monkeypatch.setattr(FakeEmbedder, "embed_passages", signed)
    house = with_two_models(house, open_house)
    house.services.models.use("fake-embedder")
    path = house.file("a.txt", "Words of a.")
    with monkeypatch.context() as patch:
        patch.setattr(Staging, "ready", lambda self: [])
        with pytest.raises(Cancelled):
            house.services.library.add([path], reaching("a.txt", DocumentState.EMBEDDING))
    assert store_of(house).staging.count_wanting() == 0
    house.services.models.use("other")
    with pytest.raises(OtherEmbeddingModel):
        house.services.library.ingest()
    house.services.library.reindex()
    assert signs(house) == ({-1.0}, 1)


def test_a_stop_between_forgetting_vectors_and_queueing(
    house: House, open_house: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever came first: nothing is left without vectors and without a word of it."""
    monkeypatch.setattr(FakeEmbedder, "embed_passages", signed)
    house = with_two_models(house, open_house)
    house.services.models.use("fake-embedder")
    house.services.library.add([house.file("a.txt", "Words of a.")])
    house.services.models.use("other")
    for owner, name in ((LibraryStore, "forget_vectors"), (ReadingQueue, "again")):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, stopped)
            with pytest.raises(KeyboardInterrupt):
                house.services.library.reindex()
        house = open_house()
        waits = house.services.library.unfinished()
        assert waits or signs(house) == ({1.0}, 1)
    house.services.library.reindex()
    assert signs(house) == ({-1.0}, 1)


def stopped(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


# -- the machine fails ----------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["add", "complete", "put", "finish"])
def test_a_full_disk_while_staging(
    house: House, act: str, monkeypatch: pytest.MonkeyPatch, open_house: Callable[..., House]
) -> None:
    files = [house.file(f"{name}.txt", f"Words of {name}.") for name in "abc"]
    does, calls = getattr(Staging, act), []

    def full(self: Staging, *arguments: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise StorageFull(path="disk")
        return does(self, *arguments)

    monkeypatch.setattr(Staging, act, full)
    with pytest.raises(StorageFull):
        house.services.library.add(files)
    assert "failed" not in outcomes(house).values()
    house.services.library.ingest()
    assert outcomes(house) == dict.fromkeys(("a.txt", "b.txt", "c.txt"), "indexed")
    again = open_house()
    assert kept(again) == known(again)
    assert again.services.library.counts() == (3, 3)


def test_a_reader_that_hangs_or_crashes_fails_its_file_alone(house: House) -> None:
    """The real sandbox; the names tell the child what to do."""
    (opened,) = house.services.library.open_collections
    sandbox = Sandbox(child_acts.read, seconds=1.5)
    opened._ingest._parsing._sandbox = sandbox
    try:
        for name in ("exit", "fine", "hang", "other"):
            house.file(name, f"content of {name}")
        house.services.library.add(
            [house.files / name for name in ("exit", "fine", "hang", "other")]
        )
    finally:
        sandbox.close()
    assert outcomes(house) == {
        "exit": "reader-crashed", "fine": "indexed", "hang": "reader-timed-out", "other": "indexed",
    }  # fmt: skip


# -- a very long table ----------------------------------------------------------------------------


def test_data_in_letters_has_no_vectors_and_is_found_by_its_words(house: House) -> None:
    blob = base64.b64encode(random.Random(7).randbytes(12_000)).decode()
    house.services.library.add([house.file("a.txt", f"The beam B-12 is sound.\n\n{blob}")])
    (document,) = house.services.library.documents()
    with store_of(house).database.transaction() as connection:
        count = connection.execute(select(func.count()).select_from(vectors)).scalar_one()
    assert count == 1 < document.passages
    assert "B-12" in house.services.retrieval.find("beam B-12").segments[0].text


def test_the_last_row_of_a_very_long_table_is_found_by_its_words(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "LONG_TABLE_BYTES", limits.MB)
    monkeypatch.setattr(csv_long, "TABLE_PIECE_BYTES", limits.MB // 4)
    opened = next(iter(house.services.library.open_collections))
    most = 50
    monkeypatch.setattr(opened._ingest._parsing, "_settings", Ingesting(table_vectors=most))
    table = io.StringIO("")
    table.write("number;name;sum\n")
    for row in range(40_000):
        table.write(f"{row};ordinary customer of the plant;{row * 7 % 1000}\n")
    table.write("40000;Остромысленский;4711\n")
    path = house.file("long.csv", table.getvalue())
    assert path.stat().st_size > 3 * limits.MB // 2
    house.services.library.add([path])
    (document,) = house.services.library.documents()
    assert document.state == INDEXED
    assert document.passages > 1000
    with store_of(house).database.transaction() as connection:
        count = connection.execute(select(func.count()).select_from(vectors)).scalar_one()
        whole = connection.execute(select(func.count()).select_from(passages)).scalar_one()
    assert most <= count < most + 10
    assert whole == document.passages
    best = house.services.retrieval.find("Остромысленский").segments[0]
    assert "40000 | Остромысленский | 4711" in best.text
