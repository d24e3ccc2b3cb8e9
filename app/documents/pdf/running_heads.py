"""Which rows of a document's pages are running heads and page numbers, and need no place in its
text: what stands at the same place of many pages in the same words and figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.documents.pdf.pdf_pages import Page
from app.documents.pictures.pdf_lines import PrintedLine
from app.documents.pictures.print_blocks import is_rule

#: Running heads stand in these outer parts of a page's height.
MARGIN = 0.12
#: Pages that have to carry the same line before it is a running head: a share, within bounds.
RUNNING_SHARE, RUNNING_LEAST, RUNNING_MOST = 0.4, 3, 8
#: The share for a line with figures that are no page number, without a bound above.
FIGURES_SHARE = 0.8
#: A page number is no further than this above the page's place in the file, unless it is an
#: extract of RUNNING_MOST pages; a number above the other is that of a permit or an invoice.
NEAR_NUMBER, LAST_NUMBER = 40, 1899
#: Rows with more cells than this are rows of a table.
HEAD_CELLS = 3

_FIRST, _LAST = -1, -2
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_BARE = re.compile(r"[\s\-–—\[\](|·•]*(\d{1,4}|[ivxlc]{1,7})[\s\-–—\])|·•.]*")
_OF_PAGES = re.compile(r"[\s\-–—\[\](]*(\d{1,4})\s*(?:из|of|/)\s*\d{1,4}[\s\-–—\])]*")
_PAGE_WORD = (
    r"(?<!\w)(?:(?:страница|стр|лист|page|pages|pg|seite|sheet)(?:\.\s*|\s+)|[сcp]\.\s*)(?:№\s*)?"
)
_OF_ALL = r"(?:\s*(?:из|of|от|/)\s*\d{1,4})?"
_MARK = re.compile(_PAGE_WORD + r"(\d{1,4})(?![.,]?\d)" + _OF_ALL)
_MASKED_MARK = re.compile(f"(?:{_PAGE_WORD})?#{_OF_ALL}")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
#: What stands before a number that names a thing.
_NAMES_A_NUMBER = re.compile(r"(?:[№#:]|\b(?:n|no|nr|number|номер))\.?$")


@dataclass(frozen=True, slots=True)
class _Head:
    """What a running head has in common on its pages: its words with "#" for the page number, its
    height in steps of 4 points (or that it is the first or last row), its size in points, and how
    far its page number is from the page's place in the file, where it has one."""

    words: str
    place: int
    size: int
    offset: int | None


def running_rows(pages: list[Page]) -> frozenset[int]:
    """The rows, by id, that are left out of the text of `pages`.

    The first of those that say the same stays, unless it is nothing but a page number; and so does
    all of a page that has nothing else.
    """
    heads = [_heads(page, at) for at, page in enumerate(pages)]
    running = _running(heads)
    said: set[str] = set()
    left_out: set[int] = set()
    for page, found in zip(pages, heads, strict=True):
        repeated = _repeated(found, running, said)
        if page.notes or _says_more(page, repeated):
            left_out |= repeated
    return frozenset(left_out)


def _repeated(heads: dict[int, list[_Head]], running: frozenset[_Head], said: set[str]) -> set[int]:
    """The running heads of one page that were said before; `said` is brought up to date."""
    repeated: set[int] = set()
    for row, found in heads.items():
        words = next((head.words for head in found if head in running), None)
        if words is None:
            continue
        if words in said or not _LETTER.search(_without_mark(words)):
            repeated.add(row)
        said.add(words)
    return repeated


def _says_more(page: Page, left_out: set[int]) -> bool:
    rows = (row for flow in page.flows for row in flow.rows)
    return any(id(row) not in left_out and not is_rule(row.text) for row in rows)


def _running(heads: list[dict[int, list[_Head]]]) -> frozenset[_Head]:
    seen: dict[_Head, list[int]] = {}
    for at, found in enumerate(heads):
        for head in {head for row in found.values() for head in row}:
            seen.setdefault(head, []).append(at)
    return frozenset(head for head, at in seen.items() if _is_running(head, at, len(heads)))


def _is_running(head: _Head, at: list[int], pages: int) -> bool:
    """Whether pages enough carry it, by their places `at`.

    A line with figures that are no page number has to be on nearly all, or on nearly all of the
    left or of the right ones: a sum may come often.
    """
    if head.offset is not None and head.offset > NEAR_NUMBER:
        return len(at) >= RUNNING_MOST
    if not _DIGIT.search(_without_mark(head.words)):
        return len(at) >= min(max(RUNNING_LEAST, int(RUNNING_SHARE * pages)), RUNNING_MOST)
    if len(at) >= max(RUNNING_LEAST, FIGURES_SHARE * pages):
        return True
    sides = {number % 2 for number in at}
    return len(sides) == 1 and len(at) >= max(RUNNING_MOST, FIGURES_SHARE * (pages // 2))


def _without_mark(words: str) -> str:
    """`words` without the page number and what belongs to it, as in "page # of 12"."""
    return _MASKED_MARK.sub("", words)


def _heads(page: Page, at: int) -> dict[int, list[_Head]]:
    """By row (its id): as what it may be repeated on other pages; `at` is the page's place.

    Pages that were cut from a long scroll have their page number anywhere: there it is the first
    or the last row. Any other row has to stand near the edge of its page.
    """
    rows = [row for flow in page.flows if flow.main for row in flow.rows]
    rows = sorted((row for row in rows if len(row.cells) <= HEAD_CELLS), key=lambda r: r.baseline)
    found: dict[int, list[_Head]] = {}
    for index, row in enumerate(rows):
        outer = row.y0 <= page.height * MARGIN or row.y1 >= page.height * (1 - MARGIN)
        end = index in (0, len(rows) - 1)
        if outer or end:
            places = [round(row.baseline / 4)] if outer else []
            bare = [_FIRST if index == 0 else _LAST] if end else []
            found[id(row)] = list(_of_row(row, at + 1, places, bare))
    return found


def _of_row(row: PrintedLine, number: int, places: list[int], bare: list[int]) -> Iterator[_Head]:
    """The heads a row may be at `places`; those that are only a page number at `bare` as well."""
    size = round(row.size)
    words, printed = _numbered(row)
    offset = None if printed is None else printed - number
    for place in [*places, *(bare if words == "#" else ())]:
        yield _Head(words, place, size, offset)


def _numbered(row: PrintedLine) -> tuple[str, int | None]:
    """Its words in lower case with "#" for its page number, and that number."""
    words = row.text.casefold()
    if whole := _BARE.fullmatch(words) or _OF_PAGES.fullmatch(words):
        return ("#", value) if (value := _value(whole[1])) else (words, None)
    if mark := _MARK.search(words):
        return words[: mark.start(1)] + "#" + words[mark.end(1) :], int(mark[1])
    return _numbered_cell([cell.text.casefold() for cell in row.cells])


def _numbered_cell(cells: list[str]) -> tuple[str, int | None]:
    """As `_numbered`, of a row whose first or last cell is nothing but the number."""
    named = len(cells) > 1 and _NAMES_A_NUMBER.search(cells[-2])
    for at in (0, len(cells) - 1) if len(cells) > 1 and not named else ():
        bare = _BARE.fullmatch(cells[at]) or _OF_PAGES.fullmatch(cells[at])
        if bare and (value := _value(bare[1])):
            return " ".join([*cells[:at], "#", *cells[at + 1 :]]), value
    return " ".join(cells), None


def _value(numeral: str) -> int:
    """The number that Arabic or Roman figures in lower case stand for; 0 is none of a page."""
    if numeral.isdecimal():
        return int(numeral) if int(numeral) <= LAST_NUMBER else 0
    values = [_ROMAN_VALUES[sign] for sign in numeral]
    signed = [
        -one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)
    ]
    return sum(signed)
