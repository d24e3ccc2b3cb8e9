"""The text nodes of packages: DOCX, PPTX, and the formats of OpenDocument."""

import re
import zipfile
from pathlib import Path
from typing import Any

from app.bench.independent.markup import told
from app.bench.independent.seen import Seen

#: Parts that hold what people wrote; styles, themes and settings do not.
_SAID = re.compile(
    r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml$"
    r"|ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml$"
    r"|(word|ppt)/(charts/chart|diagrams/data)\d+\.xml$|docProps/core\.xml$"
    r"|content\.xml$"
)
#: Parts that may be read: other pages put into a document, titles.
_PAGES = re.compile(r"\.(x?html?|mht)$")
_NUMBERING = "word/numbering.xml"
_FACTS = re.compile(r"(^|/)meta\.xml$|docProps/core\.xml$")
#: Elements of text of WordprocessingML and DrawingML, values of charts, the title of a document.
_RUNS = ("}t", "}v", "}title")
#: Elements that stand for a sign, and those that end a line.
_LINES = (
    "}p", "}h", "}tab", "}br", "}cr", "}tc", "}line-break", "}note", "}annotation", "}pt", "}tx",
    "}cat", "}val", "}num", "}den", "}sup", "}sub",
)  # fmt: skip
_SIGNS = {"noBreakHyphen": "-", "s": " "}
#: What was moved away, and stands in another place once more.
_GONE = ("{*}moveFrom",)
#: Field codes, deleted text, and what a program keeps for itself.
_UNSAID = ("}instrText", "}delText", "}annotation-xml", "}tracked-changes", "}script", "}style")
#: Who wrote a comment, in WordprocessingML; what a picture shows.
_VALUE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"
_TOLD = ("}author", "descr", "title")


def package(path: Path) -> Seen:
    """DOCX and PPTX: all text nodes of the parts that hold what people wrote. Aside: who wrote
    comments, what pictures show, words that the numbers of a list have around them, and web pages
    that were put in whole (“altChunk”)."""
    with zipfile.ZipFile(path) as parts:
        roots = [_root(parts.read(name)) for name in parts.namelist() if _SAID.search(name)]
        pages = [parts.read(name) for name in parts.namelist() if _PAGES.search(name)]
        numbered = _NUMBERING in parts.namelist() and _root(parts.read(_NUMBERING))
    beside = [_attributes(root) for root in roots] + [told(page) for page in pages]
    if numbered is not False:
        beside += [each.get(_VALUE, "") for each in numbered.iter("{*}lvlText")]
    return Seen("\n".join(map(_texts, roots)), "\n".join(beside))


def open_document(path: Path) -> Seen:
    """ODT and ODP, likewise; aside: what is said about the document."""
    found = package(path)
    with zipfile.ZipFile(path) as parts:
        facts = [_root(parts.read(name)) for name in parts.namelist() if _FACTS.search(name)]
    return Seen(found.text, "\n".join([found.aside, *("\n".join(f.itertext()) for f in facts)]))


def _root(part: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def _attributes(root: Any) -> str:
    return "\n".join(
        str(value)
        for node in root.iter()
        for name, value in node.attrib.items()
        if name.endswith(_TOLD)
    )


def _texts(root: Any) -> str:
    """All text in the order in which it stands, a line for each paragraph or cell."""
    from lxml import etree

    for node in list(root.iter(*_GONE)):
        if node.getparent() is not None:
            node.getparent().remove(node)
    pieces: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag, office = str(node.tag), "opendocument" in str(node.tag)
        if event == "start":
            pieces.append(_SIGNS.get(tag.rpartition("}")[2], ""))
            said = tag.endswith(_RUNS) or (office and not tag.endswith(_UNSAID))
            pieces.append(node.text or "" if said else "")
        if tag.endswith(_LINES):
            pieces.append("\n")
        if event == "end" and office:
            pieces.append(node.tail or "")
    return "".join(pieces)
