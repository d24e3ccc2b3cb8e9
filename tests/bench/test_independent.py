"""What independent readers see in small files."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from app.bench.independent.markup import told
from app.bench.independent.moments import shown
from app.bench.independent.reader import seen
from tests.documents.packages import zipped
from tests.samples import make_docx, make_pdf

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (date(1960, 1, 2), "ddmmmyy", "02Jan60"),
        (date(2012, 10, 21), 'm"月"d"日"', "10月21日"),
        (date(2026, 11, 29), "dddd, mmmm d", "Sunday, November 29"),
        (datetime.fromisoformat("2026-11-29T15:04"), "h:mm AM/PM", "3:04 PM"),
        (
            datetime.fromisoformat("2026-11-29T15:04:05"),
            "[$-409]d-mmm-yyyy\\Thh:mm:ss;@",
            "29-Nov-2026T15:04:05",
        ),
        (time(8, 5), "hh:mm", "08:05"),
        (timedelta(hours=2, minutes=30), "h\\h m\\m", "2h 30m"),
    ],
)
def test_moments(value: date | time | timedelta, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_words_of_a_page_are_whole_where_markup_stands_inside() -> None:
    page = b"<title>Rents</title><p><b>W</b>arehouse</p><p>A<br>B <img alt='The gate'></p>"
    assert {"Rents", "Warehouse", "A", "B", "The gate"} <= set(
        map(str.strip, told(page).split("\n"))
    )


@pytest.mark.parametrize("body", ["Склад закрыт".encode("cp1251"), b"\xdd\xed \xde\xd1"])
def test_a_page_that_names_a_wrong_encoding_has_no_independent_reading(
    body: bytes, tmp_path: Path
) -> None:
    page = b'<html><head><meta charset="utf-8"></head><body>' + body + b"</body></html>"
    assert seen(put(tmp_path, "a.html", page)) is None


def test_moved_text_and_signs_of_a_document(tmp_path: Path) -> None:
    body = (
        f"<w:document {W}><w:body><w:p><w:r><w:t>loan</w:t><w:noBreakHyphen/><w:t>book</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>elsewhere</w:t></w:r></w:moveFrom><w:r><w:t> rent</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>closes</w:t></w:r></w:p></w:body></w:document>"
    )
    page = b"<p>A clause</p>"
    data = zipped({"word/document.xml": body.encode(), "word/afchunk.htm": page})
    found = seen(put(tmp_path, "a.docx", data))
    assert found is not None
    assert [line for line in found.text.split("\n") if line] == ["loan-book rent", "closes"]
    assert "A clause" in found.aside


def test_titles_stand_aside_of_a_pdf_and_in_a_document(tmp_path: Path) -> None:
    pdf = seen(put(tmp_path, "a.pdf", make_pdf(["The rent is paid"], "Annual report")))
    assert pdf is not None
    assert "Annual report" in pdf.aside
    assert "Annual report" not in pdf.text
    document = seen(put(tmp_path, "a.docx", make_docx([("Normal", "Rent")], "Annual report")))
    assert document is not None
    assert "Annual report" in document.text


def test_what_a_workbook_says_beside_its_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Rents"
    sheet["A1"] = date(2026, 11, 29)
    sheet["A1"].number_format = "d mmmm"
    sheet["A2"] = "Gate"
    sheet["A2"].comment = openpyxl.comments.Comment("locked at six", "Anna")
    sheet.oddHeader.left.text, sheet.oddHeader.left.font = "Store", "Tahoma,Bold"
    sheet.oddHeader.center.text = "Page &P"
    stream = io.BytesIO()
    book.save(stream)
    found = seen(put(tmp_path, "a.xlsx", stream.getvalue()))
    assert found is not None
    assert "Gate" in found.text.split("\n")
    aside = found.aside.split("\n")
    assert {"29 November", "Rents", "Anna", "Store"} <= set(aside)
    assert any("locked at six" in line for line in aside)
