"""A log of the test's own, and what stands in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import log


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The folder of an open log."""
    yield tmp_path / "log"
    log.end()


@pytest.fixture
def lines(folder: Path) -> Callable[[], list[str]]:
    """Opens the log; the lines of what was written since, without time, level and process."""
    log.begin(folder, log.Code("test"))

    def read() -> list[str]:
        file = folder / "larets.log"
        told = file.read_text("ascii").splitlines() if file.exists() else []
        return [line.split(" ", 3)[3] for line in told]

    return read
