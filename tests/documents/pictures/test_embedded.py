"""Pictures inside documents without pages: recognised, or named with the reason."""

import base64
import io
from collections.abc import Callable

import docx
import pptx
import pymupdf
import pytest
from docx.shared import Cm
from PIL import Image

from app.documents.pictures import ocr
from app.documents.reading.reader import DocumentSource, read
from app.domain.errors import EmptyDocument, NoRecognition, NoText
from app.domain.library.documents import ReadDocument
from app.domain.library.reading import UnreadReason
from tests.documents.packages import zipped

SAID = "Назначить директором Калашникову сроком на пять лет"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def scan(said: str = SAID) -> bytes:
    with pymupdf.open() as document:
        page = document.new_page(width=420, height=120)
        page.insert_htmlbox((20, 20, 400, 110), f"<p>{said}</p>")
        return bytes(page.get_pixmap(dpi=150).tobytes("png"))


def photograph() -> bytes:
    image = Image.effect_noise((400, 300), 80).convert("RGB")
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def word(*pictures: bytes, text: str = "") -> bytes:
    document = docx.Document()
    if text:
        document.add_paragraph(text)
    for picture in pictures:
        document.add_picture(io.BytesIO(picture), Cm(12))
    return saved(document)


def word_table(*pictures: bytes, text: str = "") -> bytes:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = text or "Scan"
    for picture in pictures:
        table.cell(0, 1).paragraphs[0].add_run().add_picture(io.BytesIO(picture), Cm(8))
    return saved(document)


def slides(*pictures: bytes, text: str = "") -> bytes:
    show = pptx.Presentation()
    for picture in pictures:
        slide = show.slides.add_slide(show.slide_layouts[6])
        slide.shapes.add_picture(io.BytesIO(picture), 0, 0)
        if text:
            slide.shapes.add_textbox(0, 0, 99, 99).text_frame.text = text
    return saved(show)


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def odt(*pictures: bytes, text: str = "", flat: bool = False) -> bytes:
    frames = ""
    for at, picture in enumerate(pictures):
        inside = f'<draw:image xlink:href="Pictures/{at}.png"/>'
        if flat:
            data = base64.b64encode(picture).decode()
            inside = f"<draw:image><office:binary-data>{data}</office:binary-data></draw:image>"
        frames += f"<text:p><draw:frame>{inside}</draw:frame></text:p>"
    content = (
        f'<office:document xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"'
        f' xmlns:draw="{ODF}:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:body><office:text><text:p>{text}</text:p>{frames}</office:text></office:body>"
        "</office:document>"
    ).encode()
    if flat:
        return content
    manifest = (
        f'<m:manifest xmlns:m="{ODF}:manifest:1.0"><m:file-entry m:full-path="/"/></m:manifest>'
    )
    parts = {f"Pictures/{at}.png": picture for at, picture in enumerate(pictures)}
    mime = b"application/vnd.oasis.opendocument.text"
    return zipped(
        {
            "mimetype": mime,
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": content,
            **parts,
        }
    )


MADE: dict[str, Callable[..., bytes]] = {
    "a.docx": word,
    "table.docx": word_table,
    "a.pptx": slides,
    "a.odt": odt,
    "a.fodt": lambda *pictures, text="": odt(*pictures, text=text, flat=True),
}
KINDS = pytest.mark.parametrize("name", MADE)


@pytest.fixture
def _recognition() -> None:
    if ocr.data_folder() is None:
        pytest.skip("no recognition data: run packaging/recognition_kit.py")


def found(name: str, *pictures: bytes, text: str = "") -> ReadDocument:
    return read(DocumentSource(name, data=MADE[name](*pictures, text=text)))


def said(document: ReadDocument) -> str:
    return " ".join(" ".join(block.text for block in document.blocks).split())


@KINDS
@pytest.mark.usefixtures("_recognition")
def test_a_scan_beside_text(name: str) -> None:
    document = found(name, scan(), text="Направляем копию решения.")
    assert "Направляем копию решения." in said(document)
    assert SAID in said(document)
    assert document.reading.recognised_pictures == 1
    assert document.reading.complete


@KINDS
@pytest.mark.usefixtures("_recognition")
def test_a_document_that_is_a_scan(name: str) -> None:
    assert SAID in said(found(name, scan()))


@KINDS
@pytest.mark.usefixtures("_recognition")
def test_the_same_picture_is_read_once_and_another_as_well(name: str) -> None:
    other = scan("Утвердить устав общества в редакции номер шесть")
    document = found(name, scan(), scan(), other, text="Text")
    assert said(document).count("Калашникову") == 1
    assert "Утвердить устав" in said(document)


@KINDS
def test_without_recognition_data_it_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "data_folder", lambda: None)
    report = found(name, scan(), text="Направляем копию решения.").reading
    assert [part.code for part in report.unread] == [UnreadReason.RECOGNITION_MISSING]
    assert report.skipped_pictures == 1


@KINDS
def test_photographs_and_broken_pictures(name: str) -> None:
    report = found(name, photograph(), text="Text").reading
    assert report.complete, "a photograph has nothing to say"
    if name.endswith("odt"):
        broken = found(name, scan()[:200], text="Text").reading
        assert [part.code for part in broken.unread] == [UnreadReason.PICTURE_DAMAGED]


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.odt", "a.fodt"])
def test_nothing_read_has_its_true_reason(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EmptyDocument):
        found(name)
    with pytest.raises(NoText):
        found(name, photograph())
    monkeypatch.setattr(ocr, "data_folder", lambda: None)
    with pytest.raises(NoRecognition):
        found(name, scan())


def test_a_comment_of_an_open_document() -> None:
    comment = (
        "<office:annotation><dc:creator>Anna</dc:creator><text:p>Check it</text:p>"
        "</office:annotation>"
    )
    document = read(DocumentSource("a.fodt", data=odt(text=f"The rent{comment} rises", flat=True)))
    assert [block.text for block in document.blocks] == ["The rent rises", "Anna: Check it"]
