"""Whoever sends a file may mean harm: it is refused in words, and nothing of it is taken in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.domain.errors import (
    DamagedTransfer,
    ForgedTransfer,
    NewerTransfer,
    NotATransfer,
    TransferError,
    UnsoundTransfer,
    WrongPassphrase,
)
from app.store import keys
from app.store.transfer.layout import MOST_LINE, EmbeddingModel, Member
from app.store.vault.unlocked import Unlocked
from tests.store.transfer.conftest import (
    ORIGINAL,
    Forge,
    Take,
    document,
    lines,
    passage,
    vectors,
)

DOCUMENTS, PASSAGES = "documents.jsonl", "passages/000001.jsonl"
VECTORS = "vectors/000001.safetensors"


def refused(forge: Forge, take: Take, unlocked: Unlocked, error: type[TransferError]) -> None:
    """It is, and there is no trace of it."""
    before = sorted(unlocked.folder.rglob("*"))
    with pytest.raises(error):
        take(forge.write())
    assert unlocked.collections() == []
    assert sorted(unlocked.folder.rglob("*")) == before


def test_what_is_sound_is_taken_in(forge: Forge, take: Take, unlocked: Unlocked) -> None:
    made = take(forge.write())
    store = unlocked.open_collection(made)
    try:
        (found,) = store.documents()
        assert (found.name, found.tags, found.passages) == ("oil.txt", ("a",), 1)
    finally:
        store.close()


@pytest.mark.parametrize(
    "rest",
    [
        {"name": "../../evil.txt"},
        {"name": "/etc/passwd"},
        {"name": ".."},
        {"name": "a\nb.txt"},
        {"name": ""},
        {"id": "../d1"},
        {"id": ""},
        {"path": "\0"},
        {"title": "x" * 5000},
        {"size": -1},
        {"pages": 10**30},
        {"passages": 2},
        {"passages": 0},
        {"passages": 10**18},
        {"original": True},
        {"original": True, "sha256": "none"},
        {"reading": {"unread": [{"code": "no such reason"}]}},
        {"added": "yesterday"},
        {"tags": ["\ud800"]},
        {"reading": {"hidden": 10**40}},
    ],
    ids=str,
)
def test_a_document_as_no_reader_writes_it(
    forge: Forge, take: Take, unlocked: Unlocked, rest: dict[str, Any]
) -> None:
    forge.members[DOCUMENTS] = lines(document(**rest))
    refused(forge, take, unlocked, UnsoundTransfer)


@pytest.mark.parametrize(
    "rest",
    [
        {"document": "d2"},
        {"ordinal": 1},
        {"ordinal": -1},
        {"locator": {"start": -5, "end": 2}},
        {"locator": {"start": 0, "end": 10**30}},
        {"boxes": [{"x0": 0, "y0": 0, "x1": 1, "y1": 1, "start": -1, "end": 5}]},
        {"text": None},
        {"embedded": False},
    ],
    ids=str,
)
def test_a_passage_as_no_splitting_writes_it(
    forge: Forge, take: Take, unlocked: Unlocked, rest: dict[str, Any]
) -> None:
    forge.members[PASSAGES] = lines(passage(**rest))
    refused(forge, take, unlocked, UnsoundTransfer)


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(vectors([float("nan"), 0.0]), id="NaN"),
        pytest.param(vectors([float("inf"), 0.0]), id="infinite"),
        pytest.param(vectors([100.0, 0.0]), id="long, to come before all others"),
        pytest.param(vectors([0.0, 0.0]), id="nothing"),
        pytest.param(vectors([1.0, 0.0, 0.0]), id="of more values"),
        pytest.param(vectors([1.0, 0.0], [1.0, 0.0]), id="of more passages"),
        pytest.param(vectors([1.0, 0.0], kind=np.float32), id="of another kind"),
        pytest.param(b"\x80\x04\x95pickle", id="a pickle"),
        pytest.param(b"\xff" * 64, id="a header of 2**64 bytes"),
        pytest.param(vectors([1.0, 0.0])[:-1], id="cut"),
        pytest.param(vectors([1.0, 0.0]).replace(b"vectors", b"victors"), id="of another name"),
    ],
)
def test_vectors_that_are_none(forge: Forge, take: Take, unlocked: Unlocked, packed: bytes) -> None:
    forge.members[VECTORS] = packed
    refused(forge, take, unlocked, UnsoundTransfer)


def _two(forge: Forge) -> None:
    forge.members[DOCUMENTS] = lines(document(), document())


def _without_vectors(forge: Forge) -> None:
    del forge.members[VECTORS]


def _without_passages(forge: Forge) -> None:
    del forge.members[PASSAGES]


def _without_documents(forge: Forge) -> None:
    del forge.members[DOCUMENTS]


def _another_member(forge: Forge) -> None:
    forge.members["../../evil.db"] = b"SQLite format 3"


def _other_original(forge: Forge) -> None:
    forge.members[DOCUMENTS] = lines(document(original=True))
    forge.members["originals/d1"] = ORIGINAL + b" And more."


def _unnamed_original(forge: Forge) -> None:
    forge.members["originals/d2"] = ORIGINAL


def _long_line(forge: Forge) -> None:
    forge.members[PASSAGES] = b"[" * (MOST_LINE + 2**20)


def _many_passages(forge: Forge) -> None:
    forge.members[PASSAGES] = lines(*(passage(ordinal=n, embedded=False) for n in range(1500)))


def _counts(forge: Forge) -> None:
    forge.told = {"documents": 2}


def _huge_counts(forge: Forge) -> None:
    forge.told = {"passages": 2**60}


def _dimensions(forge: Forge) -> None:
    forge.told = {"model": EmbeddingModel("m", "", 3)}


@pytest.mark.parametrize(
    "change",
    [
        _two, _without_vectors, _without_passages, _without_documents, _another_member,
        _other_original, _unnamed_original, _long_line, _many_passages, _counts, _huge_counts,
        _dimensions,
    ],
    ids=lambda each: each.__name__.strip("_"),
)  # fmt: skip
def test_members_that_do_not_fit_together(
    forge: Forge, take: Take, unlocked: Unlocked, change: Callable[[Forge], None]
) -> None:
    change(forge)
    refused(forge, take, unlocked, UnsoundTransfer)


def test_a_member_of_another_size_or_content(forge: Forge, take: Take, unlocked: Unlocked) -> None:
    for size, digest in ((10, "0" * 64), (2**39, "0" * 64)):
        forge.told = {"members": (Member(DOCUMENTS, size, digest),)}
        refused(forge, take, unlocked, TransferError)


def test_a_signature_of_somebody_else(forge: Forge, take: Take, unlocked: Unlocked) -> None:
    forge.signed_by = keys.new_key()
    refused(forge, take, unlocked, ForgedTransfer)


def test_a_manifest_that_was_signed_for_another_file(
    forge: Forge, take: Take, unlocked: Unlocked
) -> None:
    forge.told = {"id": "another"}
    refused(forge, take, unlocked, ForgedTransfer)


def test_an_id_that_a_document_here_has_is_replaced(
    forge: Forge, take: Take, unlocked: Unlocked
) -> None:
    forge.members[DOCUMENTS] = lines(
        document(id="taken"), document(id="d2", container="taken", passages=0)
    )
    forge.members[PASSAGES] = lines(passage(document="taken"))
    forge.told = {"documents": 2}
    store = unlocked.open_collection(take(forge.write()))
    try:
        ids = {each.id: each.container for each in store.documents()}
    finally:
        store.close()
    assert "taken" not in ids
    assert ids["d2"] in ids


def test_every_bit_counts(forge: Forge, take: Take, unlocked: Unlocked) -> None:
    whole = forge.write().read_bytes()
    told = set()
    for place in range(0, len(whole), 29):
        changed = bytearray(whole)
        changed[place] ^= 1 << (place % 8)
        forge.path.write_bytes(changed)
        with pytest.raises(TransferError) as error:
            take(forge.path)
        told.add(type(error.value))
    assert unlocked.collections() == []
    assert told <= {NotATransfer, NewerTransfer, WrongPassphrase, DamagedTransfer}


@pytest.mark.parametrize("share", [0.0, 0.001, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut(forge: Forge, take: Take, unlocked: Unlocked, share: float) -> None:
    whole = forge.write().read_bytes()
    forge.path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(TransferError):
        take(forge.path)
    assert unlocked.collections() == []


def test_chunks_of_another_file(forge: Forge, take: Take, tmp_path: Path) -> None:
    one = forge.write().read_bytes()
    other = Forge(tmp_path / "other.larets").write().read_bytes()
    half = len(one) // 2
    forge.path.write_bytes(one[:half] + other[half:])
    with pytest.raises(TransferError):
        take(forge.path)


def test_a_later_version(forge: Forge, take: Take) -> None:
    whole = forge.write().read_bytes()
    forge.path.write_bytes(whole.replace(b'{"version":1', b'{"version":9', 1))
    with pytest.raises(NewerTransfer):
        take(forge.path)


def test_a_head_that_asks_for_a_key_of_no_memory(forge: Forge, take: Take) -> None:
    whole = forge.write().read_bytes()
    forge.path.write_bytes(whole.replace(b'"memory":65536', b'"memory":65537777', 1))
    with pytest.raises(TransferError):
        take(forge.path)
