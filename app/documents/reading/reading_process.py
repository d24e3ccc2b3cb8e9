"""The child process: one request after another, documents in, blocks and pixels out."""

import sys
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from app import log, offline, processes
from app.documents.limits import MB, MESSAGE_BYTES, OPEN_DOCUMENTS
from app.documents.reading import reader, wire
from app.documents.reading.confinement import confine
from app.documents.reading.database import Query, server_parts
from app.documents.source import DocumentSource, Part
from app.domain.errors import FileTooLarge, LaretsError, ReaderCrashed
from app.domain.library.documents import ReadDocument

Read = Callable[[DocumentSource], ReadDocument]


@dataclass(frozen=True)
class Confinement:
    """For `confine`: bytes of address space, the process id of the parent, where that is who
    started it, and the one server that the child may speak to, as host and port."""

    memory: int
    parent: int | None
    server: tuple[str, int] | None = None


# Connection is generic in the type stubs of later Pythons only.
def serve(
    connection: "Connection[Any, Any]",
    read: Read,
    confinement: Confinement,
    stderr: "Connection[Any, Any] | None" = None,
) -> None:
    """Answers requests until the other end closes; `stderr` is where its complaints go."""
    log.send_stderr(stderr)
    confine(confinement.memory, confinement.parent, network=confinement.server is not None)
    if confinement.server:
        offline.allow(*confinement.server)
    processes.begin(native=confinement.server is not None)
    desk = _Desk(read, confinement.memory, connection.send_bytes)
    try:
        while True:
            request = wire.unpack(connection.recv_bytes())
            data = connection.recv_bytes() if request["data"] else None
            for message in desk.answer(request, data):
                connection.send_bytes(message)
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        return


class _Desk:
    """Answers one request; keeps a few documents open for paging."""

    def __init__(self, read: Read, memory: int, send: Callable[[bytes], None]) -> None:
        self._read = read
        self._memory = memory
        self._send = send
        self._open: OrderedDict[str, Any] = OrderedDict()

    def answer(self, request: dict[str, Any], data: bytes | None) -> Iterator[bytes]:
        """One message, or several of which the last says so; see `wire`."""
        name = str(request["name"])
        try:
            yield from self._act(request, data)
        except LaretsError as error:
            yield wire.pack({"error": wire.error_out(error)})
        except MemoryError:
            self._open.clear()
            problem: LaretsError = FileTooLarge(name=name, limit=f"{self._memory // MB} MB")
            yield wire.pack({"error": wire.error_out(problem)})
        except Exception as error:  # noqa: BLE001  whatever hostile input breaks is its own failure
            problem = ReaderCrashed(name=name, detail=_place(error))
            yield wire.pack({"error": wire.error_out(problem)})

    def _act(self, request: dict[str, Any], data: bytes | None) -> Iterator[bytes]:
        source = DocumentSource(request["name"], request.get("path"), data)
        match request["act"]:
            case "render":
                yield from self._render(request, data)
            case "find":
                yield self._find(request, data)
            case "tables":
                yield _sized({"tables": wire.tables_out(reader.tables(source))}, source)
            case "links":
                yield _sized({"links": list(reader.links(source))}, source)
            case "read":
                yield _sized({"document": wire.document_out(self._read(source))}, source)
            case "sections":
                for section in self._sections(source):
                    yield _sized({"document": wire.document_out(section)}, source)
                yield wire.pack({"end": True})
            case "parts":
                yield from _sent(reader.parts(source))
            case "database":
                query = Query(*request["query"]) if request["query"] else None
                yield from _sent(server_parts(request["url"], query))

    def _sections(self, source: DocumentSource) -> Iterator[ReadDocument]:
        if self._read is not reader.read:
            yield self._read(source)
            return
        yield from reader.sections(source, self._step)

    def _step(self, done: int, total: int) -> None:
        self._send(wire.pack({"step": [done, total]}))

    def _render(self, request: dict[str, Any], data: bytes | None) -> Iterator[bytes]:
        from app.documents.pdf.pdf_image import render_page

        document = self._document(request["key"], data, request["name"])
        if document is None:
            yield wire.pack({"needs_data": True})
            return
        boxes = wire.boxes_in(request["boxes"])
        page, scale, quote = request["page"], request["scale"], request["quote"]
        image = render_page(document, page, scale, quote, boxes, request["name"])
        yield wire.pack({"image": wire.image_out(image)})
        yield image.pixels

    def _find(self, request: dict[str, Any], data: bytes | None) -> bytes:
        from app.documents.pdf.pdf_image import find

        document = self._document(request["key"], data, request["name"])
        if document is None:
            return wire.pack({"needs_data": True})
        found, went = find(document, request["text"], request["first"], request["name"])
        return wire.pack({"found": wire.found_out(found), "next": went})

    def _document(self, key: str, data: bytes | None, name: str) -> Any:
        """The open document of that key, opened from `data`; None when there is neither."""
        from app.documents.pdf.pdf_image import open_document

        if key not in self._open and data is not None:
            self._open[key] = open_document(data, name)
            while len(self._open) > OPEN_DOCUMENTS:
                self._open.popitem(last=False)[1].close()
        if key in self._open:
            self._open.move_to_end(key)
        return self._open.get(key)


def _sent(parts: Iterator[Part]) -> Iterator[bytes]:
    for part in parts:
        yield wire.pack({"part": part.name, "refused": part.refused})
        yield part.data
    yield wire.pack({"end": True})


def _sized(answer: dict[str, Any], source: DocumentSource) -> bytes:
    message = wire.pack(answer)
    if len(message) > MESSAGE_BYTES:
        raise FileTooLarge(name=source.name, limit=f"{MESSAGE_BYTES // MB} MB")
    return message


def _place(error: Exception) -> str:
    """Class and line of a failure, without its message, which may quote the document."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    last = frames[-1] if frames else None
    where = (
        f" {last.filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{last.lineno}" if last else ""
    )
    return type(error).__name__ + where
