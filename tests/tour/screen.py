"""A screen of its own: Xvfb, a window manager, a message bus; and the program on it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def screen(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of programs on it; `folder` is their home."""
    environment = of_home(folder) | {
        "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }  # fmt: skip
    with _told(_server, environment) as number:
        environment["DISPLAY"] = f":{number}"
        with _told(_bus, environment) as address:
            environment["DBUS_SESSION_BUS_ADDRESS"] = address
            with started(["openbox", "--sm-disable"], environment):
                yield environment


def of_home(folder: Path) -> dict[str, str]:
    """The environment of programs whose user has nothing but this folder."""
    folder.mkdir(exist_ok=True)
    kinds = ("DATA", "CONFIG", "CACHE", "STATE")
    home = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in kinds}
    return {**os.environ, **home, "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def _server(pipe: int) -> Sequence[str]:
    size = ("-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset")
    return ["Xvfb", "-displayfd", str(pipe), *size]


def _bus(pipe: int) -> Sequence[str]:
    return ["dbus-daemon", "--session", "--nofork", f"--print-address={pipe}"]


@contextmanager
def _told(command: Callable[[int], Sequence[str]], environment: Mapping[str, str]) -> Iterator[str]:
    """A program that tells through a pipe where it is reached."""
    ours, theirs = os.pipe()
    with started(command(theirs), environment, pass_fds=[theirs]):
        os.close(theirs)
        with os.fdopen(ours) as told:
            yield told.readline().strip()


@contextmanager
def started(
    command: Sequence[str], environment: Mapping[str, str], *, pass_fds: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is ended afterwards."""
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(
        command, env=dict(environment), cwd=ROOT, stdout=nothing, stderr=nothing, pass_fds=pass_fds
    )
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()


@contextmanager
def program(data: Path, environment: Mapping[str, str], *options: str) -> Iterator[None]:
    """The program's window on a workspace, until it is closed."""
    command = [sys.executable, "-m", "app", "--data-dir", str(data), *options]
    with started(command, environment) as process:
        yield
        assert process.poll() is None, "the program ended by itself"
        process.terminate()
        assert process.wait(60) == 0


def settings(environment: Mapping[str, str], **chosen: str) -> None:
    """What the window remembers of this computer: language, theme, size."""
    file = Path(environment["XDG_CONFIG_HOME"]) / "larets" / "window.ini"
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{key}={value}" for key, value in chosen.items()]
    file.write_text("\n".join(["[General]", *lines, ""]), encoding="utf-8")


def wait(until: Callable[[], object], seconds: float, what: str) -> None:
    latest = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < latest, f"not within {seconds} s: {what}"
        time.sleep(0.05)
