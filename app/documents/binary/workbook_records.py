"""The records of a binary workbook's parts, and the values in them ([MS-XLSB])."""

import struct
from collections.abc import Iterator

#: Kinds of records (2.3.2).
ROW, ROW_END = 0, 146
RK, ERROR, BOOL, REAL, TEXT, SHARED, RICH = 2, 3, 4, 5, 6, 7, 62
FORMULA_TEXT, FORMULA_REAL, FORMULA_BOOL, FORMULA_ERROR = 8, 9, 10, 11
SHARED_TEXT, FORMAT, STYLE, COLUMNS, MERGED = 19, 44, 47, 60, 176
PROPERTIES, SHEET, STYLES, STYLES_END = 153, 156, 617, 618
#: A cell's record begins with its column and style (2.5.9).
CELL = 8
_STYLE = 0xFFFFFF
#: A string without text (2.5.166).
_NONE = 0xFFFFFFFF
#: What a cell shows in place of a value that could not be computed (2.5.97.2).
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Kinds and contents in order (2.1.4); a part that is cut off ends before the broken one."""
    at, size = 0, len(part)
    while at < size:
        kind, at = _number(part, at, 2)
        length, at = _number(part, at, 4)
        if at + length > size:
            return
        yield kind, part[at : at + length]
        at += length


def _number(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first, and where it ends."""
    value = 0
    for place in range(most):
        byte = part[at] if at < len(part) else 0
        value |= (byte & 0x7F) << 7 * place
        at += 1
        if byte < 0x80:
            break
    return value, at


def text(raw: bytes, at: int) -> tuple[str, int]:
    """A string and where it ends (2.5.168). `struct.error`."""
    (length,) = struct.unpack_from("<I", raw, at)
    if length == _NONE:
        return "", at + 4
    end = at + 4 + 2 * length
    return raw[at + 4 : end].decode("utf-16-le", "replace"), end


def place(raw: bytes) -> tuple[int, int]:
    """A cell's column from 0, and its style."""
    column, style = struct.unpack_from("<II", raw)
    return column, style & _STYLE


def value(kind: int, raw: bytes, shared: list[str]) -> object:
    """What a cell's record holds; None of a kind without a value."""
    match kind:
        case 2:
            return _packed(int.from_bytes(raw[CELL : CELL + 4], "little"))
        case 5 | 9:
            return float(struct.unpack_from("<d", raw, CELL)[0])
        case 4 | 10:
            return bool(raw[CELL])
        case 3 | 11:
            return _ERRORS.get(raw[CELL], "#?")
        case 6 | 8:
            return text(raw, CELL)[0]
        case 62:
            return text(raw, CELL + 1)[0]
        case 7:
            return shared[int.from_bytes(raw[CELL : CELL + 4], "little")]
    return None


def _packed(word: int) -> float:
    """A number in four bytes (2.5.123)."""
    if word & 2:
        number = float((word >> 2) - (1 << 30 if word & 0x80000000 else 0))
    else:
        number = float(struct.unpack("<d", struct.pack("<Q", (word & ~3) << 32))[0])
    return number / 100 if word & 1 else number
