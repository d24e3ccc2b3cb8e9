import time

import pytest

from app.documents.reading.reader import DocumentSource, links, read
from app.domain.errors import EmptyDocument
from app.domain.library.documents import Block, BlockKind, ReadDocument

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Отчёт о продажах</title>
<style>p{}</style></head><body>
<nav><ul><li><a href="index.html">Домой</a></ul></nav>
<main><h1>Отчёт <b>о</b>
продажах</h1><p>Первый<br>абзац&nbsp;с <a href="#z">якорем</a>.<!-- c -->
Да<script>bad()</script>.</p>
<ul><li>один<ul><li>вложенный<p>ещё</p></li></ul></li><li><p>два</p></ul>
<table><caption>Итоги</caption><thead><tr><th rowspan=2>Город<th colspan=2>Сумма<tr><th>2023<th>2024
</thead><tr><td>Москва<td>1<td>2<tr><td>Пермь | Урал<td colspan=2>3</table>
<table><tr><td><h2>Layout</h2><p>text</td><td>right</td></tr></table>
<table><tr><td>Имя</td><td>Сумма</td></tr><tr><td>а</td><td>12</td></tr>
<tr><td>б</td><td>13</td></tr></table>
<pre>def f():
    return 1</pre>
<dl><dt>ПДД<dd>правила<dt>А<dt>Б<dd>буквы</dl>
<blockquote>Цитата</blockquote><div style="display: none">x</div><p hidden>x</p>
<i aria-hidden="true">x</i><span>a</span><span>b</span>
</main><footer>подвал</footer></body></html>"""


def read_html(data: bytes | str, name: str = "page.html") -> ReadDocument:
    return read(DocumentSource(name, data=data if isinstance(data, bytes) else data.encode()))


def told(document: ReadDocument) -> list[tuple[BlockKind, int, str]]:
    return [(block.kind, block.level or block.headers, block.text) for block in document.blocks]


def test_what_a_browser_shows() -> None:
    document = read_html(PAGE)
    assert document.title == "Отчёт о продажах"
    assert told(document) == [
        (BlockKind.HEADING, 1, "Отчёт о продажах"),
        (BlockKind.PARAGRAPH, 0, "Первый\nабзац с якорем. Да."),
        (BlockKind.LIST_ITEM, 1, "один"),
        (BlockKind.LIST_ITEM, 2, "вложенный"),
        (BlockKind.PARAGRAPH, 0, "ещё"),
        (BlockKind.LIST_ITEM, 1, "два"),
        (BlockKind.PARAGRAPH, 0, "Итоги"),
        (
            BlockKind.TABLE,
            2,
            "Город | Сумма | Сумма\nГород | 2023 | 2024\nМосква | 1 | 2\nПермь ¦ Урал | 3 | 3",
        ),
        (BlockKind.HEADING, 2, "Layout"),
        (BlockKind.PARAGRAPH, 0, "text"),
        (BlockKind.PARAGRAPH, 0, "right"),
        (BlockKind.TABLE, 1, "Имя | Сумма\nа | 12\nб | 13"),
        (BlockKind.CODE, 0, "def f():\n    return 1"),
        (BlockKind.LIST_ITEM, 1, "ПДД: правила"),
        (BlockKind.LIST_ITEM, 1, "А, Б: буквы"),
        (BlockKind.PARAGRAPH, 0, "Цитата"),
        (BlockKind.PARAGRAPH, 0, "ab"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize(
    "mark", ["", '<meta charset="{}">', '<meta content="text/html; charset={}">']
)
def test_encodings(encoding: str, mark: str) -> None:
    page = mark.format(encoding) + "<p>Компания основана в апреле 1936 года.</p>"
    assert read_html(page.encode(encoding)).blocks == (
        Block(BlockKind.PARAGRAPH, "Компания основана в апреле 1936 года."),
    )


def test_a_wrong_mark_does_not_spoil_the_text() -> None:
    text = "Компания основана в апреле."
    for mark, real in (("windows-1251", "utf-8"), ("utf-8", "cp1251"), ("no-such", "cp1251")):
        page = f'<meta charset="{mark}"><p>{text}'.encode(real)
        assert read_html(page).blocks[0].text == text
    latin = '<meta charset="iso-8859-1"><p>café – “so”'.encode("cp1252")
    assert read_html(latin).blocks[0].text == "café – “so”"


def test_xhtml_with_elements_closed_at_once() -> None:
    page = '<?xml version="1.0" encoding="utf-8"?><html><head><title/><script src="a"/></head>'
    assert read_html(page + "<body><p>Текст</p></body></html>", "a.xhtml").blocks[0].text == "Текст"


def test_a_page_of_navigation_alone_is_read_all_the_same() -> None:
    assert read_html("<main></main><nav>Menu</nav>").blocks[0].text == "Menu"
    assert read_html("<p>a</p><footer>b</footer>").blocks[1].text == "b"


def test_links_to_other_files() -> None:
    page = """<a href="b.html">b</a><a href="../a%20b.html?x=1#y">a</a><a href="b.html#z">b</a>
    <a href="http://x/y.html"><a href="//x/y.html"><a href="/etc/passwd"><a href="mailto:a@b">
    <a href="C:/x.html"><a href="file:///etc/passwd"><a href="%2fetc/passwd"><a href="a%00b">
    <a href="..%5cwin"><a href="#z"><a href=""><a href="http://[::">
    <iframe src="./c/d.html"></iframe>
    <a href="%F4%E0%E9%EB.html">"""
    data = page.encode()
    found = ("b.html", "../a b.html", "c/d.html", "файл.html")
    assert links(DocumentSource("a.html", data=data)) == found
    assert links(DocumentSource("a.txt", data=data)) == ()


def test_saved_web_archive() -> None:
    mht = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b'<meta charset=3D"utf-8"><h1>=D0=94=D0=B0</h1>\r\n--b--\r\n'
    )
    assert read_html(mht, "a.mht").blocks == (Block(BlockKind.HEADING, "Да", level=1),)


@pytest.mark.parametrize(
    "tag", ["div", "b", "ul><li", "table><tr><td", "table><tr><th>x<th", "font"]
)
def test_depth_without_end(tag: str) -> None:
    started = time.monotonic()
    document = read_html(f"<p>first</p>{f'<{tag}>' * 100_000}last")
    assert document.blocks[0].text.startswith("first")
    assert document.blocks[-1].text.endswith("last")
    assert time.monotonic() - started < 10


def test_spans_without_end() -> None:
    row = "<tr>" + "<td colspan=1000 rowspan=65000>x</td>" * 300 + "</tr>"
    text = read_html(f"<table>{row * 30}</table>").blocks[0].text
    assert len(text) < 20_000_000


def test_nothing_to_read() -> None:
    for page in (b" ", b"<p> </p>", b"<script>x()</script>", b"<!-- a -->", b"\0\0"):
        with pytest.raises(EmptyDocument):
            read_html(page)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>6</sup> Па", "10⁶ Па"),
        ("3·10<sup>−4</sup>", "3·10⁻⁴"),
        ("H<sub>2</sub>O", "H₂O"),
        ("сноска<sup><a href='#n'>[12]</a></sup> далее", "сноска [12] далее"),
        ("the 5<sup>th</sup> of May", "the 5th of May"),
    ],
)
@pytest.mark.parametrize("frame", ["<p>{}</p>", "<table><tr><td>a<td>{}<tr><td>b<td>c</table>"])
def test_powers_and_indices_keep_their_meaning(html: str, text: str, frame: str) -> None:
    source = DocumentSource("a.html", data=f"<meta charset=utf-8>{frame.format(html)}".encode())
    assert text in read(source).blocks[0].text
