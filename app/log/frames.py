"""Where an error came from: places in this program's code and names of libraries, no values."""

import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_APP = Path(__file__).parents[1]
_FUNCTION = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}|<[a-z]{1,12}>", re.ASCII)
_LIBRARY = re.compile(r"/(?:site-packages|python3\.\d+|python3\d+\.zip)/([a-z_0-9]{1,30})\b", re.I)
_OWN = re.compile(r"app(?:/[a-z_0-9]{1,40}){1,6}\.py", re.ASCII)
_MOST_FRAMES, _MOST_CAUSES = 24, 8


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error, then what caused it, as far as Python would show it."""
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen and len(seen) < _MOST_CAUSES:
        seen.add(id(following))
        yield following
        hidden = None if following.__suppress_context__ else following.__context__
        following = following.__cause__ or hidden


def places(trace: TracebackType | None) -> list[str]:
    """The innermost frames, outermost first: "app/paths.py:12 find", or a library's name alone.

    Frames of other files, such as those of a test or of a template, are left out."""
    found: list[str] = []
    for frame in traceback.extract_tb(trace)[-_MOST_FRAMES:]:
        place = place_of(frame.filename, frame.lineno or 0, frame.name)
        if place and place not in found[-1:]:
            found.append(place)
    return found


def place_of(file: str, line: int, function: str = "") -> str:
    """A place in the code without the folder that the program lies in; "" for any other file."""
    if own := own_file(file):
        named = f" {function}" if _FUNCTION.fullmatch(function) else ""
        return f"{own}:{line}{named}"
    library = _LIBRARY.search(file.replace("\\", "/"))
    return library[1] if library else ""


def own_file(file: str) -> str:
    """The path of one of the program's own sources from "app/" on, "" for any other file.

    It has to be there: a file that only claims to be ours could have any name."""
    path = Path(file)
    if path.is_relative_to(_APP):
        path = path.relative_to(_APP.parent)
    name = path.as_posix()
    return name if _OWN.fullmatch(name) and _is_there(name) else ""


def _is_there(name: str) -> bool:
    """As a source beside this one or, in the packed program, as a module that is loaded."""
    module = name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    return (_APP.parent / name).is_file() or module in sys.modules
