"""A model file that is cut while it is used costs an answer, never the program."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import DamagedModel, ModelChanged
from app.domain.models.placement import Placement
from app.domain.progress import NoControl
from app.domain.settings import Sampling
from app.engines.llama.chat_model import Llama
from app.engines.llama.held_files import HeldFiles
from app.engines.turns import Turn, TurnKind
from tests.tiny_gguf import write_tiny

_LEASES = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has leases")
_MAPPED = pytest.mark.skipif(os.name == "nt", reason="Windows cuts no mapped file")


def _cut(path: Path, guard: str) -> "subprocess.CompletedProcess[str]":
    started = [sys.executable, "-m", "tests.engines.llama.cut_model", str(path), guard]
    return subprocess.run(started, capture_output=True, text=True, timeout=120)


@_LEASES
def test_whoever_cuts_the_file_waits_until_it_is_let_go(tmp_path: Path) -> None:
    told = _cut(write_tiny(tmp_path / "tiny.gguf"), "lease")
    assert told.stdout.split() == ["refused", "False", "0"], told.stderr
    assert (tmp_path / "tiny.gguf").stat().st_size == 0


@_MAPPED
def test_without_a_lease_it_is_seen_before_the_next_step(tmp_path: Path) -> None:
    told = _cut(write_tiny(tmp_path / "tiny.gguf"), "stamp")
    assert told.stdout.split() == ["refused", "False", "0"], told.stderr


@_LEASES
def test_without_either_the_program_would_end(tmp_path: Path) -> None:
    """Else the two above would show nothing."""
    told = _cut(write_tiny(tmp_path / "tiny.gguf"), "none")
    assert told.returncode == -signal.SIGBUS


@_LEASES
def test_a_lease_is_given_for_a_file_of_ours(tmp_path: Path) -> None:
    path = write_tiny(tmp_path / "tiny.gguf")
    held = HeldFiles([str(path)])
    assert held.are_leased
    assert held.are_whole
    with pytest.raises(BlockingIOError):
        os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    assert not held.are_whole, "somebody has asked for it"
    with path.open("ab"):
        assert not held.are_whole
    held.close()


def test_a_file_that_was_touched_is_read_no_more(tmp_path: Path) -> None:
    path = write_tiny(tmp_path / "tiny.gguf")
    model = Llama(str(path), Placement(context=256, threads=1))
    asked = [Turn(TurnKind.USER, "Tell a story.")]
    model.stream(asked, Sampling(max_tokens=4), NoControl())
    os.utime(path, (1, 1))
    with pytest.raises(ModelChanged):
        model.stream(asked, Sampling(max_tokens=4), NoControl())
    assert not model.is_whole
    model.close()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DamagedModel):
        Llama(str(tmp_path / "none.gguf"))
