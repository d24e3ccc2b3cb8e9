"""Compound files and documents of old Word made for tests ([MS-CFB], [MS-DOC])."""

import struct
from collections.abc import Sequence

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
#: Shorter streams would lie among the small sectors.
_LEAST = 4096
_PAIRS, _CLX, _CHARACTERS, _PARAGRAPHS = 0x9A, 33, 12, 13
#: Where the text begins in the main stream.
TEXT_AT = 2048


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, padded where they are short."""
    body = b""
    chains: list[int] = []
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for number, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(_LEAST, b"\0")
        count = -(-len(content) // _SECTOR)
        first = len(chains)
        chains += [*range(first + 1, first + count), _END]
        body += content.ljust(count * _SECTOR, b"\0")
        right = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, first, len(content), right=right))
    directory = b"".join(entries)
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    directory_at = len(chains)
    chains += [*range(directory_at + 1, directory_at + len(directory) // _SECTOR), _END]
    tables = 1
    while tables * _SECTOR // 4 < len(chains) + tables:
        tables += 1
    table_at = len(chains)
    chains += [_TABLE] * tables
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(tables * _SECTOR, b"\xff")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, directory_at, 0, _LEAST, _END, 0, _END, 0,
    )  # fmt: skip
    places = [*range(table_at, table_at + tables), *[_FREE] * (109 - tables)]
    return header + struct.pack("<109I", *places) + body + directory + table


def _entry(
    name: str, kind: int, first: int, size: int, right: int = _FREE, child: int = _FREE
) -> bytes:
    title = (name + "\0").encode("utf-16-le")
    return title.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIQ", len(title), kind, 1, _FREE, right, child, first, size
    )


def word(
    pieces: Sequence[tuple[str, bool]],
    *,
    deleted: Sequence[tuple[int, int]] = (),
    row_ends: Sequence[int] = (),
    flags: int = 0x0200,
    version: int = 0xC1,
    places: Sequence[int] = (),
) -> bytes:
    """A document out of pieces: a text, and whether it is packed into one byte a character.

    `deleted` are ranges of bytes after TEXT_AT, `row_ends` such bytes after a mark that ends a row;
    with the latter all paragraphs stand in a table. `places` are claimed in place of those that the
    pieces have."""
    text, table_of_pieces, bounds = b"", b"", [0]
    for piece, packed in pieces:
        raw = piece.encode("cp1252" if packed else "utf-16-le")
        at = TEXT_AT + len(text)
        text += raw
        bounds.append(bounds[-1] + len(raw) // (1 if packed else 2))
        table_of_pieces += struct.pack("<HIH", 0, at * 2 | 0x40000000 if packed else at, 0)
    claimed = list(places) or bounds
    pieces_raw = struct.pack(f"<{len(claimed)}I", *claimed) + table_of_pieces
    clx = b"\x01\x02\0\xff\xff\x02" + struct.pack("<I", len(pieces_raw)) + pieces_raw
    stream = bytearray(TEXT_AT) + text
    stream += bytes(-len(stream) % 512)
    page = len(stream) // 512
    pairs = {_CLX: clx}
    end = TEXT_AT + len(text)
    if deleted:
        pairs[_CHARACTERS] = struct.pack("<III", TEXT_AT, end, page)
        stream += _character_page(deleted, end)
        page += 1
    if row_ends:
        pairs[_PARAGRAPHS] = struct.pack("<III", TEXT_AT, end, page)
        stream += _paragraph_page(row_ends)
    table = b"\0" * 16
    struct.pack_into("<HH", stream, 0, 0xA5EC, version)
    struct.pack_into("<H", stream, 0x0A, flags)
    struct.pack_into("<I", stream, 0x4C, claimed[-1])
    for number, content in pairs.items():
        struct.pack_into("<II", stream, _PAIRS + 8 * number, len(table), len(content))
        table += content
    return compound({"WordDocument": bytes(stream), "1Table": table})


def _character_page(deleted: Sequence[tuple[int, int]], end: int) -> bytes:
    """Runs with and without sprmCFRMarkDel (2.9.33)."""
    bounds = [TEXT_AT]
    for begin, stop in deleted:
        bounds += [TEXT_AT + begin, TEXT_AT + stop]
    bounds.append(end)
    runs = len(bounds) - 1
    page = bytearray(512)
    page[200:204] = b"\x03\x00\x08\x01"
    struct.pack_into(f"<{runs + 1}I", page, 0, *bounds)
    for run in range(1, runs, 2):
        page[4 * (runs + 1) + run] = 100
    page[511] = runs
    return bytes(page)


def _paragraph_page(row_ends: Sequence[int]) -> bytes:
    """Runs with sprmPFInTable, the last character of each, two bytes wide, with sprmPFTtp
    as well (2.9.174)."""
    bounds = [TEXT_AT]
    for end in row_ends:
        bounds += [TEXT_AT + end - 2, TEXT_AT + end]
    runs = len(bounds) - 1
    page = bytearray(512)
    page[400:406] = b"\x03\0\0\x16\x24\x01"
    page[420:430] = b"\x05\0\0\x16\x24\x01\x17\x24\x01\0"
    struct.pack_into(f"<{runs + 1}I", page, 0, *bounds)
    for run in range(runs):
        page[4 * (runs + 1) + 13 * run] = 210 if run % 2 else 200
    page[511] = runs
    return bytes(page)
