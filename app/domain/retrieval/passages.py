"""Blocks → passages: along the structure, with locators; every offset is exact."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from app.domain.library.cells import Cells, around
from app.domain.library.documents import (
    BLOCK_BREAK,
    Block,
    BlockKind,
    LineBox,
    Locator,
    Passage,
    ReadDocument,
)
from app.domain.retrieval.spans import BlockSpan, split_blocks, table_header
from app.domain.text.encoded import is_encoded
from app.domain.text.sentences import sentences as sentences

#: Levels and texts, the outermost first.
Headings = tuple[tuple[int, str], ...]
CountTokens = Callable[[list[str]], list[int]]

#: Between the parts of a passage's header and of a heading path.
PATH_BREAK = " › "
#: Passages of fewer tokens say too little alone.
SMALL = 40
#: A heading in a path is cut here, in characters.
_HEADING_LENGTH = 120


@dataclass(frozen=True, slots=True)
class _Atom:
    """What is never split: a block or a part of one. `start` and `end` are canonical offsets;
    `encoded`: data in letters, which gets no vector and must not take text with it."""

    block: int
    start: int
    end: int
    tokens: int
    path: tuple[str, ...]
    encoded: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """Atoms that become one passage, and their tokens."""

    atoms: tuple[_Atom, ...]
    tokens: int


def canonical_text(document: ReadDocument) -> str:
    """The text that character offsets refer to."""
    return BLOCK_BREAK.join(block.text for block in document.blocks)


def split(
    document: ReadDocument,
    name: str,
    count_tokens: CountTokens,
    target: int = 220,
    limit: int = 400,
    origin: int = 0,
    above: Headings = (),
) -> list[Passage]:
    """Passages in order, disjoint, covering every character that is not white space.

    Blocks are packed up to `target` tokens, never across a page; a heading begins a passage and
    ends one only where its page ends. What is longer than `limit` is cut at rows, sentences,
    clauses, words. `passage.text` is `canonical_text(document)[locator.start:locator.end]`; of a
    document that comes in sections this is one, `origin` is where it begins, and `above` are the
    headings that it stands under.
    """
    found = _Splitter(document, name, target, limit, above).split(count_tokens)
    return [_moved(passage, origin) for passage in found] if origin else found


def headings_after(blocks: Iterable[Block], above: Headings = ()) -> Headings:
    """The headings, as level and text, under which stands what follows these blocks."""
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.text.strip():
            text = " ".join(block.text.split())[:_HEADING_LENGTH].strip()
            above = (*(each for each in above if each[0] < block.level), (block.level, text))
    return above


def _moved(passage: Passage, by: int) -> Passage:
    place = passage.locator
    return replace(passage, locator=replace(place, start=place.start + by, end=place.end + by))


class _Splitter:
    """One document on its way to passages."""

    def __init__(
        self, document: ReadDocument, name: str, target: int, limit: int, above: Headings
    ) -> None:
        self._above = above
        self._document = document
        self._blocks = document.blocks
        self._text = canonical_text(document)
        lengths = (len(block.text) + len(BLOCK_BREAK) for block in document.blocks)
        self._starts = list(accumulate(lengths, initial=0))
        self._breaks: dict[int, list[int]] = {}
        self._target, self._limit = target, limit
        self._root = document.title or name.rsplit(".", 1)[0] or name
        self._page_sign = "стр." if _mostly_cyrillic(self._text) else "p."

    def split(self, count_tokens: CountTokens) -> list[Passage]:
        spans = split_blocks(self._blocks, count_tokens, self._target, self._limit)
        atoms = list(self._atoms(spans))
        return [self._passage(group) for group in self._merged(self._packed(atoms))]

    def _atoms(self, spans: list[list[BlockSpan]]) -> Iterator[_Atom]:
        path = self._above
        for index, (block, parts) in enumerate(zip(self._blocks, spans, strict=True)):
            path = headings_after([block], path)
            headings = tuple(text for _, text in path)
            start = self._starts[index]
            for part in parts:
                first, last = start + part.start, start + part.end
                encoded = is_encoded(self._text[first:last])
                yield _Atom(index, first, last, part.tokens, headings, encoded)

    def _packed(self, atoms: Sequence[_Atom]) -> list[_Group]:
        groups: list[tuple[list[_Atom], int]] = []
        at = 0
        while at < len(atoms):
            unit = self._unit(atoms, at)
            at += len(unit)
            added = sum(atom.tokens for atom in unit)
            group, tokens = groups[-1] if groups else ([], 0)
            if group and self._fits(group, unit, tokens + added):
                group.extend(unit)
                groups[-1] = group, tokens + added
            else:
                groups.append((unit, added))
        return [_Group(tuple(group), tokens) for group, tokens in groups]

    def _unit(self, atoms: Sequence[_Atom], at: int) -> list[_Atom]:
        """The atom at `at`; with it the list that it introduces, as far as that fits. Atoms are
        asked for one by one: what follows may be half a million of them."""
        unit = [atoms[at]]
        if self._blocks[atoms[at].block].kind is not BlockKind.PARAGRAPH:
            return unit
        tokens = unit[0].tokens
        for place in range(at + 1, len(atoms)):
            atom = atoms[place]
            listed = self._blocks[atom.block].kind is BlockKind.LIST_ITEM
            tokens += atom.tokens
            if not listed or tokens > self._limit or self._page(atom) != self._page(unit[0]):
                break
            unit.append(atom)
        return unit

    def _fits(self, group: list[_Atom], unit: list[_Atom], total: int) -> bool:
        if self._page(group[-1]) != self._page(unit[0]) or self._parted(group[-1], unit[0]):
            return False
        after_headings = all(self._is_heading(atom) for atom in group)
        if self._is_heading(unit[0]) and not after_headings:
            return False
        return total <= (self._limit if after_headings else self._target)

    def _merged(self, groups: list[_Group]) -> list[_Group]:
        """Small groups joined with the one before, else with the one after."""
        merged: list[_Group] = []
        for group in groups:
            before = merged[-1] if merged else None
            if before and min(before.tokens, group.tokens) < SMALL and self._joins(before, group):
                merged[-1] = _Group(before.atoms + group.atoms, before.tokens + group.tokens)
            else:
                merged.append(group)
        return merged

    def _joins(self, one: _Group, other: _Group) -> bool:
        last, first = one.atoms[-1], other.atoms[0]
        same = last.path == first.path and self._page(last) == self._page(first)
        same = same and not self._parted(last, first)
        return same and not self._is_heading(first) and one.tokens + other.tokens <= self._limit

    def _is_heading(self, atom: _Atom) -> bool:
        return self._blocks[atom.block].kind is BlockKind.HEADING

    def _page(self, atom: _Atom) -> int | None:
        return self._blocks[atom.block].page

    def _parted(self, atom: _Atom, following: _Atom) -> bool:
        """Two tables of a sheet, the summary of a table and the first of its many rows, or text
        and data in letters."""
        if atom.encoded is not following.encoded:
            return True
        one, other = self._blocks[atom.block], self._blocks[following.block]
        if one.cells is None or other.cells is None:
            return False
        cut = following.end - following.start < len(other.text)
        return one.cells != other.cells or (cut and one is not other)

    def _passage(self, group: _Group) -> Passage:
        first, last = group.atoms[0], group.atoms[-1]
        block = self._blocks[first.block]
        text = self._text[first.start : last.end]
        heading = PATH_BREAK.join(last.path)
        line = block.line and block.line + self._breaks_before(first)
        cells = around(each for atom in group.atoms if (each := self._cells(atom)))
        locator = Locator(
            first.start, last.end, block.page, heading, line, block.sheet, str(cells or ""),
            self._document.label(block.page),
        )  # fmt: skip
        header = self._header(last.path, block, first)
        return Passage(text, header, locator, tuple(self._boxes(group)))

    def _header(self, path: tuple[str, ...], block: Block, first: _Atom) -> str:
        parts = [self._root, *(path[1:] if path[:1] == (self._root,) else path)]
        if block.page is not None:
            parts.append(f"{self._page_sign} {block.page}")
        header = PATH_BREAK.join(parts)
        inside = first.start - self._starts[first.block]
        rows = table_header(block) if block.kind is BlockKind.TABLE and inside else ""
        return f"{header}\n{rows}" if rows and len(rows) <= inside else header

    def _cells(self, atom: _Atom) -> Cells | None:
        """The rows that an atom of a table has, all cells of any other block."""
        block = self._blocks[atom.block]
        if block.cells is None or block.kind is not BlockKind.TABLE:
            return block.cells
        rows = self._breaks_before(atom), self._breaks_above(atom.block, atom.end)
        generated = len(self._breaks[atom.block]) + 1 - block.cells.height
        first, last = (block.cells.top + max(row - generated, 0) for row in rows)
        return replace(block.cells, top=first, bottom=last)

    def _breaks_before(self, atom: _Atom) -> int:
        return self._breaks_above(atom.block, atom.start)

    def _breaks_above(self, block: int, place: int) -> int:
        """Line breaks of a block before a place; blocks of a million lines do exist."""
        if block not in self._breaks:
            text = self._blocks[block].text
            self._breaks = {block: [at for at, sign in enumerate(text) if sign == "\n"]}
        return bisect_left(self._breaks[block], place - self._starts[block])

    def _boxes(self, group: _Group) -> Iterator[LineBox]:
        start, end = group.atoms[0].start, group.atoms[-1].end
        for index in range(group.atoms[0].block, group.atoms[-1].block + 1):
            offset = self._starts[index] - start
            for box in self._blocks[index].boxes:
                first = max(box.start + offset, 0)
                last = min(box.end + offset, end - start)
                if first < last:
                    yield replace(box, start=first, end=last)


def _mostly_cyrillic(text: str) -> bool:
    letters = [sign for sign in text[:20_000] if sign.isalpha()]
    return 2 * sum("Ѐ" <= sign <= "ӿ" for sign in letters) > len(letters)
