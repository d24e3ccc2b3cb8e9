"""Which tokens lie in the KV cache, what of it a prompt can use again, and what is parked beside.

Conversations that others displaced are parked in main memory and come back without being read
again; a conversation is found by its tokens alone, so nobody has to name it. llama-server keeps its
prompt cache in the same way (--cache-ram).
"""

import ctypes
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.engines.base import Slot

SEQUENCES = {Slot.CHAT: 0, Slot.ASIDE: 1}
#: Tokens below which reading again is cheaper than keeping.
_WORTH = 64


@dataclass(frozen=True, slots=True)
class Parked:
    """A sequence outside of the cache; `data` is llama.cpp's own form of it."""

    tokens: tuple[int, ...]
    data: bytes


class KvCache:
    """The sequences of one context. Use from the thread that decodes."""

    def __init__(self, c: Any, context: Any, parked_bytes: int) -> None:
        self._c, self._context = c, context
        self._memory = c.llama_get_memory(context)
        self._cached: dict[Slot, list[int]] = {slot: [] for slot in Slot}
        self._parked: list[Parked] = []  # the one that was used last at the end
        self._parked_bytes = parked_bytes

    def tokens(self, slot: Slot) -> list[int]:
        """What the slot's sequence holds; the caller extends it after each decode."""
        return self._cached[slot]

    def shared(self, prompt: Sequence[int], slot: Slot) -> int:
        """Tokens of the prompt that would not have to be read."""
        shared = _common(prompt, self._cached[slot])
        return max(shared, self._nearest(prompt)[1]) if slot == Slot.CHAT else shared

    def reuse(self, prompt: Sequence[int], slot: Slot) -> int:
        """Keep or bring back the longest prefix that the prompt shares with anything held, drop
        what follows it; tokens kept."""
        cached = self._cached[slot]
        shared = _common(prompt, cached)
        if slot == Slot.CHAT:
            best, parked = self._nearest(prompt)
            wanted = best if parked > shared + _WORTH else None
            if wanted or len(cached) - shared > _WORTH:
                self.park()
            if wanted and self._bring_back(wanted):
                shared = parked
        return self._cut(slot, shared)

    def _nearest(self, prompt: Sequence[int]) -> tuple[Parked | None, int]:
        """The parked one that shares most with the prompt, and how many tokens."""
        lengths = [_common(prompt, each.tokens) for each in self._parked]
        most = max(lengths, default=0)
        return (self._parked[lengths.index(most)] if lengths else None), most

    def forget(self, slot: Slot) -> bool:
        """Empty a sequence; whether there was anything in it."""
        had = bool(self._cached[slot])
        self._c.llama_memory_seq_rm(self._memory, SEQUENCES[slot], -1, -1)
        self._cached[slot].clear()
        return had

    def clear(self) -> None:
        """Everything, parked ones too: what another adapter has read is worth nothing."""
        self._parked.clear()
        self._c.llama_memory_clear(self._memory, True)
        for cached in self._cached.values():
            cached.clear()

    def undo(self, slot: Slot, position: int) -> None:
        """After a decode that failed: hold what llama.cpp still holds before `position`."""
        self._c.llama_memory_seq_rm(self._memory, SEQUENCES[slot], position, -1)
        kept = self._c.llama_memory_seq_pos_max(self._memory, SEQUENCES[slot]) + 1
        del self._cached[slot][max(kept, 0) :]

    def park(self) -> None:
        """Copy the conversation out of the cache, the oldest parked ones making room for it."""
        if (parked := self._copied()) is not None:
            self.hold(parked)

    def copy_for(self, prompt: Sequence[int]) -> Parked | None:
        """A copy of what shares most with the prompt; None when that is hardly anything."""
        best, parked = self._nearest(prompt)
        shared = _common(prompt, self._cached[Slot.CHAT])
        if max(parked, shared) < _WORTH:
            return None
        return best if parked > shared else self._copied()

    def _copied(self) -> Parked | None:
        tokens = tuple(self._cached[Slot.CHAT])
        if len(tokens) < _WORTH:
            return None
        size = self._c.llama_state_seq_get_size(self._context, SEQUENCES[Slot.CHAT])
        if size > self._parked_bytes:
            return None
        buffer = (ctypes.c_uint8 * size)()
        written = self._c.llama_state_seq_get_data(
            self._context, buffer, size, SEQUENCES[Slot.CHAT]
        )
        if not written:
            return None
        return Parked(tokens, ctypes.string_at(buffer, written))

    def hold(self, parked: Parked) -> None:
        """Take in what was parked, here or in an earlier session; it replaces its own prefixes."""
        self._parked = [
            each for each in self._parked if parked.tokens[: len(each.tokens)] != each.tokens
        ]
        self._parked.append(parked)
        while sum(len(each.data) for each in self._parked) > self._parked_bytes:
            del self._parked[0]

    def _bring_back(self, parked: Parked) -> bool:
        self.forget(Slot.CHAT)
        source = (ctypes.c_uint8 * len(parked.data)).from_buffer_copy(parked.data)
        read = self._c.llama_state_seq_set_data(
            self._context, source, len(parked.data), SEQUENCES[Slot.CHAT]
        )
        if not read and self.forget(Slot.ASIDE):  # no cells left: the aside gives its own up
            read = self._c.llama_state_seq_set_data(
                self._context, source, len(parked.data), SEQUENCES[Slot.CHAT]
            )
        if not read:
            self.forget(Slot.CHAT)
            return False
        self._cached[Slot.CHAT].extend(parked.tokens)
        # Making room for the one that was displaced may have dropped it already.
        self._parked = [each for each in self._parked if each is not parked]
        return True

    def _cut(self, slot: Slot, shared: int) -> int:
        if shared < len(self._cached[slot]) and not self._c.llama_memory_seq_rm(
            self._memory, SEQUENCES[slot], shared, -1
        ):
            self.forget(slot)
            return 0  # recurrent models cannot forget a part
        del self._cached[slot][shared:]
        return shared


def _common(prompt: Sequence[int], held: Sequence[int]) -> int:
    """Length of the shared beginning. The last token of a prompt is always read again: its logits
    choose the first word."""
    limit = min(len(prompt) - 1, len(held))
    # Compared as bytes first: the usual case is that one continues the other.
    if array("i", prompt[:limit]).tobytes() == array("i", held[:limit]).tobytes():
        return max(limit, 0)
    for place in range(limit):
        if prompt[place] != held[place]:
            return place
    return max(limit, 0)
