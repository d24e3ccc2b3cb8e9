"""A user's way through the program, by its command line, then the window: packaging/walk.py larets.

Each step must end well and print what it should. The smoke test of the bundle walks it, the proof
walks it under strace without a network, and the test of a bare system walks it there: so it needs
nothing but Python's own library and the program.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PASSWORD = "the strongbox of a walk"
TEXT = """Order 17. The warehouse in Tver

The warehouse in Tver is open from 7 to 19 o'clock. Its keeper is Pavel Orlov, room 12.
The rent is 240 thousand roubles a month and is paid before the tenth day.
"""
QUESTION = "What is the rent of the warehouse in Tver?"
ROWS = 8


class WalkFailed(Exception):
    """A step that did not end as it should: its command, and what it said."""


@dataclass
class Walk:
    """`program` is the command that starts it, `folder` an empty one for its data and documents."""

    program: Sequence[str]
    folder: Path
    #: Where the data lies by itself, as in a portable kit; else it is put into the folder.
    data: Path | None = None
    took: dict[str, float] = field(default_factory=dict)

    def run(self, name: str, *arguments: str, seconds: float = 600) -> dict[str, Any]:
        """One command with --json; what it printed."""
        secret = ["--password-file", str(self.folder / "password")]
        words = [*self.program, *arguments, "--json", *secret, *self._place()]
        began = time.monotonic()
        done = subprocess.run(words, capture_output=True, timeout=seconds, check=False)
        self.took[name] = round(time.monotonic() - began, 2)
        if done.returncode:
            said = (done.stdout + done.stderr).decode(errors="replace")[-2000:]
            raise WalkFailed(f"{name}: exit code {done.returncode}: {said}")
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def answers(self) -> None:
        """From nothing to a cited answer."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "password").write_text(PASSWORD, encoding="utf-8")
        (self.folder / "order.txt").write_text(TEXT, encoding="utf-8")
        checks = {each["name"]: each for each in self.run("doctor", "doctor")["checks"]}
        _expect("doctor", checks["libraries"]["passed"], checks)
        self.run("profile", "profile", "create", "anna")
        added = self.run("add", "--profile", "anna", "add", str(self.folder / "order.txt"))
        _expect("add", [each["state"] for each in added["documents"]] == ["indexed"], added)
        found = self.run("search", "--profile", "anna", "search", QUESTION)
        _expect("search", "240" in found["hits"][0]["text"], found)
        answer = self.run("ask", "--profile", "anna", "ask", QUESTION, "--max-tokens", "48")
        _expect("ask", bool(answer["citations"]) and not answer["abstained"], answer)

    def learns(self) -> None:
        """A summary, an adapter, a copy."""
        written = self.run("summary", "--profile", "anna", "summaries", "write")
        _expect("summary", len(written["summaries"]) == 1, written)
        rows = self.folder / "rows.jsonl"
        rows.write_text("".join(_row(number) for number in range(ROWS)), encoding="utf-8")
        trained = self.run("train", "--profile", "anna", "train", "--dataset", str(rows), "--name",
                           "Manner", "--preset", "quick", "--no-answers")  # fmt: skip
        _expect("train", trained["steps"] >= 2, trained)
        copy = str(self.folder / "backup")
        self.run("backup", "--profile", "anna", "backup", "create", copy)
        _expect("verify", self.run("verify", "backup", "verify", copy)["well"], copy)

    def asks_for_the_training_part(self) -> None:
        """Without the folder `training`, a training is refused in words and nothing is begun."""
        rows = self.folder / "rows.jsonl"
        rows.write_text("".join(_row(number) for number in range(ROWS)), encoding="utf-8")
        checks = {each["name"]: each for each in self.run("doctor", "doctor")["checks"]}
        _expect("doctor", "no-training-part" in checks, checks)
        secret = ["--password-file", str(self.folder / "password")]
        words = [*self.program, "--profile", "anna", "train", "--dataset", str(rows), "--name",
                 "Manner", "--json", *secret, *self._place()]  # fmt: skip
        done = subprocess.run(words, capture_output=True, timeout=600, check=False)
        said = (done.stdout + done.stderr).decode(errors="replace")
        _expect("train", done.returncode != 0 and "no-training-part" in said, said)

    def opens(self, first_seconds: float = 120) -> None:
        """The window is shown, and ends when the system asks it to."""
        log = (self.data or self.folder / "data") / "log" / "larets.log"
        before = log.stat().st_size
        began = time.monotonic()
        command = [*self.program, *self._place()]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as window:
            _wait(lambda: "started" in _since(log, before), window, first_seconds)
            self.took["window"] = round(time.monotonic() - began, 2)
            time.sleep(2)  # the log-in is painted, and what it loads in the background is loading
            window.send_signal(signal.SIGTERM)
            _out, errors = window.communicate(timeout=60)
        ended = _since(log, before)
        _expect("window", "ended code=0" in ended and "failure" not in ended, (ended, errors))

    def _place(self) -> list[str]:
        return [] if self.data else ["--data-dir", str(self.folder / "data")]


def _row(number: int) -> str:
    turns = [
        {"role": "user", "content": f"What is stored in hall {number}?"},
        {"role": "assistant", "content": f"Hall {number} holds {number * 3 + 1} pumps."},
    ]
    return json.dumps({"messages": turns}) + "\n"


def _wait(until: Callable[[], bool], process: subprocess.Popen[bytes], seconds: float) -> None:
    latest = time.monotonic() + seconds
    while not until():
        if process.poll() is not None or time.monotonic() > latest:
            process.kill()
            _out, errors = process.communicate()
            raise WalkFailed(f"window: not shown: {errors.decode(errors='replace')[-2000:]}")
        time.sleep(0.1)


def _since(log: Path, start: int) -> str:
    return log.read_bytes()[start:].decode(errors="replace")


def _expect(step: str, fulfilled: bool, said: object) -> None:
    if not fulfilled:
        raise WalkFailed(f"{step}: {said}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="walk.py", description="A user's way through Larets.")
    parser.add_argument("program", nargs="+", help="the command that starts Larets")
    parser.add_argument("--folder", type=Path, required=True, help="an empty folder")
    parser.add_argument("--answers-only", action="store_true", help="end with the first answer")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    walk = Walk(arguments.program, arguments.folder.absolute())
    try:
        walk.answers()
        if not arguments.answers_only:
            walk.learns()
            walk.opens()
    except WalkFailed as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        print(json.dumps(walk.took), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
