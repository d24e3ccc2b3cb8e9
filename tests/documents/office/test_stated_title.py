"""The title of a package is what its properties say, not what a library puts in where it has
none."""

import io
import re

import pptx
import pytest

from app.documents.office.slides import read as read_slides
from app.documents.word.docx import read as read_docx
from tests.documents.packages import unzipped, zipped
from tests.samples import make_docx

RELATIONS = "_rels/.rels"


def without_properties(data: bytes) -> bytes:
    parts = unzipped(data)
    del parts["docProps/core.xml"]
    parts[RELATIONS] = re.sub(rb"<Relationship [^>]*core-properties[^>]*>", b"", parts[RELATIONS])
    return zipped(parts)


def slides(title: str) -> bytes:
    show = pptx.Presentation()
    show.core_properties.title = title
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Rents of the year"
    stream = io.BytesIO()
    show.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("title", ["Annual report", "Отчёт о работе"])
def test_a_stated_title(title: str) -> None:
    assert read_docx(make_docx([("Normal", "Rent")], title), "a.docx").title == title
    assert read_slides(slides(title), "a.pptx").title == title


@pytest.mark.parametrize("style", ["Normal", "Heading 1"])
def test_a_document_without_properties(style: str) -> None:
    data = without_properties(make_docx([(style, "Rents of the year")]))
    title = "Rents of the year" if style == "Heading 1" else ""
    assert read_docx(data, "a.docx").title == title


def test_slides_without_properties() -> None:
    assert read_slides(without_properties(slides("Annual")), "a.pptx").title == "Rents of the year"
