"""What the system can be asked about this very process, by whoever administers the computer."""

import os
import sys

#: By system; the last one of Linux begins the program anew where there is no network.
_COMMANDS = {
    "linux": (
        'sudo ss -tunap | grep "pid={pid},"',
        "grep -E 'Seccomp|NoNewPrivs' /proc/{pid}/status",
        "sudo strace -f -e trace=%net -p {pid}",
        "unshare --map-root-user --net larets",
    ),
    "darwin": ("sudo lsof -nP -i -a -p {pid}",),
    "win32": ("netstat -ano | findstr {pid}",),
}


def commands() -> str:
    """One a line, as they are to be typed on this system."""
    lines = _COMMANDS.get(sys.platform, _COMMANDS["linux"])
    return "\n".join(line.format(pid=os.getpid()) for line in lines)
