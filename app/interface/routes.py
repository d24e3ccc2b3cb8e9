"""Each route of the local interface, performed: JSON in, JSON or events out."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from app.domain.access_keys import AccessKey
from app.domain.chat.conversation import AnswerPiece, SourcesFound
from app.domain.errors import UnreadableRequest
from app.domain.library.documents import Document
from app.domain.progress import Control, Redirected
from app.interface import openai, results
from app.interface.limits import PASSAGES
from app.interface.requests import Completion, Embeddings, Search
from app.interface.wire import Call
from app.services.interface.acts import InterfaceService, SentFile
from app.services.wording import Wording

T = TypeVar("T")
#: Of a number in a query.
_DIGITS = 9
#: Sends a piece of an answer: its bytes, and whether it is the last.
Send = Callable[[bytes, bool], None]


class Routes:
    """`perform` answers a call whose key was found to be made for it."""

    def __init__(self, service: InterfaceService, wording: Wording) -> None:
        self._service, self._wording = service, wording

    def perform(self, call: Call, key: AccessKey, control: Control, stream: Send) -> bytes | None:
        """The answer; None where it was streamed. LaretsErrors of the act."""
        match call.route:
            case "chat":
                return self._chat(call, key, control, stream)
            case "search":
                return self._search(call, key)
            case "embeddings":
                return self._embeddings(call)
            case "models":
                names = self._service.assistants(key)
                return openai.models(names, self._service.embedding_model())
            case "passages":
                return self._passages(call, key)
            case "documents":
                return self._documents(self._service.documents(key, _collection(call)))
            case "collections":
                return self._collections(key)
            case _:
                return self._add(call, key, control)

    def _chat(self, call: Call, key: AccessKey, control: Control, stream: Send) -> bytes | None:
        asked = _read(call.body, Completion)
        question = openai.question(asked)
        shape = openai.AnswerShape(
            asked.model,
            self._wording.of_code("interface-sources", {}).what,
            self._wording.of_code("interface-nothing", {}).what,
        )
        if not asked.stream:
            return shape.whole(self._service.answer(key, question, control))

        def report(progress: object) -> None:
            if isinstance(progress, SourcesFound):
                stream(shape.first(), False)
            elif isinstance(progress, AnswerPiece):
                stream(shape.piece(progress.text), False)

        message = self._service.answer(key, question, Redirected(control, report))
        usage = asked.stream_options is not None and asked.stream_options.include_usage
        stream(shape.last(message, usage=usage), True)
        return None

    def _search(self, call: Call, key: AccessKey) -> bytes:
        asked = _read(call.body, Search)
        found = self._service.search(key, asked.query, asked.k, asked.collection)
        hits = [results.hit(rank, segment) for rank, segment in enumerate(found, start=1)]
        return msgspec.json.encode({"hits": hits})

    def _passages(self, call: Call, key: AccessKey) -> bytes:
        document, first = call.query.get("document", ""), _number(call, "first", 0, 0)
        count = _number(call, "count", 5, 1)
        if count > PASSAGES:
            raise UnreadableRequest(reason=f"count > {PASSAGES}")
        stretch = self._service.passages(key, document, first, count)
        return msgspec.json.encode(results.passages(document, stretch))

    def _embeddings(self, call: Call) -> bytes:
        asked = _read(call.body, Embeddings)
        texts = (asked.input,) if isinstance(asked.input, str) else asked.input
        vectors, tokens = self._service.embed(texts)
        as_bytes = asked.encoding_format == "base64"
        model = self._service.embedding_model()
        return openai.embeddings(vectors, tokens, model, as_bytes=as_bytes)

    def _collections(self, key: AccessKey) -> bytes:
        rows = [
            {
                "id": each.id,
                "name": each.name,
                "documents": each.documents,
                "passages": each.passages,
            }
            for each in self._service.collections(key)
        ]
        return msgspec.json.encode({"collections": rows})

    def _add(self, call: Call, key: AccessKey, control: Control) -> bytes:
        if not call.files:
            raise UnreadableRequest(reason="no file was sent")
        files = [SentFile(each.name, each.data) for each in call.files]
        return self._documents(self._service.add(key, files, _collection(call), control))

    def _documents(self, documents: list[Document]) -> bytes:
        return msgspec.json.encode({"documents": [self._document(each) for each in documents]})

    def _document(self, document: Document) -> dict[str, object]:
        row: dict[str, object] = {
            "id": document.id,
            "name": document.name,
            "state": document.state.value,
            "pages": document.pages,
            "passages": document.passages,
            "size": document.size,
            "tags": list(document.tags),
        }
        if document.error:
            sentence = self._wording.of_code(document.error, dict(document.error_facts))
            row["error"] = {"code": document.error, "message": sentence.what}
        return row


def _number(call: Call, name: str, usual: int, least: int) -> int:
    """Of the query. `UnreadableRequest`."""
    given = call.query.get(name, str(usual))
    if not given.isdecimal() or len(given) > _DIGITS or int(given) < least:
        raise UnreadableRequest(reason=f"{name}={given[:_DIGITS]}")
    return int(given)


def _collection(call: Call) -> str:
    return call.query.get("collection", "")


def _read(body: bytes, kind: type[T]) -> T:
    """`UnreadableRequest`. 5.0 is an integer too (JSON Schema 2020-12, validation, 6.1.1), as
    JavaScript writes it."""
    try:
        return msgspec.convert(_whole(msgspec.json.decode(body)), kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableRequest(reason=str(error)) from error


def _whole(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _whole(each) for name, each in value.items()}
    return [_whole(each) for each in value] if isinstance(value, list) else value
