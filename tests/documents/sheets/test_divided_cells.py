"""Words that were divided by hand to fit into a narrow column are whole."""

import pytest

from app.documents.reading.reader import DocumentSource, read
from app.documents.sheets.ods import read as read_ods
from tests.documents.packages import zipped
from tests.samples import cells, make_xlsx

MANIFEST = b"<manifest/>"
DIVIDED = [
    ("Percen-\ntile", "Percentile"),
    ("Кате-\nгория товара", "Категория товара"),
    ("Wahlbe- \n rechtigte", "Wahlberechtigte"),
    ("loan-to-\nvalue", "loan-to-value"),
    ("Saint-\nDenis", "Saint-Denis"),
    ("-\nrent", "- rent"),
    ("1990-\n1995", "1990- 1995"),
]


def texts(name: str, data: bytes) -> str:
    return "\n".join(block.text for block in read(DocumentSource(name, data=data)).blocks)


@pytest.mark.parametrize(("written", "whole"), DIVIDED)
def test_a_cell_of_a_workbook(written: str, whole: str) -> None:
    rows: list[list[object]] = [["Name", written], ["Anna", 12], ["Boris", 15]]
    assert f"Name | {whole}\n" in texts("a.xlsx", make_xlsx({"S": cells("A1", rows)}))


@pytest.mark.parametrize(("written", "whole"), DIVIDED)
def test_a_field_of_a_csv(written: str, whole: str) -> None:
    table = f'Name,"{written}"\nAnna,12\nBoris,15\n'
    assert f"Name | {whole}\n" in texts("a.csv", table.encode())


def test_paragraphs_of_a_cell_of_an_ods() -> None:
    names = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"'
    content = (
        f"<office:document-content {' '.join(map(names.format, ('office', 'table', 'text')))}>"
        '<office:body><office:spreadsheet><table:table table:name="S"><table:table-row>'
        "<table:table-cell><text:p>Percen-</text:p><text:p>tile</text:p></table:table-cell>"
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    found = read_ods(
        zipped({"META-INF/manifest.xml": MANIFEST, "content.xml": content.encode()}), "a.ods"
    )
    assert found.blocks[-1].text == "Percentile"
