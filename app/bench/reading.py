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
from app.bench.independent.reader import seen
from app.bench.independent.seen import Seen
from app.documents.reading.sandbox import Sandbox
from app.documents.source import DocumentSource
from app.domain.errors import LaretsError
from app.domain.library.documents import ReadDocument
from app.services.session import Begin

_WORD = re.compile(r"[^\W_]+")
_CUT = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")
_CUT_WORDS = re.compile(r"([^\W_]+)-\n([^\W_]+)")
#: Single letters or digits apart or one below the other, and at most one longer piece after them.
_SPACED = re.compile(r"(?<!\S)(?:[^\W_][ \n]){2,}(?:[^\W_]+)?(?!\w)")
#: The mark of a footnote, which some programs take for a part of the word before it.
_MARK = re.compile(r"(?<=[^\W\d_])\d{1,2}$")
_FORMAT = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")
#: A column or a cell, as the text of a table names it.
_PLACE = re.compile(r"(?<![^\W_])[A-Z]{1,3}\d{0,7}(?![^\W_])")
_EXPONENT = re.compile(r"\d+e\d*")
#: Of a number that a program writes with an exponent, or may be a cell.
_NUMBER = re.compile(r"[a-z]{1,3}\d{0,7}|\d+e\d*")
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
    ours = "\n".join(_texts(sections))
    lacking, strange = compared(ours, theirs)
    own = len(words(ours))
    if path.suffix.lower() in _SHEETS:
        lacking = tuple(word for word in lacking if not _NUMBER.fullmatch(word))
        made, strange = strange, _without_places(strange, ours)
        own -= len(made) - len(strange)
    recognised = any(section.reading.recognised_characters for section in sections)
    return ReadingRow(
        name,
        compared=True,
        words=len(words(theirs.text)),
        missed=lacking,
        own=0 if recognised else own,
        garbled=() if recognised else strange,
        unread=unread,
    )


def _without_places(found: tuple[str, ...], ours: str) -> tuple[str, ...]:
    """Without the columns and cells that the text of a table names, always in capitals, and
    numbers with an exponent."""
    places = {place.casefold() for place in _PLACE.findall(ours)}
    return tuple(word for word in found if word not in places and not _EXPONENT.fullmatch(word))


def _texts(sections: Iterable[ReadDocument]) -> Iterator[str]:
    for section in sections:
        yield section.title
        for block in section.blocks:
            yield block.text
            yield block.sheet


def compared(ours: str, theirs: Seen) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that an independent reader sees and ours lacks; words of ours that nobody else sees."""
    return missed(ours, theirs.text), garbled(ours, theirs)


def missed(ours: str, theirs: str) -> tuple[str, ...]:
    """A word counts as there when its letters stand in the text without a gap: one that a line end
    cut."""
    joined = "".join(_WORD.findall(_plain(ours)))
    lacking = sorted(words(theirs) - words(ours))
    return tuple(word for word in lacking if len(word) < _JOINED or word not in joined)


def garbled(ours: str, theirs: Seen) -> tuple[str, ...]:
    """Words that stand in no independent reading whole. That their letters stand there in a row is
    not enough, or words that lost the space between them would never count. Known are also: what
    readers write themselves; both halves of a word that a line end cuts, where ours keeps its
    hyphen ("loan-to"); letters that are printed apart, as one word ("П О СТАНОВЛЯЮ"); a word before
    the mark of a footnote ("rent" of "rent1")."""
    mine, plain = words(ours), _plain(ours)
    strange = mine - own_words()
    for text in (theirs.text, theirs.aside):
        known = words(text)
        strange -= known
        strange -= {_MARK.sub("", word) for word in known}
        strange -= {
            half
            for pair in _CUT_WORDS.findall(_plain(text))
            if "-".join(pair) in plain
            for half in pair
        }
    if strange:
        strange -= _closed(f"{theirs.text}\n{theirs.aside}")
    return tuple(sorted(strange))


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


def _closed(text: str) -> set[str]:
    """Words whose letters are printed apart: of each run the letters together."""
    return {"".join(_WORD.findall(run)) for run in _SPACED.findall(_plain(text))}


def _plain(text: str) -> str:
    """Ligatures and compatibility signs taken apart; without soft hyphens and other signs of
    format, which part no word (Unicode Standard Annex 29, WB4)."""
    bare = _FORMAT.sub("", text)
    return unicodedata.normalize("NFKC", bare).casefold()


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
