"""What a file is decides, not what it is called."""

import io
import zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from app.documents.reading.reader import DocumentSource, known_suffixes, read
from app.documents.reading.true_format import true_suffix
from app.domain.errors import DamagedFile, DocumentError, OldWordFormat, UnknownFormat
from tests.documents.binary.compound import word
from tests.documents.packages import zipped
from tests.samples import make_docx, make_pdf, make_xlsx

QUORUM = "Кворум 68 процентов."
HTML = f"<!DOCTYPE html><html><meta charset=utf-8><body><p>{QUORUM}</p></body></html>".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def texts(name: str, data: bytes) -> list[str]:
    return [block.text for block in read(DocumentSource(name, data=data)).blocks]


def docx() -> bytes:
    return make_docx([("Normal", QUORUM)])


def saved_page() -> bytes:
    page = MIMEMultipart("related")
    page.attach(MIMEText(HTML.decode(), "html", "utf-8"))
    return page.as_bytes()


@pytest.mark.parametrize(
    "name", ["a.pdf", "a.doc", "a.txt", "a.md", "a.xlsx", "a.html", "a", "a.7"]
)
def test_a_document_is_read_under_any_name(name: str) -> None:
    assert texts(name, docx()) == [QUORUM]


@pytest.mark.parametrize("name", ["a.docx", "a.doc", "a.csv", "a.png", "a.htm", "a.json", "a"])
def test_a_pdf_is_read_under_any_name(name: str) -> None:
    assert texts(name, make_pdf(["The quorum is 68 percent."])) == ["The quorum is 68 percent."]


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.xls", "a.odt", "a.msg", "a.aspx", "a"])
def test_a_page_is_read_under_any_name(name: str) -> None:
    assert texts(name, HTML) == [QUORUM]


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.doc", "a.pdf", "a.mht", "a"])
def test_a_page_saved_with_its_pictures_is_no_markup(name: str) -> None:
    assert texts(name, saved_page()) == [QUORUM]


def test_programs_save_text_under_the_names_of_old_office() -> None:
    assert texts("a.doc", QUORUM.encode()) == [QUORUM]
    assert any("СУ-218 | 4" in text for text in texts("a.xls", "Рейс\tМест\nСУ-218\t4\n".encode()))


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.odp", "a.epub", "a.xlsx"])
def test_a_text_is_no_document(name: str) -> None:
    with pytest.raises(DamagedFile):
        texts(name, b"502 Bad Gateway")


@pytest.mark.parametrize("name", ["a.docx", "a.csv", "a.ods", "a.xlt", "a"])
def test_a_workbook_is_read_under_any_name(name: str) -> None:
    data = make_xlsx({"S": {"A1": "Рейс", "B1": "Борт", "A2": "СУ-218", "B2": "RA-73311"}})
    assert any("СУ-218 | RA-73311" in text for text in texts(name, data))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "<html> is the first tag of a page."),
        ("a.md", "From the start, message-id: 7."),
        ("a.py", "PAGE = '<html><body>'"),
        ("a.csv", "a;b\n1;2"),
    ],
)
def test_a_text_that_speaks_of_a_format_stays_a_text(name: str, text: str) -> None:
    suffix = "." + name.rpartition(".")[2]
    assert true_suffix(text.encode(), suffix) == suffix


@pytest.mark.parametrize("data", [b"", b"\0\1\2\3" * 500, b"PK\x03\x04 no zip", OLE + b"\0" * 600])
def test_what_tells_nothing_keeps_its_name(data: bytes) -> None:
    for suffix in known_suffixes():
        assert true_suffix(data, suffix) == suffix
    with pytest.raises(DocumentError):
        texts("a.docx", data)
    with pytest.raises(UnknownFormat if data else DocumentError):
        texts("a.bin", data)


def test_a_zip_of_something_else_is_no_document() -> None:
    with pytest.raises(DamagedFile):
        texts("a.docx", zipped({"readme.txt": b"x"}))


def test_old_word_is_called_so_under_another_name() -> None:
    with pytest.raises(OldWordFormat):
        texts("a.docx", word([(QUORUM, False)], version=0x68))


def retyped(data: bytes, old: str, new: str) -> bytes:
    """A package whose main part is said to be of another type, as Office saves templates."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    types = "[Content_Types].xml"
    assert old.encode() in parts[types]
    return zipped(parts | {types: parts[types].replace(old.encode(), new.encode())})


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SHOW = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("a.dotx", _WORD.replace("document.main", "template.main")),
        ("a.dotm", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ],
)
def test_templates_and_macros_of_word(name: str, kind: str) -> None:
    assert texts(name, retyped(docx(), _WORD, kind)) == [QUORUM]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.pptm", "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
        ("a.ppsx", _SHOW.replace("presentation.main", "slideshow.main")),
        ("a.potx", _SHOW.replace("presentation.main", "template.main")),
        ("a.ppsm", "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml"),
        ("a.potm", "application/vnd.ms-powerpoint.template.macroEnabled.main+xml"),
    ],
)
def test_shows_and_templates_of_powerpoint(name: str, kind: str) -> None:
    import pptx

    show = pptx.Presentation()
    show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = QUORUM
    stream = io.BytesIO()
    show.save(stream)
    assert texts(name, retyped(stream.getvalue(), _SHOW, kind)) == [QUORUM]


_FLAT = (
    '<?xml version="1.0"?><office:document '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>Отчёт</dc:title>'
    "</office:meta><office:body>{}</office:body></office:document>"
)


def test_flat_open_documents() -> None:
    text = f"<office:text><text:p>{QUORUM}</text:p></office:text>"
    document = read(DocumentSource("a.fodt", data=_FLAT.format(text).encode()))
    assert ([block.text for block in document.blocks], document.title) == ([QUORUM], "Отчёт")
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{left}</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{right}</text:p></table:table-cell></table:table-row>"
        for left, right in (("Рейс", "Борт"), ("СУ-218", "RA-73311"))
    )
    sheet = f'<office:spreadsheet><table:table table:name="S">{rows}</table:table>'
    data = _FLAT.format(f"{sheet}</office:spreadsheet>").encode()
    assert any("СУ-218 | RA-73311" in text for text in texts("a.fods", data))
    with pytest.raises(DamagedFile):
        texts("a.fodt", b"<office/>")
