"""Whatever a model file holds, trying it ends in facts or UnusableModel, never in our own end."""

import multiprocessing
import random
import threading
from pathlib import Path

import pytest

from app.domain.errors import UnusableModel
from app.engines.llama.smoke_test import try_model
from tests.tiny_gguf import Shape, write_tiny

pytestmark = pytest.mark.model


def test_a_good_model_tells_of_itself(chat_model: Path) -> None:
    facts = try_model(str(chat_model))
    assert facts.architecture == "llama"
    assert facts.shape.context_length == 8192
    assert facts.shape.size == chat_model.stat().st_size


@pytest.mark.parametrize("kept", [0, 24, 1000, 60_000_000])
def test_one_cut_short_is_damaged(chat_model: Path, tmp_path: Path, kept: int) -> None:
    cut = tmp_path / "cut.gguf"
    with chat_model.open("rb") as file:
        cut.write_bytes(file.read(kept))
    with pytest.raises(UnusableModel) as failed:
        try_model(str(cut))
    assert failed.value.facts["name"] == "cut.gguf"


def test_flipped_bits_in_the_header_bring_nobody_down(chat_model: Path, tmp_path: Path) -> None:
    """Some flips go unnoticed (a letter in a name); none may abort this process."""
    whole = bytearray(chat_model.read_bytes())
    chance = random.Random(14)
    outcomes = []
    for number in range(6):
        flipped = tmp_path / f"{number}.gguf"
        at = chance.randrange(8, 4000)
        whole[at] ^= 1 << chance.randrange(8)
        flipped.write_bytes(whole)
        whole[at] = chat_model.read_bytes()[at]
        try:
            outcomes.append(try_model(str(flipped), seconds=30).architecture != "")
        except UnusableModel:
            outcomes.append(False)
        flipped.unlink()
    assert len(outcomes) == 6


def test_one_that_hangs_is_given_up(chat_model: Path) -> None:
    with pytest.raises(UnusableModel):
        try_model(str(chat_model), seconds=0.01)


@pytest.mark.parametrize("context", [0, 1, 255, 1 << 31, (1 << 32) - 1])
def test_a_context_that_would_abort_later_is_damage(tmp_path: Path, context: int) -> None:
    """llama.cpp shrinks its batch to the context; a longer prompt then fails an assertion."""
    path = write_tiny(tmp_path / "tiny.gguf", shape=Shape(context=context))
    with pytest.raises(UnusableModel):
        try_model(str(path))


@pytest.mark.parametrize("context", [256, (1 << 31) - 1])
def test_every_context_that_runs_is_accepted(tmp_path: Path, context: int) -> None:
    path = write_tiny(tmp_path / "tiny.gguf", shape=Shape(context=context))
    assert try_model(str(path)).shape.context_length == context


def test_other_threads_may_start_children_meanwhile(tmp_path: Path) -> None:
    """multiprocessing then looks after every child, so that ours may be gone before we join it."""
    path = write_tiny(tmp_path / "tiny.gguf", shape=Shape(context=1))
    done = threading.Event()

    def look_after_children() -> None:
        while not done.is_set():
            multiprocessing.active_children()

    others = [threading.Thread(target=look_after_children) for _ in range(2)]
    for other in others:
        other.start()
    try:
        for _ in range(8):
            with pytest.raises(UnusableModel):
                try_model(str(path))
    finally:
        done.set()
        for other in others:
            other.join()
