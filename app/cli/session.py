"""One command's arguments and the profile that it works in, closed again whatever happens."""

import argparse
import codecs
import getpass
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import paths
from app.domain.errors import DepartmentError, FileMissing, NoTerminal, ProfileMissing
from app.domain.losses import Loss
from app.services.session import Begin, Services, Start


@dataclass(frozen=True)
class Session:
    """`tell_losses` says what the workspace lost, as soon as it is open; `tell` why a department's
    server is done without; `tell_medium` that it is open for reading alone, and where it lies."""

    arguments: argparse.Namespace
    begin: Begin
    tell_losses: Callable[[Sequence[Loss]], None]
    tell: Callable[[DepartmentError], None]
    tell_medium: Callable[[Path], None]

    def start(self) -> Start:
        return self.begin(paths.find(self.arguments.data_dir))

    def profile_name(self, begun: Start) -> str:
        """The profile asked for, or the only one. `ProfileMissing`."""
        if self.arguments.profile:
            return str(self.arguments.profile)
        names = begun.profiles.names()
        if len(names) != 1:
            raise ProfileMissing(profiles=", ".join(names))
        return names[0]

    @contextmanager
    def opened(
        self, begun: Start | None = None, *, embeds: bool = False, connects: bool = True
    ) -> Iterator[Services]:
        """The profile's services, in a workspace that may have been begun already; for a command
        that surely `embeds` the libraries load while the profile is unlocked; one that is about the
        department itself `connects` when it is time."""
        begun = begun or self.start()
        name = self.profile_name(begun)
        if embeds:
            begun.prepare()
        try:
            services = begun.open(name, password(self.arguments.password_file), lambda call: call())
            try:
                if services.medium:
                    self.tell_medium(services.medium)
                self.tell_losses(services.administration.losses.all())
                if connects:
                    self._connect(services)
                yield services
            finally:
                services.close()
        finally:
            begun.end()

    def _connect(self, services: Services) -> None:
        """A server that does not answer costs its own collections, nothing else."""
        try:
            services.department.collections.connect()
        except DepartmentError as error:
            self.tell(error)


def password(file: Path | None, question: str = "Password: ") -> str:
    """From the file's first line, else asked on the terminal. `FileMissing`, `NoTerminal`."""
    if file is None:
        return _asked(question)
    try:
        return _text(file.read_bytes()).split("\n", 1)[0].rstrip("\r")
    except OSError as error:
        raise FileMissing(name=str(file)) from error


def _asked(question: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", getpass.GetPassWarning)  # it reads a pipe all the same
            return getpass.getpass(question)
    except (EOFError, OSError) as error:
        raise NoTerminal from error


def _text(raw: bytes) -> str:
    """What editors write: UTF-8 with or without its mark, UTF-16 with one, else the code page that
    Russian Windows calls ANSI."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1251", errors="replace")
