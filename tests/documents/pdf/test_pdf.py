from pathlib import Path

import pymupdf
import pytest

from app.documents.pdf.pdf_image import render
from app.documents.reading import wire
from app.documents.reading.reader import DocumentSource, read
from app.domain.errors import DamagedFile, NoText, PasswordNeeded
from app.domain.library.documents import Block, BlockKind, LineBox, ReadDocument
from app.domain.library.reading import UnreadPart, UnreadReason
from app.domain.retrieval.passages import split
from tests.samples import make_pdf, make_printed, shared_data


def read_pdf(data: bytes) -> ReadDocument:
    return read(DocumentSource("sample.pdf", data=data))


def texts(document: ReadDocument) -> list[str]:
    return [block.text for block in document.blocks]


def test_lines_are_joined_and_paragraphs_parted() -> None:
    document = read_pdf(make_pdf(["The first line goes\non here.\n\nAnother paragraph."]))
    assert texts(document) == ["The first line goes on here.", "Another paragraph."]
    assert document.pages == 1
    assert document.blocks[0].page == 1


def test_boxes_count_characters_of_the_block() -> None:
    block = read_pdf(make_pdf(["The first line is divi-\nded by a hyphen."])).blocks[0]
    assert block.text == "The first line is divided by a hyphen."
    pieces = [block.text[box.start : box.end] for box in block.boxes]
    assert pieces == ["The first line is divi", "ded by a hyphen."]
    assert block.boxes[0].y1 <= block.boxes[1].y1
    assert 70 < block.boxes[0].x0 < 74


def test_compound_keeps_its_hyphen_at_the_line_end() -> None:
    block = read_pdf(make_pdf(["The usual loan-to-\nvalue ratio."])).blocks[0]
    assert block.text == "The usual loan-to-value ratio."


def test_table_rows_are_whole() -> None:
    words = []
    rows = [
        ("Year", "2018", "2017"),
        ("Sales", "1,234", "(567)"),
        ("Costs", "$", "89 $"),
        ("Rates", "8 $", "9"),
        ("Net", "12", "-"),
    ]
    for number, cells in enumerate(rows):
        for x, text in zip((72, 300, 400), cells, strict=True):
            words.append((x, 100 + 14.0 * number, text, 10.0, False))
    table = read_pdf(make_printed(words)).blocks[0]
    assert table.kind is BlockKind.TABLE
    assert table.text.split("\n") == [
        "Year | 2018 | 2017",
        "Sales | 1,234 | (567)",
        "Costs | $ 89 $",
        "Rates | 8 | $ 9",
        "Net | 12 | -",
    ]
    assert [table.text[box.start : box.end] for box in table.boxes] == table.text.split("\n")


def test_headings_by_size_and_weight() -> None:
    words = [
        (72.0, 80.0, "Annual report", 20.0, False),
        (72.0, 120.0, "Risks of trade", 10.0, True),
    ]
    words += [
        (72.0, 140.0 + 13 * n, "plain words that fill the body of the page", 10.0, False)
        for n in range(9)
    ]
    document = read_pdf(make_printed(words))
    assert [(b.kind, b.level) for b in document.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 3),
        (BlockKind.PARAGRAPH, 0),
    ]
    assert document.title == "Annual report"


def test_columns_are_read_one_after_the_other() -> None:
    words = []
    for number in range(12):
        y = 100 + 13.0 * number
        words.append(
            (60.0, y, f"left{number} column of words that reach the gutter, all", 9.0, False)
        )
        words.append(
            (280.0, y - 1, f"right{number} column words that go on to the edge", 9.0, False)
        )
    text = " ".join(texts(read_pdf(make_printed(words))))
    assert text.index("left11") < text.index("right0")


def test_bullets_are_list_items() -> None:
    words = []
    for number, x in enumerate((72.0, 72.0, 108.0)):
        words.append((x, 100 + 14.0 * number, "-", 10.0, False))
        words.append((x + 24, 100 + 14.0 * number, f"item {number}", 10.0, False))
    blocks = read_pdf(make_printed(words)).blocks
    assert [(b.kind, b.level, b.text) for b in blocks] == [
        (BlockKind.LIST_ITEM, 1, "- item 0"),
        (BlockKind.LIST_ITEM, 1, "- item 1"),
        (BlockKind.LIST_ITEM, 2, "- item 2"),
    ]


def test_running_heads_are_left_out_after_the_first() -> None:
    pages = [
        f"Report of the company\n\n\n\nPage {n} tells of {'x' * n}." + "\n" * 46 + f"{n}"
        for n in range(1, 7)
    ]
    document = read_pdf(make_pdf(pages))
    assert [text for text in texts(document) if "tells of" not in text] == ["Report of the company"]
    assert len(document.blocks) == 7


def test_rotated_page_is_read_and_located_as_displayed() -> None:
    block = read_pdf(
        make_printed([(72.0, 100.0, "Turned words", 10.0, False)], rotation=90)
    ).blocks[0]
    assert block.text == "Turned words"
    box = block.boxes[0]
    image = render(
        make_printed([(72.0, 100.0, "Turned words", 10.0, False)], rotation=90),
        1,
        1.0,
        "Turned words",
        (),
    )
    assert (image.width, image.height) == (842, 595)
    assert image.marks
    assert abs(image.marks[0][0] - box.x0) < 3
    assert abs(image.marks[0][1] - box.y0) < 3


def test_title_from_metadata_only_if_it_is_one() -> None:
    assert read_pdf(make_pdf(["Some text."], title="On trade")).title == "On trade"
    assert read_pdf(make_pdf(["Some text."], title="Microsoft Word - x.doc")).title == ""
    assert read_pdf(make_pdf(["Some text."], title="report_v2.pdf")).title == ""


def test_unreadable_files() -> None:
    with pytest.raises(DamagedFile) as caught:
        read_pdf(b"no pdf at all")
    assert caught.value.facts["name"] == "sample.pdf"
    with pytest.raises(DamagedFile):
        read_pdf(b"%PDF-1.7\n" + b"\x00garbage" * 99)
    with pytest.raises(PasswordNeeded):
        read_pdf(make_pdf(["secret"], password="word"))
    with pytest.raises(NoText):
        read_pdf(make_pdf(["", ""]))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_truncated_file_gives_text_or_an_error(share: float) -> None:
    data = make_pdf([f"Page {n} of the text." for n in range(20)])
    try:
        assert read_pdf(data[: int(share * len(data))]).blocks
    except (DamagedFile, NoText):
        pass
    except Exception as error:
        if type(error).__name__ != "EmptyDocument":
            raise


def test_render_marks_the_quote() -> None:
    data = make_pdf(["The first line goes\non here. And more."])
    image = render(data, 1, 2.0, "line goes on here.", ())
    assert (image.width, image.height, image.pages) == (1190, 1684, 1)
    assert len(image.pixels) == 3 * image.width * image.height
    assert len(image.marks) == 2


def test_render_falls_back_to_the_boxes() -> None:
    box = LineBox(10, 20, 30, 40, 0, 5)
    image = render(make_pdf(["Text."]), 99, 1.0, "words that are not there", [box])
    assert image.marks == ((10, 20, 30, 40),)


def test_render_is_bounded() -> None:
    image = render(make_pdf(["Text."], width=14_000), 1, 50.0, "", ())
    assert image.width * image.height <= 25_000_000
    assert max(image.width, image.height) <= 10_000


@pytest.fixture(scope="module")
def report() -> ReadDocument:
    path = shared_data() / "financebench" / "3M_2018_10K.pdf"
    return read(DocumentSource(path.name, str(path)))


def row_with(blocks: tuple[Block, ...], page: int, words: str) -> str:
    rows = [row for b in blocks if b.page == page for row in b.text.split("\n") if words in row]
    assert rows
    return rows[0]


def test_cash_flow_rows_are_whole(report: ReadDocument) -> None:
    row = row_with(report.blocks, 60, "Purchases of property, plant and equipment")
    assert row.split(" | ")[1:] == ["(1,577)", "(1,373)", "(1,420)"]


def test_boxes_of_a_real_report_fit_its_text(report: ReadDocument) -> None:
    assert report.pages == 160
    for block in report.blocks:
        assert block.boxes
        covered = "".join(block.text[box.start : box.end] for box in block.boxes)
        assert covered.replace(" ", "") == block.text.replace(" ", "").replace("\n", "")


def test_table_row_is_found_on_the_rendered_page(report: ReadDocument) -> None:
    path = Path(shared_data() / "financebench" / "3M_2018_10K.pdf")
    row = row_with(report.blocks, 60, "Purchases of property, plant and equipment")
    table = next(b for b in report.blocks if b.page == 60 and row in b.text)
    at = table.text.index(row)
    boxes = [box for box in table.boxes if box.start == at]
    image = render(path.read_bytes(), 60, 1.0, row, boxes)
    assert len(image.marks) == 4
    assert all(abs(mark[1] - boxes[0].y0) < 6 for mark in image.marks)


def test_a_form_that_only_adobe_draws_is_told_of() -> None:
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), "Please wait until the form is shown.")
    form, data = document.get_new_xref(), document.get_new_xref()
    document.update_object(form, "<< /Fields [] >>")
    document.update_object(data, "<< >>")
    document.update_stream(data, b"<xdp/>")
    document.xref_set_key(form, "XFA", f"{data} 0 R")
    catalog = document.pdf_catalog()
    document.xref_set_key(catalog, "AcroForm", f"{form} 0 R")
    assert read(DocumentSource("a.pdf", data=document.tobytes())).reading.complete
    document.xref_set_key(catalog, "NeedsRendering", "true")
    found = read(DocumentSource("a.pdf", data=document.tobytes()))
    assert found.reading.unread == (UnreadPart(UnreadReason.DYNAMIC_FORM),)


def test_what_is_printed_as_a_page_number_goes_with_the_passage() -> None:
    document = pymupdf.open()
    for number in range(4):
        document.new_page().insert_text((72, 72), f"Words of the page that is number {number + 1}.")
    plain = read(DocumentSource("a.pdf", data=document.tobytes()))
    assert plain.labels == ()
    document.set_page_labels(
        [
            {"startpage": 0, "style": "r", "prefix": "", "firstpagenum": 1},
            {"startpage": 2, "style": "D", "prefix": "A-", "firstpagenum": 1},
        ]
    )
    found = wire.document_in(
        wire.unpack(
            wire.pack(wire.document_out(read(DocumentSource("a.pdf", data=document.tobytes()))))
        )
    )
    assert found.labels == ("i", "ii", "A-1", "A-2")
    passages = split(found, "a.pdf", lambda texts: [len(text) // 3 for text in texts])
    assert [(each.locator.page, each.locator.label) for each in passages] == [
        (1, "i"), (2, "ii"), (3, "A-1"), (4, "A-2"),
    ]  # fmt: skip


def test_numbers_that_say_the_same_are_no_labels() -> None:
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), "Words of the page.")
    document.set_page_labels([{"startpage": 0, "style": "D", "prefix": "", "firstpagenum": 1}])
    assert read(DocumentSource("a.pdf", data=document.tobytes())).labels == ()


@pytest.mark.parametrize("turned", [0, 90])
def test_boxes_of_a_form_are_ticked_or_not(turned: int) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 72), "Consent form of the harbour office, 12 March")
    for at, (said, on) in enumerate((("Agree", True), ("Refuse", False), ("Later", True))):
        box = pymupdf.Widget()
        box.field_type, box.field_name = pymupdf.PDF_WIDGET_TYPE_CHECKBOX, f"box {at}"
        box.rect = pymupdf.Rect(72, 100 + 30 * at, 90, 118 + 30 * at)
        box.field_value = on
        page.add_widget(box)
        page.insert_text((100, 114 + 30 * at), said)
    page.set_rotation(turned)
    told = " ".join(texts(read_pdf(document.tobytes())))
    assert "☑ Agree" in told
    assert "☐ Refuse" in told
    assert "☑ Later" in told
    assert "3" not in told
