"""EPUB → blocks: the chapters in the order of reading, named by the table of contents."""

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from app.documents.characters import clean_line, first_heading, title_or_empty
from app.documents.markup import Package
from app.documents.ooxml import check_package
from app.documents.tally import Tally
from app.documents.web import html
from app.domain.errors import DamagedFile, EmptyDocument, PasswordNeeded
from app.domain.library.documents import Block, BlockKind, ReadDocument

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
#: These only disguise fonts; the text can be read.
_FONT_METHODS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_NCX = "application/x-dtbncx+xml"


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks without pages. Raises DamagedFile, PasswordNeeded, FileTooLarge, EmptyDocument."""
    check_package(data, name, _CONTAINER)
    package = Package(data, name)
    _check_rights(package, name)
    book = _Book(package, name)
    found = tuple(book.blocks())
    if not found:
        raise EmptyDocument(name=name)
    title = book.title or first_heading(found)
    return ReadDocument(found, title, reading=book.tally.report())


def _check_rights(package: Package, name: str) -> None:
    if _ENCRYPTION not in package.names:
        return
    methods = _named(package.xml(_ENCRYPTION), "EncryptionMethod")
    if any(method.get("Algorithm") not in _FONT_METHODS for method in methods):
        raise PasswordNeeded(name=name)


def _named(root: Any, name: str) -> list[Any]:
    """The elements of that name in any namespace."""
    return list(root.iter(f"{{*}}{name}"))


class _Book:
    """One book's package document: its parts, their order, their titles."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        self.tally = Tally()
        files = _named(package.xml(_CONTAINER), "rootfile")
        if not files:
            raise DamagedFile(name=name)
        path = files[0].get("full-path", "")
        self._folder = posixpath.dirname(path)
        self._root = package.xml(path)
        self._items = {item.get("id"): item for item in _named(self._root, "item")}
        title = next(iter(_named(self._root, "title")), None)
        self.title = title_or_empty("" if title is None else title.text)

    def blocks(self) -> Iterator[Block]:
        titles = self._titles()
        read: set[str] = set()
        for reference in _named(self._root, "itemref"):
            item = self._items.get(reference.get("idref"))
            if item is None or item.get("media-type") not in _PAGES or _is_contents(item):
                continue
            path = _joined(self._folder, item.get("href", ""))
            if path in read or path not in self._package.names:
                continue
            read.add(path)
            found = list(html.blocks(self._page(path), self.tally, whole=True))
            if found and path in titles and all(b.kind is not BlockKind.HEADING for b in found):
                yield Block(BlockKind.HEADING, titles[path], level=1)
            yield from found

    def _page(self, path: str) -> Any:
        return html.parsed(html.text_of(self._package.part(path), self._name))

    def _titles(self) -> dict[str, str]:
        """What the table of contents calls the files; the first entry of each."""
        titles: dict[str, str] = {}
        for item in self._items.values():
            path = _joined(self._folder, item.get("href", ""))
            if path not in self._package.names:
                continue
            if item.get("media-type") == _NCX:
                entries = _ncx_entries(self._package.xml(path))
            elif _is_contents(item):
                entries = _nav_entries(self._page(path))
            else:
                continue
            for target, text in entries:
                if text:
                    titles.setdefault(_joined(posixpath.dirname(path), target), text)
        return titles


def _is_contents(item: Any) -> bool:
    return "nav" in item.get("properties", "").split()


def _joined(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0])))


def _ncx_entries(root: Any) -> Iterator[tuple[str, str]]:
    for point in _named(root, "navPoint"):
        label, content = point.find("{*}navLabel/{*}text"), point.find("{*}content")
        if label is not None and content is not None:
            yield content.get("src", ""), clean_line(label.text or "")


def _nav_entries(root: Any) -> Iterator[tuple[str, str]]:
    for link in root.iter("a") if root is not None else ():
        yield link.get("href", ""), clean_line("".join(link.itertext()))
