"""Layouts that LibreOffice printed (files/README.md), and PDFs that nobody would print."""

import zlib
from pathlib import Path

import pytest

from app.documents.pdf.pdf import read
from app.domain.errors import DamagedFile, DocumentError, EmptyDocument, NoText
from app.domain.library.documents import BlockKind, ReadDocument
from tests.samples import make_pdf

FILES = Path(__file__).parents[1] / "files"


def document(name: str) -> ReadDocument:
    return read((FILES / name).read_bytes(), name)


def test_two_columns_of_hyphenated_russian() -> None:
    blocks = document("columns.pdf").blocks
    assert blocks[0].kind is BlockKind.HEADING
    numbers = [b.text.split()[1] for b in blocks if b.text.startswith("Правило ")]
    assert numbers == [f"{number}." for number in range(1, 13)]
    assert {b.kind for b in blocks[1:]} == {BlockKind.PARAGRAPH}
    assert blocks[1].text == (
        "Правило 1. Склад принимает товар с девяти до восемнадцати часов. Водитель предъявляет"
        " накладную и доверенность, кладовщик сверяет количество мест и записывает расхождения"
        " в журнал приёмки."
    )
    assert blocks[3].text.endswith("электроинструмент, во внешней — трубы и профиль длиной более"
                                   " четырёх метров.")  # fmt: skip


def test_table_over_pages_has_its_head_on_each_and_running_lines_once() -> None:
    found = document("table.pdf")
    assert [(b.kind.value, b.page) for b in found.blocks] == [
        ("paragraph", 1),
        ("heading", 1),
        ("paragraph", 1),
        *[("table", page) for page in (1, 2, 3, 4)],
        ("paragraph", 4),
    ]
    tables = [b.text.split("\n") for b in found.blocks if b.kind is BlockKind.TABLE]
    assert all(rows[0] == "Товар | Ед. | Остаток | Цена" for rows in tables)
    rows = [row for table in tables for row in table[1:]]
    assert rows == [
        f"Краска эмаль номер {n} | шт. | {n * 7 % 50} | {n * 13 + 100},50" for n in range(1, 95)
    ]


def test_fields_and_comments_are_read_and_attachments_named() -> None:
    import pymupdf

    form = pymupdf.open()
    page = form.new_page()
    page.insert_text((72, 90), "Name of the applicant:")
    field = pymupdf.Widget()
    field.field_name, field.field_value = "name", "Ivan Petrov"
    field.field_type, field.rect = pymupdf.PDF_WIDGET_TYPE_TEXT, pymupdf.Rect(200, 75, 400, 95)
    page.add_widget(field)
    note = page.add_text_annot((72, 200), "Ask him for the date.")
    note.set_info(title="Anna")
    form.embfile_add("words.txt", b"attached words")
    blocks = read(form.tobytes(), "form.pdf").blocks
    assert [b.text for b in blocks] == [
        "Name of the applicant: Ivan Petrov",
        "Anna: Ask him for the date.",
        "Attachments: words.txt",
    ]
    box = blocks[1].boxes[0]
    assert (box.x0, box.y0, box.end) == (72, 200, len(blocks[1].text))


def objects(*bodies: bytes) -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + table + end


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
EMPTY_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
ONE_PAGE = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
WORDS = b"BT /F 12 Tf 20 20 Td (Some words of text) Tj ET"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def page_of_words(
    catalogue: bytes = CATALOGUE, box: bytes = b"300 300", more: bytes = b""
) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R%s" % (box, more)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return objects(
        catalogue, ONE_PAGE, page + b"/Resources<</Font<</F 5 0 R>>>>>>", stream(WORDS), font
    )


def page_of_picture(box: bytes, width: int, height: int) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R" % box
    picture = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray" % (
        width,
        height,
    )
    pixels = zlib.compress(bytes(width * height))
    return objects(
        CATALOGUE,
        ONE_PAGE,
        page + b"/Resources<</XObject<</I 5 0 R>>>>>>",
        stream(b"q %s 0 0 %s 0 0 cm /I Do Q" % tuple(box.split())),
        stream(pixels, picture + b"/BitsPerComponent 8/Filter/FlateDecode"),
    )


@pytest.mark.parametrize("box", [b"2000000 2000000", b"-5 0", b"1e38 1e38", b"0.001 0.001"])
def test_absurd_page_sizes_are_read(box: bytes) -> None:
    try:
        assert read(page_of_words(box=box), "odd.pdf").blocks[0].text == "Some words of text"
    except NoText:
        assert box == b"0.001 0.001"


@pytest.mark.parametrize(
    ("box", "width", "height"),
    [(b"2000000 2000000", 90, 90), (b"20000 3", 5000, 2), (b"1 1", 3, 3), (b"60 80", 9000, 9000)],
)
def test_absurd_pictures_are_no_text(box: bytes, width: int, height: int) -> None:
    with pytest.raises(DocumentError):
        read(page_of_picture(box, width, height), "odd.pdf")


def test_page_trees_that_claim_much_or_go_in_circles() -> None:
    many = b"<</Type/Pages/Count 12000/Kids[%s]>>" % b" ".join([b"3 0 R"] * 12_000)
    circle = b"<</Type/Pages/Count 5/Kids[2 0 R 2 0 R]>>"
    for tree in (many, circle):
        with pytest.raises(DocumentError):
            read(objects(CATALOGUE, tree, EMPTY_PAGE), "tree.pdf")
    steps = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 3) for number in range(3000)]
    with pytest.raises(DocumentError):
        read(objects(CATALOGUE, *steps, EMPTY_PAGE), "deep.pdf")
    nested = CATALOGUE[:-2] + b"/X %s%s>>" % (b"[" * 50_000, b"]" * 50_000)
    with pytest.raises((EmptyDocument, DamagedFile, NoText)):
        read(objects(nested, ONE_PAGE, EMPTY_PAGE), "nested.pdf")


def test_scripts_launches_and_links_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket
    import subprocess

    for place, name in ((socket, "socket"), (subprocess, "Popen")):
        monkeypatch.setattr(place, name, lambda *_, **__: pytest.fail("went outside"))
    script = b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:1/'\\))>>>>"
    launch = b"/AA<</O<</S/Launch/F(program.exe)>>>>"
    found = read(page_of_words(CATALOGUE[:-2] + script, more=launch), "active.pdf")
    assert [block.text for block in found.blocks] == ["Some words of text"]


def test_dash_where_a_line_broke_begins_no_item() -> None:
    lines = "A sentence that has two parts, of which the second one\n- it is here - goes on."
    assert len(read(make_pdf([lines]), "dash.pdf").blocks) == 1
    lines = "A list that is announced by a sentence which ends here:\n- first\n- second"
    assert len(read(make_pdf([lines]), "list.pdf").blocks) == 3
