"""The pages of the help: Markdown files in resources/help, a folder a language, in the order of
their names."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.stems import PART, normal, stem

_TARGET = re.compile(r"!?\[([^]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class HelpPage:
    """`name` is that of its file, the same in all languages; `text` is Markdown."""

    name: str
    text: str

    @property
    def title(self) -> str:
        """Its first line, a heading."""
        return self.text.split("\n", 1)[0].lstrip("# ")

    @cached_property
    def words(self) -> str:
        """What is read of it: of links and pictures only what they are called."""
        return _TARGET.sub(r"\1", self.text)


def pages(folder: Path) -> tuple[HelpPage, ...]:
    """Those of a language."""
    return tuple(
        HelpPage(each.name, each.read_text("utf-8")) for each in sorted(folder.glob("*.md"))
    )


def searched(words: str) -> tuple[re.Pattern[str], ...]:
    """What finds each of the words in any of its forms."""
    return tuple(_forms(word) for word in PART.findall(normal(words)))


def hits(page: HelpPage, words: tuple[re.Pattern[str], ...]) -> int:
    """How often the words stand on a page; 0 where one of them is missing."""
    counts = [len(each.findall(page.words)) for each in words]
    return sum(counts) if all(counts) else 0


def _forms(word: str) -> re.Pattern[str]:
    """Words that begin like the stem, as far as the word itself does: of "recovery" it is
    "recoveri"."""
    begin = stem(word)
    while not word.startswith(begin):
        begin = begin[:-1]
    return re.compile(rf"(?<!\w){re.escape(begin).replace('е', '[её]')}\w*", re.IGNORECASE)
