"""A founded workspace for every test."""

from pathlib import Path

import pytest

from tests.store.backup.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    made = Scene(tmp_path)
    made.found()
    return made
