"""An answer's Markdown with its citations → blocks, by markdown-it-py. HTML stays text; of links
and images only their words are kept."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.documents.export.blocks import (
    Block,
    Code,
    ExportedTable,
    Heading,
    Item,
    Paragraph,
    Rule,
    Runs,
    TextRun,
)
from app.domain.chat.citations import render
from app.domain.chat.conversation import Citation

if TYPE_CHECKING:
    from markdown_it.token import Token

#: Private-use characters that carry a citation through the Markdown reader.
_OPEN, _CLOSE = "\ue000", "\ue001"
_CARRIED = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_MARKS = f"(?:[ \\t]*{_OPEN}\\d+{_CLOSE})+"
#: A mark behind the last bar of a table's row would be a cell too many, behind the dashes or the
#: end of code it would undo them.
_AFTER_DASHES = re.compile(f"^([ \\t]*\\|?[ \\t:|-]*-[ \\t:|-]*){_MARKS}[ \\t]*$", re.M)
_AFTER_BAR = re.compile(f"[ \\t]*\\|({_MARKS})[ \\t]*$", re.M)
_AFTER_FENCE = re.compile(f"^([ \\t]*(?:```+|~~~+))({_MARKS})[ \\t]*$", re.M)
#: What XML cannot hold, and what turns the order of letters round behind the reader's back.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def printable(text: str) -> str:
    """Without characters that no document may hold; line breaks are "\\n"."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def blocks_of(text: str, citations: Sequence[Citation]) -> tuple[Block, ...]:
    """An answer with its supported citations as marks; the other marks are left out."""
    from markdown_it import MarkdownIt

    clean = re.sub(f"[{_OPEN}{_CLOSE}]", "\ufffd", text)
    carried = printable(render(clean, citations, _carry))
    carried = _AFTER_DASHES.sub(r"\1", carried)
    carried = _AFTER_BAR.sub(r"\1 |", carried)
    carried = _AFTER_FENCE.sub(r"\1\n\n\2", carried)
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return tuple(_AnswerWalk().blocks(reader.parse(carried)))


def _carry(citation: Citation) -> str:
    return f"{_OPEN}{citation.number}{_CLOSE}" if citation.supported else ""


@dataclass(slots=True)
class _List:
    """A list that is open: the next item's number, None for bullets; whether an item has no text
    yet."""

    sequence: int
    number: int | None
    fresh: bool = False


class _AnswerWalk:
    """Turns the flat list of tokens into blocks; knows in which lists and quotations it stands."""

    def __init__(self) -> None:
        self._lists: list[_List] = []
        self._sequences = 0
        self._quotes = 0
        self._heading = 0

    def blocks(self, tokens: Sequence["Token"]) -> Iterator[Block]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type in ("fence", "code_block", "table_open") and self._fresh:
                yield self._item(())
            if token.type == "table_open":
                end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                yield _table(tokens[at:end])
                at = end
            elif token.type in ("fence", "code_block"):
                text = _CARRIED.sub(r" [\1]", token.content).strip("\n")
                yield Code(text, len(self._lists))
            elif token.type == "hr":
                yield Rule()
            elif token.type == "inline":
                yield from self._inline(token)
            else:
                self._step(token)
            at += 1

    def _step(self, token: "Token") -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            ordered = token.type == "ordered_list_open"
            self._sequences += 1
            first = int(token.attrs.get("start", 1)) if ordered else None
            self._lists.append(_List(self._sequences, first))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif token.type == "list_item_open":
            self._lists[-1].fresh = True
        elif token.type in ("blockquote_open", "blockquote_close"):
            self._quotes += token.nesting
        elif token.type in ("heading_open", "heading_close"):
            self._heading = int(token.tag[1:]) if token.nesting > 0 else 0

    def _inline(self, token: "Token") -> Iterator[Block]:
        runs = _runs(token)
        if not any(run.text.strip() for run in runs):
            return
        if self._fresh:
            yield self._item(runs)
        elif self._heading:
            yield Heading(runs, self._heading)
        else:
            yield Paragraph(runs, len(self._lists), quoted=self._quotes > 0)

    @property
    def _fresh(self) -> bool:
        return bool(self._lists) and self._lists[-1].fresh

    def _item(self, runs: Runs) -> Item:
        inner = self._lists[-1]
        item = Item(runs, len(self._lists), inner.number, inner.sequence)
        inner.fresh = False
        if inner.number is not None:
            inner.number += 1
        return item


def _table(tokens: Sequence["Token"]) -> ExportedTable:
    rows: list[list[Runs]] = []
    right: list[bool] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "th_open":
            right.append("right" in str(token.attrs.get("style", "")))
        elif token.type == "inline":
            rows[-1].append(_runs(token))
    return ExportedTable(tuple(map(tuple, rows)), tuple(right))


def _runs(token: "Token") -> Runs:
    found: list[TextRun] = []
    look = TextRun("")
    for child in token.children or ():
        if child.type in ("text", "image"):
            found += _parted(replace(look, text=child.content))
        elif child.type == "code_inline":
            found += _parted(replace(look, text=child.content, code=True))
        elif child.type in ("softbreak", "hardbreak"):
            found.append(replace(look, text="\n" if child.type == "hardbreak" else " "))
        else:
            look = _changed(look, child)
    return tuple(found)


def _changed(look: TextRun, token: "Token") -> TextRun:
    opens = token.nesting > 0
    if token.tag == "strong":
        return replace(look, bold=opens)
    if token.tag == "em":
        return replace(look, italic=opens)
    return replace(look, struck=opens) if token.tag == "s" else look


def _parted(run: TextRun) -> Iterator[TextRun]:
    """Text and marks apart."""
    for place, piece in enumerate(_CARRIED.split(run.text)):
        if place % 2:
            yield TextRun(piece, mark=True)
        elif piece:
            yield replace(run, text=piece)
