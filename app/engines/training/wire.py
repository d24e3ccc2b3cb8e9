"""Tasks and events as messages: JSON, and after it the bytes that a message carries."""

from dataclasses import replace
from typing import get_args

import msgspec

from app.engines.training_messages import (
    Saved,
    TrainingEvent,
    TrainingFinished,
    TrainingTask,
)

_KINDS: dict[str, type[TrainingEvent]] = {kind.__name__: kind for kind in get_args(TrainingEvent)}
#: Where a message carries bytes.
_BYTES = {Saved: "data", TrainingFinished: "adapter"}


class _Envelope(msgspec.Struct):
    kind: str
    value: msgspec.Raw
    carries: bool


def encode_task(task: TrainingTask) -> bytes:
    return msgspec.json.encode(task)


def decode_task(data: bytes) -> TrainingTask:
    return msgspec.json.decode(data, type=TrainingTask)


def encode(event: TrainingEvent) -> list[bytes]:
    """One message, or two."""
    name = _BYTES.get(type(event))
    carried = [getattr(event, name)] if name else []
    plain = replace(event, **{name: b""}) if name else event  # type: ignore[arg-type]
    value = msgspec.Raw(msgspec.json.encode(plain))
    return [msgspec.json.encode(_Envelope(type(event).__name__, value, bool(name))), *carried]


def carries(message: bytes) -> bool:
    """Whether another message with bytes follows."""
    return msgspec.json.decode(message, type=_Envelope).carries


def decode(message: bytes, carried: bytes = b"") -> TrainingEvent:
    """A message back as the event that it was. `msgspec.DecodeError`."""
    envelope = msgspec.json.decode(message, type=_Envelope)
    kind = _KINDS[envelope.kind]
    event: TrainingEvent = msgspec.json.decode(envelope.value, type=kind)
    name = _BYTES.get(kind)
    return replace(event, **{name: carried}) if name else event  # type: ignore[arg-type]
