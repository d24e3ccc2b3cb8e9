"""A model's first use, in a child process: a malformed or hostile GGUF ends the child, not us.

llama.cpp answers some damage with an abort (CVE list and fuzzing in the reliability report), so the
header is read, the weights are loaded and one token is decoded over there first.
"""

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from app import processes
from app.domain.errors import (
    DamagedAdapter,
    DamagedModel,
    OtherBaseModel,
    UnknownArchitecture,
)
from app.domain.models.placement import Placement
from app.domain.progress import Control, NoControl
from app.engines.base import AdapterAtScale, ModelFacts
from app.engines.inspection import chat_format, child, model_file
from app.engines.inspection.chat_template import LONGEST, ChatTemplate
from app.engines.inspection.header import inspect
from app.engines.inspection.template_trial import try_template
from app.engines.llama.chat_model import Llama

#: Reading 5 GB from a slow disk takes a minute.
_SECONDS = 180.0
#: For the trial: the least context that every model takes. One that says it was trained for fewer
#: runs here, and then aborts where it is opened with what it says; nothing real does.
_PLACEMENT = Placement(context=model_file.LEAST_CONTEXT, repack=False)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the child says; `template` only for a family that is not known."""

    facts: ModelFacts
    template: ChatTemplate | None


def try_model(path: str, seconds: float = _SECONDS, control: Control | None = None) -> ModelFacts:
    """What the file says of itself, once it has proven to run. An `UnusableModel` of its kind,
    `FileMissing`, `FileDenied`, `Cancelled`."""
    architecture = model_file.require_chat_model(path)
    answer = _answer(_try, (path, architecture), seconds, control or NoControl())
    if answer == UnknownArchitecture.code.encode():
        raise UnknownArchitecture(name=os.path.basename(path), architecture=architecture or "?")
    told = _decoded(answer)
    if told is None:
        raise DamagedModel(name=os.path.basename(path))
    if not (told.template and told.template.text):
        return told.facts
    return replace(told.facts, chat_format=try_template(told.template))


def try_placement(path: str, placement: Placement, control: Control) -> None:
    """Load a model exactly so and decode a token. `DamagedModel` when the driver refuses, crashes
    or hangs; `Cancelled`."""
    if _answer(_try_placement, (path, placement), _SECONDS, control) != b"ran":
        raise DamagedModel(name=os.path.basename(path))


def try_adapter(path: str, adapter: AdapterAtScale) -> None:
    """Put an adapter on a model and decode a token; its weights go through a pipe, not a file.
    `OtherBaseModel`; `DamagedAdapter` when it is refused, crashes or hangs."""
    told = _answer(_try_adapter, (path, adapter), _SECONDS, NoControl())
    if told == OtherBaseModel.code.encode():
        raise OtherBaseModel(name=adapter.name)
    if told != b"ran":
        raise DamagedAdapter(name=adapter.name)


def _answer(
    target: Callable[..., None], arguments: tuple[object, ...], seconds: float, control: Control
) -> bytes | None:
    with child.started(target, arguments, "trial") as running:
        return running.answer(seconds, control)


def _decoded(told: bytes | None) -> _Told | None:
    try:
        return msgspec.json.decode(told or b"null", type=_Told | None)
    except msgspec.DecodeError:
        return None


def _try(connection: "Connection[Any, Any]", path: str, architecture: str) -> None:
    """In the child: the proof."""
    _seal()
    try:
        model_file.require_known(architecture, "")
        facts = inspect(path)
        if facts.shape.context_length < _PLACEMENT.context:
            raise DamagedModel(name="")
        model = Llama(path, _PLACEMENT)
        model.smoke_test()
    except UnknownArchitecture as error:
        connection.send_bytes(error.code.encode())
        return
    except DamagedModel:
        connection.send_bytes(b"null")
        return
    known = chat_format.confirmed(model.vocabulary.is_special, model.template.text)
    template = None if known or len(model.template.text) > LONGEST else model.template
    connection.send_bytes(msgspec.json.encode(asdict(_Told(facts, template))))


def _try_placement(connection: "Connection[Any, Any]", path: str, placement: Placement) -> None:
    """In the child: a failure of any kind is an answer that does not come."""
    _seal()
    Llama(path, placement).smoke_test()
    connection.send_bytes(b"ran")


def _try_adapter(connection: "Connection[Any, Any]", path: str, adapter: AdapterAtScale) -> None:
    """In the child."""
    _seal()
    model = Llama(path, _PLACEMENT)
    try:
        model.adapt([adapter])
        model.smoke_test()
    except (OtherBaseModel, DamagedAdapter) as error:
        connection.send_bytes(error.code.encode())
        return
    connection.send_bytes(b"ran")


def _seal() -> None:
    """No sockets, and nothing on standard output; what goes wrong is told to the parent's log."""
    processes.begin()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
