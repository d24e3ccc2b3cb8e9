"""A way through the window, step by step: an act of the hands, then what has to be seen."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.tour.eyes import Eyes, Part
from tests.tour.hands import Hands

#: Parts that a user acts on or reads in: each has to have a name.
ACTED_ON = frozenset(
    {
        "push button", "check box", "radio button", "toggle button", "combo box", "text",
        "password text", "spin button", "slider", "list", "table", "tree", "page tab",
    }
)  # fmt: skip
#: Presses of the Tab key until a part has to be reached.
_TABS = 60
#: Seconds in which a step has to come true, and between two looks.
_SECONDS, _LOOK_EVERY = 40, 0.05


@dataclass
class Tour:
    """`took` has the seconds of each step that was taken, by its name."""

    eyes: Eyes
    hands: Hands
    took: list[tuple[str, float]] = field(default_factory=list)

    def step(self, name: str, act: Callable[[], object], *sees: str, dialog: str = "") -> None:
        """Do it; then all of these are there, by name or in a text, every control that is in view
        has a name, and no other dialog is open than the expected."""
        began = time.monotonic()
        act()
        wanted = [dialog] if dialog else []
        while True:
            windows = self.eyes.windows()
            missing = [each for each in sees if not is_seen(windows, each)]
            dialogs = [each.name for each in windows if each.role in {"dialog", "alert"}]
            if not missing and dialogs == wanted:
                break
            if time.monotonic() > began + _SECONDS:
                there = "\n".join(line for window in windows for line in window.lines())
                raise AssertionError(f"after “{name}” {missing} is not in view of:\n{there}")
            time.sleep(_LOOK_EVERY)
        without = unnamed(windows)
        assert not without, f"after “{name}” controls have no name: {without}"
        self.took.append((name, round(time.monotonic() - began, 2)))

    # -- acts -------------------------------------------------------------------------------------

    def click(self, name: str, role: str = "", *, times: int = 1) -> Callable[[], None]:
        def act() -> None:
            self.hands.click(self.enabled(name, role), times=times)

        return act

    def click_any(self, name: str) -> Callable[[], None]:
        """A part whose name holds this."""
        return lambda: self.hands.click(self.eyes.see(name, whole=False))

    def press(self, *keys: str) -> Callable[[], None]:
        return lambda: self.hands.press(*keys)

    def type(self, text: str, *keys: str) -> Callable[[], None]:
        """Into what has the focus, then these keys."""

        def act() -> None:
            self.hands.type(text)
            if keys:
                self.hands.press(*keys)

        return act

    def fill(self, field_: str, text: str, *keys: str) -> Callable[[], None]:
        """A field, in place of what stands in it."""

        def act() -> None:
            self.hands.click(self.enabled(field_))
            self.hands.press("ctrl+a")
            self.type(text, *keys)()

        return act

    def tab_to(self, name: str, *keys: str, back: bool = False) -> Callable[[], None]:
        """Reach a part by the Tab key alone, and press these keys there. A name that ends with a
        blank is the beginning of one."""

        def is_meant(part: Part) -> bool:
            return part.name.startswith(name) if name.endswith(" ") else part.name == name

        def act() -> None:
            for _ in range(_TABS):
                self.hands.press("shift+Tab" if back else "Tab")
                if any(is_meant(part) for part in self._focused()):
                    self.hands.press(*keys)
                    return
            raise AssertionError(f"the Tab key does not reach “{name}”")

        return act

    # -- what is seen -----------------------------------------------------------------------------

    def enabled(self, name: str, role: str = "") -> Part:
        """The part once it can be acted on."""
        latest = time.monotonic() + _SECONDS
        while "ENABLED" not in (part := self.eyes.see(name, role)).states:
            assert time.monotonic() < latest, f"“{name}” stays disabled: {part.about}"
            time.sleep(_LOOK_EVERY)
        return part

    def greyed(self, name: str, why: str, role: str = "") -> None:
        """A part that cannot be acted on, and says why."""
        part = self.eyes.see(name, role)
        assert "ENABLED" not in part.states, name
        assert why in part.about, (name, part.about)

    def _focused(self) -> list[Part]:
        parts = (part for window in self.eyes.windows() for part in window.walk())
        return [part for part in parts if "FOCUSED" in part.states]


def is_seen(windows: Sequence[Part], words: str) -> bool:
    """Whether a part has them in its name or its text."""
    parts = (part for window in windows for part in window.walk())
    return any(words in part.name or words in part.text for part in parts)


def unnamed(windows: Sequence[Part]) -> list[tuple[str, tuple[int, int, int, int]]]:
    """Controls that a screen reader could not name: role and box."""
    parts = (part for window in windows for part in window.walk())
    return [
        (part.role, part.box)
        for part in parts
        if part.role in ACTED_ON and not (part.name or part.text).strip()
    ]
