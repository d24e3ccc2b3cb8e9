"""A model's first use, in a child process: a malformed or hostile GGUF ends the child, not us.

llama.cpp answers some damage with an abort (CVE list and fuzzing in the reliability report), so the
header is read, the weights are loaded and one token is decoded over there first.
"""

import multiprocessing
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import Any

from app import offline
from app.domain.errors import DamagedAdapter, DamagedModel, OtherBaseModel
from app.domain.placement import Placement
from app.domain.progress import Control, NoControl
from app.engines.base import AdapterAtScale, ModelFacts
from app.engines.inspection import inspect
from app.engines.llama import Llama

#: Reading 5 GB from a slow disk takes a minute.
_SECONDS = 180.0
#: For the trial: the least context that every model takes. One that says it was trained for fewer
#: runs here, and then aborts where it is opened with what it says; nothing real does.
_PLACEMENT = Placement(context=256, repack=False)
#: Seconds between two looks at whether to go on waiting.
_LOOK = 0.1


def try_model(path: str, seconds: float = _SECONDS, control: Control | None = None) -> ModelFacts:
    """What the file says of itself, once it has proven to run. `DamagedModel`, `Cancelled`."""
    facts = _facts(_told(_try, (path,), seconds, control or NoControl()))
    if facts is None:
        raise DamagedModel(name=os.path.basename(path))
    return facts


def try_placement(path: str, placement: Placement, control: Control) -> None:
    """Load a model exactly so and decode a token. `DamagedModel` when the driver refuses, crashes
    or hangs; `Cancelled`."""
    if _told(_try_placement, (path, placement), _SECONDS, control) != b"ran":
        raise DamagedModel(name=os.path.basename(path))


def try_adapter(path: str, adapter: str, base: str) -> None:
    """Put an adapter on a model and decode a token. `OtherBaseModel`; `DamagedAdapter` when it is
    refused, crashes or hangs."""
    name = os.path.basename(adapter)
    told = _told(_try_adapter, (path, adapter, base), _SECONDS, NoControl())
    if told == OtherBaseModel.code.encode():
        raise OtherBaseModel(name=name)
    if told != b"ran":
        raise DamagedAdapter(name=name)


def _told(
    target: Callable[..., None], arguments: tuple[object, ...], seconds: float, control: Control
) -> bytes | None:
    """What a child process sends; None for a crash and for a child that hangs."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=target, args=(theirs, *arguments), name="trial", daemon=True)
    child.start()
    theirs.close()
    try:
        return _answer(ours, time.monotonic() + seconds, control)
    finally:
        ours.close()
        child.kill()
        child.join()
        with suppress(ValueError):  # reaped by a thread that starts a child of its own just now
            child.close()


def _answer(connection: "Connection[Any, Any]", end: float, control: Control) -> bytes | None:
    try:
        while not connection.poll(_LOOK):
            control.check()
            if time.monotonic() > end:
                return None
        return connection.recv_bytes(64 * 1024)
    except (EOFError, OSError):
        return None


def _facts(told: bytes | None) -> ModelFacts | None:
    import msgspec

    if told is None:
        return None
    try:
        return msgspec.json.decode(told, type=ModelFacts)
    except msgspec.DecodeError:
        return None


def _try(connection: "Connection[Any, Any]", path: str) -> None:
    """In the child: errors to nowhere, for llama.cpp prints them; then the proof."""
    import msgspec

    _seal()
    try:
        facts = inspect(path)
        if facts.shape.context_length < _PLACEMENT.context:
            raise DamagedModel(name="")
        Llama(path, _PLACEMENT).prove()
    except DamagedModel:
        connection.send_bytes(b"null")
        return
    connection.send_bytes(msgspec.json.encode(asdict(facts)))


def _try_placement(connection: "Connection[Any, Any]", path: str, placement: Placement) -> None:
    """In the child: a failure of any kind is an answer that does not come."""
    _seal()
    Llama(path, placement).prove()
    connection.send_bytes(b"ran")


def _try_adapter(connection: "Connection[Any, Any]", path: str, adapter: str, base: str) -> None:
    """In the child."""
    _seal()
    with open(adapter, "rb") as file:
        data = file.read()
    model = Llama(path, _PLACEMENT)
    try:
        model.adapt([AdapterAtScale(os.path.basename(adapter), data, 1.0, base)])
        model.prove()
    except (OtherBaseModel, DamagedAdapter) as error:
        connection.send_bytes(error.code.encode())
        return
    connection.send_bytes(b"ran")


def _seal() -> None:
    """No sockets, and errors to nowhere: llama.cpp prints them."""
    offline.enforce()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
