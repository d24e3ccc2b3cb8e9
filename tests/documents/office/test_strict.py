"""Office files that keep to ISO/IEC 29500 Strict, which Office offers as “Strict Open XML”."""

import io
import re
import zipfile
from datetime import date

import pytest

from app.documents.ooxml import transitional
from app.documents.reading.reader import DocumentSource, read
from app.domain.library.documents import ReadDocument
from tests.documents.packages import zipped
from tests.samples import make_docx

#: Names of the transitional standard and what the strict one calls them.
_FAMILY = re.compile(
    rb"http://schemas\.openxmlformats\.org/"
    rb"(officeDocument|wordprocessingml|spreadsheetml|presentationml|drawingml)/2006/"
)


def strict(data: bytes) -> bytes:
    """An office file as Office writes it when it is told to keep to the strict standard."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            content = _FAMILY.sub(rb"http://purl.oclc.org/ooxml/\1/", content)
            parts[name] = content.replace(b"extended-properties", b"extendedProperties")
    return zipped(parts)


def document() -> bytes:
    return make_docx(
        [("Heading 1", "Приказ"), [["Дата", "Кто"], ["18 октября", "Зимина"]]], "Смена"
    )


def workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Насос", "Подача", "Поверка"])
    book.active.append(["Центробежный", 340, date(2031, 6, 4)])
    book.active.merge_cells("A3:B3")
    book.active["A3"] = "Итого"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def slides() -> bytes:
    import pptx

    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Потери тепла"
    slide.placeholders[1].text = "На трассе Южная — 14 процентов."
    slide.notes_slide.notes_text_frame.text = "Сказать о муфте."
    stream = io.BytesIO()
    show.save(stream)
    return stream.getvalue()


def opened(name: str, data: bytes) -> ReadDocument:
    return read(DocumentSource(name, data=data))


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.docx", document()), ("a.xlsx", workbook()), ("a.pptx", slides())],
)
def test_a_strict_file_reads_as_its_transitional_twin(name: str, data: bytes) -> None:
    usual = opened(name, data)
    assert len(usual.blocks) >= 2
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(strict(data))).read("_rels/.rels")
    assert opened(name, strict(data)) == usual


def test_a_usual_file_is_not_copied() -> None:
    data = document()
    assert transitional(data, "word/document.xml") is data
