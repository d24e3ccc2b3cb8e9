"""Standard error of child processes: it ends in the log as classes, places and a count of lines."""

import builtins
import faulthandler
import logging
import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from app.log import file
from app.log.frames import own_file
from app.log.native import said
from app.log.values import Code

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext

#: Bytes of what a child said last that are looked at.
_TAIL = 65_536
_FRAME = re.compile(r'^ {2}File "([^"\n]{1,500})", line (\d{1,6}),? in ', re.MULTILINE)
_KIND = re.compile(r"^([A-Z][A-Za-z]{1,40})(?=:|$)", re.MULTILINE)
_MOST = 12


class ChildStderr:
    """The parent's end of the pipe; `theirs` goes to the child, for `send_stderr`.

    The child never waits for the pipe: what does not fit is lost. There is none on Windows, whose
    pipes cannot stand in for a standard stream."""

    def __init__(self, context: "BaseContext", name: Code) -> None:
        self.theirs: Connection[Any, Any] | None = None
        self._ours: Connection[Any, Any] | None = None
        self._name, self._lines, self._tail = name, 0, b""
        if sys.platform != "win32":
            self._ours, self.theirs = context.Pipe(duplex=False)
            os.set_blocking(self._ours.fileno(), False)
            os.set_blocking(self.theirs.fileno(), False)

    def started(self) -> None:
        """The child has its end now."""
        if self.theirs:
            self.theirs.close()
            self.theirs = None

    def drain(self) -> None:
        """Take what was said so far, so that there is room for more."""
        with suppress(OSError):  # nothing more at this moment
            while self._ours and (piece := os.read(self._ours.fileno(), _TAIL)):
                self._lines += piece.count(b"\n")
                self._tail = (self._tail + piece)[-_TAIL:]

    def end(self, status: int | None = None) -> None:
        """The child has ended, by itself with an exit `status`, or None: because it was to."""
        self.drain()
        self.started()
        if self._ours:
            self._ours.close()
            self._ours = None
        if self._lines or status:
            file.write(logging.WARNING, " ".join(self._told(status)))
        self._lines, self._tail = 0, b""

    def _told(self, status: int | None) -> list[str]:
        text = self._tail.decode("utf-8", "replace")
        told = [f"child name={self._name} lines={self._lines}"]
        if status:
            told.append(f"status={int(status)}")
        if kinds := _kinds(text):
            told.append(f"kinds={','.join(kinds)}")
        if places := _places(text):
            told.append(f"at={','.join(places)}")
        if words := list(filter(None, map(said, text.splitlines())))[-_MOST:]:
            told.append(f"said={','.join(words)}")
        return told


def send_stderr(pipe: "Connection[Any, Any] | None") -> None:
    """In the child: standard error goes to the parent, with the place of a crash."""
    if pipe is None:
        return
    sys.stderr.flush()
    os.dup2(pipe.fileno(), 2)
    pipe.close()
    faulthandler.enable(2, all_threads=False)


def _kinds(text: str) -> list[str]:
    """Classes of errors by the names that Python gave them; a word of a document is none."""
    names = [name for name in _KIND.findall(text) if _is_error(name)]
    return list(dict.fromkeys(names))[-_MOST:]


def _is_error(name: str) -> bool:
    kind = getattr(builtins, name, None)
    return isinstance(kind, type) and issubclass(kind, BaseException)


def _places(text: str) -> list[str]:
    """Frames in files that this program has; names of functions are not looked up, so not told."""
    found = [f"{own}:{line}" for name, line in _FRAME.findall(text) if (own := own_file(name))]
    return list(dict.fromkeys(found))[-_MOST:]
