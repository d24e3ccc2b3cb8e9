"""The reading process seen from outside: started when needed, watched, killed, replaced."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from app import log
from app.documents.limits import (
    CHILD_MEMORY,
    DOCUMENTS_PER_CHILD,
    LARGE_DOCUMENT,
    MB,
    MESSAGE_BYTES,
    PDF_PAGES,
    READ_SECONDS,
    READ_SECONDS_PER_MB,
)
from app.documents.reading import reader, wire
from app.documents.reading.reading_process import Confinement, Read, serve
from app.documents.source import DocumentSource, Part
from app.documents.steps import Step, nothing
from app.domain.errors import (
    Cancelled,
    DocumentError,
    FileTooLarge,
    ReaderCrashed,
    ReaderTimedOut,
)
from app.domain.library.documents import FoundText, LineBox, PageImage, ReadDocument
from app.domain.library.tables import Table
from app.domain.progress import Control, NoControl
from app.processes import launcher

_T = TypeVar("_T")

#: How often a waiting thread asks whether it should stop, in seconds.
_TICK = 0.05
#: Seconds that a child which closed its end may take to be gone.
_ENDING = 0.5


@dataclass
class _Child:
    process: BaseProcess
    connection: "Connection[Any, Any]"
    stderr: log.ChildStderr
    #: Linux kills the child when the thread that started it ends, not only when the process does.
    starter: threading.Thread
    answered: int = 0

    @property
    def usable(self) -> bool:
        alive = self.starter.is_alive() and self.process.is_alive()
        return alive and self.answered < DOCUMENTS_PER_CHILD


class Sandbox:
    """Reads and renders documents in a child process, one at a time, from any thread.

    `read` runs in the child and has to be importable by its name. `seconds` is the fixed part of
    the time limit, `memory` the child's address space in bytes. `server` is the one host and port
    that the child may speak to, to read a database.
    """

    def __init__(
        self,
        read: Read = reader.read,
        seconds: float = READ_SECONDS,
        memory: int = CHILD_MEMORY,
        server: tuple[str, int] | None = None,
    ) -> None:
        self._read = read
        self._seconds = seconds
        self._memory = memory
        self._server = server
        self._child: _Child | None = None
        self._turn = threading.Lock()
        self._closed = False

    def warm(self) -> None:
        """Start the child now, from the thread that will use it."""
        with self._turn:
            self._ready()

    def read(self, source: DocumentSource, control: Control | None = None) -> ReadDocument:
        """The blocks of a document. Raises a DocumentError, or Cancelled at once when asked to."""
        return self._told("read", source, _document, control)

    def tables(self, source: DocumentSource, control: Control | None = None) -> tuple[Table, ...]:
        """The typed tables of a spreadsheet, none of another document; errors as `read`."""
        return self._told(
            "tables", source, lambda answer: wire.tables_in(answer["tables"]), control
        )

    def sections(
        self, source: DocumentSource, control: Control | None = None, step: Step = nothing
    ) -> Iterator[ReadDocument]:
        """The document in one piece, or a very long one in several, whose blocks follow each other;
        errors as `read`. `step` hears of pages. Each piece has the time limit for itself."""
        for answer in self._stream("sections", source, control, step):
            yield self._rebuilt(source.name, partial(_document, answer))

    def parts(self, source: DocumentSource, control: Control | None = None) -> Iterator[Part]:
        """What an archive holds, or is attached to a message; errors as `read`. What could not be
        taken out says why in `refused` and has no data."""
        control = control or NoControl()
        for answer in self._stream("parts", source, control, nothing):
            seconds = self._seconds_for(source)
            data = self._receive(source.name, time.monotonic() + seconds, seconds, control)
            yield self._rebuilt(source.name, partial(_part, answer, data))

    def database(
        self, url: str, query: tuple[str, str] | None, control: Control | None = None
    ) -> Iterator[Part]:
        """The tables behind a SQLAlchemy URL as CSV, or what a query (its name and its SQL) finds.
        DatabaseUnreachable, DatabaseRefused, PasswordNeeded."""
        source = DocumentSource(url.rsplit("@", 1)[-1])
        control = control or NoControl()
        asked = {"url": url, "query": query}
        for answer in self._stream("database", source, control, nothing, asked):
            data = self._receive(
                source.name, time.monotonic() + self._seconds, self._seconds, control
            )
            yield self._rebuilt(source.name, partial(_part, answer, data))

    def links(self, source: DocumentSource, control: Control | None = None) -> tuple[str, ...]:
        """Relative paths of the pages beside it that a saved page links to."""
        return self._told("links", source, lambda answer: wire.texts_in(answer["links"]), control)

    def _stream(
        self,
        act: str,
        source: DocumentSource,
        control: Control | None,
        step: Step,
        asked: dict[str, Any] | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The child's answers up to the one that says it is the last."""
        control = control or NoControl()
        seconds = self._seconds_for(source)
        request = {"act": act, "name": source.name, "path": source.path, **(asked or {})}
        with _LockTurn(self._turn, control):
            ended = False
            try:
                answer = self._ask(request, source.data, seconds, control, step)
                while "end" not in answer:
                    yield answer
                    answer = self._answer(source.name, seconds, control, step)
                ended = True
            except DocumentError:
                ended = True  # said by a child that is ready for more, or stopped already
                raise
            finally:
                # In the middle of an answer that nobody waits for; or as large as its document.
                if not ended or source.size() > LARGE_DOCUMENT:
                    self._stop()

    def _told(
        self,
        act: str,
        source: DocumentSource,
        build: Callable[[dict[str, Any]], _T],
        control: Control | None,
    ) -> _T:
        control = control or NoControl()
        request = {"act": act, "name": source.name, "path": source.path}
        with _LockTurn(self._turn, control):
            answer = self._ask(request, source.data, self._seconds_for(source), control)
            return self._rebuilt(source.name, lambda: build(answer))

    def _seconds_for(self, source: DocumentSource) -> float:
        return self._seconds + READ_SECONDS_PER_MB * source.size() / MB

    def render(
        self,
        source_key: str,
        data_provider: Callable[[], bytes],
        page: int,
        scale: float,
        quote: str = "",
        boxes: Sequence[LineBox] = (),
        control: Control | None = None,
    ) -> PageImage:
        """A page of a PDF with `quote` marked; see pdf_image.render_page.

        The child keeps the last few documents open by `source_key`, which has to change with the
        content; `data_provider` is called only when it does not have this one.
        """
        control = control or NoControl()
        request = {"act": "render", "name": source_key, "key": source_key, "page": page}
        request |= {"scale": scale, "quote": quote, "boxes": wire.boxes_out(boxes)}
        with _LockTurn(self._turn, control):
            answer = self._ask_open(request, data_provider, control)
            deadline = time.monotonic() + self._seconds
            pixels = self._receive(source_key, deadline, self._seconds, control)
            return self._rebuilt(source_key, lambda: wire.image_in(answer["image"], pixels))

    def find(
        self,
        source_key: str,
        data_provider: Callable[[], bytes],
        text: str,
        first: int = 1,
        control: Control | None = None,
    ) -> tuple[tuple[FoundText, ...], int]:
        """Where `text` stands in a PDF or an image from page `first` on, as pdf_image.find; the
        document is kept open as for `render`."""
        control = control or NoControl()
        request: dict[str, Any] = {"act": "find", "name": source_key, "key": source_key}
        request |= {"text": text, "first": first}
        with _LockTurn(self._turn, control):
            answer = self._ask_open(request, data_provider, control)
            return self._rebuilt(
                source_key, lambda: wire.found_in(answer["found"], answer["next"], first)
            )

    def _ask_open(
        self, request: dict[str, Any], data_provider: Callable[[], bytes], control: Control
    ) -> dict[str, Any]:
        answer = self._ask(request, None, self._seconds, control)
        if answer.get("needs_data"):
            answer = self._ask(request, data_provider(), self._seconds, control)
        return answer

    def close(self) -> None:
        """End the child; a request under way in another thread raises Cancelled."""
        self._closed = True
        with self._turn:
            self._stop()

    def _ask(
        self,
        request: dict[str, Any],
        data: bytes | None,
        seconds: float,
        control: Control,
        step: Step = nothing,
    ) -> dict[str, Any]:
        child = self._ready()
        name = str(request["name"])
        try:
            child.connection.send_bytes(wire.pack({**request, "data": data is not None}))
            if data is not None:
                child.connection.send_bytes(data)
        except OSError as error:
            self._stop()
            raise ReaderCrashed(name=name) from error
        answer = self._answer(name, seconds, control, step)
        child.answered += 1
        return answer

    def _answer(self, name: str, seconds: float, control: Control, step: Step) -> dict[str, Any]:
        """The next answer; each page on the way has the seconds for itself, up to a limit."""
        for _ in range(PDF_PAGES + 1):
            message = self._receive(name, time.monotonic() + seconds, seconds, control)
            answer = self._rebuilt(name, partial(wire.unpack, message))
            if "error" in answer:
                raise self._failure(answer["error"], name)
            if "step" not in answer:
                return answer
            done, total = self._rebuilt(name, partial(wire.step_in, answer["step"]))
            step(done, total)
        self._stop()
        raise ReaderTimedOut(name=name, seconds=round(seconds))

    def _failure(self, form: object, name: str) -> DocumentError:
        error = wire.error_in(form, name)
        if isinstance(error, FileTooLarge):
            self._stop()  # its address space is in pieces
        return error

    def _receive(self, name: str, deadline: float, seconds: float, control: Control) -> bytes:
        """The next message. The child is killed at the deadline, or when asked to stop."""
        child = self._child
        if child is None:
            raise ReaderCrashed(name=name)
        try:
            while not child.connection.poll(_TICK):
                self._check(control)
                if time.monotonic() > deadline:
                    raise ReaderTimedOut(name=name, seconds=round(seconds))
            return child.connection.recv_bytes(MESSAGE_BYTES)
        except (EOFError, OSError) as error:
            child.process.join(_ENDING)  # so that its exit status is known
            self._stop()
            raise ReaderCrashed(name=name) from error
        except BaseException:
            self._stop()
            raise

    def _check(self, control: Control) -> None:
        control.check()
        if self._closed:
            raise Cancelled

    def _rebuilt(self, name: str, build: Callable[[], _T]) -> _T:
        """What the child sent, checked; a child that sends anything else is not to be trusted."""
        try:
            return build()
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            self._stop()
            raise ReaderCrashed(name=name) from error

    def _ready(self) -> _Child:
        if self._closed:
            raise Cancelled
        if self._child is not None and not self._child.usable:
            self._stop()
        if self._child is None:
            self._child = self._started()
        self._child.stderr.drain()
        return self._child

    def _started(self) -> _Child:
        """Who reads from a server is started by the launcher, whose child it then is."""
        context = launcher.context() if self._server else multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        stderr = log.ChildStderr(context, log.Code("reader"))
        parent = None if self._server else os.getpid()
        confinement = Confinement(self._memory, parent, self._server)
        process = context.Process(
            target=serve,
            args=(theirs, self._read, confinement, stderr.theirs),
            name="reader",
            daemon=True,
        )
        process.start()
        theirs.close()
        stderr.started()
        return _Child(process, ours, stderr, threading.current_thread())

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            status = child.process.exitcode
            child.connection.close()
            child.process.kill()
            child.process.join()
            child.process.close()
            child.stderr.end(status)


def _document(answer: dict[str, Any]) -> ReadDocument:
    return wire.document_in(answer["document"])


def _part(answer: dict[str, Any], data: bytes) -> Part:
    return wire.part_in(answer["part"], answer["refused"], data)


class _LockTurn:
    """The lock, asked for in small steps so that a waiting thread can be stopped."""

    def __init__(self, lock: threading.Lock, control: Control) -> None:
        self._lock = lock
        self._control = control

    def __enter__(self) -> None:
        while not self._lock.acquire(timeout=_TICK):
            self._control.check()

    def __exit__(self, *_: object) -> None:
        self._lock.release()
