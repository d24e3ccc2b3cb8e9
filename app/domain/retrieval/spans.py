"""Blocks → spans of a bearable number of tokens: at rows, sentences, clauses, words."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.library.documents import Block, BlockKind
from app.domain.text.sentences import sentences

#: No language has tokens of more characters, on average over a block.
_TOKEN_LENGTH = 40
#: Characters of a table among which its header is looked for: longer ones are none.
_HEAD = 20_000
CountTokens = Callable[[list[str]], list[int]]

#: Headings above a table's first row of data that are repeated, and their length in characters.
HEADER_ROWS = 3
HEADER_LENGTH = 300
#: Of a header that a reader has counted: wide sheets are read by their columns' names alone.
KNOWN_HEADER_LENGTH = 600

#: Where a sentence that is too long may be cut, best first.
_CUTS = (re.compile(r"\n"), re.compile(r"[;:,—–]\s"), re.compile(r"\s"))
#: A cut before this share of the room would leave crumbs.
_LEAST_CUT = 0.5
_NUMBER_SIGNS = frozenset("0123456789.,()$€£¥₽% –—−+-")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class BlockSpan:
    """Characters of a block's text, without white space at the ends, and their tokens."""

    start: int
    end: int
    tokens: int


def split_blocks(
    blocks: Sequence[Block], count_tokens: CountTokens, target: int, limit: int
) -> list[list[BlockSpan]]:
    """For each block its spans, in order; blank blocks have none.

    A block of at most `limit` tokens, with the headings right above it, is one span. The tokenizer
    is called once for all blocks and again only for the parts of those that are too long.
    """
    counts = _counts(blocks, count_tokens, limit)
    found = [_whole(block.text, tokens) for block, tokens in zip(blocks, counts, strict=True)]
    long = list(_too_long(blocks, counts, limit))
    parts = [_parts(blocks[index]) for index in long]
    texts = [
        blocks[index].text[start:end]
        for index, spans in zip(long, parts, strict=True)
        for start, end in spans
    ]
    tokens = iter(count_tokens(texts) if texts else [])
    for index, spans in zip(long, parts, strict=True):
        sized = [BlockSpan(start, end, next(tokens)) for start, end in spans]
        found[index] = list(_bounded(blocks[index].text, sized, count_tokens, target, limit))
    return found


def _counts(blocks: Sequence[Block], count_tokens: CountTokens, limit: int) -> list[int]:
    """Tokens of each block; of what is too long by its characters alone more than `limit`."""
    sure = [len(block.text) > _TOKEN_LENGTH * limit for block in blocks]
    texts = [block.text for block, long in zip(blocks, sure, strict=True) if not long]
    counted = iter(count_tokens(texts) if texts else [])
    return [limit + 1 if long else next(counted) for long in sure]


def table_header(block: Block) -> str:
    """The rows at the top of a table that name its columns, one a line; "" when there are none."""
    if block.headers:
        known = "\n".join(block.text[:_HEAD].split("\n")[: block.headers])
        return known if len(known) <= KNOWN_HEADER_LENGTH else ""
    rows = block.text[:_HEAD].split("\n")
    count = 0
    while count < min(HEADER_ROWS + 1, len(rows)) and not _is_data(rows[count]):
        count += 1
    if count in (0, HEADER_ROWS + 1):
        # Formats without pages mark no less than their first row; print marks nothing.
        count = 1 if block.page is None or count else 0
    header = "\n".join(rows[:count])
    return header if len(header) <= HEADER_LENGTH else ""


def _is_data(row: str) -> bool:
    cells = row.split(" | ")[1:]
    return any(_is_number(cell) and not _YEAR.fullmatch(cell.strip()) for cell in cells)


def _is_number(cell: str) -> bool:
    return bool(cell) and not cell.isspace() and _NUMBER_SIGNS.issuperset(cell)


def _whole(text: str, tokens: int) -> list[BlockSpan]:
    bare = text.strip()
    start = len(text) - len(text.lstrip())
    return [BlockSpan(start, start + len(bare), tokens)] if bare else []


def _too_long(blocks: Sequence[Block], counts: list[int], limit: int) -> Iterator[int]:
    above = 0
    for index, (block, tokens) in enumerate(zip(blocks, counts, strict=True)):
        if tokens + (above if above < limit // 2 else 0) > limit:
            yield index
        if block.kind is BlockKind.HEADING:
            above += tokens
        elif block.text.strip():
            above = 0


def _parts(block: Block) -> list[tuple[int, int]]:
    """Rows of a table, else sentences."""
    if block.kind not in (BlockKind.TABLE, BlockKind.CODE):
        return sentences(block.text)
    spans: list[tuple[int, int]] = []
    start = 0
    for line in block.text.split("\n"):
        spans.extend(_trimmed(block.text, start, start + len(line)))
        start += len(line) + 1
    return spans


def _bounded(
    text: str, spans: list[BlockSpan], count_tokens: CountTokens, target: int, limit: int
) -> Iterator[BlockSpan]:
    """The spans, those above `limit` cut into ones of about `target` tokens."""
    for span in spans:
        if span.tokens <= limit:
            yield span
            continue
        pieces = list(_cut(text, span, target))
        counts = count_tokens([text[start:end] for start, end in pieces])
        sized = [BlockSpan(*piece, tokens) for piece, tokens in zip(pieces, counts, strict=True)]
        if len(sized) > 1:
            yield from _bounded(text, sized, count_tokens, target, limit)
        else:
            yield from sized


def _cut(text: str, span: BlockSpan, target: int) -> Iterator[tuple[int, int]]:
    """Parts of about `target` tokens, at least two if there are two characters."""
    length = span.end - span.start
    room = max(1, min(length * target // span.tokens, (length + 1) // 2))
    start = span.start
    while span.end - start > room:
        end = _cut_before(text, start, start + room)
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, span.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if bare := piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(bare)


def _cut_before(text: str, start: int, end: int) -> int:
    least = start + int(_LEAST_CUT * (end - start))
    for cut in _CUTS:
        places = [match.end() for match in cut.finditer(text, max(least, start + 1), end)]
        if places:
            return places[-1]
    return end
