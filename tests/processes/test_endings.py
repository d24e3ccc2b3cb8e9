"""A system that asks the program to end is answered as one who closes its window."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]


@contextmanager
def program(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "app", *arguments]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("asked", SIGNALS)
def test_a_command_says_that_it_was_stopped(tmp_path: Path, asked: signal.Signals) -> None:
    waited_for = tmp_path / "password"
    os.mkfifo(waited_for)
    arguments = ("--data-dir", str(tmp_path / "data"), "--password-file", str(waited_for))
    with program("profile", "create", "Anna", *arguments) as process:
        with waited_for.open("w"):  # the command is at the password now
            process.send_signal(asked)
            _, said = process.communicate(timeout=60)
        assert process.returncode == 1
        assert said == "Stopped; what was finished is safe.\n"


@pytest.mark.parametrize("asked", SIGNALS)
def test_the_window_closes_as_if_its_user_had(tmp_path: Path, asked: signal.Signals) -> None:
    log = tmp_path / "data" / "log" / "larets.log"
    log.parent.parent.mkdir()  # a first start writes nothing before there is a profile
    with program("--data-dir", str(tmp_path / "data")) as process:
        while process.poll() is None and not (log.exists() and " started " in log.read_text()):
            time.sleep(0.05)
        process.send_signal(asked)
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert " ended code=0" in log.read_text()
