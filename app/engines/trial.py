"""A model's first use, in a child process: a malformed or hostile GGUF ends the child, not us.

llama.cpp answers some damage with an abort (CVE list and fuzzing in the reliability report), so the
header is read, the weights are loaded and one token is decoded over there first.
"""

import multiprocessing
import os
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import Any

from app import offline
from app.domain.errors import DamagedModel
from app.engines.base import ModelFacts
from app.engines.llama import Llama, LoadOptions, inspect

#: Reading 5 GB from a slow disk takes a minute.
_SECONDS = 180.0
#: Tokens of context for the trial: the least that every model takes. One that says it was trained
#: for fewer runs here, and then aborts where it is opened with what it says; nothing real does.
_CONTEXT = 256
_LONGEST_CONTEXT = (1 << 31) - 1


def try_model(path: str, seconds: float = _SECONDS) -> ModelFacts:
    """What the file says of itself, once it has proven to run. `DamagedModel`."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_try, args=(theirs, path), name="trial", daemon=True)
    child.start()
    theirs.close()
    try:
        facts = _answer(ours, seconds)
    finally:
        ours.close()
        child.kill()
        child.join()
        with suppress(ValueError):  # reaped by a thread that starts a child of its own just now
            child.close()
    if facts is None:
        raise DamagedModel(name=os.path.basename(path))
    return facts


def _answer(connection: "Connection[Any, Any]", seconds: float) -> ModelFacts | None:
    """None for a refusal, a crash and a child that hangs alike."""
    try:
        if not connection.poll(seconds):
            return None
        told = connection.recv_bytes(64 * 1024)
    except (EOFError, OSError):
        return None
    return _facts(told)


def _facts(told: bytes) -> ModelFacts | None:
    import msgspec

    try:
        return msgspec.json.decode(told, type=ModelFacts)
    except msgspec.DecodeError:
        return None


def _try(connection: "Connection[Any, Any]", path: str) -> None:
    """In the child: errors to nowhere, for llama.cpp prints them; then the proof."""
    import msgspec

    offline.enforce()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        facts = inspect(path)
        if not _CONTEXT <= facts.context_length <= _LONGEST_CONTEXT:
            raise DamagedModel(name="")
        model = Llama(path, LoadOptions(context=_CONTEXT))
        model.prove()
    except DamagedModel:
        connection.send_bytes(b"null")
        return
    connection.send_bytes(msgspec.json.encode(asdict(facts)))
