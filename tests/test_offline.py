"""The process-wide guard: every network socket is refused and counted, local pipes are not."""

import os
import socket
import subprocess
import sys

import pytest

from app import offline


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_network_sockets_are_refused_and_counted(family: socket.AddressFamily) -> None:
    before = offline.refused()
    with pytest.raises(offline.NetworkRefused):
        socket.socket(family, socket.SOCK_STREAM)
    assert offline.refused() == before + 1


def test_names_are_not_looked_up() -> None:
    with pytest.raises(offline.NetworkRefused):
        socket.getaddrinfo("example.org", 443)


def test_a_refusal_is_an_os_error_so_that_libraries_fall_back() -> None:
    with pytest.raises(OSError, match="opens no network"):
        socket.create_connection(("127.0.0.1", 9))


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no local sockets on this system")
def test_local_pipes_are_allowed() -> None:
    one, other = socket.socketpair(socket.AF_UNIX)
    one.sendall(b"x")
    assert other.recv(1) == b"x"
    one.close()
    other.close()


def test_libraries_are_told_to_stay_offline() -> None:
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"


_LISTENS = """
import socket
from app import offline
offline.allow_listening("127.0.0.1", 0)
offline.enforce()
def tried(act):
    try:
        act()
    except offline.NetworkRefused:
        return "refused"
    except OSError:
        return "let through"
    return "let through"
one, other, third = (socket.socket(socket.AF_INET) for _ in range(3))
print(tried(lambda: one.bind(("0.0.0.0", 0))), tried(lambda: one.bind(("127.0.0.1", 0))))
nine = ("127.0.0.1", 9)
print(tried(lambda: other.connect(nine)), tried(lambda: third.sendto(b"x", nine)))
print(tried(lambda: socket.getaddrinfo("a", 9)), tried(lambda: socket.socket(socket.AF_INET6)))
"""


def test_who_listens_binds_one_address_and_connects_to_nobody() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LISTENS], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:3] == [
        "refused let through", "refused refused", "refused refused",
    ]  # fmt: skip
