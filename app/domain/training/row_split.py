"""Which rows are learned from and which are held out, so that neither side knows the other's."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.training.row_checks import duplicates
from app.domain.training.rows import Row


@dataclass(frozen=True, slots=True)
class _Unit:
    """Places of rows that stay together."""

    places: tuple[int, ...]
    kinds: frozenset[bool]

    @property
    def size(self) -> int:
        return len(self.places)


def split(
    rows: Sequence[Row], share: float, seed: int = 0
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Rows to learn from and rows held out, each in their order, those put aside included.

    A group stays whole, and with it the rows elsewhere that ask nearly the same. As near to `share`
    held out as that allows; at least one unit on either side where there are two, and answered and
    unanswerable rows on both where there are two units of them. The same for the same rows in any
    order.
    """
    units = _units(rows, seed)
    held = {place for unit in _held_out(units, share * len(rows)) for place in unit.places}
    return (
        tuple(row for place, row in enumerate(rows) if place not in held),
        tuple(row for place, row in enumerate(rows) if place in held),
    )


def _units(rows: Sequence[Row], seed: int) -> list[_Unit]:
    """Shuffled by the seed and what the rows say."""
    above = list(range(len(rows)))

    def top(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    firsts: dict[str, int] = {}
    for place, row in enumerate(rows):
        if row.group:
            above[top(place)] = top(firsts.setdefault(row.group, place))
    for place, first in duplicates([row.question for row in rows]).items():
        above[top(place)] = top(first)
    members: dict[int, list[int]] = defaultdict(list)
    for place in range(len(rows)):
        members[top(place)].append(place)
    units = [
        _Unit(tuple(places), frozenset(rows[place].answered for place in places))
        for places in members.values()
    ]
    return sorted(units, key=lambda unit: _shuffled((rows[place] for place in unit.places), seed))


def _shuffled(rows: Iterable[Row], seed: int) -> str:
    said = min(f"{row.question}\0{row.answer}\0{row.group}" for row in rows)
    return hashlib.sha256(f"{seed}\0{said}".encode()).hexdigest()


def _held_out(units: Sequence[_Unit], wanted: float) -> list[_Unit]:
    if len(units) < 2:
        return []
    held, kept = _represented(units, wanted)
    free = [unit for unit in units if unit not in held and unit not in kept]
    taken = sum(unit.size for unit in held)
    least = 0 if held else min(unit.size for unit in free)
    most = sum(unit.size for unit in free) - (0 if kept else min(unit.size for unit in free))
    return [*held, *_summing(free, wanted - taken, least, most)]


def _represented(units: Sequence[_Unit], wanted: float) -> tuple[list[_Unit], list[_Unit]]:
    """What must be held out and what must not, so that either kind of rows is on both sides."""
    held: list[_Unit] = []
    kept: list[_Unit] = []
    for kind in (False, True):
        own = [unit for unit in units if kind in unit.kinds]
        if len(own) < 2 or all(len(unit.kinds) == 1 and kind in unit.kinds for unit in units):
            continue
        if not any(kind in unit.kinds for unit in held):
            fitting = [unit for unit in own if unit not in kept and unit.size <= max(wanted, 1)]
            small = min((unit for unit in own if unit not in kept), key=lambda unit: unit.size)
            held.append(fitting[0] if fitting else small)
        if not any(kind in unit.kinds for unit in kept):
            kept.append(next(unit for unit in reversed(own) if unit not in held))
    return held, kept


def _summing(units: Sequence[_Unit], wanted: float, least: int, most: int) -> list[_Unit]:
    """Units whose sizes add up to the nearest to `wanted` that is possible from `least` to `most`;
    of equal sizes the first. Subset sums as bits of integers, one step a power of two of a size."""
    by_size: dict[int, list[_Unit]] = defaultdict(list)
    for each in units:
        by_size[each.size].append(each)
    steps = [
        (size, number) for size, own in sorted(by_size.items()) for number in _powers(len(own))
    ]
    reached = [1]
    for size, number in steps:
        reached.append(reached[-1] | reached[-1] << size * number)
    sums = [each for each in range(least, most + 1) if reached[-1] >> each & 1]
    left = min(sums, key=lambda each: (abs(each - wanted), each), default=0)
    numbers: dict[int, int] = defaultdict(int)
    for (size, number), before in zip(reversed(steps), reversed(reached[:-1]), strict=True):
        if not before >> left & 1:
            left -= size * number
            numbers[size] += number
    return [unit for size, number in numbers.items() for unit in by_size[size][:number]]


def _powers(count: int) -> list[int]:
    """Numbers whose sums are exactly 0 … `count`."""
    found, power = [], 1
    while count:
        found.append(min(power, count))
        count -= found[-1]
        power *= 2
    return found
