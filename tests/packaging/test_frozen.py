"""The frozen program itself: built here, walked through, and started from a kit that must leave
nothing on its host.

The build takes minutes, so it is made once for all tests of a run; with the llama.cpp of this very
computer, which is compiled already.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import python_env
from filelock import FileLock
from walk import Walk

from app import paths

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "build" / "frozen"
#: Looked up now: a test has a home of its own, in which nothing is compiled yet.
CACHE = python_env.cache_folder()
#: What the program may take without its second part.
CORE_BYTES = 450_000_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.model,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(sys.platform != "linux", reason="the bundle of Linux is built and tried"),
]


@pytest.fixture(scope="session")
def program() -> Path:
    """The folder of the frozen program, built by whichever worker comes first."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    mark = BUILT / "run"
    BUILT.mkdir(parents=True, exist_ok=True)
    with FileLock(BUILT / "lock"):
        if not mark.is_file() or mark.read_text() != run:
            build = ROOT / "packaging" / "bundle" / "build.py"
            command = [sys.executable, str(build), "--native", "--to", str(BUILT)]
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                check=False,
                env=os.environ | {"LARETS_CACHE": str(CACHE)},
            )
            assert done.returncode == 0, done.stdout + done.stderr
            mark.write_text(run)
    return BUILT / "program"


@pytest.fixture
def models(tmp_path: Path, chat_model: Path, embedding_model: Path) -> Path:
    """A kit's models: the tiny one that answers, the one for embeddings, the data for scans."""
    folder = tmp_path / "models"
    folder.mkdir()
    for source in (chat_model.parent, embedding_model, paths.find().kit / "tessdata"):
        if source.is_dir():
            shutil.copytree(source, folder / source.name, copy_function=os.link)
    return folder


def test_a_user_gets_by_from_the_first_start_to_a_trained_adapter(
    program: Path, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LARETS_MODELS", str(models))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    walk = Walk([str(program / "larets")], tmp_path / "walk")
    walk.answers()
    walk.learns()
    walk.opens()


def test_without_its_second_part_it_asks_and_says_what_it_lacks(
    program: Path, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LARETS_MODELS", str(models))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    core = tmp_path / "core"
    left_out = shutil.ignore_patterns("training")
    shutil.copytree(program, core, symlinks=True, copy_function=os.link, ignore=left_out)
    held = sum(file.lstat().st_size for file in core.rglob("*") if not file.is_dir())
    assert held < CORE_BYTES
    walk = Walk([str(core / "larets")], tmp_path / "walk")
    walk.answers()
    walk.asks_for_the_training_part()


def test_a_portable_kit_leaves_nothing_on_its_host(
    program: Path, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("stick", "home", "temporary", "session")
    stick, home, temporary, session = (tmp_path / name for name in names)
    for folder in (stick, home, temporary, session):
        folder.mkdir()
    shutil.copytree(program, stick / "program", symlinks=True, copy_function=os.link)
    models.rename(stick / "models")
    (stick / "kit.json").write_text("{}")
    (stick / "portable").touch()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(session))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                 "LARETS_DATA", "LARETS_MODELS"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    walk = Walk([str(stick / "program" / "larets")], tmp_path / "walk", data=stick / "data")
    walk.answers()
    walk.opens()
    assert (stick / "data" / "workspace.json").is_file()
    assert [*home.rglob("*")] == []
    assert [*temporary.rglob("*")] == []
    assert [*session.rglob("*")] == []


def test_the_bundle_tells_what_it_holds(program: Path) -> None:
    about = json.loads((program / "bundle.json").read_text())
    assert about["system"].startswith("linux-")
    assert len(about["commit"]) == 40
    listed = {each["name"] for each in json.loads((program / "inventory.json").read_text())}
    assert {"torch", "llama_cpp_python", "llama.cpp and ggml", "PySide6_Essentials"} <= listed
    assert not listed & {"pytest", "mypy", "bitsandbytes", "hypothesis", "pip"}
    without = [
        each["name"]
        for each in json.loads((program / "inventory.json").read_text())
        if not each["licence"]
    ]
    assert without == []
    for text in ("torch", "numpy", "pymupdf"):
        assert any((program / "licences" / text).iterdir())
