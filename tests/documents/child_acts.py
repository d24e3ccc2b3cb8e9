"""Readings for the sandbox's child, by the name of the document."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from app.documents.source import DocumentSource
from app.domain.errors import EmptyDocument
from app.domain.library.documents import Block, BlockKind, LineBox, ReadDocument


def read(source: DocumentSource) -> ReadDocument:
    acts: dict[str, Callable[[], object]] = {
        "hang": lambda: time.sleep(60),
        "exit": lambda: os._exit(3),
        "abort": _abort,
        "greedy": lambda: bytearray(1 << 40),
        "bug": lambda: dict[str, str]()["secret text"],
        "empty": lambda: _empty(source.name),
        "write": lambda: Path(source.path or "").write_text("text"),
    }
    if act := acts.get(source.name):
        act()
    if source.name == "facts":
        return _document("\n".join(_facts()))
    return _document(source.name)


def _abort() -> None:
    os.write(2, b"canary\n")
    os.abort()


def _empty(name: str) -> None:
    raise EmptyDocument(name=name)


def _document(text: str) -> ReadDocument:
    box = LineBox(1.25, 2, 3, 4, 0, len(text))
    return ReadDocument((Block(BlockKind.PARAGRAPH, text, 1, boxes=(box,)),), "Title", 1)


def _facts() -> list[str]:
    heavy = {"PySide6", "torch", "llama_cpp", "numpy", "pymupdf"} & set(sys.modules)
    namespace = os.readlink("/proc/self/ns/net") if sys.platform == "linux" else ""
    return [str(os.getpid()), namespace, ",".join(sorted(heavy))]
