"""One server that speaks OpenAI's interface: what it holds, how busy it is, an answer as it comes.

It is spoken to at a local socket, where a relay listens (app.processes.relay): this process opens
no socket of the network. What goes beyond OpenAI's reference is llama.cpp's server
(github.com/ggml-org/llama.cpp, tools/server/README.md) or vLLM's (docs.vllm.ai, "OpenAI-Compatible
Server").
"""

import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx2
import msgspec

from app.domain.models.servers import ModelServer, ServerPlace
from app.domain.progress import Control

#: Seconds: for a connection, for an answer to a question about the server, for the next piece of
#: text: a busy server lets wait until others are served.
_CONNECT, _TELL, _PIECE = 5.0, 5.0, 300.0
_END = "[DONE]"
#: What llama.cpp's server and vLLM call the requests that they work on and those that wait.
_BUSY = re.compile(
    r"^(?:llamacpp:requests_(?:processing|deferred)|vllm:num_requests_(?:running|waiting))"
    r"(?:\{[^}]*\})? +([\d.e+]+)",
    re.MULTILINE,
)
#: Characters of a server's own words that are shown.
_SAID = 200


class EndpointAwayError(Exception):
    """Nothing came from the server, or not all of it."""


class EndpointRefusedError(Exception):
    """It answered, and not with what was asked for; in its own words."""


@dataclass(frozen=True, slots=True)
class Held:
    """A model that a server holds; `context` in tokens, 0 where the server does not say."""

    model: str
    context: int


class _Listed(msgspec.Struct):
    id: str
    max_model_len: int = 0
    meta: dict[str, Any] | None = None


class _Models(msgspec.Struct):
    data: list[_Listed]


class _Delta(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    delta: _Delta
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_tokens_details: dict[str, Any] | None = None


class _Piece(msgspec.Struct):
    choices: list[_Choice] = []
    usage: _Usage | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of an answer; with the last of them why it ended, and what it took where the server
    says so."""

    text: str = ""
    finish: str = ""
    prompt_tokens: int = 0
    cached_tokens: int = 0
    generated_tokens: int = 0


class Endpoint:
    """Used from one thread."""

    def __init__(self, place: ServerPlace, server: ModelServer, local: str) -> None:
        """`local` is the socket at which the way there begins."""
        self.place = place
        headers = {"Authorization": f"Bearer {server.key}"} if server.key else {}
        self._client = httpx2.Client(
            # A connection an answer: what is cut is that of no other one.
            transport=httpx2.HTTPTransport(
                uds=local, trust_env=False, limits=httpx2.Limits(max_keepalive_connections=0)
            ),
            base_url=f"http://{place.host}:{place.port}",
            headers=headers,
            timeout=httpx2.Timeout(_TELL, connect=_CONNECT),
            trust_env=False,
        )

    def models(self) -> list[Held]:
        """What it holds. `EndpointAwayError`, `EndpointRefusedError`."""
        with _told():
            answer = self._client.get(f"{self.place.path}/models")
            _accepted(answer)
            found = msgspec.json.decode(answer.content, type=_Models)
        return [Held(each.id, each.max_model_len or _context_in(each.meta)) for each in found.data]

    def context(self) -> int:
        """Tokens of one sequence as llama.cpp's server has it, 0 for another.
        `EndpointAwayError`."""
        with _told():
            answer = self._client.get("/props")
        if not answer.is_success:
            return 0
        try:
            told = msgspec.json.decode(answer.content, type=dict[str, Any])
        except msgspec.DecodeError:
            return 0
        settings = told.get("default_generation_settings")
        found = settings.get("n_ctx") if isinstance(settings, Mapping) else None
        return found if isinstance(found, int) else 0

    def waiting(self) -> float:
        """Requests that it works on or lets wait, 0 where it keeps no count.
        `EndpointAwayError`."""
        with _told():
            answer = self._client.get("/metrics")
        return sum(map(float, _BUSY.findall(answer.text))) if answer.is_success else 0.0

    @contextmanager
    def answering(self, asked: Mapping[str, Any], control: Control) -> Iterator[Iterator[Written]]:
        """An answer as it comes; leaving ends it on the server too, which notices that nobody
        listens, and so does cancelling, at once. `EndpointAwayError`, `EndpointRefusedError`, while
        it comes too."""
        line = _Line()
        control.on_cancel(line.cut)
        with (
            _told(),
            self._client.stream(
                "POST",
                f"{self.place.path}/chat/completions",
                json=dict(asked),
                timeout=httpx2.Timeout(_PIECE, connect=_CONNECT),
                extensions={"trace": line.note},
            ) as answer,
        ):
            if not answer.is_success:
                answer.read()
            _accepted(answer)
            yield _written(answer.iter_lines())

    def close(self) -> None:
        self._client.close()


class _Line:
    """The connection of one answer, so that another thread can end the waiting for it."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._is_cut = False

    def note(self, event: str, told: Mapping[str, Any]) -> None:
        """Hears how far the connection is (httpcore, "The trace extension")."""
        if event == "connection.connect_unix_socket.complete":
            self._socket = told["return_value"].get_extra_info("socket")
            if self._is_cut:
                self.cut()

    def cut(self) -> None:
        self._is_cut = True
        if self._socket is not None:
            with suppress(OSError):  # it ended by itself
                self._socket.shutdown(socket.SHUT_RDWR)


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong on the way, as this module says it."""
    try:
        yield
    except httpx2.TransportError as error:
        raise EndpointAwayError(str(error)) from error
    except msgspec.DecodeError as error:
        raise EndpointRefusedError(str(error)) from error


def _accepted(answer: httpx2.Response) -> None:
    if answer.is_success:
        return
    told = f"{answer.status_code} {_reason(answer)}".strip()
    if answer.status_code in (502, 503, 504):
        raise EndpointAwayError(told)
    raise EndpointRefusedError(told)


def _reason(answer: httpx2.Response) -> str:
    """The message that OpenAI's interface has for an error, or what else was said."""
    try:
        said = msgspec.json.decode(answer.content)["error"]
        text = said["message"] if isinstance(said, Mapping) else said
    except (msgspec.DecodeError, KeyError, TypeError):
        text = answer.text
    return " ".join(str(text).split())[:_SAID]


def _context_in(meta: Mapping[str, Any] | None) -> int:
    """llama.cpp's server says so beside the model."""
    found = (meta or {}).get("n_ctx") or 0
    return found if isinstance(found, int) else 0


def _written(lines: Iterator[str]) -> Iterator[Written]:
    """Server-sent events to pieces. `EndpointAwayError` where they break off."""
    ended = False
    with _told():
        for line in lines:
            name, _, value = line.partition(":")
            if name != "data":
                continue
            if value.strip() == _END:
                return
            piece = msgspec.json.decode(value, type=_Piece)
            for choice in piece.choices:
                ended = ended or bool(choice.finish_reason)
                yield Written(choice.delta.content or "", choice.finish_reason or "")
            if piece.usage:
                details = piece.usage.prompt_tokens_details or {}
                yield Written(
                    prompt_tokens=piece.usage.prompt_tokens,
                    cached_tokens=int(details.get("cached_tokens") or 0),
                    generated_tokens=piece.usage.completion_tokens,
                )
    if not ended:
        raise EndpointAwayError("the answer broke off")
