"""OpenDocument texts and presentations → blocks; what all three formats share of their package."""

import base64
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from app.documents.characters import clean_line, first_heading, title_or_empty
from app.documents.markup import Package, parse_xml
from app.documents.office import odf_text
from app.documents.office.odf_names import DRAW, MANIFEST, OFFICE, PRESENTATION, SVG, XLINK
from app.documents.office.odf_unseen import UnseenPrint
from app.documents.office.slides import note_blocks
from app.documents.ooxml import ZIP_MARK, check_package
from app.documents.pictures.embedded import EmbeddedPictures
from app.documents.tally import Tally
from app.domain.errors import DamagedFile, PasswordNeeded
from app.domain.library.documents import Block, BlockKind, ReadDocument
from app.domain.library.reading import UnreadReason

_CONTENT, _STYLES = "content.xml", "styles.xml"
_MANIFEST = "META-INF/manifest.xml"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_TITLES = frozenset({"title", "subtitle"})
_RUNNING = frozenset({"header", "footer", "date-time", "page-number"})
#: Centimetres in the units that lengths come in.
_UNITS = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6, "px": 2.54 / 96}
#: Frames whose tops differ by less, in centimetres, stand beside each other.
_SAME_LINE = 0.6


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks, of a presentation with the slides' numbers as pages.

    Raises DamagedFile, PasswordNeeded, FileTooLarge, EmptyDocument, and of one that is made of
    pictures NoText or NoRecognition.
    """
    body, title = opened(data, name)
    pages: int | None = None
    tally = Tally()
    _leave_out_unseen(body, data, name, tally)
    seen = EmbeddedPictures(tally)
    picture = partial(_picture, Package(data, name) if data.startswith(ZIP_MARK) else None, seen)
    if body.tag == OFFICE + "presentation":
        slides = list(body.iterchildren(DRAW + "page"))
        pages = len(slides)
        blocks = tuple(
            block for page, slide in enumerate(slides, 1) for block in _slide(slide, page, picture)
        )
        blocks += tuple(_running(body, pages))
    elif body.tag == OFFICE + "text":
        blocks = tuple(odf_text.blocks(body, None, picture))
    else:
        raise DamagedFile(name=name)
    if not blocks:
        raise seen.emptiness(name)
    return ReadDocument(blocks, title or first_heading(blocks), pages, tally.report())


def _leave_out_unseen(body: Any, data: bytes, name: str, tally: Tally) -> None:
    roots = [body.getroottree().getroot()]
    if data.startswith(ZIP_MARK) and _STYLES in (package := Package(data, name)).names:
        roots.append(package.xml(_STYLES))
    if unseen := UnseenPrint(*roots).leave_out(body):
        tally.count("hidden", unseen)
        tally.unread(UnreadReason.UNSEEN, count=unseen)


def _picture(
    package: Package | None, pictures: EmbeddedPictures, image: Any, page: int | None
) -> list[Block]:
    """What a `draw:image` shows, from the package or, in a flat file, from itself."""
    href = (image.get(XLINK + "href") or "").removeprefix("./")
    if package is not None and href in package.names:
        return pictures.blocks(package.part(href), href.rpartition("/")[2], page)
    data = image.findtext(OFFICE + "binary-data") or ""
    with suppress(ValueError):
        if data:
            return pictures.blocks(base64.b64decode(data), "image", page)
    return []


def opened(data: bytes, name: str) -> tuple[Any, str]:
    """What the body of the content holds, and the document's title. Errors as `read`. A file that
    is no package is one XML document (OpenDocument 1.3, part 3, 3.1.1: "flat")."""
    if not data.startswith(ZIP_MARK):
        root = parse_xml(data, name)
        return _body(root, name), title_or_empty(_title(root))
    check_package(data, name, _MANIFEST)
    package = Package(data, name)
    if next(package.xml(_MANIFEST).iter(MANIFEST + "encryption-data"), None) is not None:
        raise PasswordNeeded(name=name)
    title = _title(package.xml("meta.xml")) if "meta.xml" in package.names else ""
    return _body(package.xml(_CONTENT), name), title_or_empty(title)


def _body(root: Any, name: str) -> Any:
    body = root.find(OFFICE + "body")
    if body is None or not len(body):
        raise DamagedFile(name=name)
    return body[0]


def _title(root: Any) -> str:
    return next((node.text or "" for node in root.iter(_DC_TITLE)), "")


def _running(body: Any, page: int) -> Iterator[Block]:
    """What all slides have at their heads and feet, once, after the last."""
    for tag in (PRESENTATION + "header-decl", PRESENTATION + "footer-decl"):
        for text in dict.fromkeys(clean_line(each.text or "") for each in body.iter(tag)):
            if any(map(str.isalpha, text)):
                yield Block(BlockKind.PARAGRAPH, text, page)


def _slide(slide: Any, page: int, picture: odf_text.ReadPicture) -> Iterator[Block]:
    shapes = [each for each in slide if each.tag != PRESENTATION + "notes"]
    titles = [each for each in shapes if _role(each) == "title"]
    for shape in titles:
        if text := clean_line(" ".join(odf_text.lines(shape))):
            yield Block(BlockKind.HEADING, text, page, level=1)
    for shape in _ordered(each for each in shapes if each not in titles):
        yield from _shape(shape, page, picture)
    for notes in slide.iterchildren(PRESENTATION + "notes"):
        frames = (each for each in notes.iter(DRAW + "frame") if _role(each) == "notes")
        yield from note_blocks([line for frame in frames for line in odf_text.lines(frame)], page)


def _shape(shape: Any, page: int, picture: odf_text.ReadPicture) -> Iterator[Block]:
    if _role(shape) in _RUNNING:
        return
    if shape.tag == DRAW + "g":
        for inner in _ordered(shape):
            yield from _shape(inner, page, picture)
    else:
        yield from odf_text.blocks(shape, page, picture)


def _role(shape: Any) -> str:
    return str(shape.get(PRESENTATION + "class", ""))


def _ordered(shapes: Iterator[Any]) -> list[Any]:
    """From top to bottom; shapes beside each other from left to right."""
    by_top = sorted(shapes, key=lambda shape: _place(shape, "y"))
    lines: list[list[Any]] = []
    for shape in by_top:
        if lines and _place(shape, "y") - _place(lines[-1][0], "y") < _SAME_LINE:
            lines[-1].append(shape)
        else:
            lines.append([shape])
    return [shape for line in lines for shape in sorted(line, key=lambda one: _place(one, "x"))]


def _place(shape: Any, side: str) -> float:
    """Centimetres from the top or the left; of a group those of its first shape."""
    if shape.tag == DRAW + "g" and len(shape):
        shape = shape[0]
    text = shape.get(SVG + side) or shape.get(f"{SVG}{side}1") or ""
    try:
        return float(text[:-2]) * _UNITS.get(text[-2:], 1.0)
    except ValueError:
        return 0.0
