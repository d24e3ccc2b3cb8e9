"""HTML → blocks, by lxml: what a browser would show, without scripts, hidden parts, navigation."""

import codecs
import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from app.documents.characters import clean, clean_line, clean_lines, first_heading, title_or_empty
from app.documents.limits import MB, TEXT_BYTES
from app.documents.tally import Tally
from app.documents.text import plain
from app.documents.web import html_table, unseen
from app.documents.web.html_elements import SCRIPTS, is_unread, script
from app.domain.errors import EmptyDocument, FileTooLarge
from app.domain.library.documents import Block, BlockKind, ReadDocument

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_APART = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form frameset header hgroup hr li main nav p pre section summary "
    "table tbody td tfoot th thead tr listing xmp".split()
) | _LISTS | frozenset(_HEADINGS)  # fmt: skip
_CODE = frozenset({"pre", "listing", "xmp"})
#: Around what a page says; left out where the page marks what that is.
_AROUND = frozenset({"nav", "footer", "aside"})
_ROLES_AROUND = frozenset({"navigation", "contentinfo", "complementary", "banner", "search"})
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_CHARSET_WITHIN = 4096
#: Browsers read the first as the second.
_CALLED = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030"}
#: Written `<title/>`, they would swallow the page.
_CLOSED_AT_ONCE = re.compile(
    r"<(title|script|style|textarea|iframe|noscript|xmp)\b([^<>]*)/>", re.I
)
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*>")
_SHALLOW = frozenset({"p", "br", "li", "title", "script", "style", *_HEADINGS})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DRIVE = re.compile(r"[a-zA-Z]:")


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks without pages. Raises DamagedFile, FileTooLarge or EmptyDocument."""
    root, tally = parsed(text_of(data, name)), Tally()
    found = tuple(blocks(root, tally))
    if not found:
        raise EmptyDocument(name=name)
    title = title_or_empty(root.findtext(".//title") if root is not None else "")
    return ReadDocument(found, title or first_heading(found), reading=tally.report())


def links(data: bytes, name: str) -> tuple[str, ...]:
    """Relative addresses of other files that the page links to, in order, each once.

    They are decoded and have no fragment and no query; ".." may stand in front.
    """
    root = parsed(text_of(data, name))
    found: dict[str, None] = {}
    for element in root.iter("a", "area", "frame", "iframe") if root is not None else ():
        if path := _local(element.get("href") or element.get("src") or ""):
            found.setdefault(path)
    return tuple(found)


def _local(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
        raw = unquote(parts.path, errors="strict")
    except UnicodeDecodeError:
        raw = unquote(parts.path, encoding="cp1251", errors="replace")
    except ValueError:
        return ""
    far = parts.scheme or parts.netloc or "\0" in raw or "\\" in raw or _DRIVE.match(raw)
    if far or not raw or raw.startswith("/"):
        return ""
    path = posixpath.normpath(raw)
    return "" if path == "." or path.endswith("..") else path


def text_of(data: bytes, name: str, charset: str = "") -> str:
    """The page's characters. `charset` is what its surroundings, such as a mail, say of it."""
    if len(data) > TEXT_BYTES:
        raise FileTooLarge(name=name, limit=f"{TEXT_BYTES // MB} MB")
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff", codecs.BOM_UTF8))
    if marked or (not data.isascii() and _is_utf8(data)):
        return plain.decode(data, name)  # saved pages often keep the mark of what they were
    stated = _CHARSET.search(data[:_CHARSET_WITHIN])
    labels = (charset, stated[1].decode("ascii") if stated else "")
    for label in filter(None, labels):
        try:
            return data.decode(_CALLED.get(label.lower(), label))
        except (LookupError, ValueError):
            continue
    return plain.decode(data, name)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def parsed(text: str) -> Any:
    """The page's root element; None when there is none."""
    text = _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", text.replace("\0", ""))
    root, too_deep = _tree(text)
    if too_deep:
        # Tags that nobody closed pile up; libxml2 drops what lies deeper than 256.
        root, _ = _tree(_ANY_TAG.sub(_flattened, text))
    return root


def _flattened(tag: "re.Match[str]") -> str:
    return tag[0] if tag[2].lower() in _SHALLOW else "\n"


def _tree(text: str) -> tuple[Any, bool]:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False, no_network=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    codes = {entry.type for entry in parser.error_log}
    return root, etree.ErrorTypes.ERR_RESOURCE_LIMIT in codes


def blocks(root: Any, tally: Tally, *, whole: bool = False) -> Iterator[Block]:
    """The blocks of a page, which loses what it does not show: the tally hears of that. `whole`
    keeps what stands around its content: navigation, asides."""
    if root is None:
        return
    unseen.leave_out(root, tally)
    marked = next(root.iter("main", "article"), None) is not None
    found = list(_HtmlWalk(_AROUND if marked and not whole else frozenset()).blocks(root))
    yield from found or _HtmlWalk(frozenset()).blocks(root)


class _HtmlWalk:
    """Goes through a page's elements in order; knows in what it stands.

    It steps from event to event, so that no depth of a page is one of calls.
    """

    def __init__(self, around: frozenset[str]) -> None:
        self._around = around
        self._parts: list[str] = []
        self._heading = 0
        self._depth = 0
        self._code = 0
        self._item_open = False
        self._term = ""
        self._in_term = False

    def blocks(self, root: Any) -> Iterator[Block]:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        skipped = None
        for event, element in walk:
            if event == "start":
                if self._is_left_out(element):
                    skipped = element
                    walk.skip_subtree()
                elif element.tag in SCRIPTS and not self._code:
                    self._parts.append(script(element, self._parts))
                    skipped = element
                    walk.skip_subtree()
                elif element.tag == "table" and html_table.is_data(element):
                    yield from self._flushed()
                    yield from html_table.blocks(element)
                    skipped = element
                    walk.skip_subtree()
                else:
                    yield from self._opened(element)
                continue
            if element is skipped:
                skipped = None
            else:
                yield from self._closed(element)
            self._add(element.tail if element is not root else "")
        yield from self._flushed()
        yield from self._lone_term()

    def _is_left_out(self, element: Any) -> bool:
        tag = element.tag
        if tag in self._around or is_unread(element):
            return True
        return bool(self._around) and element.get("role", "").lower() in _ROLES_AROUND

    def _opened(self, element: Any) -> Iterator[Block]:
        tag = element.tag
        if tag in _APART:
            yield from self._flushed()
            self._heading = _HEADINGS.get(tag, self._heading)
            self._depth += tag in _LISTS
            self._code += tag in _CODE
            self._item_open = tag == "li" or (self._item_open and tag not in _LISTS)
            self._in_term = tag == "dt"
        elif tag == "br":
            self._parts.append("\n")
        elif tag == "img":
            self._add(element.get("alt"))
        self._add(element.text)

    def _closed(self, element: Any) -> Iterator[Block]:
        tag = element.tag
        if tag not in _APART:
            return
        yield from self._flushed()
        self._heading = 0 if tag in _HEADINGS else self._heading
        self._depth -= tag in _LISTS
        self._code -= tag in _CODE
        self._item_open = self._item_open and tag != "li"
        self._in_term = False
        if tag == "dl":
            yield from self._lone_term()

    def _add(self, text: str | None) -> None:
        if text:
            self._parts.append(text if self._code else _SPACES.sub(" ", text))

    def _flushed(self) -> Iterator[Block]:
        raw = "".join(self._parts)
        self._parts.clear()
        if not raw.strip():
            return
        if self._code:
            if text := clean(raw).strip("\n"):
                yield Block(BlockKind.CODE, text)
        elif text := clean_lines(raw):
            yield from self._block(text)

    def _block(self, text: str) -> Iterator[Block]:
        if self._heading:
            yield Block(BlockKind.HEADING, clean_line(text), level=self._heading)
        elif self._in_term:
            self._term = f"{self._term}, {text}" if self._term else text
        elif self._term:
            term, self._term = self._term, ""
            yield Block(BlockKind.LIST_ITEM, f"{term}: {text}", level=1)
        elif self._item_open:
            self._item_open = False
            yield Block(BlockKind.LIST_ITEM, text, level=min(max(self._depth, 1), 6))
        else:
            yield Block(BlockKind.PARAGRAPH, text)

    def _lone_term(self) -> Iterator[Block]:
        if self._term:
            term, self._term = self._term, ""
            yield Block(BlockKind.PARAGRAPH, term)
