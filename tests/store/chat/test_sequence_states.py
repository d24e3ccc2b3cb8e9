"""Saved states: only what this key authenticates, for this conversation and form, comes back."""

import os
import time
from pathlib import Path

import pytest

from app.store.chat.sequence_states import StateStore

KEY = bytes(32)
STATE = b"what was read " * 5000


@pytest.fixture
def states(tmp_path: Path) -> StateStore:
    return StateStore(tmp_path / "states", KEY)


def only_file(states: StateStore) -> Path:
    (path,) = states._folder.iterdir()
    return path


def test_round_trip(states: StateStore) -> None:
    assert states.load("a", "model/f16") is None
    states.keep("a", "model/f16", STATE)
    assert states.load("a", "model/f16") == STATE
    states.keep("a", "model/f16", b"newer")
    assert states.load("a", "model/f16") == b"newer"
    assert STATE[:14] not in only_file(states).read_bytes()
    states.remove("a")
    assert list(states._folder.iterdir()) == []


@pytest.mark.parametrize("place", [0, 30, 1000, -1])
def test_one_flipped_bit_and_it_is_gone(states: StateStore, place: int) -> None:
    states.keep("a", "form", STATE)
    path = only_file(states)
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)
    assert states.load("a", "form") is None
    assert not path.exists()


@pytest.mark.parametrize("kept", [0, 5, 24, 40000])
def test_a_cut_one_is_gone(states: StateStore, kept: int) -> None:
    states.keep("a", "form", STATE)
    path = only_file(states)
    path.write_bytes(path.read_bytes()[:kept])
    assert states.load("a", "form") is None


def test_a_foreign_one_is_never_loaded(states: StateStore, tmp_path: Path) -> None:
    foreign = StateStore(tmp_path / "foreign", bytes(31) + b"\1")
    foreign.keep("a", "form", STATE)
    states.keep("a", "form", b"own")
    only_file(states).write_bytes(only_file(foreign).read_bytes())
    assert states.load("a", "form") is None


def test_not_for_another_conversation_model_or_form(states: StateStore) -> None:
    states.keep("a", "form", STATE)
    only_file(states).rename(states._path("b"))
    assert states.load("b", "form") is None
    states.keep("a", "form", STATE)
    assert states.load("a", "another form") is None


def test_the_oldest_make_room(tmp_path: Path) -> None:
    states = StateStore(tmp_path / "states", KEY, most=250_000)
    for number, name in enumerate("abcd"):
        states.keep(name, "form", STATE)
        past = time.time() - 100 + number
        os.utime(states._path(name), (past, past))
    assert states.load("a", "form") is None
    assert states.load("d", "form") == STATE
    assert sum(each.stat().st_size for each in states._folder.iterdir()) <= 250_000
