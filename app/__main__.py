"""The entrance: offline from the first line, then a command or the window."""

import sys

from app import offline

offline.enforce()


def main() -> int:
    """Start what the arguments ask for; the exit code."""
    arguments = sys.argv[1:]
    from app.cli.arguments import COMMANDS
    from app.wiring import start

    if any(argument in COMMANDS or argument in {"-h", "--help"} for argument in arguments):
        from app.cli.main import main as run_command

        return run_command(arguments, start)
    from app.ui.application import main as open_window

    return open_window(arguments, start)


if __name__ == "__main__":
    import multiprocessing

    multiprocessing.freeze_support()
    sys.exit(main())
