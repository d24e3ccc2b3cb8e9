"""A conversation as a tree: an edited question or another answer begins a branch beside the first.

Values alone: which turns are shown, and which stand beside them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.chat.conversation import Message, Speaker


@dataclass(frozen=True, slots=True)
class Node:
    """A turn without its text, of which it knows the length in characters."""

    id: int
    parent: int | None
    speaker: Speaker
    size: int


class Branches:
    """The turns of one conversation; ids grow with time."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = {node.id: node for node in nodes}
        self._children: dict[int | None, list[int]] = {}
        for node in sorted(nodes, key=lambda each: each.id):
            # A turn whose parent is gone would be unreachable: it stands at the beginning.
            parent = node.parent if node.parent in self._nodes else None
            self._children.setdefault(parent, []).append(node.id)

    @property
    def sizes(self) -> dict[int, int]:
        """Characters of each turn."""
        return {node.id: node.size for node in self._nodes.values()}

    def path(self, leaf: int | None) -> list[Node]:
        """The turns from the first to `leaf`; to the newest turn when `leaf` is None or gone."""
        key = leaf if leaf in self._nodes else max(self._nodes, default=None)
        found: list[Node] = []
        while key is not None and key in self._nodes:
            found.append(self._nodes[key])
            key = self._nodes[key].parent
        return found[::-1]

    def beside(self, turn: int) -> tuple[int, ...]:
        """The turns that stand where this one stands, itself among them, oldest first."""
        node = self._nodes[turn]
        parent = node.parent if node.parent in self._nodes else None
        return tuple(self._children[parent])

    def crowded(self) -> dict[int, tuple[int, ...]]:
        """The turns that others stand beside, each with all that stand there."""
        rows = (tuple(child) for child in self._children.values() if len(child) > 1)
        return {turn: row for row in rows for turn in row}

    def end_of(self, turn: int) -> int:
        """The leaf of the branch through `turn` that was written last."""
        return max(self.under(turn))

    def under(self, turn: int) -> list[int]:
        """The turn and all that follows it on any branch."""
        found, waiting = [], [turn]
        while waiting:
            key = waiting.pop()
            found.append(key)
            waiting += self._children.get(key, [])
        return found

    def children(self, turns: Iterable[int]) -> list[int]:
        """What follows these at once, without themselves."""
        own = set(turns)
        return [each for key in own for each in self._children.get(key, []) if each not in own]


@dataclass(frozen=True, slots=True)
class RemovedTurns:
    """Turns that were deleted, whole, so that they can be put back; `adopted` are those that
    followed them, with their parents of before."""

    conversation: str
    turns: tuple[Message, ...]
    adopted: tuple[tuple[int, int | None], ...]
    leaf: int | None
