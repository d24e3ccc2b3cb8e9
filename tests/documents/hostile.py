"""Files that mean harm, made on the spot: name, bytes, and what they may end in."""

import gzip
import io
import sqlite3
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import (
    DamagedFile,
    DocumentError,
    EmptyDocument,
    FileTooLarge,
    NoText,
    OldWordFormat,
    PasswordNeeded,
    ReaderTimedOut,
    UnknownFormat,
    UnreadArchive,
)
from tests.documents.archives.seven_zips import seven_zip
from tests.documents.binary import workbooks
from tests.documents.binary.compound import word
from tests.documents.binary.shows import OTHER, Slide, shape, show, text
from tests.documents.packages import changed, zipped
from tests.documents.web.test_book import parts_of
from tests.samples import make_docx, make_pdf, make_xlsx

FILES = Path(__file__).parent / "files"
MILLION = 1_000_000
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
BOMB = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
SECRET = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'

Errors = tuple[type[DocumentError], ...]
DAMAGED: Errors = (DamagedFile,)
LARGE: Errors = (FileTooLarge,)
EITHER: Errors = (DamagedFile, FileTooLarge, EmptyDocument)
READ: Errors = ()


@dataclass(frozen=True)
class Sample:
    """`errors` are those of which one has to come; none: it is read, with `text` in it."""

    name: str
    make: Callable[[], bytes]
    errors: Errors = READ
    text: str = ""
    without: str = "root:"

    @property
    def id(self) -> str:
        return self.make.__name__.replace("_", " ").strip() + Path(self.name).suffix


SAMPLES: list[Sample] = []
Make = Callable[[], bytes]


def sample(
    name: str, errors: Errors = READ, text: str = "", without: str = "root:"
) -> Callable[[Make], Make]:
    def noted(make: Make) -> Make:
        SAMPLES.append(Sample(name, make, errors, text, without))
        return make

    return noted


# -- packages -------------------------------------------------------------------------------------


def _package(entries: dict[str, bytes], file: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return zipped(parts | entries)


def _word(body: str, declaration: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'{declaration}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return _package(
        {"word/document.xml": b'<?xml version="1.0"?>' + text.encode()},
        make_docx([("Normal", "x")]),
    )


def _sheet(rows: str, declaration: str = "", **more: bytes) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'{declaration}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    entries = {"xl/worksheets/sheet1.xml": b'<?xml version="1.0"?>' + text.encode()} | more
    return _package(entries, make_xlsx({"S": {"A1": "x"}}))


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@sample("a.docx", DAMAGED)
def laughs_in_word() -> bytes:
    return _word(_paragraph("&l12;"), BOMB)


@sample("a.docx", text="Text")
def file_in_word() -> bytes:
    return _word(_paragraph("Text &e;"), SECRET)


@sample("a.xlsx", DAMAGED)
def laughs_in_sheet() -> bytes:
    return _sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&l12;</t></is></c></row>', BOMB)


@sample("a.xlsx", DAMAGED)
def file_in_sheet() -> bytes:
    return _sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>', SECRET)


@sample("a.docx", EITHER)
def nested_word_tables() -> bytes:
    inner = _paragraph("inmost")
    for _ in range(5000):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    return _word(inner)


@sample("a.docx", LARGE)
def empty_space_in_word() -> bytes:
    return _word(" " * 60 * MILLION)


@sample("a.xlsx", LARGE)
def empty_space_in_sheet() -> bytes:
    return _sheet(" " * 60 * MILLION)


@sample("a.pptx", LARGE)
def empty_space_in_slides() -> bytes:
    return changed(FILES / "deck.pptx", {"ppt/slides/slide1.xml": b" " * 60 * MILLION})


@sample("a.xlsx", text="far")
def sparse_sheet() -> bytes:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
    near = '<row r="1"><c r="A1" t="inlineStr"><is><t>near</t></is></c></row>'
    return _sheet(near + far)


@sample("a.xlsx", text="1")
def sheet_of_rows_without_end() -> bytes:
    return _sheet("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 9)) * 2
                  + '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>')  # fmt: skip


@sample("a.xlsx", text="x |", without="/C calc")
def command_in_sheet() -> bytes:
    return make_xlsx({"S": {"A1": "name", "B1": "note", "A2": "x", "B2": "=cmd|' /C calc'!A0"}})


@sample("a.csv", text="x | =cmd|' /C calc'!A0")
def command_in_csv() -> bytes:
    return b"name;note\nx;=cmd|' /C calc'!A0\n"


@sample("a.xlsx", EITHER)
def shared_strings_out_of_reach() -> bytes:
    return _sheet('<row r="1"><c r="A1" t="s"><v>99999999999999999999</v></c></row>')


@sample("a.odt", text="Конец.")
def repeated_cells() -> bytes:
    table = (
        '<table:table><table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="1000000"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    with zipfile.ZipFile(FILES / "report.odt") as package:
        text = package.read("content.xml").decode()
    content = text.replace("</office:text>", f"{table}</office:text>")
    return changed(FILES / "report.odt", {"content.xml": content.encode()})


@sample("a.odt", text="Конец.")
def spaces_without_end() -> bytes:
    with zipfile.ZipFile(FILES / "report.odt") as package:
        text = package.read("content.xml").decode()
    spaces = '<text:p>a<text:s text:c="2000000000"/>b</text:p></office:text>'
    content = text.replace("</office:text>", spaces)
    return changed(FILES / "report.odt", {"content.xml": content.encode()})


@sample("a.ods", EITHER)
def repeated_rows_of_sheet() -> bytes:
    with zipfile.ZipFile(FILES / "sales.ods") as package:
        text = package.read("content.xml").decode()
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    content = text.replace("</table:table>", row, 1)
    return changed(FILES / "sales.ods", {"content.xml": content.encode()})


@sample("a.fb2", DAMAGED)
def laughs_in_a_book() -> bytes:
    return f"{BOMB}<FictionBook><body><p>&l12;</p></body></FictionBook>".encode()


@sample("a.fb2", text="Text")
def file_in_a_book() -> bytes:
    return f"{SECRET}<FictionBook><body><p>Text &e;</p></body></FictionBook>".encode()


@sample("a.fb2", EITHER)
def nested_sections() -> bytes:
    return b"<FictionBook><body>" + b"<section>" * 100_000 + b"<p>inmost</p>"


@sample("a.fb2", EITHER)
def pictures_that_nobody_closes() -> bytes:
    return b"<FictionBook><body><p>x</p></body>" + b"<binary " * 500_000


@sample("a.epub", text="Хорь")
def spine_of_20000() -> bytes:
    parts = parts_of()
    opf = parts["OEBPS/book.opf"]
    at = opf.index(b"<itemref")
    end = opf.index(b">", at) + 1
    return zipped(parts | {"OEBPS/book.opf": opf.replace(opf[at:end], opf[at:end] * 20_000, 1)})


# -- archives -------------------------------------------------------------------------------------


@sample("a.zip", LARGE)
def space_in_archive() -> bytes:
    return zipped({"a.txt": b" " * 60 * MILLION})


@sample("a.zip", LARGE)
def space_in_an_archive_in_an_archive() -> bytes:
    return zipped({"b.zip": zipped({"a.txt": b" " * 60 * MILLION})})


@sample("a.zip", (DamagedFile, FileTooLarge))
def entries_of_one_place() -> bytes:
    """Ten thousand names in the directory for the same megabytes (the bomb of David Fifield)."""
    data = bytes(range(256)) * 8000
    one = zipped({"a.txt": data})
    at = one.index(b"PK\x01\x02")
    body, entry = one[:at], one[at : at + 46 + 5]
    entries = b"".join(
        entry.replace(b"a.txt", b"%05d.txt" % n).replace(struct.pack("<H", 5), struct.pack("<H", 9))
        for n in range(9000)
    )
    end = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 9000, 9000, len(entries), at, 0)
    return body + entries + end


@sample("a.zip", (DamagedFile, FileTooLarge))
def archive_with_a_lying_directory() -> bytes:
    bomb = bytearray(zipped({"a.txt": b" " * 20 * MILLION}))
    at = bomb.index(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(bomb)


@sample("a.zip", text="ok.txt", without="passwd")
def names_that_lead_out() -> bytes:
    return zipped({
        "../../passwd.txt": b"1", "/passwd.txt": b"1", "C:\\passwd.txt": b"1", "ok.txt": b"1",
        "a/../../passwd.txt": b"1", "CON/../passwd\x00.txt": b"1",
    })  # fmt: skip


def tar_header(name: str, kind: bytes, size: int = 0) -> bytes:
    entry = tarfile.TarInfo(name)
    entry.type, entry.size = kind, size
    return entry.tobuf(tarfile.GNU_FORMAT)


@sample("a.txt.gz", LARGE)
def space_in_a_packed_file() -> bytes:
    return gzip.compress(bytes(60 * MILLION))


@sample("a.tgz", LARGE)
def tar_of_folders() -> bytes:
    return gzip.compress(tar_header("a/", b"5") * 150_000)


@sample("a.tar", DAMAGED)
def tar_of_claims() -> bytes:
    return tar_header("a.txt", b"x", 2**33 - 1) * 5


@sample("a.7z", LARGE)
def space_in_a_7z() -> bytes:
    return seven_zip([("a.exe", bytes(60 * MILLION)), ("a.txt", b"x")])


@sample("a.7z", EITHER)
def seven_zip_of_nothing_but_numbers() -> bytes:
    data = seven_zip([("a.txt", b"x")])
    return (
        data[:12] + struct.pack("<QQ", 0, MILLION) + bytes(12) + b"\x01\x04\x06" + b"\x7f" * MILLION
    )


@sample("a.rar", (UnreadArchive,))
def archive_that_is_not_opened() -> bytes:
    return b"Rar!\x1a\x07\0" + bytes(1000)


# -- pages, text, records -------------------------------------------------------------------------


@sample("a.html", EITHER)
def tags_that_nobody_closes() -> bytes:
    return b"<div>" * MILLION


@sample("a.html", text="inmost")
def nested_lists() -> bytes:
    return b"<ul><li>" * 30_000 + b"inmost"


@sample("a.html", text="inmost")
def nested_tables() -> bytes:
    return b"<table><tr><td>" * 3000 + b"inmost"


@sample("a.html", text="Text")
def entities_in_a_drawing() -> bytes:
    return f"<html>{BOMB}<body>Text<svg><text>&l12;</text></svg>{SECRET}<p>&e;</p>".encode()


@sample("a.html", text="wide")
def page_with_a_wide_table() -> bytes:
    return (
        b'<table><tr><td colspan="1000000000" rowspan="1000000000">wide</td><td>x</td></tr></table>'
    )


@sample("a.html", text="cell")
def page_with_many_spans() -> bytes:
    return (
        b"<table>" + b'<tr><td rowspan="65534" colspan="1000">cell</td></tr>' * 3000 + b"</table>"
    )


@sample("a.html", text="end")
def attributes_without_end() -> bytes:
    return b"<p " + b"a=1 " * MILLION + b">end</p>"


@sample("a.html", text="end")
def comments_that_nobody_closes() -> bytes:
    return b"<p>end</p>" + b"<!--" * 200_000


@sample("a.html", text="end")
def script_tags_that_nobody_closes() -> bytes:
    return b"<p>end</p>" + b"<title <title " * 100_000


@sample("a.md", EITHER)
def nested_quotes() -> bytes:
    return b">" * 100_000 + b" inmost"


@sample("a.md", text="inmost")
def nested_brackets() -> bytes:
    return b"[" * 100_000 + b"inmost" + b"]" * 100_000


@sample("a.md", text="a")
def nested_list_of_markdown() -> bytes:
    return b"".join(b"  " * n + b"- a\n" for n in range(1500)) + b"\ninmost"


@sample("a.md", text="end")
def stars() -> bytes:
    return b"**a *b " * 50_000 + b"end"


@sample("a.md", text="end")
def backticks() -> bytes:
    return b" ".join(b"`" * n for n in range(1, 1500)) + b"\n\nend"


@sample("a.md", text="end")
def references() -> bytes:
    return b"[a]: <" * 50_000 + b"\n\nend"


@sample("a.md", text="end")
def links_in_links() -> bytes:
    return b"[a](" * 50_000 + b"\n\nend"


@sample("a.md", EITHER)
def tags_in_markdown() -> bytes:
    return b"<!-- " * 100_000 + b"\n\n" + b"<a " * 50_000 + b"\n\nend"


@sample("a.md", text="end")
def columns_in_markdown() -> bytes:
    wide = b"|".join([b"a"] * 5000)
    return wide + b"\n" + b"|".join([b"-"] * 5000) + b"\n" + b"a\n" * 2000 + b"\nend"


@sample("a.txt", text="xxx")
def line_of_50_megabytes() -> bytes:
    return b"x" * 50 * MILLION


@sample("a.txt", text="a")
def short_lines() -> bytes:
    return b"a\n\n" * (MILLION // 5)


@sample("a.txt", text="= x")
def equal_signs() -> bytes:
    return (b"= x" + b" =" * 98 + b" y\n") * 20_000


@sample("a.txt", DAMAGED)
def zeros() -> bytes:
    return bytes(MILLION)


@sample("a.txt", text="Привет")
def wide_letters_without_mark() -> bytes:
    return "Привет, это текст без метки порядка байтов.\n".encode("utf-16-le") * 50


@sample("a.txt", text="Привет")
def letters_cut_in_two() -> bytes:
    return "Привет, мир. ".encode() * 1000 + b"\xd0\xff\xc3" + "Привет".encode()


@sample("a.csv", text="never")
def quotation_mark_without_end() -> bytes:
    return b'a;b\n"never closed;' + b"x;y\n" * 500_000


@sample("a.csv", (FileTooLarge,))
def columns_without_end() -> bytes:
    return b";".join([b"a"] * 6 * MILLION)


@sample("a.csv", text="a")
def many_columns() -> bytes:
    return b";".join([b"a"] * (MILLION // 5)) + b"\n1;2\n"


@sample("a.csv", (FileTooLarge, EmptyDocument))
def separators() -> bytes:
    return b";" * 20 * MILLION


@sample("a.json", EITHER)
def nested_records() -> bytes:
    return b"[" * MILLION + b"]" * MILLION


@sample("a.json", EITHER)
def nested_objects() -> bytes:
    return b'{"a":' * 100_000 + b"1" + b"}" * 100_000


@sample("a.json", text="a")
def number_without_end() -> bytes:
    return b'{"a": "text", "n": ' + b"9" * 500_000 + b"}"


@sample("a.jsonl", text="k1")
def keys_without_end() -> bytes:
    return b"".join(b'{"k%d": %d}\n' % (n, n) for n in range(50_000))


@sample("a.rtf", EITHER)
def nested_groups() -> bytes:
    return b"{\\rtf1 " + b"{" * MILLION


@sample("a.rtf", text="end")
def control_words() -> bytes:
    return b"{\\rtf1 " + b"\\b1\\i0 " * 500_000 + b"end}"


# -- mail -----------------------------------------------------------------------------------------


def _mail(body: bytes, kind: str) -> bytes:
    return f"From: a@b.c\nSubject: s\nMIME-Version: 1.0\nContent-Type: {kind}\n\n".encode() + body


@sample("a.eml", (FileTooLarge, DamagedFile))
def parts_of_5000() -> bytes:
    part = b"--x\nContent-Type: text/plain\n\ntext\n"
    return _mail(part * 5000 + b"--x--\n", "multipart/mixed; boundary=x")


@sample("a.eml", EITHER)
def nested_parts() -> bytes:
    body = b"".join(
        b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(3000)
    )
    return _mail(body, "multipart/mixed; boundary=b0")


@sample("a.eml", EITHER)
def nested_messages() -> bytes:
    return _mail(b"Content-Type: message/rfc822\n\n" * 5000, "message/rfc822")


@sample("a.eml", text="text")
def encoded_words() -> bytes:
    words = b"=?utf-8?q?" * 50_000
    return b"From: a@b.c\nSubject: " + words + b"\n\ntext\n"


@sample("a.eml", text="text")
def address_list() -> bytes:
    return b"From: a@b.c\nTo: " + b"(((" * 20_000 + b"a@b.c," * 20_000 + b"\n\ntext\n"


@sample("a.eml", text="report", without="\0")
def file_names_of_mail() -> bytes:
    part = (
        b"--x\nContent-Type: text/plain\nContent-Disposition: attachment; "
        b'filename="..\\..\\\xe2\x80\xaereport\x00.txt"\n\ntext\n--x--\n'
    )
    return _mail(part, "multipart/mixed; boundary=x")


@sample("a.mbox", text="s.eml")
def mailbox_of_lines() -> bytes:
    line = b"From a Mon Mar  2 10:00:00 2026\n"
    return line + b"Subject: s\n\n" + b"\nFrom " * MILLION + b"\n\n" + line * 20_000


@sample("a.mbox", text="s.eml")
def mailbox_of_a_long_line() -> bytes:
    return b"From a 10:00 2026\nSubject: s\n\nFrom " + b"1:00 " * 5 * MILLION


@sample("a.msg", EITHER)
def half_a_message() -> bytes:
    data = (FILES / "invoice.msg").read_bytes()
    return data[: len(data) // 2]


# -- old Office -----------------------------------------------------------------------------------


@sample("a.xls", EITHER)
def sectors_in_a_circle() -> bytes:
    data = bytearray((FILES / "sales.xls").read_bytes())
    data[56:60] = b"\xff\xff\xff\x7f"
    table = 512 * (1 + int.from_bytes(data[60:64], "little"))
    data[table : table + 512] = bytes(512)
    return bytes(data)


@sample("a.xlsb", EITHER)
def cells_of_every_row() -> bytes:
    """A cell at the end of each row: thirty thousand make half a thousand million places."""
    cell = workbooks.said(16_383, "x")
    return workbooks.workbook(b"".join(workbooks.row(at, cell) for at in range(30_000)))


@sample("a.xlsb", EITHER)
def text_longer_than_its_part() -> bytes:
    return workbooks.workbook(workbooks.row(0, workbooks.cell(6, 0, b"\xf0\xff\xff\xff")))


@sample("a.doc", DAMAGED)
def half_a_letter() -> bytes:
    data = (FILES / "letter.doc").read_bytes()
    return data[: len(data) // 2]


@sample("a.doc", DAMAGED)
def letter_of_circles() -> bytes:
    """Every chain of sectors leads to its own first."""
    data = bytearray((FILES / "letter.doc").read_bytes())
    (table,) = struct.unpack_from("<I", data, 76)
    data[512 * (table + 1) : 512 * (table + 2)] = bytes(512)
    return bytes(data)


@sample("a.doc", EITHER)
def letter_that_claims_gigabytes() -> bytes:
    return word([("a", True)] * 40_000, places=[*range(0, 4 * 10**9, 10**5)])


@sample("a.ppt", EITHER)
def half_a_show() -> bytes:
    data = (FILES / "deck.ppt").read_bytes()
    return data[: len(data) // 2]


@sample("a.ppt", EITHER)
def show_in_itself() -> bytes:
    """Every slide is the same one, of a megabyte."""
    one = Slide([shape(text(OTHER, "x" * (MILLION // 2)))])
    return show([one, *[Slide([])] * 2000], places=dict.fromkeys(range(12, 2012), 16))


@sample("a.doc", (OldWordFormat,))
def old_word() -> bytes:
    return word([("x", True)], version=0x68)


@sample("a.docx", (PasswordNeeded,))
def locked_word() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)


@sample("a.strange", (UnknownFormat,))
def package_of_no_kind() -> bytes:
    return zipped({"a": b"1"})


# -- PDF ------------------------------------------------------------------------------------------


def _pdf(objects: list[str]) -> bytes:
    """Objects from number 1 on, the first the catalogue; readers rebuild the missing table."""
    body = "".join(f"{n} 0 obj\n{text}\nendobj\n" for n, text in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer <</Root 1 0 R>>\n%%EOF\n".encode("latin-1")


def _stream(text: str, extra: str = "") -> str:
    return f"<</Length {len(text)} {extra}>>\nstream\n{text}\nendstream"


_FONT = "/Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>"


@sample("a.pdf", EITHER)
def pages_in_a_circle() -> bytes:
    return _pdf(["<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [2 0 R] /Count 9>>"])


@sample("a.pdf", EITHER)
def pages_that_are_claimed() -> bytes:
    return _pdf(["<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [] /Count 2000000000>>"])


@sample("a.pdf", EITHER)
def nested_pdf_objects() -> bytes:
    return _pdf(["<</Type /Catalog /Pages 2 0 R>>", "[" * 200_000 + "]" * 200_000])


@sample("a.pdf", text="end")
def form_in_itself() -> bytes:
    form = "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources <</XObject <</X 4 0 R>>>>"
    text = f"BT /F 12 Tf 72 700 Td (end) Tj ET {'/X Do ' * 50}"
    return _pdf([
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        f"/Resources <</XObject <</X 4 0 R>> {_FONT}>>>>",
        _stream("/X Do /X Do /X Do", form),
        _stream(text),
    ])  # fmt: skip


@sample("a.pdf", (ReaderTimedOut,))
def forms_that_double() -> bytes:
    """Each draws the next one ten times."""
    depth = 12
    forms = [
        _stream(
            f"/X{n + 1} Do " * 10 if n + 1 < depth else "0 0 m",
            f"/Type /XObject /Subtype /Form /BBox [0 0 99 99] "
            f"/Resources <</XObject <</X{n + 1} {6 + n} 0 R>>>>",
        )
        for n in range(depth)
    ]
    return _pdf([
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        f"/Resources <</XObject <</X0 5 0 R>> {_FONT}>>>>",
        _stream("BT /F 12 Tf 72 700 Td (end) Tj ET /X0 Do"),
        *forms,
    ])  # fmt: skip


@sample("a.pdf", (NoText, FileTooLarge))
def pages_of_10000() -> bytes:
    kids = " ".join(f"{number} 0 R" for number in range(3, 10_003))
    return _pdf([
        "<</Type /Catalog /Pages 2 0 R>>",
        f"<</Type /Pages /Kids [{kids}] /Count 10000>>",
        *["<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>"] * 10_000,
    ])  # fmt: skip


@sample("a.pdf", text="end")
def page_of_a_kilometre() -> bytes:
    return _pdf([
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9000000 9000000] /Contents 4 0 R "
        f"/Resources <<{_FONT}>>>>",
        _stream("BT /F 12 Tf 72 700 Td (end) Tj ET"),
    ])  # fmt: skip


@sample("a.pdf", (NoText, FileTooLarge, DamagedFile))
def stream_that_swells() -> bytes:
    """A megabyte that unpacks to a gigabyte, twice packed."""
    data = zlib.compress(zlib.compress(b" " * 300 * MILLION, 9), 9).decode("latin-1")
    return _pdf([
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>",
        _stream(data, "/Filter [/FlateDecode /FlateDecode]"),
    ])  # fmt: skip


@sample("a.pdf", text="Text.", without="calc")
def acts_in_pdf() -> bytes:
    import pymupdf

    document = pymupdf.open(stream=make_pdf(["Text."]))
    document.embfile_add("notes.exe", b"MZ calc")
    catalog = document.pdf_catalog()
    document.xref_set_key(catalog, "OpenAction", "<</S /JavaScript /JS (app.launchURL('calc'))>>")
    document.xref_set_key(catalog, "AA", "<</WC <</S /Launch /F (calc.exe)>>>>")
    data = bytes(document.tobytes())
    document.close()
    return data


@sample("a.pdf", (PasswordNeeded,))
def locked_pdf() -> bytes:
    return make_pdf(["Text."], password="secret")


# -- pictures -------------------------------------------------------------------------------------


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@sample("a.png", LARGE)
def picture_of_a_square_kilometre() -> bytes:
    head = struct.pack(">2I5B", 60_000, 60_000, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(10 * MILLION), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    )


@sample("a.gif", LARGE)
def wide_gif() -> bytes:
    head = b"GIF89a" + struct.pack("<2H3B", 65535, 65535, 0, 0, 0)
    return head + b"," + struct.pack("<4HB", 0, 0, 65535, 65535, 0) + b"\x02\x02\x44\x01\x00;"


@sample("a.webp", (FileTooLarge, DamagedFile))
def wide_webp() -> bytes:
    body = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + b"\xff\xff\xff" * 2
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _tiff(width: int, height: int, following: int) -> bytes:
    entries = ((256, 4, width), (257, 4, height), (258, 3, 1), (259, 3, 1), (262, 3, 1),
               (273, 4, 8), (278, 4, height), (279, 4, 1))  # fmt: skip
    rows = b"".join(struct.pack("<2HII", tag, kind, 1, value) for tag, kind, value in entries)
    return (
        b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + rows
        + struct.pack("<I", following)
    )  # fmt: skip


@sample("a.tiff", LARGE)
def wide_tiff() -> bytes:
    return _tiff(200_000, 200_000, 0)


@sample("a.tiff", EITHER)
def tiff_in_a_circle() -> bytes:
    return _tiff(8, 8, 8)


@sample("a.bmp", (FileTooLarge, DamagedFile))
def wide_bmp() -> bytes:
    return (
        b"BM"
        + struct.pack("<3I", 60, 0, 54)
        + struct.pack("<I2i2H6I", 40, 100_000, 100_000, 1, 24, 0, 0, 0, 0, 0, 0)
    )


# -- databases ------------------------------------------------------------------------------------


def _database(*statements: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    for each in statements:
        connection.execute(each)
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


@sample("a.db", DAMAGED)
def torn_database() -> bytes:
    rows = "INSERT INTO t SELECT 'words' || value FROM json_each('[1,2,3,4,5,6,7,8,9]')"
    return _database("CREATE TABLE t (a TEXT)", rows)[:4096]


@sample("a.db3", DAMAGED)
def database_of_noise() -> bytes:
    return b"SQLite format 3\0" + bytes(range(256)) * 64


@sample("a.sqlite3", (EmptyDocument,))
def database_without_tables() -> bytes:
    return _database("CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
                     "SELECT * FROM n")  # fmt: skip


@sample("a.sqlite", LARGE)
def database_of_many_tables() -> bytes:
    return _database(*(f"CREATE TABLE t{number} (a)" for number in range(600)))
