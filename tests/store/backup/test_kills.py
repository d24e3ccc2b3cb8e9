"""A process that is killed while it backs up or restores leaves what was there, and the next run
goes on."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.backups import Owner
from tests.store.backup.scene import OWNER, Scene, held

pytestmark = pytest.mark.slow


def _killed(scene: Scene, *act: str) -> None:
    root = str(scene.data.parent)
    command = [sys.executable, "-m", "tests.store.backup.scene", root, *act]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("kind", ["backup", "packs", "index", "snapshots"])
def test_a_killed_backup_lists_nothing_half_and_the_next_run_is_whole(
    scene: Scene, kind: str, moment: str
) -> None:
    _killed(scene, "take", kind, moment)
    taken = scene.taken()
    listed = scene.snapshots()
    assert len(listed) == (2 if (kind, moment) == ("snapshots", "after") else 1)
    assert listed[-1] == taken.id
    assert scene.checked().well
    assert not list(scene.folder.rglob(".tmp-*"))
    scene.restore(scene.data.with_name("restored"), taken.id)


@pytest.mark.parametrize(
    ("kind", "moment"),
    [("collections", "before"), ("profiles", "after"), ("swap", "before"), ("swap", "after")],
)
def test_a_killed_restore_leaves_the_old_workspace_or_the_new_one(
    scene: Scene, kind: str, moment: str
) -> None:
    scene.taken()
    expected = held(scene.data, scene.witness)
    _killed(scene, "restore", kind, moment)
    if (kind, moment) == ("swap", "before"):
        (beside,) = scene.data.parent.glob("data.before-restore-*")
        assert held(beside) == expected
    scene.restore(scene.data, owner=Owner(OWNER.name, OWNER.password))
    assert held(scene.data, scene.witness) == expected
    assert not list(scene.data.parent.glob(".*.restoring"))
