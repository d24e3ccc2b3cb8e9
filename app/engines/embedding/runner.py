"""The process that embeds as the program sees it: started, asked, started again, ended."""

import itertools
import multiprocessing
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from app import log
from app.domain.errors import Cancelled, EmbeddingFailed
from app.domain.progress import Control, NoControl
from app.engines.embedding import process, wire

#: Seconds without a request after which the process ends; the next one waits for it to load anew.
_IDLE = 900.0
#: How often a request is tried: the process may have been killed for its memory, or be just ending.
_TRIES = 2
#: How often somebody who waits asks whether to stop, in seconds.
_TICK = 0.05
#: Seconds that a process which closed its end may take to be gone.
_ENDING = 1.0
_LONGEST_ANSWER = 2**26


class EmbeddingProcess:
    """One child process for the embedding model, the second reader and the reranker; from any
    thread. It starts with the first request, or ahead of it."""

    def __init__(self, idle: float = _IDLE) -> None:
        self._idle = idle
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self._numbers = itertools.count()

    def start(self) -> None:
        """Have it load its libraries while nobody waits. `OSError` when the system refuses."""
        self._running()

    def ask(
        self, request: wire.Request, kind: type[wire.A], control: Control | None = None
    ) -> wire.A:
        """The answer, which is of that kind. Errors as the models have them; `ModelChanged`,
        `EmbeddingFailed`; `Cancelled`, also when the process is ended meanwhile."""
        control, name = control or NoControl(), request.folder.name
        answer = None
        for _ in range(_TRIES):
            try:
                child = self._running()
            except OSError as error:
                raise EmbeddingFailed(name=name) from error
            answer = child.answer(wire.Asked(next(self._numbers), request), control)
            if child.dismissed:
                raise Cancelled
            if answer is not None:
                break
        return wire.taken(answer, kind, name)

    def end(self) -> None:
        """End it now; whoever waits for an answer hears `Cancelled`. The next request starts it."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.dismiss()

    def _running(self) -> "_Child":
        with self._lock:
            if self._child is None or self._child.ended:
                self._child = _Child(self._idle)
            return self._child


class _Waiting:
    """Somebody who waits for an answer; None when none will come."""

    def __init__(self) -> None:
        self.told = threading.Event()
        self.answer: wire.Answer | None = None


class _Child:
    """A running process, and who waits for it. A thread of its own hears its answers."""

    def __init__(self, idle: float) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection: Connection[Any, Any]
        self._connection, theirs = context.Pipe()
        self._stderr = log.ChildStderr(context, log.Code("embedding"))
        self._process = context.Process(
            target=process.serve,
            args=(theirs, idle, self._stderr.theirs),
            name="embedding",
            daemon=True,
        )
        self._process.start()
        theirs.close()
        self._stderr.started()
        self._lock, self._sending = threading.Lock(), threading.Lock()
        self._waiting: dict[int, _Waiting] = {}
        self.ended = self.dismissed = False
        self._listener = threading.Thread(target=self._listen, name="embedding", daemon=True)
        self._listener.start()

    def answer(self, asked: wire.Asked, control: Control) -> wire.Answer | None:
        """None when the process ends before it has answered. `Cancelled`."""
        waiting, message = _Waiting(), wire.pack(asked)
        with self._lock:
            if self.ended:
                return None
            self._waiting[asked.number] = waiting
        try:
            if not self._sent(message):
                return None
            while not waiting.told.wait(_TICK):
                control.check()
            return waiting.answer
        finally:
            with self._lock:
                self._waiting.pop(asked.number, None)

    def dismiss(self) -> None:
        """End it because it is no longer wanted."""
        self.dismissed = True
        self._kill()

    def _sent(self, message: bytes) -> bool:
        try:
            with self._sending:
                self._connection.send_bytes(message)
        except OSError:
            self._kill()
            return False
        return True

    def _kill(self) -> None:
        with suppress(ValueError):  # it has ended
            self._process.kill()
        self._listener.join()

    def _listen(self) -> None:
        with suppress(EOFError, OSError, msgspec.DecodeError):
            while True:
                answered = wire.answered(self._connection.recv_bytes(_LONGEST_ANSWER))
                self._stderr.drain()
                with self._lock:
                    waiting = self._waiting.get(answered.number)
                if waiting is not None:
                    waiting.answer = answered.answer
                    waiting.told.set()
        self._over()

    def _over(self) -> None:
        self._process.join(_ENDING)  # so that its exit status is known
        status = None if self.dismissed else self._process.exitcode
        self._process.kill()
        self._process.join()
        self._stderr.end(status)
        self._connection.close()
        with self._lock:
            self.ended = True
            for waiting in self._waiting.values():
                waiting.told.set()
        with suppress(ValueError):  # reaped by a thread that starts a child of its own just now
            self._process.close()
