"""Bytes of tokens to text that may be shown. Knows no model."""

import codecs


class StreamDecoder:
    """Bytes of tokens to text: whole characters only, nothing that might begin a stop string."""

    def __init__(self, stop: tuple[str, ...]) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stop = stop
        self._held = ""
        self.text = ""
        self.cut = False

    def add(self, piece: bytes) -> str:
        """What may be shown after this piece."""
        self._held += self._decoder.decode(piece)
        for stop in self._stop:
            if (at := self._held.find(stop)) >= 0:
                self._held, self.cut = self._held[:at], True
                return self._release(len(self._held))
        return self._release(len(self._held) - self._might_stop())

    def finish(self) -> str:
        self._held += self._decoder.decode(b"", final=True)
        return self._release(len(self._held))

    def _might_stop(self) -> int:
        """Length of the longest tail of what is held that begins a stop string."""
        longest = 0
        for stop in self._stop:
            for size in range(min(len(stop) - 1, len(self._held)), longest, -1):
                if self._held.endswith(stop[:size]):
                    longest = size
                    break
        return longest

    def _release(self, size: int) -> str:
        shown, self._held = self._held[:size], self._held[size:]
        self.text += shown
        return shown
