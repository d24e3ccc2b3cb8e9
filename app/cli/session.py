"""One command's arguments and the profile that it works in, closed again whatever happens."""

import argparse
import getpass
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import paths
from app.domain.errors import FileMissing, ProfileMissing
from app.domain.losses import Loss
from app.services.session import Begin, Services, Start


@dataclass(frozen=True)
class Session:
    """`tell_losses` says what the workspace lost, as soon as it is open."""

    arguments: argparse.Namespace
    begin: Begin
    tell_losses: Callable[[Sequence[Loss]], None]

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
    def opened(self, begun: Start | None = None, *, embeds: bool = False) -> Iterator[Services]:
        """The profile's services, in a workspace that may have been begun already; for a command
        that surely `embeds` the libraries load while the profile is unlocked."""
        begun = begun or self.start()
        name = self.profile_name(begun)
        if embeds:
            begun.prepare()
        try:
            services = begun.open(name, password(self.arguments.password_file), lambda call: call())
            try:
                self.tell_losses(services.administration.losses.all())
                yield services
            finally:
                services.close()
        finally:
            begun.end()


def password(file: Path | None, question: str = "Password: ") -> str:
    """From the file's first line, else asked on the terminal. `FileMissing`."""
    if file is None:
        return getpass.getpass(question)
    try:
        return file.read_text("utf-8").split("\n", 1)[0].rstrip("\r")
    except OSError as error:
        raise FileMissing(name=str(file)) from error
