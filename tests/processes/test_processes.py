"""What a process gives up at its start, tried by processes of their own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.processes import native_sockets

ROOT = Path(__file__).parents[2]
FAMILIES = ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK")
REFUSED = dict.fromkeys(FAMILIES, "EACCES") | {"AF_UNIX": "opened"}
linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
filters = pytest.mark.skipif(native_sockets.refused() is None, reason="no filter on this system")


def attempted(name: str, *more: str) -> Any:
    command = [sys.executable, "-m", "tests.processes.attempts", name, *more]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)


@pytest.fixture(scope="module")
def here() -> Any:
    return attempted("here")


@filters
@pytest.mark.parametrize("who", ["here", "thread", "child", "program"])
def test_the_kernel_refuses_every_socket_but_local_ones(here: Any, who: str) -> None:
    assert here[who] == REFUSED


@filters
def test_no_other_number_of_the_call_leads_round_the_filter(here: Any) -> None:
    assert (here["x32"], here["io_uring"]) == ("EACCES", "EACCES")


@filters
def test_local_pipes_work_and_asking_again_changes_nothing(here: Any) -> None:
    assert (here["pair"], here["again"]) == ("heard", True)


@filters
def test_what_the_launcher_starts_is_not_refused(here: Any) -> None:
    assert here["launched"]["AF_INET"] == "opened"


@linux
def test_the_launcher_needs_no_short_path_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a portable kit deep in the folders of a stick."""
    deep = tmp_path / ("deep" * 25)
    deep.mkdir()
    monkeypatch.setenv("TMPDIR", str(deep))
    assert attempted("here")["launched"]["AF_UNIX"] == "opened"
    assert [*deep.iterdir()] == []


@filters
def test_a_reader_is_refused_sockets_whoever_started_it() -> None:
    assert attempted("reader") == {"sockets": REFUSED, "private": True, "mask": 0o077}


@linux
def test_memory_and_files_stay_private_and_a_process_may_keep_its_sockets(tmp_path: Path) -> None:
    assert attempted("private_process", str(tmp_path)) == {
        "before": False,
        "kept": True,
        "core": [0, 0],
        "mode": "600",
        "AF_INET": "opened",
    }


def test_the_tests_themselves_are_not_filtered() -> None:
    assert not native_sockets.refused()
