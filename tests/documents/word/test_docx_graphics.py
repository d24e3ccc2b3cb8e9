"""Charts and SmartArt of a DOCX."""

import io

import docx
import pytest

from app.documents.office import slide_graphics
from app.documents.reading.reader import DocumentSource, read
from app.domain.library.documents import BlockKind
from app.domain.library.reading import UnreadPart, UnreadReason
from tests.documents.packages import unzipped, zipped

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _points(values: list[str]) -> str:
    points = (f'<c:pt idx="{at}"><c:v>{each}</c:v></c:pt>' for at, each in enumerate(values))
    return "".join(points)


CHART = (
    f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}"><c:chart><c:title><c:tx><c:rich><a:p>'
    "<a:r><a:t>Выручка по кварталам</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea>"
    '<c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>2030</c:v></c:pt>'
    f"</c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache>{_points(['I', 'II'])}"
    f"</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache>{_points(['412', '518'])}"
    "</c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
)
SMART_ART = (
    f'<dgm:dataModel xmlns:dgm="{_DIAGRAM}" xmlns:a="{_DRAWING}"><dgm:ptLst><dgm:pt modelId="1">'
    "<dgm:t><a:p><a:r><a:t>Согласовать смету</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>"
    "</dgm:dataModel>"
)


def drawn(reference: str, kind: str, part: str, content: str) -> bytes:
    """A document whose second paragraph refers to a part, twice, in a table as well."""
    document = docx.Document()
    document.add_paragraph("Before")
    document.add_paragraph("Here")
    document.add_table(1, 1)
    stream = io.BytesIO()
    document.save(stream)
    parts = unzipped(stream.getvalue())
    drawing = f"<w:r><w:drawing>{reference}</w:drawing></w:r>".encode()
    body = parts["word/document.xml"].replace(b"</w:t></w:r></w:p><w:tbl", b"</w:t></w:r>" + drawing
        + b"</w:p><w:tbl")  # fmt: skip
    assert drawing in body
    relation = f'<Relationship Id="rId99" Type="{_RELATIONS}/{kind}" Target="{part}"/>'.encode()
    override = f'<Override PartName="/word/{part}" ContentType="application/xml"/>'.encode()
    rels = "word/_rels/document.xml.rels"
    return zipped(
        parts
        | {
            "word/document.xml": body,
            rels: parts[rels].replace(b"</Relationships>", relation + b"</Relationships>"),
            "[Content_Types].xml": parts["[Content_Types].xml"].replace(
                b"</Types>", override + b"</Types>"
            ),
            f"word/{part}": content.encode(),
        }
    )


def test_a_chart_is_its_title_and_its_values() -> None:
    reference = f'<c:chart xmlns:c="{_CHART}" xmlns:r="{_RELATIONS}" r:id="rId99"/>'
    data = drawn(reference, "chart", "chart1.xml", CHART)
    blocks = read(DocumentSource("a.docx", data=data)).blocks
    assert [block.text for block in blocks[:3]] == ["Before", "Here", "Выручка по кварталам"]
    table = next(block for block in blocks if block.kind is BlockKind.TABLE)
    assert table.text.split("\n")[1:] == ["I | 412", "II | 518"]


def test_the_words_of_smart_art() -> None:
    reference = f'<dgm:relIds xmlns:dgm="{_DIAGRAM}" xmlns:r="{_RELATIONS}" r:dm="rId99"/>'
    data = drawn(reference, "diagramData", "data1.xml", SMART_ART)
    assert "Согласовать смету" in [
        block.text for block in read(DocumentSource("a.docx", data=data)).blocks
    ]


def test_points_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slide_graphics, "CHART_POINTS", 1)
    reference = f'<c:chart xmlns:c="{_CHART}" xmlns:r="{_RELATIONS}" r:id="rId99"/>'
    data = drawn(reference, "chart", "chart1.xml", CHART)
    document = read(DocumentSource("a.docx", data=data))
    told = UnreadPart(UnreadReason.CHART_LIMIT, "Выручка по кварталам")
    assert document.reading.unread == (told,)
