"""Markdown → blocks with line numbers, by markdown-it-py; markup itself is left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.documents.characters import clean, clean_line, clean_lines, title_or_empty
from app.documents.text.plain import decode
from app.domain.errors import EmptyDocument
from app.domain.library.documents import Block, BlockKind, ReadDocument

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)")
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>", re.S)


def read(data: bytes, name: str) -> ReadDocument:
    """Headings, paragraphs, list items, code and tables with 1-based lines.

    Raises DamagedFile, EmptyDocument or FileTooLarge.
    """
    from markdown_it import MarkdownIt

    text = decode(data, name)
    skipped = 0
    if match := _FRONT_MATTER.match(text):
        skipped = match[0].count("\n")
        text = text[match.end() :]
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    blocks = tuple(
        _shifted(block, skipped) for block in _MarkdownWalk().blocks(tokens) if block.text.strip()
    )
    if not blocks:
        raise EmptyDocument(name=name)
    headings = (block.text for block in blocks if block.kind is BlockKind.HEADING)
    return ReadDocument(blocks, title_or_empty(next(headings, "")))


def _shifted(block: Block, lines: int) -> Block:
    return replace(block, line=block.line + lines) if block.line and lines else block


class _MarkdownWalk:
    """Turns the flat list of tokens into blocks; knows how deep in lists it stands."""

    def __init__(self) -> None:
        self._depth = 0
        self._item_open = False
        self._heading = 0

    def blocks(self, tokens: Sequence["Token"]) -> Iterator[Block]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "table_open":
                end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                yield Block(BlockKind.TABLE, _table(tokens[at:end]), line=_line(token))
                at = end
            elif token.type in ("fence", "code_block"):
                yield Block(BlockKind.CODE, clean(token.content).strip("\n"), line=_line(token))
            elif token.type == "html_block":
                text = clean_lines(_TAG.sub(" ", token.content))
                yield Block(BlockKind.PARAGRAPH, text, line=_line(token))
            elif token.type == "inline":
                yield self._inline(token)
            else:
                self._step(token)
            at += 1

    def _step(self, token: "Token") -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._depth -= 1
        elif token.type == "list_item_open":
            self._item_open = True
        elif token.type == "heading_open":
            self._heading = int(token.tag[1:])
        elif token.type == "heading_close":
            self._heading = 0

    def _inline(self, token: "Token") -> Block:
        text, line = _inline_text(token), _line(token)
        if self._heading:
            return Block(BlockKind.HEADING, clean_line(text), level=self._heading, line=line)
        if self._depth and self._item_open:
            self._item_open = False
            return Block(BlockKind.LIST_ITEM, text, level=min(self._depth, 6), line=line)
        return Block(BlockKind.PARAGRAPH, text, line=line)


def _line(token: "Token") -> int | None:
    return token.map[0] + 1 if token.map else None


def _table(tokens: Sequence["Token"]) -> str:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(clean_line(_inline_text(token)))
    return "\n".join(" | ".join(row) for row in rows if any(row))


def _inline_text(token: "Token") -> str:
    """Text, code and links' texts; images give their description, tags nothing."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline", "image"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return clean_lines("".join(parts))
