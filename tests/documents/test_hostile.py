"""Files that mean harm, and files cut short: each ends in a DocumentError, soon and small."""

import contextlib
import random
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from app.documents.reading.reader import DocumentSource, known_suffixes, parts, read, tables
from app.domain.errors import DamagedFile, DocumentError, FileTooLarge
from tests.documents.packages import changed, zipped
from tests.documents.web.test_book import parts_of

pytestmark = pytest.mark.slow

FILES = Path(__file__).parent / "files"
SAMPLES = sorted(FILES.iterdir())
#: Formats whose text is recognised in pictures, which takes a second or more a time.
RECOGNISED = {".jpg", ".png", ".tiff", ".pdf"}
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
BOMB = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
SECRET = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
#: The part with the text of each kind of package.
TEXTS = {
    "report.odt": "content.xml",
    "sales.ods": "content.xml",
    "deck.odp": "content.xml",
    "deck.pptx": "ppt/slides/slide1.xml",
}


def outcome(name: str, data: bytes) -> str:
    """The text, or the name of the error; anything but a DocumentError fails the test."""
    source = DocumentSource(name, data=data)
    try:
        found = "\n".join(block.text for block in read(source).blocks)
    except DocumentError as error:
        found = type(error).__name__
    for more in (tables, lambda one: list(parts(one))):
        with contextlib.suppress(DocumentError):
            more(source)
    return found


def tampered(name: str, declaration: str, entity: str) -> bytes:
    """The sample with an entity in its first text."""
    with zipfile.ZipFile(FILES / name) as package:
        text = package.read(TEXTS[name]).decode()
    body = text.rpartition("?>")[2]
    mark = "</a:t>" if name.endswith("pptx") else "</text:p>"
    assert mark in body
    body = body.replace(mark, f"&{entity};{mark}", 1)
    content = f'<?xml version="1.0" encoding="UTF-8"?>{declaration}{body}'
    return changed(FILES / name, {TEXTS[name]: content.encode()})


@pytest.mark.parametrize("name", TEXTS)
def test_entities_bring_nothing_in(name: str) -> None:
    started = time.monotonic()
    for declaration, entity in ((BOMB, "l12"), (SECRET, "e")):
        found = outcome(name, tampered(name, declaration, entity))
        assert "root:" not in found
        assert "haha" not in found
        assert len(found) < 10_000
    assert time.monotonic() - started < 5


def test_entities_in_pages_and_books() -> None:
    for declaration, entity in ((BOMB, "l12"), (SECRET, "e")):
        page = f'<?xml version="1.0"?>{declaration}<html><body><p>Text &{entity};</p></body></html>'
        for name, data in (
            ("a.xhtml", page.encode()),
            ("a.epub", zipped(parts_of() | {"OEBPS/text/one.xhtml": page.encode()})),
        ):
            found = outcome(name, data)
            assert "Text" in found
            assert "root:" not in found
            assert "haha" not in found
        opf = declaration.encode() + parts_of()["OEBPS/book.opf"].replace(
            b"</dc:title>", f"&{entity};</dc:title>".encode()
        )
        assert "root:" not in outcome("a.epub", zipped(parts_of() | {"OEBPS/book.opf": opf}))


def nested(tag: str, depth: int) -> bytes:
    """The report with as many elements inside each other around a word at its end."""
    with zipfile.ZipFile(FILES / "report.odt") as package:
        text = package.read("content.xml").decode()
    inner = f"{f'<{tag}>' * depth}<text:p>inmost</text:p>{f'</{tag}>' * depth}"
    content = text.replace("</office:text>", f"{inner}</office:text>")
    return changed(FILES / "report.odt", {"content.xml": content.encode()})


@pytest.mark.parametrize(
    "tag", ["text:section", "text:list", "table:table", "text:p", "draw:frame"]
)
def test_depth_in_opendocument(tag: str) -> None:
    with pytest.raises(DamagedFile):
        read(DocumentSource("a.odt", data=nested(tag, 20_000)))
    assert "Конец." in outcome("a.odt", nested(tag, 240))


@pytest.mark.parametrize("name", ["a.odt", "a.ods", "a.odp", "a.pptx", "a.epub"])
def test_bombs(name: str) -> None:
    bomb = zipped({"content.xml": b" " * 30_000_000, "META-INF/manifest.xml": b"<a/>"})
    with pytest.raises(FileTooLarge):
        read(DocumentSource(name, data=bomb))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_cut_short(path: Path) -> None:
    data = path.read_bytes()
    for share in (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        outcome(path.name, data[: int(len(data) * share) + 9])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_flipped_bytes(path: Path) -> None:
    dice = random.Random(path.name)
    whole = path.read_bytes()
    for _ in range(5 if path.suffix in RECOGNISED else 15):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 4, 40))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        outcome(path.name, bytes(data))


@pytest.mark.parametrize("suffix", sorted(known_suffixes() | {".zip"}))
def test_random_bytes(suffix: str) -> None:
    dice = random.Random(suffix)
    marks = (
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf1",
        b"<html>",
        b"From: a\n\n",
    )
    for mark in marks:
        outcome(f"a{suffix}", mark + dice.randbytes(3000))
        outcome(f"a{suffix}", mark + dice.randbytes(700).replace(b"\0", b"{") * 3)


def test_broken_records_of_old_workbooks() -> None:
    """Every record of the workbook's stream, its length or its content changed."""
    data = (FILES / "sales.xls").read_bytes()
    at = 512
    for place in range(at, min(len(data), at + 2600), 37):
        broken = bytearray(data)
        broken[place : place + 4] = b"\xff\x7f\xff\x7f"
        outcome("a.xls", bytes(broken))


def test_a_chain_of_sectors_that_never_ends() -> None:
    """A workbook that claims to be small, in a table of small sectors that all lead to the first;
    xlrd alone would follow it until memory ends."""
    data = bytearray((FILES / "sales.xls").read_bytes())
    data[56:60] = b"\xff\xff\xff\x7f"
    table = 512 * (1 + int.from_bytes(data[60:64], "little"))
    data[table : table + 512] = bytes(512)
    started = time.monotonic()
    with pytest.raises(DocumentError):
        read(DocumentSource("a.xls", data=bytes(data)))
    assert time.monotonic() - started < 5


def test_rich_text_without_end() -> None:
    with pytest.raises(DamagedFile):
        read(DocumentSource("a.rtf", data=b"{\\rtf1 " + b"{" * 100_000))
    assert outcome("a.rtf", b"{\\rtf1 Text\\par }}}}}" + b"}" * 1000) == "Text"
    assert outcome("a.rtf", b"{\\rtf1 a\\bin999999999 b") == "a"
    assert outcome("a.rtf", b"{\\rtf1\\u-10179?\\u-8704?\\u55357? \\uc999999 x\\u1? y") != ""
    assert (
        outcome("a.rtf", b"{\\rtf1\\trowd\\intbl" + b"\\cell" * 50_000 + b"\\row}")
        == "EmptyDocument"
    )


def test_files_under_another_suffix() -> None:
    table = "<table><tr><th>Город</th><th>Сумма</th></tr><tr><td>Пермь</td><td>5</td></tr></table>"
    assert outcome("a.xls", table.encode()) == "Город | Сумма\nПермь | 5"
    assert outcome("a.xls", "Город\tСумма\nПермь\t5\n".encode("cp1251")).endswith("Пермь | 5")
    assert outcome("a.doc", (FILES / "report.rtf").read_bytes()).startswith("Отчёт о работе")
    assert outcome("a.doc", b"\xef\xbb\xbf<html><body>page") == "page"
    with pytest.raises(DamagedFile):
        read(DocumentSource("a.doc", data=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600))


def test_a_workbook_under_the_old_suffix() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Город", "Сумма"])
    book.active.append(["Пермь", 5])
    stream = BytesIO()
    book.save(stream)
    assert outcome("a.xls", stream.getvalue()).endswith("Город | Сумма\nПермь | 5")
    assert len(tables(DocumentSource("a.xls", data=stream.getvalue()))) == 1
