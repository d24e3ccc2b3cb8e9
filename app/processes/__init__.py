"""What every process of this program is, from its first line on: `begin`.

`private` keeps its memory and files from other users; `native_sockets` has the kernel refuse the
sockets that Python's own guard (`app.offline`) cannot see; `launcher` starts the few processes that
may have some, `relay` one of these: a way to one server; `endings` are the signals with which the
system asks a program to end.
"""

from app import offline
from app.processes import native_sockets, private


def begin(*, native: bool = False) -> None:
    """The guard of the network and what `private` does, in this process; no native sockets either,
    in it and in all that it starts, unless `native`. Each again does nothing more."""
    offline.enforce()
    private.keep()
    if not native:
        native_sockets.refuse()
