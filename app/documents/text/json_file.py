"""JSON and JSON Lines → tables of flat records, and "path: value" lines of what is nested."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from app.documents.characters import clean_line, clean_lines
from app.documents.limits import JSON_COLUMNS, JSON_DEPTH, JSON_VALUES
from app.documents.tables.table_text import table_blocks
from app.documents.tally import Tally
from app.documents.text import plain
from app.domain.errors import DamagedFile, EmptyDocument, FileTooLarge
from app.domain.library.documents import Block, BlockKind, ReadDocument
from app.domain.library.reading import UnreadReason

_LINES = (".jsonl", ".ndjson")
#: A longer value is prose, which a cell is no place for.
_CELL_LENGTH = 300
#: What a message of a chat consists of: who, what, and what adds nothing to read.
_SPEAKERS = ("role", "from", "author", "sender", "speaker", "user", "name")
_SAID = ("content", "text", "message", "body", "value")
_WHEN = ("date", "time", "timestamp", "created_at")
_BESIDE = frozenset(
    "id type date_unixtime from_id text_entities weight edited edited_unixtime "
    "reply_to_message_id".split()
)
_MARKS = {True: "true", False: "false"}


class _Record:
    """An object as its pairs, so that a name that comes twice loses nothing."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        self.pairs = [(clean_line(key), value) for key, value in pairs]


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks, of JSON Lines with the lines of their records; a broken line costs that line.

    Raises DamagedFile, also for more than JSON_DEPTH levels, EmptyDocument or FileTooLarge.
    """
    text = plain.decode(data, name)
    tally = Tally()
    try:
        if name.lower().endswith(_LINES):
            found = tuple(_of_lines(text, name, tally))
        else:
            found = tuple(_of_value(_loaded(text), name))
    except (ValueError, RecursionError) as error:
        raise DamagedFile(name=name) from error
    if not found:
        raise EmptyDocument(name=name)
    return ReadDocument(found, reading=tally.report())


def _loaded(text: str) -> Any:
    """The value; numbers stay as they are written. Raises ValueError."""
    value = json.loads(
        text, object_pairs_hook=_Record, parse_int=str, parse_float=str, parse_constant=str,
        strict=False,
    )  # fmt: skip
    level, depth = [value], 0
    while level := [inner for each in level for inner in _inside(each)]:
        depth += 1
        if depth > JSON_DEPTH:
            raise ValueError("too deep")
    return value


def _inside(value: Any) -> list[Any]:
    if isinstance(value, _Record):
        return [each for _, each in value.pairs]
    return value if isinstance(value, list) else []


def _of_lines(text: str, name: str, tally: Tally) -> Iterator[Block]:
    """Records of the same flat shape as tables, others as a paragraph each."""
    values = list(_records(text, name, tally))
    counter = _Counter(name)
    for shape, group in groupby(values, key=lambda each: _keys(each[1])):
        records = list(group)
        if shape is not None and len(records) > 1 and not _utterance(records[0][1]):
            found = counter.table([value for _, value in records])
            yield from (replace(block, line=records[0][0]) for block in found)
            continue
        for number, value in records:
            for block in counter.paragraph(value):
                yield replace(block, line=number)


def _records(text: str, name: str, tally: Tally) -> Iterator[tuple[int, Any]]:
    """Values with the numbers of their lines. ValueError where no line is one."""
    broken = whole = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = _loaded(line)
        except (ValueError, RecursionError):
            broken += 1
            tally.unread(UnreadReason.LINES_BROKEN, f"{name}:{number}")
            continue
        whole += 1
        yield number, value
    if broken and not whole:
        raise ValueError("no line is JSON")


def _of_value(value: Any, name: str) -> Iterator[Block]:
    """A heading for each name at the top, below it what it holds."""
    counter = _Counter(name)
    if not isinstance(value, _Record):
        yield from counter.value(value)
        return
    yield from counter.paragraph(_Record([pair for pair in value.pairs if _is_plain(pair[1])]))
    for key, each in value.pairs:
        found = [] if _is_plain(each) else list(counter.value(each))
        if found and key:
            yield Block(BlockKind.HEADING, key, level=1)
        yield from found


class _Counter:
    """Makes blocks of values and counts them: what holds more is data, not reading matter."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._values = 0

    def value(self, value: Any) -> Iterator[Block]:
        """A list of records as a table, or as a paragraph a record; else a paragraph."""
        if isinstance(value, list) and not all(map(_is_plain, value)):
            if _is_table(value) and not all(map(_utterance, value)):
                yield from self.table(value)
                return
            for unknown in value:
                yield from self.paragraph(unknown)
        else:
            yield from self.paragraph(value)

    def table(self, records: Sequence[_Record]) -> list[Block]:
        names = list(dict.fromkeys(key for record in records for key, _ in record.pairs))
        self._count(len(names) * len(records))
        rows = [names]
        for record in records:
            cells: dict[str, str] = {}
            for key, value in record.pairs:
                cells[key] = f"{cells[key]}; {_cell(value)}" if key in cells else _cell(value)
            rows.append([cells.get(key, "") for key in names])
        return table_blocks(rows, 1)

    def paragraph(self, value: Any) -> Iterator[Block]:
        """The values with their paths, one a line."""
        lines: list[str] = []
        for where, each in _flat(value, ""):
            self._count(1)
            if text := clean_lines(_shown(each)):
                lines.append(f"{where}: {text}" if where else text)
        if lines:
            yield Block(BlockKind.PARAGRAPH, "\n".join(lines))

    def _count(self, values: int) -> None:
        self._values += values
        if self._values > JSON_VALUES:
            raise FileTooLarge(name=self._name, limit=f"{JSON_VALUES} values")


def _flat(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Paths such as "order.items[2].price" and their values; JSON_DEPTH bounds the recursion."""
    if said := _utterance(value):
        yield "", said
    elif isinstance(value, _Record):
        for key, each in value.pairs:
            yield from _flat(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        if all(map(_is_plain, value)):
            yield path, ", ".join(filter(None, map(_shown, value)))
            return
        for place, unknown in enumerate(value, 1):
            yield from _flat(unknown, f"{path}[{place}]")
    else:
        yield path, value


def _utterance(value: Any) -> str:
    """ "who: what" of a message in a chat; "" for anything else."""
    if not isinstance(value, _Record):
        return ""
    fields = dict(value.pairs)
    who = next((key for key in _SPEAKERS if key in fields), "")
    what = next((key for key in _SAID if key in fields), "")
    when = next((key for key in _WHEN if key in fields), "")
    if not who or not what or not fields.keys() <= {who, what, when} | _BESIDE:
        return ""
    text = _words(fields[what])
    if not text or not isinstance(fields[who], str) or not _is_plain(fields.get(when)):
        return ""
    return f"{fields[who]} ({fields[when]}): {text}" if when else f"{fields[who]}: {text}"


def _words(value: Any) -> str:
    """A message's text, which may come in pieces: strings, and objects with a text."""
    if isinstance(value, str):
        return value
    pieces = value if isinstance(value, list) else []
    texts = [
        dict(piece.pairs).get("text") if isinstance(piece, _Record) else piece for piece in pieces
    ]
    said = [text for text in texts if isinstance(text, str)]
    return "".join(said) if len(said) == len(pieces) else ""


def _is_plain(value: Any) -> bool:
    return not isinstance(value, _Record | list)


def _keys(value: Any) -> tuple[str, ...] | None:
    """The names of a flat record; None for anything else."""
    if not isinstance(value, _Record) or not value.pairs or not all(map(_fits_cell, value.pairs)):
        return None
    return tuple(key for key, _ in value.pairs)


def _is_table(values: list[Any]) -> bool:
    """Flat records alone that share most of their names."""
    keys = [_keys(value) for value in values]
    if len(keys) < 2 or None in keys:
        return False
    names = {key for each in keys for key in each or ()}
    filled = sum(len(key or ()) for key in keys)
    return len(names) <= JSON_COLUMNS and filled * 2 >= len(names) * len(keys)


def _fits_cell(pair: tuple[str, Any]) -> bool:
    value = pair[1]
    flat = _is_plain(value) or (isinstance(value, list) and all(map(_is_plain, value)))
    return flat and len(_cell(value)) <= _CELL_LENGTH


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return clean_line(", ".join(map(_shown, value)))
    return clean_line(_shown(value))


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return _MARKS[value] if isinstance(value, bool) else str(value)
