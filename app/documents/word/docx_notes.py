"""What a DOCX keeps beside its body: footnotes, endnotes, comments, running heads and feet."""

from collections.abc import Iterator
from typing import Any

from app.documents.characters import clean_line
from app.documents.word.docx_text import W, text_of
from app.documents.word.docx_unseen import UnseenPrint

#: The mark in the text → the part that it refers to, and the element there.
_KINDS = {
    "footnoteReference": ("footnotes", "footnote"),
    "endnoteReference": ("endnotes", "endnote"),
    "commentReference": ("comments", "comment"),
}


def part(document: Any, kind: str) -> Any | None:
    """The root of the first part of that kind that lies in the package."""
    return next(_parts(document, kind), None)


class Notes:
    """Texts by the marks that refer to them; each is given once."""

    def __init__(self, document: Any, unseen: UnseenPrint) -> None:
        self._texts: dict[tuple[str, str], str] = {}
        for mark, (kind, tag) in _KINDS.items():
            root = part(document, kind)
            if root is None:
                continue
            unseen.hide(root)
            for note in root.iter(W + tag):
                self._texts[mark, note.get(W + "id")] = _note(note)

    def of(self, element: Any) -> Iterator[str]:
        """The notes that are marked in an element, in order."""
        for node in element.iter(*(W + mark for mark in _KINDS)):
            key = node.tag.removeprefix(W), node.get(W + "id")
            if text := self._texts.pop(key, ""):
                yield text


def running(document: Any, unseen: UnseenPrint) -> list[str]:
    """The heads and feet of all sections, each different one once; bare page numbers left out."""
    roots = [root for kind in ("header", "footer") for root in _parts(document, kind)]
    for root in roots:
        unseen.hide(root)
    paragraphs = (each for root in roots for each in root.iter(W + "p"))
    texts = [clean_line(text_of(paragraph)) for paragraph in paragraphs]
    return [text for text in dict.fromkeys(texts) if sum(map(str.isalpha, text)) > len("Page")]


def _note(note: Any) -> str:
    """Its text; that of a comment after the name of who made it."""
    text = clean_line(" ".join(text_of(each) for each in note.iter(W + "p")))
    author = clean_line(note.get(W + "author") or "")
    return f"{author}: {text}" if author and text else text


def _parts(document: Any, kind: str) -> Iterator[Any]:
    from docx.oxml.parser import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            yield parse_xml(relation.target_part.blob)
