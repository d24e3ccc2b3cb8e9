"""A chat template from a model file, rendered in a child process that owns nothing and is killed.

The trial of the model itself is over by then: a template that hangs or crashes costs only itself.
"""

import os
import signal
import sys
import time
from dataclasses import asdict, replace
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from app import processes
from app.engines.base import ChatFormat
from app.engines.inspection import child
from app.engines.inspection.chat_template import ChatTemplate, derive, says_nothing

#: For Python to start, on a busy machine too; then for the template. The longest real one takes
#: 0.2 s.
_START_SECONDS, _SECONDS = 30.0, 2.0
#: Bytes that rendering may take on top of the interpreter's, and that the child may take in all.
_MORE_MEMORY, _MEMORY = 256 * 2**20, 512 * 2**20
#: Makes Jinja import what it imports late: the child may open no file afterwards.
_LATE_IMPORTS = "{% for m in messages %}{{ '\\n<x>' + m.content|trim + m|tojson }}{% endfor %}"


def try_template(template: ChatTemplate, seconds: float = _SECONDS) -> ChatFormat | None:
    """The format of an unknown family; None when its template gives none, hangs or crashes."""
    with child.started(_try, (template,), "template") as running:
        if running.answer(_START_SECONDS) != b"ready":
            return None
        told = running.answer(seconds, memory=_MEMORY)
    try:
        found = msgspec.json.decode(told or b"null", type=ChatFormat | None)
    except msgspec.DecodeError:
        return None
    # A template that has broken out of its sandbox may have sent anything.
    if found is None or not says_nothing(found):
        return None
    return replace(found, name="derived", signs=())


def _try(connection: "Connection[Any, Any]", template: ChatTemplate) -> None:
    """In the child."""
    processes.begin()
    for first in (_LATE_IMPORTS, "{{ raise_exception('') }}"):
        derive(first, bos="", eos="")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    connection.send_bytes(b"ready")
    _confine()
    found = derive(template.text, bos=template.bos, eos=template.eos)
    connection.send_bytes(msgspec.json.encode(asdict(found) if found else None))


def _confine() -> None:
    """No further memory, files or processes, and an end by the system itself, where it can."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        return
    import resource

    import psutil

    limits = (
        (resource.RLIMIT_AS, int(psutil.Process().memory_info().vms) + _MORE_MEMORY),
        (resource.RLIMIT_CPU, int(time.process_time() + _SECONDS) + 2),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_NPROC, 0),
    )
    for kind, value in limits:
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):
            continue  # macOS refuses some of them
