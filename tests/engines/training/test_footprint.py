"""What a training is said to take is its own."""

import multiprocessing

import numpy as np
import pytest

from app.engines.training import footprint

pytestmark = pytest.mark.slow

_MANY, _FEW = 1 << 28, 1 << 26


def _tell(connection: "multiprocessing.connection.Connection[tuple[int, int, int], int]") -> None:
    before = footprint.most("cpu")
    taken = np.ones(_FEW, np.uint8)
    connection.send((before, footprint.most("cpu"), len(taken)))


def test_what_the_program_took_is_not_counted_for_its_child() -> None:
    """Linux's getrusage does: a small model seemed to take what the chat model had."""
    much = np.ones(_MANY, np.uint8)
    assert footprint.most("cpu") >= len(much)
    del much
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_tell, args=(theirs,))
    child.start()
    before, after, taken = ours.recv()
    child.join()
    assert before < _MANY
    assert after - before >= taken * 0.9
