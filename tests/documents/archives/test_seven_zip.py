"""7z archives, and RAR archives, which are told of alone."""

import random
import time
from pathlib import Path

import pytest

from app.documents.reading.reader import DocumentSource, is_archive, parts
from app.domain.errors import (
    DamagedFile,
    DocumentError,
    FileTooLarge,
    PasswordNeeded,
    UnreadArchive,
)
from app.domain.library.reading import UnreadReason
from tests.documents.archives.seven_zips import (
    AES,
    BZIP2,
    COPY,
    DEFLATE,
    LZMA,
    LZMA2,
    PPMD,
    seven_zip,
)
from tests.documents.packages import zipped

FILES = Path(__file__).parents[1] / "files"
RAR = b"Rar!\x1a\x07\x01\0" + b"x" * 100
THREE = [("Отчёт/план.txt", "Печь четыре.".encode() * 50), ("b.exe", b"noise"), ("c.md", b"# c")]


def taken(data: bytes, name: str = "a.7z") -> list[tuple[str, bytes, UnreadReason | None]]:
    return [(p.name, p.data, p.refused) for p in parts(DocumentSource(name, data=data))]


def test_an_archive_of_another_program() -> None:
    found = taken((FILES / "packed.7z").read_bytes())
    assert [(name, len(data)) for name, data, _ in found if data] == [
        ("Отчёт/план.txt", 2600), ("b.csv", 240), ("d.md", 34),
    ]  # fmt: skip
    assert found[0][1].decode().startswith("Печь номер четыре остановить 19 мая.")
    assert ("c.exe", b"", UnreadReason.PART_FORMAT) in found


@pytest.mark.parametrize("method", [COPY, LZMA, LZMA2, BZIP2, DEFLATE])
def test_methods(method: bytes) -> None:
    assert taken(seven_zip(THREE, method)) == [
        (*THREE[0], None), ("b.exe", b"", UnreadReason.PART_FORMAT), (*THREE[2], None),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.zip", "a.rar", "a.txt", "a", "a.gz", "a.docx"])
def test_it_is_one_under_any_name(name: str) -> None:
    data = seven_zip(THREE)
    assert is_archive(name, data)
    assert taken(data, name) == taken(data)


def test_an_archive_in_an_archive() -> None:
    inner = seven_zip([("b.txt", b"b"), ("deeper.7z", seven_zip(THREE))])
    assert taken(zipped({"in.7z": inner, "in.rar": RAR}), "a.zip") == [
        ("in.7z/b.txt", b"b", None),
        ("in.7z/deeper.7z", b"", UnreadReason.PART_FORMAT),
        ("in.rar", b"", UnreadReason.PART_FORMAT),
    ]


def test_a_password_and_methods_that_are_not_known() -> None:
    with pytest.raises(PasswordNeeded):
        taken(seven_zip(THREE, AES))
    with pytest.raises(UnreadArchive) as caught:
        taken(seven_zip(THREE, PPMD))
    assert caught.value.facts == {"name": "a.7z", "kind": "7z"}


def test_rar_is_told_by_its_name() -> None:
    for name in ("a.rar", "a.zip", "a"):
        assert is_archive(name, RAR)
        with pytest.raises(UnreadArchive) as caught:
            taken(RAR, name)
        assert caught.value.facts == {"name": name, "kind": "RAR"}
    assert taken(zipped({"b.txt": b"b"}), "a.rar") == [("b.txt", b"b", None)]


def test_bytes_that_are_not_what_was_packed() -> None:
    data = bytearray(seven_zip(THREE, COPY))
    data[40] ^= 1
    assert [reason for *_, reason in taken(bytes(data))] == [
        UnreadReason.PART_DAMAGED, UnreadReason.PART_FORMAT, None,
    ]  # fmt: skip


@pytest.mark.parametrize("claimed", [2**40, 2**63, 601, 5])
def test_lengths_that_lie(claimed: int) -> None:
    with pytest.raises((DamagedFile, FileTooLarge)):
        taken(seven_zip([("a.txt", b"x" * 600)], claimed=claimed))


def test_bombs_and_dictionaries() -> None:
    for method in (LZMA2, BZIP2, DEFLATE):
        with pytest.raises(FileTooLarge):
            taken(seven_zip([("a.txt", bytes(20_000_000))], method))
    with pytest.raises(FileTooLarge):
        taken(seven_zip([("a.exe", bytes(20_000_000)), ("b.txt", b"b")]))
    small = seven_zip([("a.txt", b"x" * 600)], properties=b"\x28")  # four gigabytes
    assert taken(small)[0][1] == b"x" * 600


def test_every_byte_changed() -> None:
    whole = seven_zip(THREE, LZMA)
    dice = random.Random(7)
    began = time.monotonic()
    for at in range(len(whole)):
        data = bytearray(whole)
        data[at] = dice.choice((0, 0x7F, 0xFF, data[at] ^ 1))
        try:
            taken(bytes(data))
        except DocumentError:
            continue
    for size in range(0, len(whole), 5):
        with pytest.raises(DocumentError):
            taken(whole[:size] or b"\0")
    assert time.monotonic() - began < 30
