"""Which words of files the product misses, and which it has that nobody else sees."""

import json
import re
import time
import unicodedata
from argparse import Namespace
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

from app import paths
from app.bench.independent import seen
from app.documents.reading.sandbox import Sandbox
from app.documents.source import DocumentSource
from app.domain.errors import LaretsError
from app.domain.library.documents import ReadDocument
from app.services.session import Begin

_WORD = re.compile(r"[^\W_]+")
_CUT = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")
_LETTER = re.compile(r"[^\W\d_]")
#: A column or a cell in letters, as the text of a table names them, and a number's exponent.
_PLACE = re.compile(r"[a-z]{1,3}\d{0,7}|\d+e\d*")
_SHEETS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".csv"})
#: Shorter words are found in the joined letters of any text.
_JOINED = 4
#: Examples of words that a row names.
_EXAMPLES = 12


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One file. `words` that an independent reader sees, each once; of these the `missed`; `own`
    words that were read, of these the `garbled` ones that nobody else sees, both empty where text
    was recognised in pictures, which the others do not do. A file with `recognised` pages is not
    compared: what its text layer says, if it has one, was found to be no language. `error` is why
    it was refused."""

    path: str
    error: str = ""
    compared: bool = False
    words: int = 0
    missed: tuple[str, ...] = ()
    own: int = 0
    garbled: tuple[str, ...] = ()
    unread: int = 0
    recognised: int = 0

    @property
    def suffix(self) -> str:
        return Path(self.path).suffix.lower()

    @property
    def share(self) -> float:
        return len(self.missed) / self.words if self.words else 0.0


def measure(begin: Begin, arguments: Namespace, note: Callable[[str], None]) -> dict[str, object]:
    """For `larets bench reading`: the shares over all files that an independent reader could read
    too, and by format; with `--rows` a line of JSON a file."""
    del begin  # nothing is stored
    began = time.perf_counter()
    rows = list(rows_of(arguments.folder, note))
    if arguments.rows:
        with arguments.rows.open("w", encoding="utf-8") as file:
            file.writelines(_line(row) for row in sorted(rows, key=lambda row: -len(row.missed)))
    return {**summary(rows), "seconds": round(time.perf_counter() - began, 1)}


def rows_of(folder: Path, note: Callable[[str], None]) -> Iterator[ReadingRow]:
    """Read every file below `folder`, as the library reads them: in a process of its own."""
    sandbox = Sandbox()
    try:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            row = _row(sandbox, path, str(path.relative_to(folder)))
            if row.missed:
                note(f"{row.path}: {row.share:.1%} {' '.join(row.missed[:_EXAMPLES])}")
            yield row
    finally:
        sandbox.close()


def _row(sandbox: Sandbox, path: Path, name: str) -> ReadingRow:
    try:
        sections = list(sandbox.sections(DocumentSource(path.name, None, path.read_bytes())))
    except LaretsError as error:
        return ReadingRow(name, error.code)
    unread = sum(part.count for section in sections for part in section.reading.unread)
    pages = sum(section.reading.recognised_pages for section in sections)
    theirs = seen(path)
    if theirs is None or pages:
        return ReadingRow(name, unread=unread, recognised=pages)
    missed, garbled = compared("\n".join(_texts(sections)), theirs)
    if path.suffix.lower() in _SHEETS:
        missed, garbled = _without_places(missed), _without_places(garbled)
    recognised = any(section.reading.recognised_characters for section in sections)
    return ReadingRow(
        name,
        compared=True,
        words=len(words(theirs)),
        missed=missed,
        own=0 if recognised else len(words("\n".join(_texts(sections)))),
        garbled=() if recognised else garbled,
        unread=unread,
    )


def _without_places(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in found if not _PLACE.fullmatch(word))


def _texts(sections: Iterable[ReadDocument]) -> Iterator[str]:
    for section in sections:
        yield section.title
        for block in section.blocks:
            yield block.text
            yield block.sheet


def compared(ours: str, theirs: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words of theirs that ours lacks, and words of ours that theirs lacks, in order. A word counts
    as there when its letters stand in the other text without a gap: words that a line end cut."""
    mine, other = words(ours), words(theirs)
    mine_joined, other_joined = _joined(ours), _joined(theirs)
    missed = [word for word in sorted(other - mine) if not _stands(word, mine_joined)]
    garbled = [
        word for word in sorted(mine - other - own_words()) if not _stands(word, other_joined)
    ]
    return tuple(missed), tuple(garbled)


def words(text: str) -> set[str]:
    """Each word once: letters and digits, upper case as lower, a letter and two signs at least; one
    that a line end cuts is whole."""
    found = _WORD.findall(_CUT.sub("", _plain(text)))
    return {word for word in found if len(word) > 1 and _LETTER.search(word)}


@cache
def own_words() -> frozenset[str]:
    """What readers write into a text themselves, in both languages."""
    files = paths.find().resources.glob("reading.*.toml")
    return frozenset(word for file in files for word in words(file.read_text("utf-8")))


def _joined(text: str) -> str:
    return "".join(_WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    """Ligatures and compatibility signs taken apart; soft hyphens gone."""
    return unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold()


def _stands(word: str, joined: str) -> bool:
    return len(word) >= _JOINED and word in joined


def summary(rows: Iterable[ReadingRow]) -> dict[str, object]:
    """The report of the contract: shares of words, over all files and by format."""
    by_format: dict[str, list[ReadingRow]] = defaultdict(list)
    for row in rows:
        by_format[row.suffix].append(row)
    every = [row for group in by_format.values() for row in group]
    return {
        **_shares(every),
        "read": sum(not row.error for row in every),
        "refused": sum(bool(row.error) for row in every),
        "read_in_part": sum(bool(row.unread) for row in every),
        "with_recognised_pages": sum(bool(row.recognised) for row in every),
        "by_format": {suffix: _shares(by_format[suffix]) for suffix in sorted(by_format)},
    }


def _shares(rows: list[ReadingRow]) -> dict[str, object]:
    alike = [row for row in rows if row.compared]
    missed, total = sum(len(row.missed) for row in alike), sum(row.words for row in alike)
    garbled, own = sum(len(row.garbled) for row in alike), sum(row.own for row in alike)
    return {
        "files": len(rows),
        "compared": len(alike),
        "words_missed": round(missed / max(total, 1), 5),
        "words_garbled": round(garbled / max(own, 1), 5),
        "median_file": round(median([row.share for row in alike] or [0.0]), 5),
    }


def _line(row: ReadingRow) -> str:
    told = {
        "path": row.path, "error": row.error, "compared": row.compared, "words": row.words,
        "missed": list(row.missed), "garbled": list(row.garbled), "unread": row.unread,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False) + "\n"
