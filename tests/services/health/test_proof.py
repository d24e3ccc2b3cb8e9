"""What is shown of an open workspace to whoever asks."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from app import offline
from app.services.health import offline_checks
from tests.services.conftest import House

_LISTENS = "import socket, sys; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); {rest}"
_WAITS = "print(1, flush=True); sys.stdin.read()"


@pytest.fixture
def listening() -> Iterator[None]:
    """A process that we started has a socket of the network open."""
    source = _LISTENS.format(rest=_WAITS)
    process = subprocess.Popen(
        [sys.executable, "-c", source], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    yield
    process.communicate()


def test_no_connection_is_open() -> None:
    check = offline_checks.sockets()
    assert check.passed
    assert check.facts["open"] == 0


def test_a_socket_of_a_child_is_counted(listening: None) -> None:
    check = offline_checks.sockets()
    assert not check.passed
    assert check.facts["open"] == 1
    assert int(str(check.facts["seen"])) >= 2


def test_only_the_door_is_no_connection_that_leaves(
    listening: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline, "doors", lambda: (1,))
    check = offline_checks.sockets()
    assert (check.name, check.passed, check.facts["open"]) == ("sockets", False, 1)


def test_the_last_backup_is_that_of_whoever_made_one(house: House) -> None:
    proof = house.services.administration.proof
    assert proof.last_backup().name == "no-backup"
    proof._unlocked.audit.record("somebody", "backup", "a snapshot")
    assert proof.last_backup().facts == {"days": 0}


def test_everything_is_told_once(house: House) -> None:
    proof = house.services.administration.proof
    names = [check.name for check in proof.facts()]
    assert len(names) == len(set(names)) == 10
    assert {check.name: check.passed for check in proof.verified()}["audit-log"]


def test_all_of_it_can_be_looked_at_where_sockets_are_refused() -> None:
    """In a process of its own: a filter cannot be taken back."""
    lines = (
        "from app.processes import begin", "from app.services.health import offline_checks as c",
        "begin()", "print(*(each().name for each in (c.sockets, c.interfaces, c.native)))",
    )  # fmt: skip
    started = [sys.executable, "-c", "\n".join(lines)]
    told = subprocess.run(started, capture_output=True, text=True, check=True)
    assert told.stdout.split()[0] == "sockets"
