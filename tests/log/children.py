"""What children of the tests do; importable by name."""

import ctypes
import os
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app import log
from app.services.wording import Wording


def run(act: str, pipe: "Connection[Any, Any] | None") -> None:
    log.send_stderr(pipe)
    {"fail": _fail, "flood": _flood, "crash": _crash, "speak": _speak, "model": _model}[act]()


def _fail() -> None:
    try:
        Wording(Path("/canary"), "en")
    except OSError as error:
        raise ValueError("canary\nCanaryError: canary") from error


def _flood() -> None:
    for _ in range(200):
        try:
            os.write(2, b"canary canary " * 1000 + b"\n")
        except BlockingIOError:
            continue


def _crash() -> None:
    ctypes.string_at(0)


def _speak() -> None:
    sys.stderr.write(
        "MuPDF error: cannot open canary.pdf\n"
        '  File "/canary/app/paths.py", line 3, in canary\n'
        '  File "app/canary/paths.py", line 3, in canary\n'
        "Canary: canary\n"
    )


def _model() -> None:
    log.native("llama_model_load: error loading model: tensor 'canary' is not within the file\n")
