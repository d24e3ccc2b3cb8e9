"""What a tour sees: the parts of the windows by role and name, as a screen reader has them."""

import json
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

#: The one that the bindings of libatspi belong to.
_SYSTEM_PYTHON = "/usr/bin/python3"
_LOOK_EVERY = 0.05


@dataclass(frozen=True)
class Part:
    """`box` is left, top, width and height in pixels of the screen."""

    role: str
    name: str
    about: str
    states: frozenset[str]
    box: tuple[int, int, int, int]
    text: str
    children: tuple["Part", ...]

    def walk(self) -> Iterator["Part"]:
        """Itself and all below, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The tree as text: roles, names and states."""
        states = " ".join(sorted(self.states - {"SHOWING"})).lower()
        about = f" ({self.about})" if self.about not in {"", self.name} else ""
        yield f"{'  ' * depth}{self.role} “{self.name}”{about} [{states}]"
        for child in self.children:
            yield from child.lines(depth + 1)


def part(told: Mapping[str, Any]) -> Part:
    left, top, wide, high = told["box"]
    return Part(
        told["role"], told["name"], told["about"], frozenset(told["states"]),
        (left, top, wide, high), told["text"], tuple(part(each) for each in told["children"]),
    )  # fmt: skip


class Eyes:
    """Reads the tree of the program that is on the screen of an environment."""

    def __init__(self, environment: Mapping[str, str], application: str = "larets") -> None:
        self._reader = subprocess.Popen(
            [_SYSTEM_PYTHON, str(Path(__file__).with_name("screen_reader.py")), application],
            env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._reader.terminate()
        self._reader.communicate()

    def windows(self) -> list[Part]:
        """All that is in view now, a tree a window."""
        return [part(each) for each in self._ask("look")]

    def heard(self) -> list[str]:
        """What was announced since the start."""
        return [str(each) for each in self._ask("heard")]

    def find(self, name: str, role: str = "", *, whole: bool = True) -> Part | None:
        """The first part of that name; not `whole`: whose name or text holds it."""
        found = (each for window in self.windows() for each in window.walk())
        return next((each for each in found if _fits(each, name, role, whole=whole)), None)

    def see(self, name: str, role: str = "", seconds: float = 40, *, whole: bool = True) -> Part:
        """The same once it is there; an error with all that is there instead."""
        latest = time.monotonic() + seconds
        while (found := self.find(name, role, whole=whole)) is None:
            if time.monotonic() > latest:
                there = "\n".join(line for window in self.windows() for line in window.lines())
                raise AssertionError(f"no {role} “{name}” within {seconds} s among:\n{there}")
            time.sleep(_LOOK_EVERY)
        return found

    def gone(self, name: str, role: str = "", seconds: float = 15) -> None:
        """Wait until no part has that name."""
        latest = time.monotonic() + seconds
        while self.find(name, role) is not None:
            assert time.monotonic() < latest, f"{role} “{name}” is still there"
            time.sleep(_LOOK_EVERY)

    def _ask(self, command: str) -> list[Any]:
        pipe_in, pipe_out = self._reader.stdin, self._reader.stdout
        assert pipe_in is not None
        assert pipe_out is not None
        pipe_in.write(f"{command}\n")
        pipe_in.flush()
        said: list[Any] = json.loads(pipe_out.readline())
        return said


def _fits(each: Part, name: str, role: str, *, whole: bool) -> bool:
    if role and each.role != role:
        return False
    if whole:
        return each.name == name
    return name in each.name or name in each.text
