"""Slides and OpenDocument: the files were written by LibreOffice."""

import io
from pathlib import Path
from typing import Any

import pptx
import pytest

from app.documents.office import slides
from app.documents.reading.reader import DocumentSource, read, tables
from app.domain.errors import DamagedFile, FileTooLarge, PasswordNeeded
from app.domain.library.documents import BlockKind, ReadDocument
from app.domain.library.reading import UnreadPart, UnreadReason
from app.domain.library.tables import ColumnKind
from tests.documents.packages import changed, zipped

FILES = Path(__file__).parents[1] / "files"

SHEET = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
 <table:table table:name="A">{}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def file(name: str) -> ReadDocument:
    return read(DocumentSource(name, str(FILES / name)))


def told(document: ReadDocument) -> list[tuple[int | None, str, int, str]]:
    return [(b.page, b.kind.value, b.level or b.headers, b.text) for b in document.blocks]


DECK = [
    (1, "heading", 1, "План на 2025 год"),
    (1, "list_item", 1, "Выручка"),
    (1, "list_item", 2, "рост 12 %"),
    (1, "list_item", 1, "Склад"),
    (1, "paragraph", 0, "Слева от него"),
    (1, "paragraph", 0, "Справа"),
    (1, "paragraph", 0, "Внизу слева"),
    (1, "paragraph", 0, "В группе"),
    (1, "paragraph", 0, "Рядом"),
    (1, "paragraph", 0, "Заметки: Сказать о поставщиках."),
    (2, "heading", 1, "Costs"),
    (2, "table", 1, "Item | EUR\nRent | 1200\nNone else | None else"),
]
CHART = [
    (2, "paragraph", 0, "Sales by quarter"),
    (2, "table", 1, " | Sales | Costs\nQ1 | 1.5 | 1\nQ2 | 2 | "),
]
NOTE = [(2, "paragraph", 0, "Notes: Ask the landlord.")]


def test_slides() -> None:
    document = file("deck.pptx")
    assert (document.title, document.pages) == ("Планы отдела", 2)
    assert told(document) == DECK + CHART + NOTE


def test_slides_of_opendocument() -> None:
    document = file("deck.odp")
    assert (document.title, document.pages) == ("Планы отдела", 2)
    assert told(document) == DECK + NOTE


def test_a_text_from_a_web_page() -> None:
    document = file("rules.odt")
    assert document.title == "Правила склада"
    assert told(document) == [
        (None, "heading", 1, "Правила склада"),
        (None, "paragraph", 0, "Приём товара с 9 до 18 часов."),
        (None, "heading", 2, "Приёмка"),
        (None, "list_item", 1, "проверить накладную"),
        (None, "list_item", 2, "номер"),
        (None, "list_item", 2, "дата"),
        (None, "list_item", 1, "пересчитать места"),
        (
            None,
            "table",
            1,
            "Товар | Остаток\nБолт М6 | 120\nГайка М6 | Гайка М6\nШайба | 7\nШайба | 9",
        ),
        (None, "heading", 2, "Returns"),
        (None, "paragraph", 0, "Goods are taken back\nwithin 14 days."),
    ]


REPORT = [
    (None, "heading", 1, "Отчёт о работе"),
    (None, "paragraph", 0, "Первый абзац текста."),
    (None, "paragraph", 0, "Сноска к абзацу."),
    (None, "heading", 2, "Results и итоги"),
    (None, "paragraph", 0, "Line one\nline two, café."),
    (None, "table", 1, "Год | Сумма\n2023 | 12 ¦ 5\n2024 | три четыре"),
    (None, "paragraph", 0, "Конец."),
]


@pytest.mark.parametrize("name", ["report.odt", "report.rtf", "wordpad.rtf"])
def test_a_text_with_a_note_and_deleted_words(name: str) -> None:
    document = file(name)
    found = [
        (page, kind, level, text.removeprefix("1 ")) for page, kind, level, text in told(document)
    ]
    assert document.title == "Отчёт о работе"
    assert found == REPORT


@pytest.mark.parametrize("name", ["sales.ods", "sales.xls"])
def test_sheets(name: str) -> None:
    first, second = tables(DocumentSource(name, str(FILES / name)))
    assert (first.sheet, str(first.cells), second.sheet) == ("Продажи", "A3:D6", "Staff")
    kinds = [(column.name, column.kind, column.unit) for column in first.columns]
    assert kinds == [
        ("Дата", ColumnKind.DATE, ""),
        ("Город", ColumnKind.TEXT, ""),
        ("Сумма", ColumnKind.NUMBER, "₽"),
        ("Доля", ColumnKind.NUMBER, "%"),
    ]
    assert first.rows[0] == ("2024-01-31", "Москва", 1234567.5, 12.5)
    assert second.rows == (("Ann", "2019-05-06", "TRUE"), ("Bob", "2021-11-30", "FALSE"))
    blocks = file(name).blocks
    shown = [block for block in blocks if block.kind is BlockKind.TABLE]
    assert shown[0].text.startswith("Дата | Город | Сумма | Доля\n31.01.2024 | Москва | 1")
    assert shown[0].headers == 1
    comments = [(block.text, block.sheet) for block in blocks if "a comment" in block.text]
    assert comments == [("Comment on cell A2: a comment", "Staff")]
    assert blocks[1].text == "Отчёт о продажах за 2024 год"


def sheet(rows: str) -> bytes:
    return changed(FILES / "sales.ods", {"content.xml": SHEET.format(rows).encode()})


def test_repeated_and_merged_cells() -> None:
    rows = (
        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="2"><text:p>b</text:p></table:table-cell>'
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell'
        ' table:number-columns-spanned="2" office:value-type="float" office:value="5">'
        "<text:p>5</text:p></table:table-cell><table:covered-table-cell/>"
        "<table:table-cell><text:p>6</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row>'
    )
    (block,) = [
        b for b in read(DocumentSource("a.ods", data=sheet(rows))).blocks if b.cells and b.headers
    ]
    assert (block.text, str(block.cells)) == ("a | b | b\n5 | 5 | 6\n5 |  | 6", "A1:C3")


def test_an_entity_between_the_rows() -> None:
    row = (
        "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
    )
    content = f'<!DOCTYPE x [<!ENTITY e "y">]>{SHEET.format(f"&e;{row}&e;")}'
    data = changed(FILES / "sales.ods", {"content.xml": content.encode()})
    assert [block.text for block in read(DocumentSource("a.ods", data=data)).blocks] == ["A", "x"]


def test_absurd_repeats() -> None:
    cell = '<table:table-cell table:number-columns-repeated="{}">{}</table:table-cell>'
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    text = "<text:p>x</text:p>"
    for rows in (
        row.format(1_000_000, cell.format(16_384, text)),
        row.format(1, cell.format(999_999_999, text)),
        row.format(1, cell.format(999_999_999, "") + cell.format(1, text)),
        row.format(999_999_999, "") + row.format(1, cell.format(1, text)),
    ):
        with pytest.raises(FileTooLarge):
            read(DocumentSource("a.ods", data=sheet(rows)))


def test_an_encrypted_package() -> None:
    manifest = (
        b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        b'<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
    )
    for name in ("report.odt", "sales.ods", "deck.odp"):
        locked = changed(FILES / name, {"META-INF/manifest.xml": manifest, "content.xml": b"\1\2"})
        with pytest.raises(PasswordNeeded):
            read(DocumentSource(name, data=locked))


def test_the_wrong_document_inside() -> None:
    sales = (FILES / "sales.ods").read_bytes()
    for name in ("a.odt", "a.pptx", "a.docx", "a.epub"):
        usual = read(DocumentSource("sales.ods", data=sales))
        assert read(DocumentSource(name, data=sales)) == usual, "what it is decides"
    report = (FILES / "report.odt").read_bytes()
    assert read(DocumentSource("a.ods", data=report)) == read(DocumentSource("r.odt", data=report))
    with pytest.raises(DamagedFile):
        read(DocumentSource("a.pptx", data=zipped({"ppt/presentation.xml": b"<"})))


def test_a_shape_that_is_damaged_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    for name in ("Good", "Bad"):
        slide.shapes.add_textbox(0, 0, 99, 99).text_frame.text = f"{name} text"
    slide.shapes[1].name = "Box 2"
    stream = io.BytesIO()
    show.save(stream)
    whole = slides._Slide._text

    def broken(self: object, shape: Any) -> Any:
        if shape.name == "Box 2":
            raise KeyError("rId7")
        return whole(self, shape)  # type: ignore[arg-type]

    monkeypatch.setattr(slides._Slide, "_text", broken)
    document = slides.read(stream.getvalue(), "a.pptx")
    assert [block.text for block in document.blocks] == ["Good text"]
    assert document.reading.unread == (UnreadPart(UnreadReason.PART_DAMAGED, "Box 2", 1),)
