"""The turns of a conversation one below the other: heights that are known or guessed, and entries
only of those that were looked at lately, so that ten thousand turns open at once."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from app.domain.chat.conversation import Message
from app.ui.chat.transcript.entry import BranchPosition, TranscriptEntry

#: Characters a line and pixels a line for turns that nobody has looked at yet, and what else an
#: answer takes below its text.
_LINE, _PIXELS, _REST = 80, 21.0, 110.0
#: Entries that are held; farther ones are made anew when they come into view.
_HELD = 240


@dataclass(slots=True)
class TurnRow:
    """`size` in characters; a row without a message has not been loaded yet."""

    turn: int
    size: int
    place: BranchPosition
    height: float
    message: Message | None = None
    entry: TranscriptEntry | None = None


class TurnRows:
    """Positions count from the top of the first row, in pixels. `make` an entry of a turn: when it
    is measured, not before, as that takes milliseconds each."""

    def __init__(self, make: Callable[[Message, BranchPosition], TranscriptEntry]) -> None:
        self._make = make
        self._rows: list[TurnRow] = []
        self._ends: list[float] = []
        self._by_turn: dict[int, TurnRow] = {}
        self._held: set[int] = set()

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> TurnRow:
        return self._rows[place]

    def set(self, turns: Sequence[tuple[int, int, BranchPosition]]) -> None:
        """Turns with their sizes and places; what is known of those that stay is kept."""
        known = self._by_turn
        self._rows = []
        for turn, size, place in turns:
            row = known.get(turn)
            if row is None:
                row = TurnRow(turn, size, place, _guess(size))
            elif row.place != place and row.entry:
                row.entry.place = place
                row.entry.stale()
            row.place = place
            self._rows.append(row)
        self._by_turn = {row.turn: row for row in self._rows}
        self._held = {place for place, row in enumerate(self._rows) if row.message}
        self._ends = []

    def add(self, row: TurnRow) -> None:
        self._rows.append(row)
        self._by_turn[row.turn] = row
        self._ends = []

    def fill(self, messages: Sequence[Message]) -> None:
        """Loaded turns; those that show the same already keep their entries."""
        for message in messages:
            row = self._by_turn.get(message.id)
            if row and row.message != message:
                if row.entry is None or row.entry.message != message:
                    row.entry = None
                row.message = message

    def rename(self, turn: int, stored: int) -> None:
        """A turn was stored and has its id now."""
        if row := self._by_turn.pop(turn, None):
            row.turn = stored
            self._by_turn[stored] = row

    def of(self, turn: int) -> TurnRow | None:
        return self._by_turn.get(turn)

    def place_of(self, turn: int) -> int:
        """Which row it is, −1 for none."""
        return next((at for at, row in enumerate(self._rows) if row.turn == turn), -1)

    def entries(self) -> list[TranscriptEntry]:
        return [row.entry for row in self._rows if row.entry]

    @property
    def height(self) -> float:
        return self._bottoms()[-1] if self._rows else 0.0

    def top(self, place: int) -> float:
        return self._bottoms()[place - 1] if place else 0.0

    def at(self, y: float) -> int:
        """The row at a position, the nearest one outside of all."""
        return max(min(bisect_right(self._bottoms(), y), len(self._rows) - 1), 0)

    def between(self, top: float, bottom: float) -> range:
        """The rows that lie, if only in part, between two positions."""
        if not self._rows:
            return range(0)
        return range(self.at(top), self.at(bottom) + 1)

    def lay_out(self, places: range, width: float) -> bool:
        """Measure the entries of these rows; whether a height changed."""
        changed = False
        for place in places:
            row = self._rows[place]
            if row.entry is None and row.message:
                row.entry = self._make(row.message, row.place)
            if row.entry:
                row.entry.lay_out(width)
                if row.height != row.entry.height:
                    row.height, changed = row.entry.height, True
        if changed:
            self._ends = []
        return changed

    def forget_far(self, near: range) -> None:
        """Let turns go that are far from these rows."""
        self._held |= set(near)
        if len(self._held) <= _HELD:
            return
        middle = (near.start + near.stop) // 2
        ordered = sorted(self._held, key=lambda each: abs(each - middle))
        for place in ordered[_HELD // 2 :]:
            if place < len(self._rows) and (row := self._rows[place]).turn > 0:
                row.entry = row.message = None
        self._held = set(ordered[: _HELD // 2])

    def _bottoms(self) -> list[float]:
        if not self._ends:
            self._ends = list(accumulate(row.height for row in self._rows))
        return self._ends


def _guess(size: int) -> float:
    return _PIXELS * (1 + size // _LINE) + _REST
