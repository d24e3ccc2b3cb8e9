"""The entrance: offline from the first line, then a command or the window, with a log of either."""

import os
import sys
import time
from typing import TYPE_CHECKING

from app import log, offline, paths, processes
from app.processes import launcher

if TYPE_CHECKING:
    from app.paths import Paths
    from app.services.session import Begin, Start

#: Commands with a process that may have native sockets: one reads a server's database, one listens.
_LAUNCHES = frozenset({"add", "serve"})

paths.settle()
offline.enforce()
log.catch()


def main() -> int:
    """Start what the arguments ask for; the exit code."""
    arguments = sys.argv[1:]
    began = time.monotonic()
    is_command = _is_command(arguments)
    if not is_command or not _LAUNCHES.isdisjoint(arguments):
        launcher.start()
    processes.begin(native=not is_command and _is_drawn_elsewhere())
    if is_command:
        from app.cli.main import main as run_command

        code = run_command(arguments, _with_log(log.Code("command")))
    else:
        from app.ui.program import main as open_window

        code = open_window(arguments, _with_log(log.Code("window")))
    log.event("ended", code=code, seconds=time.monotonic() - began)
    log.end()
    return code


def _is_drawn_elsewhere() -> bool:
    """Whether the window has to reach its screen over TCP, as through `ssh -X`."""
    screen = os.environ.get("DISPLAY", "").partition(":")[0]
    return sys.platform == "linux" and screen not in {"", "unix"}


def _is_command(arguments: list[str]) -> bool:
    from app.cli.arguments import COMMANDS

    return any(argument in COMMANDS or argument in {"-h", "--help"} for argument in arguments)


def _with_log(process: log.Code) -> "Begin":
    """Begin as wiring does, with the log of the workspace open."""
    from app import __version__

    def begin(found: "Paths") -> "Start":
        from app.wiring import start  # the window is painted before it

        log.begin(found.log, process)
        python = ".".join(str(part) for part in sys.version_info[:3])
        log.event(
            "started",
            version=log.Code(f"v{__version__}"),
            python=log.Code(f"v{python}"),
            system=log.Code(sys.platform),
        )
        return start(found)

    return begin


if __name__ == "__main__":
    import multiprocessing

    multiprocessing.freeze_support()
    sys.exit(main())
