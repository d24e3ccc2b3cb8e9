"""How long the window holds still while somebody works in it: the real program on a virtual screen,
from the log-in on, while it reads documents and an answer is written.

    python -m tests.bench.tour_window KIT

KIT is a folder with a chat model and an embedding model. One JSON object: milliseconds between two
beats of the window's event loop, and the seconds of each step.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.tour import screen
from tests.tour.eyes import Eyes
from tests.tour.hands import Hands
from tests.tour.tour import Tour

_PASSWORD = "a password of the bench"
_SAMPLES = screen.ROOT / "resources" / "samples" / "en"
_QUESTION = "How many days of leave does an employee get, and when can they be taken?"


def main() -> None:
    kit = Path(sys.argv[1]).absolute()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(_measured(Path(folder), kit)))  # noqa: T201


def _measured(folder: Path, kit: Path) -> dict[str, object]:
    data, gaps = folder / "data", folder / "gaps.json"
    with screen.screen(folder / "home") as environment:
        environment["LARETS_MODELS"] = str(kit)
        screen.settings(environment, language="en", theme="light")
        _make(folder, environment, "profile", "create", "Anna")
        _make(folder, environment, "add", str(_SAMPLES / "Employee handbook.pdf"))
        options = (str(_SAMPLES), "--frame-gaps", str(gaps))
        with screen.program(data, environment, *options), Eyes(environment) as eyes:
            tour = Tour(eyes, Hands(environment))
            _lead(tour)
        measured = json.loads(gaps.read_text("utf-8"))
    load = round(os.getloadavg()[0], 1)
    return {**measured, "cores": os.cpu_count(), "load": load, "steps": tour.took}


def _make(folder: Path, environment: dict[str, str], *words: str) -> None:
    secret = folder / "password"
    secret.write_text(_PASSWORD, encoding="utf-8")
    options = ("--data-dir", str(folder / "data"), "--password-file", str(secret))
    subprocess.run(
        [sys.executable, "-m", "app", *words, *options],
        env=environment, cwd=screen.ROOT, check=True, capture_output=True,
    )  # fmt: skip


def _lead(tour: Tour) -> None:
    """The program was started with a folder to add: it is read from the log-in on."""
    step, eyes = tour.step, tour.eyes
    eyes.see("Unlock", "push button", seconds=60)
    step("the password", tour.type(_PASSWORD, "Return"), "COLLECTIONS")
    step("the chat", tour.press("ctrl+1"), "What would you like to know?")
    step("a question", tour.type(_QUESTION, "Return"), "Answer, being written")
    for key, sees in (
        ("2", "COLLECTIONS"), ("3", "Teach the model your style"), ("4", "Search summaries"),
        ("5", "HR questions"), ("6", "multilingual-e5-small"), ("7", "New profile…"),
        ("comma", "Find a setting"), ("1", "Answer, being written"),
    ):  # fmt: skip
        step(f"Ctrl+{key}", tour.press(f"ctrl+{key}"), sees)
    step("the palette", tour.press("ctrl+k"), "Go to anything")
    step("closed", tour.press("Escape"), "Conversation")
    eyes.see("A good answer", "check box", seconds=240)
    step("its source", tour.click_any("Open source 1"), "Page of the document")
    step("the library", tour.press("ctrl+2"), "COLLECTIONS")


if __name__ == "__main__":
    main()
