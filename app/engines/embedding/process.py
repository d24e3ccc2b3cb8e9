"""The process that embeds: requests come in, answers go out under their numbers.

It holds the models that it was last asked of and writes nothing. It ends when the program is gone,
and by itself when nothing was asked for a while.
"""

import logging
import os
import queue
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from app import log, processes
from app.domain.errors import LaretsError, ModelChanged, NeedsTrainingPart
from app.engines import parts
from app.engines.embedding import wire
from app.engines.embedding.embedder import SentenceEmbedder
from app.engines.embedding.late_interaction import LateInteraction
from app.engines.embedding.llama_embedder import LlamaEmbedder
from app.engines.embedding.reranker import CrossEncoderReranker
from app.heap import trim_heap

#: What the first call of a model is spent on, so that no question waits for it.
_FIRST_TEXT = "Where is it?"


def serve(
    connection: "Connection[Any, Any]", idle: float, stderr: "Connection[Any, Any] | None" = None
) -> None:
    """Answers until the other end closes, or nothing was asked for `idle` seconds; `stderr` is
    where its complaints go."""
    log.send_stderr(stderr)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program decides what Ctrl+C ends
    processes.begin()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    logging.disable(logging.WARNING)  # libraries tell of what they do without
    desk = _Desk(connection)
    for work in (desk.listen, desk.count):
        threading.Thread(target=work, name=work.__name__, daemon=True).start()
    if parts.has_training():
        _load_torch()
    desk.compute(idle)
    os._exit(0)


def _load_torch() -> None:
    """Two seconds and more, which pass while a password is typed. Threads of torch that wait for
    each other must not turn round for long, as those of llama.cpp: see `native.library`. A progress
    bar, shown or not, would make a lock between processes, which outlives one that is killed."""
    os.environ.setdefault("GOMP_SPINCOUNT", "10000")
    import sentence_transformers  # noqa: F401
    from tqdm import tqdm

    tqdm.set_lock(threading.RLock())


class _Desk:
    """One thread takes requests, one computes, one counts tokens: neither a question nor the next
    document waits for more than the batch of an import that is being computed."""

    def __init__(self, connection: "Connection[Any, Any]") -> None:
        self._connection = connection
        self._sending = threading.Lock()
        self._models = _Models()
        #: Passages come after everything else; what is alike in the order in which it came.
        self._to_compute: queue.PriorityQueue[tuple[bool, int, wire.Request]]
        self._to_compute = queue.PriorityQueue()
        self._to_count: queue.SimpleQueue[tuple[int, wire.Count]] = queue.SimpleQueue()
        self._heard = time.monotonic()

    def listen(self) -> None:
        """Take requests from now on. The process ends with the program's."""
        while True:
            try:
                asked = wire.asked(self._connection.recv_bytes())
            except (EOFError, OSError):
                os._exit(0)
            self._heard = time.monotonic()
            if isinstance(asked.request, wire.Count):
                self._to_count.put((asked.number, asked.request))
            else:
                later = isinstance(asked.request, wire.Passages)
                self._to_compute.put((later, asked.number, asked.request))

    def count(self) -> None:
        """Count tokens as long as the process lives."""
        while True:
            self._answer(*self._to_count.get())

    def compute(self, idle: float) -> None:
        """Compute until nothing was asked for `idle` seconds."""
        while True:
            try:
                _, number, request = self._to_compute.get(timeout=idle)
            except queue.Empty:
                if time.monotonic() - self._heard >= idle:
                    return
            else:
                self._answer(number, request)

    def _answer(self, number: int, request: wire.Request) -> None:
        answer: wire.Answer
        try:
            answer = self._models.answer(request)
        except LaretsError as error:
            answer = wire.refused(error)
        except Exception:  # noqa: BLE001  the next request has nothing to do with it
            with suppress(OSError):  # the pipe is full
                traceback.print_exc(file=sys.stderr)
            answer = wire.Broken()
        with self._sending, suppress(OSError):  # the program is gone, which `listen` hears
            self._connection.send_bytes(wire.pack(wire.Answered(number, answer)))


class _Models:
    """Those that were asked of last, one of a kind: another takes its place."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._embedder: tuple[wire.Folder, SentenceEmbedder | LlamaEmbedder] | None = None
        self._reader: tuple[wire.Folder, str, LateInteraction] | None = None
        self._reranker: tuple[wire.Folder, CrossEncoderReranker] | None = None

    def answer(self, request: wire.Request) -> wire.Answer:
        """Errors as the models have them; `ModelChanged`."""
        match request:
            case wire.OpenEmbedder(folder):
                return wire.Opened(self._embedder_of(folder).dimensions)
            case wire.Queries(folder, texts):
                return wire.embedded(self._embedder_of(folder).embed_queries(texts))
            case wire.Passages(folder, texts):
                vectors = self._embedder_of(folder).embed_passages(texts)
                trim_heap()
                return wire.embedded(vectors)
            case wire.Count(folder, texts):
                return wire.Counted(self._embedder_of(folder).count(texts))
            case wire.OpenSecondReader(folder, adapter):
                self._reader_of(folder, adapter)
                return wire.Opened()
            case wire.Read(folder, adapter, question, texts, sentences):
                reader = self._reader_of(folder, adapter)
                return wire.WasRead(reader.read(question, texts, sentences))
            case wire.OpenReranker(folder):
                self._reranker_of(folder)
                return wire.Opened()
            case wire.Score(folder, question, passages):
                return wire.Scored(self._reranker_of(folder).scores(question, passages))

    def _embedder_of(self, folder: wire.Folder) -> SentenceEmbedder | LlamaEmbedder:
        with self._lock:
            if self._embedder is None or self._embedder[0] != folder:
                _require_unchanged(folder)
                model = (SentenceEmbedder if parts.has_training() else LlamaEmbedder)(folder.path)
                model.embed_queries([_FIRST_TEXT])
                self._embedder, self._reader = (folder, model), None
            return self._embedder[1]

    def _reader_of(self, folder: wire.Folder, adapter: str) -> LateInteraction:
        embedder = self._embedder_of(folder)
        if self._reader is None or self._reader[:2] != (folder, adapter):
            self._reader = folder, adapter, embedder.second_reader(adapter)
        return self._reader[2]

    def _reranker_of(self, folder: wire.Folder) -> CrossEncoderReranker:
        if self._reranker is None or self._reranker[0] != folder:
            _require_unchanged(folder)
            if not parts.has_training():
                raise NeedsTrainingPart(name=folder.name)
            self._reranker = folder, CrossEncoderReranker(folder.path)
        return self._reranker[1]


def _require_unchanged(folder: wire.Folder) -> None:
    if wire.stamp(folder.path) != folder.stamp:
        raise ModelChanged(name=folder.name)
