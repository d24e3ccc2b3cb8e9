"""Builds a vector graph in a child process: vectors go over a pipe, the graph comes back.

A build takes minutes of a core (1,000,000 vectors: 922 s), and USearch has held the interpreter's
lock all the while; over there neither the window nor a crash matters.
"""

import multiprocessing
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Protocol

import numpy as np

from app import log, processes
from app.domain.settings import Indexing
from app.store.index.vector_graph import Halves, Ids, build, trailer

#: Bytes a message on the way back.
_PIECE = 4 * 1024 * 1024
#: Seconds between two looks at whether the child has an answer.
_LOOK = 0.2
#: What ends the blocks.
_END = b""
_SPAWN = multiprocessing.get_context("spawn")

Blocks = Iterable[tuple[Ids, Halves]]


class BuildFailed(Exception):
    """The child crashed, was stopped, or this USearch lays its graphs out otherwise."""


class Builder(Protocol):
    """Makes the content of a VectorGraph."""

    def build(self, blocks: Blocks, dimensions: int, indexing: Indexing) -> bytearray:
        """Ids ascend over all blocks. `BuildFailed`."""

    def stop(self) -> None:
        """End a build under way, and every later one; from any thread, without waiting."""


class ChildBuilder:
    """One build at a time, in a process of low priority that does not outlive it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._stopped = False

    def build(self, blocks: Blocks, dimensions: int, indexing: Indexing) -> bytearray:
        stderr = log.ChildStderr(_SPAWN, log.Code("graph"))
        ours, process = self._start(dimensions, indexing, stderr)
        try:
            ids = _send(ours, blocks)
            return _receive(ours, process, ids)
        except (EOFError, OSError) as error:
            raise BuildFailed("the child is gone") from error
        finally:
            ours.close()
            status = process.exitcode
            process.kill()
            process.join()
            stderr.end(status)
            with self._lock:
                self._process = None
            with suppress(ValueError):  # reaped by a thread that starts a child of its own just now
                process.close()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            if self._process:
                self._process.kill()  # what waits for it gets an end of file

    def _start(
        self, dimensions: int, indexing: Indexing, stderr: log.ChildStderr
    ) -> "tuple[Connection[Any, Any], SpawnProcess]":
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(
            target=serve,
            args=(theirs, dimensions, indexing, stderr.theirs),
            name="graph",
            daemon=True,
        )
        with self._lock:
            if self._stopped:
                raise BuildFailed("stopped")
            process.start()
            self._process = process
        theirs.close()
        stderr.started()
        return ours, process


def _send(connection: "Connection[Any, Any]", blocks: Blocks) -> Ids:
    """The ids of all that was sent."""
    sent: list[Ids] = []
    for ids, vectors in blocks:
        connection.send_bytes(ids.astype("<i8").tobytes())
        connection.send_bytes(vectors.astype("<f2", copy=False).tobytes())
        sent.append(ids)
    connection.send_bytes(_END)
    return np.concatenate(sent) if sent else np.zeros(0, np.int64)


def _receive(connection: "Connection[Any, Any]", process: SpawnProcess, ids: Ids) -> bytearray:
    """The graph with its ids, in memory that is asked for once."""
    while not connection.poll(_LOOK):
        if not process.is_alive():
            raise BuildFailed("the child ended")
    size = int.from_bytes(connection.recv_bytes(8), "little")
    rest = trailer(ids)
    content, end = bytearray(size + len(rest)), 0
    with memoryview(content) as window:
        while end < size:
            end += connection.recv_bytes_into(window[end:])
        window[end:] = rest
    return content


def serve(
    connection: "Connection[Any, Any]",
    dimensions: int,
    indexing: Indexing,
    stderr: "Connection[Any, Any] | None" = None,
) -> None:
    """The child: reads blocks to their end, answers with the size of the graph and the graph."""
    log.send_stderr(stderr)
    processes.begin()
    _yield_to_others()
    with suppress(EOFError, OSError):  # the parent is gone, or no longer wants it
        serialized = build(_blocks(connection, dimensions), dimensions, indexing)
        connection.send_bytes(len(serialized).to_bytes(8, "little"))
        with memoryview(serialized) as window:
            for at in range(0, len(serialized), _PIECE):
                connection.send_bytes(window[at : at + _PIECE])


def _blocks(connection: "Connection[Any, Any]", dimensions: int) -> Iterator[tuple[Ids, Halves]]:
    while (raw := connection.recv_bytes()) != _END:
        ids = np.frombuffer(raw, "<i8")
        yield ids, np.frombuffer(connection.recv_bytes(), "<f2").reshape(len(ids), dimensions)


def _yield_to_others() -> None:
    """Whoever asks a question comes first."""
    import psutil

    with suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            psutil.Process().nice(10)
