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

from app.engines.base import CacheSequence

SEQUENCES = {CacheSequence.CHAT: 0, CacheSequence.AUXILIARY: 1}
#: Tokens below which reading again is cheaper than keeping.
_WORTH = 64


@dataclass(frozen=True, slots=True)
class ExportedState:
    """A sequence outside of the cache; `data` is llama.cpp's own form of it."""

    tokens: tuple[int, ...]
    data: bytes


class KvCache:
    """The sequences of one context. Use from the thread that decodes."""

    def __init__(self, c: Any, context: Any, parked_bytes: int) -> None:
        self._c, self._context = c, context
        self._memory = c.llama_get_memory(context)
        self._cached: dict[CacheSequence, list[int]] = {slot: [] for slot in CacheSequence}
        self._exported: list[ExportedState] = []  # the one that was used last at the end
        self._parked_bytes = parked_bytes

    def tokens(self, slot: CacheSequence) -> list[int]:
        """What the slot's sequence holds; the caller extends it after each decode."""
        return self._cached[slot]

    def shared(self, prompt: Sequence[int], slot: CacheSequence) -> int:
        """Tokens of the prompt that would not have to be read."""
        shared = _common(prompt, self._cached[slot])
        return max(shared, self._nearest(prompt)[1]) if slot == CacheSequence.CHAT else shared

    def reuse(self, prompt: Sequence[int], slot: CacheSequence) -> int:
        """Keep or bring back the longest prefix that the prompt shares with anything held, drop
        what follows it; tokens kept."""
        cached = self._cached[slot]
        shared = _common(prompt, cached)
        if slot == CacheSequence.CHAT:
            best, parked = self._nearest(prompt)
            wanted = best if parked > shared + _WORTH else None
            if wanted or len(cached) - shared > _WORTH:
                self.export_active()
            if wanted and self._bring_back(wanted):
                shared = parked
        return self._cut(slot, shared)

    def _nearest(self, prompt: Sequence[int]) -> tuple[ExportedState | None, int]:
        """The parked one that shares most with the prompt, and how many tokens."""
        lengths = [_common(prompt, exported_state.tokens) for exported_state in self._exported]
        most = max(lengths, default=0)
        return (self._exported[lengths.index(most)] if lengths else None), most

    def forget(self, slot: CacheSequence) -> bool:
        """Empty a sequence; whether there was anything in it."""
        had = bool(self._cached[slot])
        self._c.llama_memory_seq_rm(self._memory, SEQUENCES[slot], -1, -1)
        self._cached[slot].clear()
        return had

    def clear(self) -> None:
        """Everything, parked ones too: what another adapter has read is worth nothing."""
        self._exported.clear()
        self._c.llama_memory_clear(self._memory, True)
        for cached in self._cached.values():
            cached.clear()

    def undo(self, slot: CacheSequence, position: int) -> None:
        """After a decode that failed: hold what llama.cpp still holds before `position`."""
        self._c.llama_memory_seq_rm(self._memory, SEQUENCES[slot], position, -1)
        kept = self._c.llama_memory_seq_pos_max(self._memory, SEQUENCES[slot]) + 1
        del self._cached[slot][max(kept, 0) :]

    def export_active(self) -> None:
        """Copy the conversation out of the cache, the oldest parked ones making room for it."""
        if (parked := self._copied()) is not None:
            self.add_exported(parked)

    def copy_for(self, prompt: Sequence[int]) -> ExportedState | None:
        """A copy of what shares most with the prompt; None when that is hardly anything."""
        best, parked = self._nearest(prompt)
        shared = _common(prompt, self._cached[CacheSequence.CHAT])
        if max(parked, shared) < _WORTH:
            return None
        return best if parked > shared else self._copied()

    def _copied(self) -> ExportedState | None:
        tokens = tuple(self._cached[CacheSequence.CHAT])
        if len(tokens) < _WORTH:
            return None
        size = self._c.llama_state_seq_get_size(self._context, SEQUENCES[CacheSequence.CHAT])
        if size > self._parked_bytes:
            return None
        buffer = (ctypes.c_uint8 * size)()
        written = self._c.llama_state_seq_get_data(
            self._context, buffer, size, SEQUENCES[CacheSequence.CHAT]
        )
        if not written:
            return None
        return ExportedState(tokens, ctypes.string_at(buffer, written))

    def add_exported(self, parked: ExportedState) -> None:
        """Take in what was parked, here or in an earlier session; it replaces its own prefixes."""
        self._exported = [
            exported_state
            for exported_state in self._exported
            if parked.tokens[: len(exported_state.tokens)] != exported_state.tokens
        ]
        self._exported.append(parked)
        while (
            sum(len(exported_state.data) for exported_state in self._exported) > self._parked_bytes
        ):
            del self._exported[0]

    def _bring_back(self, parked: ExportedState) -> bool:
        self.forget(CacheSequence.CHAT)
        source = (ctypes.c_uint8 * len(parked.data)).from_buffer_copy(parked.data)
        read = self._c.llama_state_seq_set_data(
            self._context, source, len(parked.data), SEQUENCES[CacheSequence.CHAT]
        )
        if not read and self.forget(
            CacheSequence.AUXILIARY
        ):  # no cells left: the auxiliary sequence gives its own up
            read = self._c.llama_state_seq_set_data(
                self._context, source, len(parked.data), SEQUENCES[CacheSequence.CHAT]
            )
        if not read:
            self.forget(CacheSequence.CHAT)
            return False
        self._cached[CacheSequence.CHAT].extend(parked.tokens)
        # Making room for the one that was displaced may have dropped it already.
        self._exported = [
            exported_state for exported_state in self._exported if exported_state is not parked
        ]
        return True

    def _cut(self, slot: CacheSequence, shared: int) -> int:
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
