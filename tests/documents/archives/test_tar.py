"""TAR archives and GZIP files."""

import contextlib
import gzip
import io
import tarfile

import pytest

from app.documents.reading.reader import DocumentSource, is_archive, parts
from app.domain.errors import DamagedFile, FileTooLarge
from app.domain.library.reading import UnreadReason
from tests.documents.packages import zipped

FILES = {"папка/план.txt": "Печь четыре.".encode(), "b.exe": b"x", "c.md": b"# c"}
SAID = [
    ("папка/план.txt", FILES["папка/план.txt"], None),
    ("b.exe", b"", UnreadReason.PART_FORMAT),
    ("c.md", b"# c", None),
]


def tarred(files: dict[str, bytes], kind: int = tarfile.PAX_FORMAT) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=kind) as package:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            package.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def taken(data: bytes, name: str = "a.tar") -> list[tuple[str, bytes, UnreadReason | None]]:
    return [(p.name, p.data, p.refused) for p in parts(DocumentSource(name, data=data))]


@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
@pytest.mark.parametrize("name", ["a.tar", "a.zip", "a", "a.txt"])
def test_files_of_a_tar(kind: int, name: str) -> None:
    assert is_archive(name, tarred(FILES, kind))
    assert taken(tarred(FILES, kind), name) == SAID


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tgz", "a.gz", "a.zip", "a"])
def test_files_of_a_packed_tar(name: str) -> None:
    data = gzip.compress(tarred(FILES))
    assert is_archive(name, data)
    assert taken(data, name) == SAID


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "cp866"])
def test_russian_names_of_old_programs(encoding: str) -> None:
    raw = "Договор № 5/Отчёт.txt".encode(encoding)
    stream = io.BytesIO()
    with tarfile.open(
        fileobj=stream, mode="w", format=tarfile.GNU_FORMAT, encoding="latin-1"
    ) as package:
        package.addfile(tarfile.TarInfo(raw.decode("latin-1")))
    assert taken(stream.getvalue())[0][0] == "Договор № 5/Отчёт.txt"


def test_a_packed_file() -> None:
    assert taken(gzip.compress(b"a;b\n1;2"), "данные.csv.gz") == [("данные.csv", b"a;b\n1;2", None)]
    twice = gzip.compress(b"a;b\n") + gzip.compress(b"1;2")
    assert taken(twice, "данные.CSV.GZ")[0][1] == b"a;b\n1;2"
    assert taken(gzip.compress(b"x"), "a.exe.gz") == [("a.exe", b"", UnreadReason.PART_FORMAT)]


def test_archives_in_archives() -> None:
    inner = gzip.compress(tarred({"b.txt": b"b", "c.zip": zipped({"d.txt": b"d"})}))
    assert taken(zipped({"in.tar.gz": inner, "e.csv.gz": gzip.compress(b"1;2")}), "a.zip") == [
        ("in.tar.gz/b.txt", b"b", None),
        ("in.tar.gz/c.zip", b"", UnreadReason.PART_FORMAT),
        ("e.csv.gz/e.csv", b"1;2", None),
    ]


def test_links_and_names_that_lead_out() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as package:
        for name, kind in (("a.txt", tarfile.SYMTYPE), ("b.txt", tarfile.LNKTYPE)):
            link = tarfile.TarInfo(name)
            link.type, link.linkname = kind, "/etc/passwd"
            package.addfile(link)
        for name in ("../c.txt", "/etc/d.txt", "ok.txt"):
            package.addfile(tarfile.TarInfo(name))
    assert [name for name, *_ in taken(stream.getvalue())] == ["ok.txt"]


def test_bombs() -> None:
    for data in (bytes(20_000_000), tarred({"a.txt": bytes(20_000_000)})):
        with pytest.raises(FileTooLarge):
            taken(gzip.compress(data), "a.txt.gz")
    with pytest.raises(FileTooLarge):
        taken(tarred({f"{number}.txt": b"" for number in range(10_001)}))


def test_a_file_with_holes_is_left_out() -> None:
    data = bytearray(tarred({"a.txt": b"x" * 600}, tarfile.GNU_FORMAT))
    data[156:157] = b"S"
    data[483:495] = b"77777777777\0"
    data[148:156] = b"%06o\0 " % (sum(data[:148]) + 8 * 32 + sum(data[156:512]))
    with contextlib.suppress(DamagedFile):
        assert taken(bytes(data)) == []


def test_cut_off() -> None:
    whole = tarred({"a.txt": b"a" * 700, "b.txt": b"b" * 9000})
    assert [reason for *_, reason in taken(whole[:5000])][:2] == [None, UnreadReason.PART_DAMAGED]
    broken = bytearray(whole)
    broken[1536:1600] = b"\xff" * 64  # the second header
    assert [reason for *_, reason in taken(bytes(broken))] == [None, UnreadReason.PART_DAMAGED]
    packed = gzip.compress(whole)
    for data, name in ((packed[:-9], "a.tgz"), (packed[:20], "a.gz"), (b"text", "a.gz"),
                       (b"text", "a.tar"), (b"\x1f\x8b\x08", "a")):  # fmt: skip
        with pytest.raises(DamagedFile):
            taken(data, name)


def test_what_holds_itself_ends() -> None:
    data = b"text"
    for _ in range(50):
        data = gzip.compress(data)
    found = taken(data, "a.gz")
    assert len(found) == 1
