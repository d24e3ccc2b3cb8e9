"""The file `larets.log`, kept small, and the one open log of this process."""

import logging
import os
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app.log.frames import place_of, places
from app.log.values import Code, class_name

NAME = "larets.log"
#: Bytes of one file, and how many older ones are kept beside it.
MOST_BYTES, OLDER = 1_000_000, 2
#: Records that wait until there is a data folder.
_WAITING = 200
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}


def begin(folder: Path, process: Code) -> None:
    """Open the log in `folder`; what was open is closed. `process` names the kind of this one.

    The folder is made when the one above it exists: a command that only looks shall leave nothing
    behind. $LARETS_LOG is the least level that is written: debug, info (unless told otherwise) or
    warning."""
    end()
    level = _LEVELS.get(os.environ.get("LARETS_LOG", "").strip().lower(), logging.INFO)
    _opened.append(_Log(folder, process, level))


def end() -> None:
    """Close the log; nothing is written any more."""
    while _opened:
        _opened.pop().close()


def folder() -> Path | None:
    """Where the open log lies."""
    return _opened[0].folder if _opened else None


def write(level: int, line: str) -> None:
    """Write a line of which every part is allowed; only the modules here call it."""
    if _opened:
        _opened[0].write(level, line)


class _Rotating(RotatingFileHandler):
    """Python's own, readable by the owner alone and silent when the disk refuses."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        descriptor = os.open(self.baseFilename, flags, 0o600)
        with suppress(OSError, AttributeError):
            os.fchmod(descriptor, 0o600)
        return os.fdopen(descriptor, "a", encoding="ascii", errors="replace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's own name
        """A log that cannot be written must not disturb what it tells of."""


class _Libraries(logging.Handler):
    """Of what libraries report only that they did, and where; their words may quote a document."""

    def __init__(self, log: "_Log") -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        name = record.name.split(".", 1)[0].lower()
        told = [f"library name={Code(name)}"]
        if place := place_of(record.pathname, record.lineno, record.funcName or ""):
            told.append(f"at={place}")
        if record.exc_info and record.exc_info[0]:
            told.append(f"kind={class_name(record.exc_info[0])}")
            told += [f"from={place}" for place in places(record.exc_info[2])[-1:]]
        self._log.write(record.levelno, " ".join(told))


class _Log:
    """The log of a process. It does not go through Python's loggers: whoever silences those, as
    commands do with the libraries', silences no record of ours."""

    def __init__(self, folder: Path, process: Code, level: int) -> None:
        self.folder = folder
        self._process, self._level = process, level
        self._file: _Rotating | None = None
        self._waiting: deque[tuple[int, str]] = deque(maxlen=_WAITING)
        self._libraries = _Libraries(self)
        logging.getLogger().addHandler(self._libraries)

    def write(self, level: int, line: str) -> None:
        if level < self._level:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        name = logging.getLevelName(level)
        self._waiting.append((level, f"{now} {name} {self._process}/{os.getpid()} {line}"))
        if level >= logging.ERROR or self.folder.parent.is_dir():
            self._flush()

    def close(self) -> None:
        logging.getLogger().removeHandler(self._libraries)
        self._libraries.close()
        if self._file:
            self._file.close()

    def _flush(self) -> None:
        if self._file is None and not self._make_folder():
            return
        self._file = self._file or _Rotating(
            self.folder / NAME, maxBytes=MOST_BYTES, backupCount=OLDER, delay=True
        )
        with suppress(IndexError):  # another thread took the last
            while True:
                level, line = self._waiting.popleft()
                record = logging.LogRecord("larets", level, "", 0, line, None, None)
                self._file.handle(record)

    def _make_folder(self) -> bool:
        try:
            for made in (self.folder.parent, self.folder):
                made.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
        except OSError:
            return False
        return True


_opened: list[_Log] = []
