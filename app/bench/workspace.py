"""A workspace of its own with the product's defaults; nothing of the user's is touched."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import paths
from app.domain.roles import Role
from app.services.session import Begin, Services


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
