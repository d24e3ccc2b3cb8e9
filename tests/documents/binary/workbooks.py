"""Binary workbooks made for tests ([MS-XLSB])."""

import struct
from collections.abc import Iterable

from tests.documents.packages import zipped

_RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.bin"/>
</Relationships>"""


def record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    while length >= 0x80:
        head += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + bytes([length]) + content


def text(said: str) -> bytes:
    return struct.pack("<I", len(said)) + said.encode("utf-16-le")


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    flags = 0x10 if hidden else 0
    return record(0, struct.pack("<IIHBBB", number, 0, 300, 0, flags, 0)) + b"".join(cells)


def cell(kind: int, column: int, content: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<II", column, style) + content)


def said(column: int, value: str) -> bytes:
    return cell(6, column, text(value))


def number(column: int, value: float, style: int = 0) -> bytes:
    return cell(5, column, struct.pack("<d", value), style)


def workbook(
    cells: bytes, formats: Iterable[str] = (), shared: Iterable[str] = (), *, flags: int = 0
) -> bytes:
    """One sheet; style 1 and the next ones have these number formats."""
    codes = list(formats)
    styles = b"".join(
        record(44, struct.pack("<H", 200 + at) + text(code)) for at, code in enumerate(codes)
    )
    kinds = [0, *(200 + at for at in range(len(codes)))]
    styles += record(617) + b"".join(record(47, struct.pack("<HH12x", 0, k)) for k in kinds)
    book = record(153, struct.pack("<II", flags, 0))
    book += record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Рейсы"))
    return zipped({
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": _RELATIONS.encode(),
        "xl/worksheets/sheet1.bin": record(145) + cells + record(146),
        "xl/styles.bin": styles + record(618),
        "xl/sharedStrings.bin": b"".join(record(19, b"\0" + text(each)) for each in shared),
    })  # fmt: skip
