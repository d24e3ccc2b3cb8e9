"""RTF's control words → paragraphs and table rows (RTF specification 1.9.1)."""

import codecs
import re
from dataclasses import dataclass, replace

from app.documents.colours import LEAST_POINTS, WHITE, alike

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+"
    rb"|([^\\{}\r\n]+)|\\"
)
#: Groups whose text is no part of the document.
_LEFT_OUT = frozenset(
    b"colortbl shprslt filetbl listtable listoverridetable rsidtbl generator pict object themedata "
    b"colorschememapping datastore latentstyles xmlnstbl fldinst bkmkstart bkmkend header headerl "
    b"headerr headerf footer footerl footerr footerf pntext listtext pn annotation atnid atnauthor "
    b"atntime atnicn atnref atndate nonshppict revtbl mmathPr userprops xe tc tcn do private "
    b"operator author company category manager comment keywords subject doccomm hlinkbase "
    b"creatim revtim printim buptim ftnsep ftnsepc aftnsep aftnsepc ftncn aftncn panose falt "
    b"pgdsctbl sp wgrffmtfilter blipuid fontemb".split()
)
#: Behind "\*", yet they hold text of the document.
_READ_ALL_THE_SAME = frozenset({b"shptxt", b"footnote", b"shpinst", b"fldrslt", b"pnseclvl"})
_SIGNS = {
    b"line": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–", b"bullet": "•",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ",
    b"enspace": " ", b"softline": "\n",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
#: Code pages of the fonts' character sets (\fcharset).
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_HEADING = re.compile(r"(?:heading|заголовок|überschrift|titre)\s*(\d)", re.I)
_TITLES = frozenset({"title", "название"})
_TARGETS = {
    b"footnote": "note", b"info": "info", b"title": "title", b"stylesheet": "style",
    b"fonttbl": "fonts",
}  # fmt: skip
_PAGES = {b"pc": "cp437", b"pca": "cp850", b"mac": "mac_roman"}
#: What lies behind print: of characters, a paragraph, a cell; with a colour or a
#: share of one, 0 for none.
_PARAGRAPH_GROUNDS, _CELL_GROUNDS = {b"cbpat", b"shading"}, {b"clcbpat", b"clshdng"}
_GROUNDS = {b"highlight", b"cb", b"chcbpat", b"chshdng"} | _PARAGRAPH_GROUNDS | _CELL_GROUNDS
_COLOURS = re.compile(rb"\\colortbl\s*([^{}]{0,20000})")
_PART = re.compile(rb"\\(red|green|blue)(\d{1,3})")
_DEPTH = 2000
_BODY_OUTLINE = 9


@dataclass(frozen=True, slots=True)
class RtfParagraph:
    """A paragraph, or a row of a table: `row` holds its cells. `heading` is 1–6, `depth` of a
    list item from 1, else 0."""

    text: str
    heading: int = 0
    depth: int = 0
    row: tuple[str, ...] | None = None
    header: bool = False


@dataclass(slots=True)
class _State:
    """What a group inherits and leaves behind at its end."""

    target: str = "body"
    skipped: bool = False
    hidden: bool = False
    encoding: str = ""
    unicode_skip: int = 1
    style: int | None = None
    outline: int | None = None
    list_level: int = 0
    listed: bool = False
    in_table: bool = False
    ink: int = 0
    half_points: int = 24
    grounds: frozenset[bytes] = frozenset()


def paragraphs(data: bytes) -> tuple[list[RtfParagraph], str, int]:
    """The paragraphs and rows in order, the title, and how many pieces of text were left out
    because nobody sees them; as much as a damaged file holds.

    Raises ValueError for groups inside each other without end.
    """
    return _RtfReader().read(data)


class _RtfReader:
    """Goes through the tokens; keeps a stack of states, one a group."""

    def __init__(self) -> None:
        self._found: list[RtfParagraph] = []
        self._state = _State()
        self._stack: list[_State] = []
        self._parts: dict[str, list[str]] = {"body": [], "note": [], "title": [], "style": []}
        self._bytes = bytearray()
        self._skip = 0
        self._star = False
        self._fonts = _Fonts()
        self._levels: dict[int, int] = {}
        self._cells: list[str] = []
        self._header = self._bulleted = False
        self._notes: list[str] = []
        self._white: frozenset[int] = frozenset()
        self._unseen = 0

    def read(self, data: bytes) -> tuple[list[RtfParagraph], str, int]:
        self._white = _white_inks(data)
        at = 0
        while match := _TOKEN.match(data, at):
            at = match.end()
            word, number, code, symbol, brace, text = match.groups()
            if word:
                value = int(number) if number else None
                if word == b"bin":
                    at += max(value or 0, 0)
                else:
                    self._word(word, value)
            elif code:
                self._octets(bytes([int(code, 16)]))
            elif symbol:
                self._symbol(symbol)
            elif brace:
                self._brace(brace)
            elif text:
                self._octets(text)
        self._end_paragraph()
        return self._found, "".join(self._parts["title"]), self._unseen

    def _brace(self, brace: bytes) -> None:
        self._decode()
        self._skip = 0
        if brace == b"{":
            if len(self._stack) > _DEPTH:
                raise ValueError("too deep")
            self._stack.append(replace(self._state))
        elif self._stack:
            ended, self._state = self._state, self._stack.pop()
            self._leave(ended)
        self._star = False

    def _leave(self, ended: _State) -> None:
        if ended.target == "note" != self._state.target:
            self._notes.append(self._taken("note"))
        elif ended.target == "style" and not ended.skipped:
            self._name_style(ended)

    def _name_style(self, ended: _State) -> None:
        name = self._taken("style").strip(" ;").casefold()
        if not name:
            return
        if match := _HEADING.match(name):
            level = int(match[1])
        else:
            level = 1 if name in _TITLES else (ended.outline or 0)
        self._levels[ended.style or 0] = min(level, 6)

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._star = True
        elif symbol in (b"\n", b"\r"):
            self._end_paragraph()
        elif symbol in _SYMBOLS:
            self._text(_SYMBOLS[symbol])

    def _octets(self, octets: bytes) -> None:
        if self._skip:
            dropped = min(self._skip, len(octets))
            self._skip -= dropped
            octets = octets[dropped:]
        if not self._state.skipped:
            self._bytes += octets

    def _decode(self) -> None:
        if self._bytes:
            text = self._bytes.decode(self._encoding(), "replace")
            self._bytes.clear()
            self._text(text)

    def _encoding(self) -> str:
        return self._state.encoding or self._fonts.encoding(self._fonts.default)

    def _text(self, text: str) -> None:
        self._decode()
        if self._state.skipped or self._state.hidden:
            return
        if self._is_unseen():
            self._unseen += bool(text.strip())
        else:
            self._parts.get(self._state.target, []).append(text)

    def _is_unseen(self) -> bool:
        """White on paper that no ground colours, or tiny; the words of styles and titles are not
        printed."""
        state = self._state
        if state.target not in ("body", "note"):
            return False
        white = state.ink in self._white and not state.grounds
        return white or state.half_points < 2 * LEAST_POINTS

    def _taken(self, target: str) -> str:
        """What has been said there since it was last asked; pairs of surrogates made one sign."""
        self._decode()
        text = "".join(self._parts[target])
        self._parts[target].clear()
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _word(self, word: bytes, value: int | None) -> None:
        self._decode()
        if self._state.skipped:
            return
        starred, self._star = self._star, False
        if (starred and word not in _READ_ALL_THE_SAME) or word in _LEFT_OUT:
            self._state.skipped = True
            self._bulleted |= word in (b"pntext", b"listtext")
        elif word in _SIGNS:
            self._text(_SIGNS[word])
        elif word in _TARGETS:
            self._turn_to(_TARGETS[word])
        elif word == b"u":
            self._text(chr((value or 0) % 0x10000))
            self._skip = self._state.unicode_skip
        elif not self._break(word):
            self._set(word, value)

    def _turn_to(self, target: str) -> None:
        if target != "title" or self._state.target == "info":
            self._state.target = target

    def _break(self, word: bytes) -> bool:
        """Ends a paragraph, a cell or a row; says whether the word does."""
        if word in (b"par", b"sect", b"page", b"column"):
            self._end_paragraph()
        elif word == b"nestcell":
            self._text(" ")
        elif word == b"cell":
            self._cells.append(self._taken("body"))
        elif word == b"row":
            self._found.append(RtfParagraph("", row=tuple(self._cells), header=self._header))
            self._cells.clear()
            self._end_notes()
        else:
            return False
        return True

    def _end_paragraph(self) -> None:
        if self._state.target != "body" or self._state.in_table:
            self._text("\n")
            return
        text = self._taken("body")
        if text.strip():
            state = self._state
            heading = self._levels.get(state.style or 0, 0)
            heading = heading if state.outline is None else state.outline
            depth = min(state.list_level + 1, 6) if state.listed or self._bulleted else 0
            self._found.append(RtfParagraph(text, heading, depth))
        self._bulleted = False
        self._end_notes()

    def _end_notes(self) -> None:
        self._found += [RtfParagraph(note) for note in self._notes]
        self._notes.clear()

    def _set(self, word: bytes, value: int | None) -> None:
        state, fonts = self._state, self._fonts
        number = 0 if value is None else value
        if word == b"pard":
            state.style = state.outline = None
            state.list_level = 0
            state.listed = state.in_table = False
            state.grounds -= _PARAGRAPH_GROUNDS
        elif word in (b"v", b"deleted"):
            state.hidden = value != 0
        elif word in (b"f", b"plain", b"deff", b"fcharset", b"ansicpg", b"pc", b"pca", b"mac"):
            fonts.set(word, number, listing=state.target == "fonts")
            if word == b"plain":
                state.hidden, state.ink, state.half_points = False, 0, 24
                state.grounds &= _PARAGRAPH_GROUNDS | _CELL_GROUNDS
            if word in (b"f", b"plain"):
                state.encoding = fonts.encoding(number if word == b"f" else fonts.default)
        elif word in (b"trowd", b"trhdr"):
            self._header = word == b"trhdr"
            state.grounds -= _CELL_GROUNDS
        else:
            self._set_place(word, number)

    def _set_place(self, word: bytes, number: int) -> None:
        state = self._state
        if word == b"uc":
            state.unicode_skip = min(max(number, 0), 10)
        elif word == b"s":
            state.style = number
        elif word == b"outlinelevel":
            state.outline = 0 if number >= _BODY_OUTLINE else min(max(number, 0) + 1, 6)
        elif word == b"ls":
            state.listed = number > 0
        elif word == b"ilvl":
            state.list_level = min(max(number, 0), 8)
        elif word == b"intbl":
            state.in_table = True
        else:
            self._set_print(word, number)

    def _set_print(self, word: bytes, number: int) -> None:
        state = self._state
        if word == b"cf":
            state.ink = number
        elif word == b"fs":
            state.half_points = number
        elif word in _GROUNDS:
            state.grounds = state.grounds | {word} if number else state.grounds - {word}


def _white_inks(data: bytes) -> frozenset[int]:
    """The numbers of the colours that cannot be told from paper."""
    table = _COLOURS.search(data)
    inks = table[1].split(b";") if table else []
    return frozenset(
        number
        for number, ink in enumerate(inks)
        if len(parts := dict(_PART.findall(ink))) == 3
        and alike((int(parts[b"red"]), int(parts[b"green"]), int(parts[b"blue"])), WHITE)
    )


class _Fonts:
    """The encodings of a document's fonts; where they say nothing, that of the document."""

    def __init__(self) -> None:
        self.default = 0
        self._page = "cp1252"
        self._charsets: dict[int, int] = {}
        self._listed = 0

    def set(self, word: bytes, number: int, *, listing: bool) -> None:
        if word == b"f" and listing:
            self._listed = number
        elif word == b"fcharset":
            self._charsets[self._listed] = number
        elif word == b"deff":
            self.default = number
        elif word == b"ansicpg":
            self._page = _known(f"cp{number}")
        elif word in _PAGES:
            self._page = _PAGES[word]

    def encoding(self, font: int) -> str:
        charset = self._charsets.get(font, 1)
        if charset == 0 and not any(each > 1 for each in self._charsets.values()):
            return self._page  # who writes 0 for every font means nothing by it
        return _CHARSETS.get(charset, self._page)


def _known(name: str) -> str:
    try:
        return codecs.lookup({"cp65001": "utf-8", "cp10007": "mac_cyrillic"}.get(name, name)).name
    except LookupError:
        return "cp1252"
