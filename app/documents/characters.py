"""Characters: what never reaches the index, and what looks like a title."""

import re
import unicodedata
from collections.abc import Iterable

from app.domain.library.documents import Block, BlockKind

#: Zero-width and bidi characters, tags, variation selectors, control characters, surrogates: they
#: are invisible to a reader and so can carry text that only a model sees. Soft hyphens too.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e01ef]"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
#: An acute after a Cyrillic vowel only marks the stress, in dictionaries and encyclopedias; with it
#: the word would match no query.
_STRESS = re.compile("(?<=[аеиоуыэюяёАЕИОУЫЭЮЯЁіІєЄ])\u0301")
#: Runs, not single spaces: those are millions, and stay as they are.
_RUNS = re.compile(r"[ \t]{2,}|\t")
#: A word that a hyphen divides at the end of a line, and how the next line begins.
_DIVIDED = re.compile(r"(\S{0,60}[^\W\d_])[-‐] *\n *([^\W\d_])")
_FILE_NAME = re.compile(
    r"\.(docx?|pdf|rtf|odt|txt|tex|dvi|indd|xlsx?|pptx?|html?|dot[mx]?|qxd|pmd|fm)\b", re.I
)
_NO_TITLES = re.compile(
    r"(microsoft (word|powerpoint|excel)\b|untitled|no title|без имени|без названия"
    r"|(document|документ|slide|презентация|presentation)\s*\d*$)",
    re.I,
)


def clean(text: str) -> str:
    """The text in NFC without unseen characters; line breaks are "\\n", spaces plain."""
    if text.isascii() and text.isprintable():
        return text
    text = _UNSEEN.sub("", _SPACES.sub(" ", _BREAKS.sub("\n", text)))
    return _STRESS.sub("", unicodedata.normalize("NFC", text))


def clean_line(text: str) -> str:
    """As `clean`, on one line: runs of white space become one space, none at the ends."""
    return " ".join(clean(text).split())


def clean_cell(text: str) -> str:
    """As `clean_line`, for the cell of a sheet: a word that was divided by hand, to fit into its
    column, is whole: "Percen-" and "tile". The hyphen of a compound stays ("loan-to-" and
    "value"), as it does before a capital ("Saint-" and "Denis")."""
    return clean_line(_DIVIDED.sub(_undivided, clean(text)) if "\n" in text else text)


def _undivided(match: re.Match[str]) -> str:
    start, rest = match[1], match[2]
    compound = "-" in start[1:] or not rest.islower()
    return f"{start}-{rest}" if compound else start + rest


def clean_lines(text: str) -> str:
    """As `clean`, each line without runs of spaces, no blank lines at the ends."""
    lines = (_RUNS.sub(" ", line).strip() for line in clean(text).split("\n"))
    return "\n".join(lines).strip("\n")


def title_or_empty(text: str | None) -> str:
    """`text` when it looks like a title that a person wrote, else ""."""
    title = clean_line(text or "")
    words = title.split()
    if not 3 <= len(title) <= 200 or not any(sign.isalpha() for sign in title):
        return ""
    if "\ufffd" in title or "\\" in title or _FILE_NAME.search(title) or _NO_TITLES.match(title):
        return ""
    if len(words) == 1 and not title.replace("-", "").isalpha():
        return ""
    return title


def first_heading(blocks: Iterable[Block]) -> str:
    """The first heading that can be a title, else ""."""
    titles = (title_or_empty(block.text) for block in blocks if block.kind is BlockKind.HEADING)
    return next(titles, "")
