import contextlib
import io
import struct
import zipfile
from pathlib import Path

import pytest

from app.documents.archives.member_names import safe_path
from app.documents.reading.reader import DocumentSource, parts, read
from app.domain.errors import DamagedFile, FileTooLarge, PasswordNeeded, UnknownFormat
from app.domain.library.reading import UnreadReason
from tests.documents.packages import zipped


def names(data: bytes) -> list[str]:
    return [name for name, reason in taken(data) if reason is None]


def refused(data: bytes) -> dict[str, UnreadReason]:
    return {name: reason for name, reason in taken(data) if reason is not None}


def taken(data: bytes) -> list[tuple[str, UnreadReason | None]]:
    return [(part.name, part.refused) for part in parts(DocumentSource("a.zip", data=data))]


def test_documents_of_known_kinds() -> None:
    inner = zipped({"в папке/b.md": b"# b", "deeper.zip": zipped({"c.txt": b"c"})})
    data = zipped({"папка/а.txt": b"1", "b.exe": b"2", "dir/": b"", "in.zip": inner, "A.PDF": b"3"})
    assert names(data) == ["папка/а.txt", "in.zip/в папке/b.md", "A.PDF"]
    assert refused(data) == dict.fromkeys(["b.exe", "in.zip/deeper.zip"], UnreadReason.PART_FORMAT)
    assert next(parts(DocumentSource("a.zip", data=data))).data == b"1"
    assert list(parts(DocumentSource("a.txt", data=b"text"))) == []
    with pytest.raises(UnknownFormat):
        read(DocumentSource("a.zip", data=data))


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "utf-8"])
def test_russian_names_of_old_programs(encoding: str) -> None:
    raw = "Договор № 5/Отчёт.txt".encode(encoding)
    plain = zipped({"x" * len(raw): b"1"}).replace(b"x" * len(raw), raw)
    assert names(plain) == ["Договор № 5/Отчёт.txt"]


def test_names_that_lead_out() -> None:
    for name in ("../a.txt", "/a.txt", "a/../../b.txt", "C:/a.txt", "C:a.txt", "\\\\host\\a.txt",
                 "..\\a.txt", "a\0.txt", "a\n.txt", "a.txt:b.txt"):  # fmt: skip
        assert safe_path(name) == "", name
    assert safe_path("./a\\b//c.txt") == "a/b/c.txt"
    hostile = zipped(
        {"../a.txt": b"1", "/etc/b.txt": b"2", "d\\..\\..\\c.txt": b"3", "ok.txt": b"4"}
    )
    assert names(hostile) == ["ok.txt"]


def test_links_are_left_out() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        link = zipfile.ZipInfo("a.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        package.writestr(link, "/etc/passwd")
        package.writestr("b.txt", "b")
    assert names(stream.getvalue()) == ["b.txt"]


def test_bombs() -> None:
    bomb = zipped({"a.txt": b" " * 20_000_000})
    with pytest.raises(FileTooLarge):
        names(bomb)
    with pytest.raises(FileTooLarge):
        names(zipped({"in.zip": zipped({"a.txt": b" " * 20_000_000})}))
    with pytest.raises(FileTooLarge):
        names(zipped({f"{number}.txt": b"" for number in range(10_001)}))


def test_a_directory_that_lies() -> None:
    """The sizes in the directory say 10 bytes; what comes out may not be more."""
    bomb = bytearray(zipped({"a.txt": b" " * 20_000_000}))
    at = bomb.index(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = struct.pack("<I", 10)
    with contextlib.suppress(DamagedFile, FileTooLarge):
        assert (
            sum(len(part.data) for part in parts(DocumentSource("a.zip", data=bytes(bomb)))) <= 10
        )


def test_what_holds_itself_ends() -> None:
    data = zipped({"a.txt": b"1"})
    for _ in range(50):
        data = zipped({"a.zip": data})
    assert names(data) == []


def test_passwords_and_damage(tmp_path: Path) -> None:
    locked = bytearray(zipped({"a.txt": b"text"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    with pytest.raises(PasswordNeeded):
        names(bytes(locked))
    whole = zipped({"a.txt": bytes(range(256)) * 50, "b.txt": b"b" * 999})
    for size in (4, 30, 200, len(whole) // 2, len(whole) - 5):
        with pytest.raises(DamagedFile):
            names(whole[:size])
    broken = bytearray(whole)
    broken[60] ^= 0xFF
    assert names(bytes(broken)) == ["b.txt"]
    assert refused(bytes(broken)) == {"a.txt": UnreadReason.PART_DAMAGED}


def test_one_locked_member_costs_that_member() -> None:
    data = bytearray(zipped({"a.txt": b"text", "b.txt": b"open"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    assert taken(bytes(data)) == [("a.txt", UnreadReason.PART_LOCKED), ("b.txt", None)]


def test_what_systems_put_beside_files_is_not_missed() -> None:
    beside = ["__MACOSX/._a.txt", ".DS_Store", "photos/Thumbs.db", "desktop.ini"]
    assert taken(zipped(dict.fromkeys([*beside, "a.txt"], b"1"))) == [("a.txt", None)]
