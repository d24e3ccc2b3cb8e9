import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import log
from tests.habits import ROOT

Lines = Callable[[], list[str]]


@pytest.fixture(autouse=True)
def _hooks() -> Iterator[None]:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = before


def _surface(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def _in_a_thread(error: BaseException) -> None:
    def fail() -> None:
        raise error

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


class FailsWhenDeleted:
    def __del__(self) -> None:
        raise OSError(28, "secret")


def test_an_error_that_nobody_caught_is_logged_and_printed(
    lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    log.catch()
    _surface(ValueError("secret"))
    assert lines() == ["failure kind=ValueError"]
    assert "ValueError: secret" in capsys.readouterr().err


def test_and_one_on_another_thread(lines: Lines, capsys: pytest.CaptureFixture[str]) -> None:
    log.catch()
    _in_a_thread(KeyError("secret"))
    assert lines()[0].startswith("failure kind=KeyError")
    assert "KeyError: 'secret'" in capsys.readouterr().err


def test_and_one_while_an_object_is_deleted(
    lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    log.catch()
    FailsWhenDeleted()
    assert lines() == ["failure kind=OSError errno=28"]
    assert "secret" in capsys.readouterr().err


def test_a_window_is_told_and_prints_nothing(
    lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[BaseException] = []
    log.catch(told.append)
    _surface(ValueError("secret"))
    _in_a_thread(KeyError("secret"))
    assert [type(error) for error in told] == [ValueError, KeyError]
    assert len(lines()) == 2
    assert capsys.readouterr().err == ""


def test_the_keyboard_is_no_failure(lines: Lines, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[BaseException] = []
    log.catch(told.append)
    _surface(KeyboardInterrupt())
    assert not lines()
    assert not told


def test_the_program_catches_all_three_from_its_first_line() -> None:
    program = (
        "import sys, threading, app.__main__\n"
        "hooks = sys.excepthook, threading.excepthook, sys.unraisablehook\n"
        "print(*{hook.__module__ for hook in hooks})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "app.log.hooks"


def test_a_command_leaves_a_log_from_start_to_end(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    command = [sys.executable, "-m", "app", "--data-dir", str(data), "profile", "list"]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    told = (data / "log" / "larets.log").read_text().splitlines()
    assert [line.split(" ")[3] for line in told] == ["started", "command", "ended"]
    assert all(" command/" in line for line in told)
    assert "name=profile" in told[1]
