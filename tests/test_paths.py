"""Where data, models and leftovers lie: from source, in a kit, in a portable kit."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import paths


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as packaging/kit.py makes it, with this process as its frozen program."""
    folder = tmp_path / "stick" / "larets"
    (folder / "program").mkdir(parents=True)
    (folder / "kit.json").write_text("{}")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "program" / "larets"))
    for name in ("LARETS_DATA", "LARETS_MODELS"):
        monkeypatch.delenv(name, raising=False)
    return folder


def test_a_program_from_source_knows_no_kit() -> None:
    assert paths.kit() is None
    assert paths.portable() is None


def test_a_kit_brings_its_models_and_keeps_data_with_the_user(kit: Path) -> None:
    found = paths.find()
    assert found.kit == kit / "models"
    assert not found.data.is_relative_to(kit)
    assert found.witness is not None


def test_a_portable_kit_keeps_everything(kit: Path) -> None:
    (kit / "portable").touch()
    found = paths.find()
    assert found.data == kit / "data"
    assert found.kit == kit / "models"
    assert found.witness is None, "a word left on the host would be a trace"
    assert paths.preferences().is_relative_to(kit)
    assert paths.demo_data().is_relative_to(kit)


def test_a_chosen_folder_wins_over_the_kits(kit: Path, tmp_path: Path) -> None:
    (kit / "portable").touch()
    assert paths.find(tmp_path / "mine").data == tmp_path / "mine"


def test_leftovers_of_libraries_stay_in_a_portable_kit(
    kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kit / "portable").touch()
    monkeypatch.setattr(os, "environ", {"HOME": "elsewhere"})
    paths.settle()
    for name in ("TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        assert Path(os.environ[name]).is_relative_to(kit / "data"), name
        assert Path(os.environ[name]).is_dir()
    assert {path.stat().st_mode & 0o077 for path in (kit / "data").rglob("*")} == {0}


def test_a_program_that_is_not_portable_changes_no_folder(kit: Path) -> None:
    before = dict(os.environ)
    paths.settle()
    assert dict(os.environ) == before


def test_a_frozen_program_finds_its_resources(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(kit / "program" / "_internal"), raising=False)
    assert paths.find().resources == kit / "program" / "_internal" / "resources"


def test_settling_comes_before_any_library_that_remembers_a_folder() -> None:
    """Each asks once and remembers; the entrance must have settled by then."""
    asked = (
        "import sys, tempfile; import app.paths as p; p.settle = lambda: print("
        "tempfile.tempdir, sorted({'PySide6', 'torch'} & set(sys.modules))); import app.__main__"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[0] == "None []"
