"""Plain text → paragraphs with line numbers, whatever its encoding."""

import codecs
import re
import string
from collections.abc import Iterator

from app.documents.characters import clean_lines, title_or_empty
from app.documents.limits import MB, TEXT_BYTES
from app.domain.errors import DamagedFile, EmptyDocument, FileTooLarge
from app.domain.library.documents import Block, BlockKind, ReadDocument

#: UTF-32 before UTF-16: its mark begins with the other's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: As IBM's mainframes write text (code pages 37 and 500): the space, the letters and digits, and
#: the least share of these in running text.
_EBCDIC_SPACE, _EBCDIC_SHARE = 0x40, 0.75
_EBCDIC_WORDS = (string.ascii_letters + string.digits).encode("cp500")
#: In these two places alone the code pages put square brackets, or rarer signs.
_BRACKETS = (0x4A, 0x5A)
_EBCDIC = ("cp037", "cp500")
_CYRILLIC = ("cp1251", "koi8-r", "cp866")
#: The most frequent Russian letters make up four fifths of running text, in lower case; read with
#: the wrong one of the three encodings they become capitals, box drawings or rare letters.
_FREQUENT = frozenset("оеаинтсрвлкмдпуяыьгзб")
_FREQUENT_SHARE = 0.6
#: In order of preference; the full list of a hundred has twins that short texts are taken for.
_OTHERS = (
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
)
#: Enough to know an encoding by.
_SAMPLE = 64 * 1024
#: Letters beyond ASCII that are whole, for each that is broken.
_LETTERS_A_SCRATCH = 20
#: Text that was wrapped has shorter lines; longer ones are paragraphs each.
_WRAPPED_WIDTH = 160
#: Characters of a paragraph: the longest in novels have a tenth; one of 50 MB took 0.8 GB.
_LONGEST = 100_000
#: Headings as in wikis and AsciiDoc: "== History ==".
_HEADING_WIDTH = 200
_HEADING = re.compile(r"(={1,6})\s*([^=].*?)\s*\1?\s*$")


def read(data: bytes, name: str) -> ReadDocument:
    """Paragraphs with their 1-based first line. Raises DamagedFile, EmptyDocument, FileTooLarge."""
    found = tuple(blocks(decode(data, name)))
    if not found:
        raise EmptyDocument(name=name)
    first = found[0]
    title = title_or_empty(first.text) if first.kind is BlockKind.HEADING else ""
    return ReadDocument(found, title)


def decode(data: bytes, name: str) -> str:
    """The text with "\\n" line ends. Raises DamagedFile for binary content, FileTooLarge."""
    if len(data) > TEXT_BYTES:
        raise FileTooLarge(name=name, limit=f"{TEXT_BYTES // MB} MB")
    encoding = encoding_of(data)
    if encoding is None:
        raise DamagedFile(name=name)
    text = data.decode(encoding, errors="replace")
    if encoding in _EBCDIC:
        text = text.replace("\x85", "\n")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_text(data: bytes) -> bool:
    """Whether bytes of an unknown kind are text: an encoding fits and control codes are rare."""
    encoding = encoding_of(data[:_SAMPLE])
    if encoding is None:
        return False
    text = data[:_SAMPLE].decode(encoding, errors="replace")
    odd = sum(sign < " " and sign not in "\t\n\r\f\x1b" for sign in text) + text.count("\ufffd")
    return odd <= len(text) // 100


def encoding_of(data: bytes) -> str | None:
    """The encoding of a text; None of what is none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if b"\0" in data:
        return _wide_encoding(data[:_SAMPLE])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A sample may end inside a character.
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return "utf-8"
        return "utf-8" if _is_scratched(data[:_SAMPLE]) else _eight_bits(data[:_SAMPLE])
    return "utf-8"


def _is_scratched(sample: bytes) -> bool:
    """Whether it is UTF-8 with a few bytes broken: letters of another encoding hardly ever pair."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = sum(sign > "\x7f" for sign in text) - broken
    return letters > _LETTERS_A_SCRATCH * broken


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark: its high bytes are 0 for Latin and 4 for Cyrillic letters."""
    even, odd = sample[0::2], sample[1::2]
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        plausible = high.count(0) + high.count(4)
        if plausible > 0.9 * len(high) and low.count(0) < 0.05 * len(low) + 1:
            return encoding
    return None


def _eight_bits(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    if _is_ebcdic(sample):
        opened, closed = map(sample.count, _BRACKETS)
        return "cp500" if opened and opened == closed else "cp037"
    share, encoding = max((_frequent(sample.decode(name, "replace")), name) for name in _CYRILLIC)
    if share >= _FREQUENT_SHARE:
        return encoding
    guess = from_bytes(sample, cp_isolation=list(_OTHERS)).best()
    return guess.encoding if guess is not None else "cp1252"


def _is_ebcdic(sample: bytes) -> bool:
    """Whether what would be "@" in ASCII parts the words, and no space does."""
    spaces, signs = sample.count(_EBCDIC_SPACE), len(sample)
    words = signs - len(sample.translate(None, _EBCDIC_WORDS))
    parted = spaces > signs // 50 and sample.count(b" ") < spaces // 20 + 1
    return parted and words + spaces >= _EBCDIC_SHARE * signs


def _frequent(text: str) -> float:
    beyond_ascii = [sign for sign in text if sign > "\x7f"]
    return sum(sign in _FREQUENT for sign in beyond_ascii) / max(len(beyond_ascii), 1)


def blocks(text: str) -> Iterator[Block]:
    """The paragraphs and wiki headings of a text with "\\n" line ends."""
    chunk: list[str] = []
    start = 1
    for number, line in enumerate(text.split("\n"), 1):
        line = line.replace("\f", " ").strip()
        heading = _HEADING.match(line) if len(line) <= _HEADING_WIDTH else None
        if line and not heading:
            start = start if chunk else number
            chunk.append(line)
            continue
        yield from _paragraphs(chunk, start)
        chunk = []
        if heading and (title := clean_lines(heading[2])):
            yield Block(BlockKind.HEADING, title, level=max(1, len(heading[1]) - 1), line=number)
    yield from _paragraphs(chunk, start)


def _paragraphs(lines: list[str], start: int) -> Iterator[Block]:
    """One paragraph of wrapped lines, or one a line when the lines were never wrapped."""
    wrapped = all(len(line) <= _WRAPPED_WIDTH for line in lines)
    groups = [(start, "\n".join(lines))] if wrapped else enumerate(lines, start)
    for number, text in groups:
        for piece in _pieces(text):
            if cleaned := clean_lines(piece):
                yield Block(BlockKind.PARAGRAPH, cleaned, line=number)


def _pieces(text: str) -> Iterator[str]:
    """A line without an end, as programs write it, in parts that end between two words."""
    begin = 0
    while len(text) - begin > _LONGEST:
        end = begin + _LONGEST
        space = text.rfind(" ", begin, end)
        end = space + 1 if space > begin else end
        yield text[begin:end]
        begin = end
    yield text[begin:] if begin else text
