"""An answer while it is written: what is there of it is stored each second, so that a kill or a
power cut keeps it."""

import time
from contextlib import suppress

from app.domain.chat.conversation import AnswerPiece
from app.domain.errors import StorageFull
from app.domain.progress import Control
from app.store.chat.messages import MessageStore

#: Seconds between two writings, each of which waits for the disk (some milliseconds).
_EVERY = 1.0


class Draft:
    """Passes on what is reported of an answer."""

    def __init__(self, messages: MessageStore, answer: int, control: Control) -> None:
        self._messages, self._answer, self._control = messages, answer, control
        self._text = ""
        self._kept = time.monotonic()

    def report(self, progress: object) -> None:
        self._control.report(progress)
        if isinstance(progress, AnswerPiece):
            self._text += progress.text
            if time.monotonic() - self._kept >= _EVERY:
                self._keep()

    def _keep(self) -> None:
        with suppress(StorageFull):  # its end is stored too, and tells where there is no room then
            self._messages.keep_draft(self._answer, self._text)
        self._kept = time.monotonic()
