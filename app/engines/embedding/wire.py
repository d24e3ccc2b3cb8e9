"""What goes to the process that embeds and what comes back: MessagePack, with vectors as the bytes
of their f32 numbers. Nothing is unpickled.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np

from app.domain.chat.conversation import TextSpan
from app.domain.errors import EmbeddingFailed, LaretsError, every_error
from app.engines.base import PassageReading, Vectors


class Folder(msgspec.Struct, frozen=True):
    """A model's folder, and what `stamp` said of its weights when it was opened: a process that is
    started again loads the same or nothing."""

    path: str
    stamp: str

    @property
    def name(self) -> str:
        return Path(self.path).name


class _Request(msgspec.Struct, frozen=True, tag=True):
    """Each names the model that it is asked of: a process that has just started loads it first."""

    folder: Folder


class OpenEmbedder(_Request, frozen=True):
    """Answered by `Opened`."""


class Queries(_Request, frozen=True):
    """Answered by `Embedded`."""

    texts: Sequence[str]


class Passages(_Request, frozen=True):
    """As many as one call takes. Answered by `Embedded`."""

    texts: Sequence[str]


class Count(_Request, frozen=True):
    """Answered by `Counted`."""

    texts: Sequence[str]


class OpenSecondReader(_Request, frozen=True):
    """On the weights of `folder`, adapted by that file. Answered by `Opened`."""

    adapter: str


class Read(_Request, frozen=True):
    """Answered by `WasRead`."""

    adapter: str
    question: str
    texts: Sequence[str]
    sentences: Sequence[Sequence[TextSpan]]


class OpenReranker(_Request, frozen=True):
    """Answered by `Opened`."""


class Score(_Request, frozen=True):
    """Answered by `Scored`."""

    question: str
    passages: Sequence[str]


class Opened(msgspec.Struct, frozen=True, tag=True):
    """The model is loaded; `dimensions` of its vectors, 0 for one that makes none."""

    dimensions: int = 0


class Embedded(msgspec.Struct, frozen=True, tag=True):
    dimensions: int
    data: bytes

    @property
    def vectors(self) -> Vectors:
        return np.frombuffer(self.data, np.float32).reshape(-1, self.dimensions)


class Counted(msgspec.Struct, frozen=True, tag=True):
    tokens: list[int]


class WasRead(msgspec.Struct, frozen=True, tag=True):
    readings: list[PassageReading]


class Scored(msgspec.Struct, frozen=True, tag=True):
    scores: list[float]


class Refused(msgspec.Struct, frozen=True, tag=True):
    """An expected error: its code and facts."""

    code: str
    facts: dict[str, str | int | float]


class Broken(msgspec.Struct, frozen=True, tag=True):
    """Anything else; what it was stands on the standard error."""


Request = OpenEmbedder | Queries | Passages | Count | OpenSecondReader | Read | OpenReranker | Score
Answer = Opened | Embedded | Counted | WasRead | Scored | Refused | Broken
A = TypeVar("A", Opened, Embedded, Counted, WasRead, Scored)


class Asked(msgspec.Struct, frozen=True):
    """A request under its number, which the answer bears as well."""

    number: int
    request: Request


class Answered(msgspec.Struct, frozen=True):
    number: int
    answer: Answer


def pack(message: Asked | Answered) -> bytes:
    return msgspec.msgpack.encode(message)


def asked(message: bytes) -> Asked:
    return msgspec.msgpack.decode(message, type=Asked)


def answered(message: bytes) -> Answered:
    """`msgspec.DecodeError` for what is none."""
    return msgspec.msgpack.decode(message, type=Answered)


def embedded(vectors: Vectors) -> Embedded:
    return Embedded(vectors.shape[1], vectors.tobytes())


def refused(error: LaretsError) -> Refused:
    return Refused(error.code, error.facts)


def taken(answer: Answer | None, kind: type[A], name: str) -> A:
    """The answer of that kind; the error that it tells of, `EmbeddingFailed` for any other and for
    none. `name` is the model's."""
    if isinstance(answer, kind):
        return answer
    known: dict[str, Any] = {cls.code: cls for cls in every_error()}
    if isinstance(answer, Refused) and answer.code in known:
        raise known[answer.code](**answer.facts)
    raise EmbeddingFailed(name=name)


def folder(path: str) -> Folder:
    """As it is now."""
    return Folder(path, stamp(path))


def stamp(path: str) -> str:
    """Changes when the weights do; "" without any."""
    try:
        state = (Path(path) / "model.safetensors").stat()
    except OSError:
        return ""
    return f"{state.st_size}:{state.st_mtime_ns}"
