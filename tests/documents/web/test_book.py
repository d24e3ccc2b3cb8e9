import pytest

from app.documents.reading.reader import DocumentSource, read
from app.domain.errors import DamagedFile, EmptyDocument, PasswordNeeded
from app.domain.library.documents import ReadDocument
from tests.documents.packages import zipped

CONTAINER = b"""<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"""
OPF = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>Записки охотника</dc:title></metadata><manifest>
<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="v" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="two" href="text/ch%202.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="img" href="a.png" media-type="image/png"/></manifest>
<spine toc="n"><itemref idref="v"/><itemref idref="one"/><itemref idref="two"/>
<itemref idref="img"/><itemref idref="gone"/><itemref idref="one"/></spine></package>"""
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Хорь
</text></navLabel><content src="text/one.xhtml#a"/></navPoint></navMap></ncx>"""
NAV = '<html><body><nav><a href="text/ch%202.xhtml">Калиныч</a></nav></body></html>'
ONE = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><head><title/></head>
<body><p>Кому случалось.</p><aside>Сноска.</aside></body></html>"""
TWO = "<html><body><h2>Глава 2</h2><p>Дальше &mdash; лес.</p></body></html>"
ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>
 <e:EncryptionMethod Algorithm="{}"/></e:EncryptedData></encryption>"""


def parts_of() -> dict[str, bytes]:
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": OPF.encode(),
        "OEBPS/toc.ncx": NCX.encode(),
        "OEBPS/nav.xhtml": NAV.encode(),
        "OEBPS/text/one.xhtml": ONE.encode(),
        "OEBPS/text/ch 2.xhtml": TWO.encode(),
    }


def read_book(parts: dict[str, bytes]) -> ReadDocument:
    return read(DocumentSource("a.epub", data=zipped(parts)))


def test_chapters_in_their_order() -> None:
    document = read_book(parts_of())
    assert document.title == "Записки охотника"
    assert [(block.kind.value, block.level, block.text) for block in document.blocks] == [
        ("heading", 1, "Хорь"),
        ("paragraph", 0, "Кому случалось."),
        ("paragraph", 0, "Сноска."),
        ("heading", 2, "Глава 2"),
        ("paragraph", 0, "Дальше — лес."),
    ]


def test_titles_of_the_newer_contents() -> None:
    parts = parts_of() | {"OEBPS/text/ch 2.xhtml": b"<p>Text.</p>"}
    assert [block.text for block in read_book(parts).blocks[3:]] == ["Калиныч", "Text."]


def test_rights() -> None:
    path = "META-INF/encryption.xml"
    fonts = ENCRYPTION.format("http://www.idpf.org/2008/embedding").encode()
    assert len(read_book(parts_of() | {path: fonts}).blocks) == 5
    locked = ENCRYPTION.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc").encode()
    with pytest.raises(PasswordNeeded):
        read_book(parts_of() | {path: locked})


def test_damage() -> None:
    for path in ("OEBPS/book.opf", "META-INF/container.xml", "OEBPS/toc.ncx"):
        with pytest.raises(DamagedFile):
            read_book(parts_of() | {path: b"<broken"})
    with pytest.raises(DamagedFile):
        read_book({name: part for name, part in parts_of().items() if name != "OEBPS/book.opf"})
    with pytest.raises(EmptyDocument):
        read_book(parts_of() | {"OEBPS/text/one.xhtml": b"", "OEBPS/text/ch 2.xhtml": b" "})
