"""A workspace of its own with the product's defaults; nothing of the user's is touched."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app import paths
from app.domain.library.documents import AddProgress, DocumentState
from app.domain.progress import NoControl
from app.domain.roles import Role
from app.services.session import Begin, Services


class Indexing(NoControl):
    """Notes which document is being read in."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note

    def report(self, progress: object) -> None:
        if isinstance(progress, AddProgress) and progress.state == DocumentState.PARSING:
            self._note(f"indexing {progress.done + 1}/{progress.total} {progress.name}")


@contextmanager
def scratch(begin: Begin) -> Iterator[Services]:
    """A new profile in a temporary folder, open, with the kit's models; closed and gone after."""
    with tempfile.TemporaryDirectory(prefix="larets-bench-") as folder:
        services = scratch_profile(begin, Path(folder))
        try:
            yield services
        finally:
            services.close()


def scratch_profile(begin: Begin, folder: Path) -> Services:
    """A new profile in `folder`, open, with the kit's models."""
    found = paths.find()
    begun = begin(paths.Paths(folder, found.kit, found.resources))
    begun.profiles.create("bench", "bench password", Role.ADMINISTRATOR)
    return begun.open("bench", "bench password", lambda call: call())
