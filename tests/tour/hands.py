"""What a tour does: mouse and keyboard, through the X server, as a person's come."""

import subprocess
from collections.abc import Mapping

from tests.tour.eyes import Part


class Hands:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)

    def click(self, part: Part, times: int = 1) -> None:
        """In the middle of a part."""
        left, top, wide, high = part.box
        at = (str(left + wide // 2), str(top + high // 2))
        repeat = ("--repeat", str(times), "--delay", "60") if times > 1 else ()
        self._do("mousemove", *at, "click", *repeat, "1")

    def type(self, text: str) -> None:
        """Into what has the focus."""
        self._do("type", "--delay", "8", text)

    def press(self, *keys: str) -> None:
        """One after the other, such as "ctrl+k", "Return"."""
        self._do("key", "--delay", "20", *keys)

    def _do(self, *command: str) -> None:
        subprocess.run(["xdotool", *command], env=self._environment, check=True, timeout=30)
