"""Files that were put into a document as objects."""

import io

import docx
import pytest

from app.documents.reading.reader import DocumentSource, is_container, parts
from app.domain.library.reading import UnreadReason
from tests.documents.packages import unzipped, zipped
from tests.samples import make_xlsx

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = make_xlsx({"Смета": {"A1": "Работа", "B1": "Сумма", "A2": "Кровля", "B2": 218400}})


def holding(*objects: tuple[str, str, bytes], mode: str = "") -> DocumentSource:
    """A DOCX with objects: kind of relationship, path, content."""
    document = docx.Document()
    document.add_paragraph("See the estimate.")
    stream = io.BytesIO()
    document.save(stream)
    found = unzipped(stream.getvalue())
    rels = "word/_rels/document.xml.rels"
    for at, (kind, path, content) in enumerate(objects):
        relation = f'<Relationship Id="rIdX{at}" Type="{_OFFICE}/{kind}" Target="{path}" {mode}/>'
        found[rels] = found[rels].replace(
            b"</Relationships>", f"{relation}</Relationships>".encode()
        )
        found[f"word/{path}"] = content
    return DocumentSource("a.docx", data=zipped(found))


def test_an_embedded_workbook_is_a_part() -> None:
    source = holding(("package", "embeddings/Book1.xlsx", BOOK))
    assert is_container(source.name, source.data or b"")
    assert [(part.name, part.data, part.refused) for part in parts(source)] == [
        ("Book1.xlsx", BOOK, None)
    ]


def test_objects_of_other_programs_are_named() -> None:
    source = holding(
        ("oleObject", "embeddings/oleObject1.bin", b"?"), ("package", "embeddings/a.xlsx", BOOK)
    )
    assert {part.name: part.refused for part in parts(source)} == {
        "oleObject1.bin": UnreadReason.PART_FORMAT,
        "a.xlsx": None,
    }


@pytest.mark.parametrize("path", ["../../embeddings/a.xlsx", "http://host/embeddings/a.xlsx"])
def test_what_leads_out_of_the_package_is_no_part(path: str) -> None:
    assert list(parts(holding(("package", path, BOOK), mode='TargetMode="External"'))) == []


def test_a_document_without_objects_is_no_container() -> None:
    source = holding()
    assert not is_container(source.name, source.data or b"")
    assert list(parts(source)) == []
