"""Files that somebody put into a document or a slide as objects: workbooks, documents, PDFs.

Relationships say what an object is (ECMA-376, part 1, 15.2.11: embedded packages; 15.2.10: OLE
objects, which hold whatever their program writes).
"""

from collections.abc import Iterator
from typing import Any

from app.documents.markup import Package, part_path
from app.documents.ooxml import check_package
from app.documents.source import Part, unlike
from app.domain.errors import DamagedFile
from app.domain.library.reading import UnreadReason

#: How an entry of the package's directory betrays that there are any.
MARK = b"/embeddings/"
_CONTENTS = "[Content_Types].xml"
_PACKAGE, _OLE = "/package", "/oleObject"
#: A chart keeps its values in a workbook of its own, and shows them.
_CHARTS = "/charts/_rels/"
_OLE_SUFFIXES = (".bin", ".ole")


def parts(data: bytes, name: str) -> Iterator[Part]:
    """The embedded files, each under a name of its own; OLE objects come refused. Raises as
    check_package."""
    check_package(data, name, _CONTENTS)
    package = Package(data, name)
    taken: set[str] = set()
    for path in dict.fromkeys(_targets(package)):
        called = unlike(path.rpartition("/")[2], taken)
        if called.lower().endswith(_OLE_SUFFIXES):
            yield Part(called, b"", UnreadReason.PART_FORMAT)
            continue
        try:
            yield Part(called, package.part(path))
        except DamagedFile:
            yield Part(called, b"", UnreadReason.PART_DAMAGED)


def _targets(package: Package) -> Iterator[str]:
    """Paths of what is embedded, in the order of the parts that show it."""
    for rels in sorted(each for each in package.names if each.endswith(".rels")):
        if _CHARTS in rels:
            continue
        folder = rels.partition("_rels/")[0]
        for relation in _relations(package, rels):
            kind = relation.get("Type", "")
            inside = relation.get("TargetMode") != "External"
            if inside and kind.endswith((_PACKAGE, _OLE)):
                path = part_path(folder, relation.get("Target", ""))
                if path in package.names:
                    yield path


def _relations(package: Package, rels: str) -> Iterator[Any]:
    try:
        root = package.xml(rels)
    except DamagedFile:
        return
    yield from root.iterchildren()
