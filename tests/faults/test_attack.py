"""The attack, short: it must count no failure. `python -m tests.faults.attack` is the long one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store import keys, reserve
from tests.faults.attack import Attack

TRIALS = {"kill": 12, "flip": 40, "cut": 20, "put_back": 12}


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attack]:
    """Trials put the least parameters in the place of the usual ones."""
    usual, room = keys.calibrated, reserve.PIECE
    yield Attack(tmp_path_factory.mktemp("attack"), seed=2026)
    keys.calibrated, reserve.PIECE = usual, room


@pytest.mark.slow
@pytest.mark.parametrize("kind", TRIALS)
def test_nothing_is_locked_and_nothing_lost_without_a_word(attack: Attack, kind: str) -> None:
    attack.failures.clear()
    attack.run(kind, TRIALS[kind], getattr(attack, kind))
    assert attack.failures == []


@pytest.mark.slow
def test_a_full_disk_locks_nothing(attack: Attack, small_disk: Path) -> None:
    attack.failures.clear()
    attack.run("full", 6, lambda: attack.full(small_disk))
    assert attack.failures == []
