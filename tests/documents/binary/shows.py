"""Shows of old PowerPoint made for tests ([MS-PPT])."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from tests.documents.binary.compound import compound

_TOKEN, _LOCKED = 0xE391C05F, 0xF3D1C4DF
TITLE, BODY, NOTES, OTHER = 0, 1, 2, 4


def record(kind: int, content: bytes, instance: int = 0, *, holds: bool = False) -> bytes:
    return struct.pack("<HHI", instance << 4 | (0xF if holds else 0), kind, len(content)) + content


def group(kind: int, *content: bytes, instance: int = 0) -> bytes:
    return record(kind, b"".join(content), instance, holds=True)


def text(kind: int, said: str, *, packed: bool = False) -> bytes:
    raw = said.encode("latin-1" if packed else "utf-16-le")
    return record(0x0F9F, struct.pack("<I", kind)) + record(0x0FA8 if packed else 0x0FA0, raw)


def reference(number: int) -> bytes:
    return record(0x0F9E, struct.pack("<I", number))


def shape(*texts: bytes, top: int = 0, left: int = 0, placeholder: int = 0) -> bytes:
    place = struct.pack("<iBBH", 0, placeholder, 0, 0)
    return group(
        0xF004,
        record(0xF010, struct.pack("<4h", top, left, left + 9, top + 9)),
        group(0xF011, record(0x0BC3, place)),
        group(0xF00D, *texts),
    )


def table(rows: Sequence[Sequence[str]], top: int = 0) -> bytes:
    """A group that says that it is a table, its cells as its shapes."""
    head = group(
        0xF004,
        record(0xF010, struct.pack("<4h", top, 0, 9, top + 9)),
        record(0xF122, struct.pack("<HI", 0x039F, 1), 1),
    )
    cells = [
        group(
            0xF004,
            record(0xF00F, struct.pack("<4i", 100 * x, 30 * y, 100 * x + 90, 30 * y + 20)),
            group(0xF00D, text(OTHER, said)),
        )
        for y, row in enumerate(rows)
        for x, said in enumerate(row)
    ]
    return group(0xF003, head, *cells)


@dataclass(frozen=True)
class Slide:
    """A slide out of shapes; `listed` texts stand in the document's list; one that is `gone` is in
    the file and in no list."""

    shapes: Sequence[bytes]
    listed: Sequence[bytes] = ()
    notes: Sequence[bytes] = ()
    gone: bool = False


def show(
    slides: Sequence[Slide], *, locked: bool = False, places: dict[int, int] | None = None,
    last: int = 0, earlier: bytes = b"",
) -> bytes:  # fmt: skip
    """A show; `places` are claimed in the directory, `last` is where the edit before is said to be.
    `earlier` stands at the beginning of the stream."""
    objects: dict[int, bytes] = {}
    listed = noted = b""
    for number, slide in enumerate(slides, 1):
        page = group(0x040C, group(0xF002, group(0xF003, *slide.shapes)))
        facts = struct.pack("<12xIII", 0, 0, 0)
        facts = facts[:16] + struct.pack("<I", 300 + number if slide.notes else 0) + facts[20:]
        objects[10 + number] = group(0x03EE, record(0x03EF, facts), page)
        if not slide.gone:
            place = struct.pack("<IIiII", 10 + number, 0, 0, 200 + number, 0)
            listed += record(0x03F3, place) + b"".join(slide.listed)
        if slide.notes:
            page = group(0x040C, group(0xF002, group(0xF003, *slide.notes)))
            objects[50 + number] = group(0x03F0, page)
            noted += record(0x03F3, struct.pack("<IIiII", 50 + number, 0, 0, 300 + number, 0))
    objects[1] = group(
        0x03E8,
        record(0x0FF0, listed, 0, holds=True),
        record(0x0FF0, noted, 2, holds=True),
    )
    stream = earlier.ljust(16, b"\0")
    found: dict[int, int] = {}
    for number, content in objects.items():
        found[number] = len(stream)
        stream += content
    words = b"".join(
        struct.pack("<II", number | 1 << 20, at) for number, at in (found | (places or {})).items()
    )
    directory, stream = len(stream), stream + record(0x1772, words)
    edit = len(stream)
    stream += record(0x0FF5, struct.pack("<7I", 0, 0, last, directory, 1, 99, 0))
    token = _LOCKED if locked else _TOKEN
    current = record(0x0FF6, struct.pack("<III8x", 20, token, edit))
    return compound({"Current User": current, "PowerPoint Document": stream})
