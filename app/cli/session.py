"""Opens the profile that a command works in, and closes it whatever happens."""

import argparse
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import paths, wiring
from app.domain.errors import FileMissing, ProfileMissing


def start(arguments: argparse.Namespace) -> wiring.Start:
    return wiring.start(paths.find(arguments.data_dir))


def profile_name(arguments: argparse.Namespace, begun: wiring.Start) -> str:
    """The profile asked for, or the only one. `ProfileMissing`."""
    if arguments.profile:
        return str(arguments.profile)
    names = begun.profiles.names()
    if len(names) != 1:
        raise ProfileMissing(profile=", ".join(names) or "…")
    return names[0]


def password(file: Path | None, question: str = "Password: ") -> str:
    """From the file's first line, else asked on the terminal. `FileMissing`."""
    if file is None:
        return getpass.getpass(question)
    try:
        return file.read_text("utf-8").split("\n", 1)[0].rstrip("\r")
    except OSError as error:
        raise FileMissing(name=str(file)) from error


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[wiring.Services]:
    begun = start(arguments)
    name = profile_name(arguments, begun)
    services = wiring.open_profile(
        begun, name, password(arguments.password_file), lambda call: call()
    )
    try:
        yield services
    finally:
        services.close()
