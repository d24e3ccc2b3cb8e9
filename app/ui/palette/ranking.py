"""Which lines are meant by what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from app.ui.palette.entry import Entry
from app.ui.palette.keyboard import in_other_layout

#: The least likeness of a title's best part, in per cent.
_ALIKE = 76
#: Letters below which nothing is read as mistyped.
_LEAST = 3


@dataclass(frozen=True)
class Found:
    """The lines, the best first; `understood` is what was typed in the other layout, "" where it
    was understood as it stands."""

    entries: tuple[Entry, ...]
    understood: str = ""


class Titles:
    """The titles of lines, folded once: thousands are looked through at every key."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._folded = [each.title.casefold() for each in entries]
        self._spaced = [f" {each}" for each in self._folded]

    def found(self, typed: str, most: int) -> Found:
        """Lines whose words begin as what was typed, those that hold it, and where these are few,
        those that are like it; as it stands, or else in the other layout of the keyboard.
        Everything where nothing was typed."""
        wanted = " ".join(typed.casefold().split())
        if not wanted:
            return Found(tuple(self._entries[:most]))
        as_typed = self._ranked(wanted, most)
        other = " ".join(in_other_layout(wanted).split())
        in_other = self._ranked(other, most) if _best(as_typed) < 1 else []
        if _best(in_other) > _best(as_typed):
            return Found(self._first(in_other, most), other)
        return Found(self._first(as_typed, most))

    def _first(self, ranked: Sequence[tuple[float, int]], most: int) -> tuple[Entry, ...]:
        return tuple(self._entries[place] for _, place in ranked[:most])

    def _ranked(self, wanted: str, most: int) -> list[tuple[float, int]]:
        """How well titles fit, with their places, the best first."""
        words = [f" {each}" for each in wanted.split()]
        scored = [
            (_fit(wanted, self._folded[place], all(word in spaced for word in words)), place)
            for place, spaced in enumerate(self._spaced)
            if wanted in spaced or all(word in spaced for word in words)
        ]
        if len(scored) < most and len(wanted) >= _LEAST:
            known = {place for _, place in scored}
            scored += [
                (likeness / 101, place)
                for _, likeness, place in process.extract(
                    wanted, self._folded, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE,
                    limit=most,
                )
                if place not in known
            ]  # fmt: skip
        return sorted(scored, key=lambda each: (-each[0], each[1]))


def _best(ranked: Sequence[tuple[float, int]]) -> float:
    return ranked[0][0] if ranked else 0.0


def _fit(wanted: str, title: str, begins: bool) -> float:
    """Above 3: the title begins so; 2: its words do; 1: it holds it. The more of it, the better."""
    share = len(wanted) / max(len(title), 1)
    if title.startswith(wanted):
        return 3 + share
    return (2 if begins else 1) + share
