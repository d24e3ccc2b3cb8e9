"""What counts as a proof of offline work, on lines as strace writes them."""

from proof import report, seen

QUIET = """\
101 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3
101 connect(3, {sa_family=AF_UNIX, sun_path="/tmp/.X11-unix/X0"}, 20) = 0
102 socketpair(AF_UNIX, SOCK_STREAM, 0, [4, 5]) = 0
102 recvmsg(4, {msg_name=NULL}, 0) = 1
101 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = -1 EPERM (Operation not permitted)
103 +++ exited with 0 +++
102 <... recvmsg resumed>{msg_name=NULL}, 0) = 1
"""
LOUD = "7 socket(AF_INET6, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 5\n"


def test_local_pipes_and_refused_sockets_are_no_network() -> None:
    found = seen(QUIET.splitlines())
    assert {(each.call, each.family, each.outcome, each.times) for each in found} == {
        ("socket", "AF_UNIX", "done", 1),
        ("connect", "AF_UNIX", "done", 1),
        ("socketpair", "AF_UNIX", "done", 1),
        ("recvmsg", "", "done", 1),
        ("socket", "AF_INET", "-1 EPERM", 1),
    }
    assert not any(each.leaves for each in found)
    assert "No call could leave" in report(found, "{}")


def test_a_socket_that_was_given_fails_the_proof() -> None:
    found = seen((QUIET + LOUD).splitlines())
    assert [each.family for each in found if each.leaves] == ["AF_INET6"]
    assert "FAILED" in report(found, "{}")
