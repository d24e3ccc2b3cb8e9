"""Three computers: a server, a worker, somebody who asks; the network between them slow, then cut.

They are network namespaces on one bridge, and only root may make those.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests import department_server, department_tls
from tests.certificates import certificate
from tests.department_server import DepartmentServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
ROOT = Path(__file__).resolve().parents[2]
BRIDGE, NETWORK = "larets0", "10.213.7"
HOSTS = {"server": 1, "worker": 2, "client": 3}
SECRET = "5a" * 32


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def _quietly(*words: str) -> None:
    subprocess.run(words, check=False, capture_output=True)


def _space(host: str) -> str:
    return f"larets-{host}"


@pytest.fixture
def network() -> Iterator[None]:
    if os.geteuid() != 0 or not all(map(shutil.which, ("ip", "tc"))):
        pytest.skip("network namespaces need root, ip and tc")
    _clear()
    try:
        _run("ip", "link", "add", BRIDGE, "type", "bridge")
    except subprocess.CalledProcessError:
        pytest.skip("no bridge can be made here")
    _run("ip", "link", "set", BRIDGE, "up")
    for host, number in HOSTS.items():
        space, ours = _space(host), f"larets{number}"
        _run("ip", "netns", "add", space)
        _run("ip", "link", "add", ours, "type", "veth", "peer", "name", "eth0", "netns", space)
        _run("ip", "link", "set", ours, "master", BRIDGE, "up")
        inside = ("ip", "-n", space)
        _run(*inside, "addr", "add", f"{NETWORK}.{number}/24", "dev", "eth0")
        _run(*inside, "link", "set", "eth0", "up")
        _run(*inside, "link", "set", "lo", "up")
    yield
    _clear()


def _clear() -> None:
    for host in HOSTS:
        _quietly("ip", "netns", "del", _space(host))
    _quietly("ip", "link", "del", BRIDGE)


def _started(host: str, words: Sequence[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        ["ip", "netns", "exec", _space(host), *words], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def _said(host: str, url: str, *acts: str) -> str:
    process = _started(host, _words(url, *acts))
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0, out
    return out.strip()


def _words(url: str, *acts: str) -> list[str]:
    return [sys.executable, "-m", "tests.faults.department_client", url, SECRET, *acts]


def test_a_slow_and_a_cut_network(network: None, tmp_path: Path) -> None:
    if reason := department_server.why_not():
        pytest.skip(reason)
    host = DepartmentServer()
    host.start()
    pem = certificate(tmp_path, f"{NETWORK}.1")
    behind = str(host.socket / ".s.PGSQL.5432")
    front = _started(
        "server", [sys.executable, department_tls.__file__, pem, behind, f"{NETWORK}.1"]
    )
    assert front.stdout is not None
    port = front.stdout.readline().strip()
    try:
        _between_three(host, f"{NETWORK}.1:{port}", pem)
    finally:
        front.kill()
        front.communicate()
        host.close()


def _between_three(host: DepartmentServer, where: str, pem: str) -> None:
    database = host.new_database()
    tail = f"@{where}/{database}?sslrootcert={pem}"
    role = _said("client", f"postgresql://postgres{tail}", "found")
    url = f"postgresql://{role}{tail}"
    # Not every kernel can delay what it sends; the rest is worth as much without.
    _quietly("ip", "netns", "exec", _space("client"), "tc", "qdisc", "add", "dev", "eth0", "root",
             "netem", "delay", "40ms")  # fmt: skip
    assert _said("client", url, "add", "12") == "12"
    assert _said("worker", url, "work") == "done"
    slow = _said("client", url, "search", "2").split("\n")
    assert all(line.startswith("5 5 ") for line in slow), slow
    asking = _started("client", _words(url, "search", "12"))
    assert asking.stdout is not None
    lines = [asking.stdout.readline().strip()]
    _run("ip", "link", "set", f"larets{HOSTS['client']}", "down")
    cut = time.monotonic()
    while not lines[-1].startswith("department-unreachable"):
        lines.append(asking.stdout.readline().strip())
        assert time.monotonic() - cut < 60, lines
    assert time.monotonic() - cut < 40, "it does not wait for the end of the day"
    _run("ip", "link", "set", f"larets{HOSTS['client']}", "up")
    out, _ = asking.communicate(timeout=120)
    assert out.strip().split("\n")[-1].startswith("5 5 "), "and goes on when it is there again"
