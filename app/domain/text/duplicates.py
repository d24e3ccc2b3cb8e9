"""Whether two passages say the same in almost the same words: copies and versions of a file."""

import re
from dataclasses import dataclass

_WORD, _NUMBER = re.compile(r"\w+"), re.compile(r"\w*\d\w*")
#: Words in a row that are compared, and the share of them that copies have in common (Broder 1997;
#: 0.9 is what web crawlers use, print and typing differ a little more between formats).
_RUN, _SAME = 3, 0.8


@dataclass(frozen=True, slots=True)
class Shingles:
    """A text as its runs of three words, and its numbers in order."""

    runs: frozenset[tuple[str, ...]]
    numbers: tuple[str, ...]

    def same_as(self, other: "Shingles") -> bool:
        """Nearly the same words and exactly the same numbers: another price is another fact."""
        if self.numbers != other.numbers:
            return False
        both = len(self.runs & other.runs)
        return both >= _SAME * (len(self.runs) + len(other.runs) - both)


def shingles(text: str) -> Shingles:
    plain = text.lower()
    words = _WORD.findall(plain)
    runs = zip(*(words[place:] for place in range(_RUN)), strict=False)
    return Shingles(frozenset(runs) or frozenset({tuple(words)}), tuple(_NUMBER.findall(plain)))
