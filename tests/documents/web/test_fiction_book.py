"""FictionBooks."""

import pytest

from app.documents.reading.reader import DocumentSource, parts, read
from app.domain.errors import DamagedFile, EmptyDocument
from app.domain.library.documents import ReadDocument
from tests.documents.packages import zipped

BOOK = """<?xml version="1.0" encoding="{encoding}"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><genre>prose</genre><author><last-name>Бажов</last-name></author>
<book-title>Малахитовая шкатулка</book-title><annotation><p>Сказы старого Урала.</p></annotation>
</title-info></description>
<body><title><p>Малахитовая</p><p>шкатулка</p></title><epigraph><p>Эпиграф.</p></epigraph>
<section><title><p>Хозяйка горы</p></title><image l:href="#a.png"/>
<p>Пошли <emphasis>двое</emphasis> на покос<a type="note" l:href="#n1">[1]</a>.</p><empty-line/>
<subtitle>* * *</subtitle><subtitle>Утро</subtitle>
<poem><stanza><v>Строка одна,</v><v>строка другая.</v></stanza>
<text-author>П. Б.</text-author></poem>
<section><title><p>Глава вложенная</p></title>
<table><tr><th>Камень</th><th>Пудов</th></tr><tr><td>Малахит</td><td>1500</td></tr></table>
<cite><p>Сказано.</p></cite></section></section></body>
<body name="notes"><title><p>Примечания</p></title><section id="n1"><title><p>1</p></title>
<p>Покос за Северским.</p></section><section id="n2"><title><p>2</p></title><p>Ничья.</p></section>
</body><binary id="a.png" content-type="image/png">{picture}</binary></FictionBook>"""
SAID = [
    ("paragraph", 0, "Сказы старого Урала."),
    ("heading", 1, "Малахитовая шкатулка"),
    ("paragraph", 0, "Эпиграф."),
    ("heading", 2, "Хозяйка горы"),
    ("paragraph", 0, "Пошли двое на покос."),
    ("paragraph", 0, "1 Покос за Северским."),
    ("heading", 3, "Утро"),
    ("paragraph", 0, "Строка одна,\nстрока другая."),
    ("paragraph", 0, "П. Б."),
    ("heading", 3, "Глава вложенная"),
    ("table", 0, "Камень | Пудов\nМалахит | 1500"),
    ("paragraph", 0, "Сказано."),
    ("paragraph", 0, "2 Ничья."),
]


def book(encoding: str = "utf-8", picture: str = "AAAA") -> bytes:
    return BOOK.format(encoding=encoding, picture=picture).encode(encoding)


def opened(data: bytes, name: str = "a.fb2") -> ReadDocument:
    return read(DocumentSource(name, data=data))


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
def test_a_book_in_its_order(encoding: str) -> None:
    document = opened(book(encoding))
    assert [(b.kind.value, b.level, b.text) for b in document.blocks] == SAID
    assert document.title == "Малахитовая шкатулка"


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.xml", "a", "a.epub"])
def test_it_is_read_under_any_name(name: str) -> None:
    assert opened(book("windows-1251"), name).title == "Малахитовая шкатулка"


def test_a_packed_book_is_an_archive_of_one() -> None:
    (part,) = parts(DocumentSource("a.fb2.zip", data=zipped({"a.fb2": book()})))
    assert opened(part.data, part.name).title == "Малахитовая шкатулка"


def test_a_picture_larger_than_the_parser_takes() -> None:
    assert len(opened(book(picture="QUJD\n" * 3_000_000)).blocks) == len(SAID)


def test_what_is_no_book() -> None:
    for data in (b"<other/>", book()[:900], b"text"):
        with pytest.raises(DamagedFile):
            opened(data)
    with pytest.raises(EmptyDocument):
        opened(b"<FictionBook><body><section/></body></FictionBook>")


def test_sections_and_notes_that_lie() -> None:
    loop = '<p>Слово<a type="note" href="#n">1</a></p>'
    data = (
        f'<FictionBook><body>{loop * 3}</body><body name="notes"><section id="n">{loop}</section>'
    )
    texts = [b.text for b in opened(f"{data}</body></FictionBook>".encode()).blocks]
    assert texts == ["Слово", "Слово", "Слово", "Слово"]
    table = '<table><tr><td colspan="99999999" rowspan="-3">x</td></tr></table>'
    wide = f"<FictionBook><body>{table}</body></FictionBook>"
    assert opened(wide.encode()).blocks[0].text.startswith("x")
