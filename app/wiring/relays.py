"""The ways to servers of the network that a profile opened, one a server."""

from app.processes.relay import Relay, Way


class Relays:
    def __init__(self) -> None:
        self._open: dict[Way, Relay] = {}

    def open(self, way: Way) -> str:
        """The folder of the local socket that leads there. `OSError`."""
        known = self._open.get(way)
        if known and known.is_running:
            return known.folder
        self._open[way] = Relay(way)
        return self._open[way].folder

    def count(self) -> int:
        """How many of them run."""
        return sum(relay.is_running for relay in self._open.values())

    def close(self) -> None:
        for relay in self._open.values():
            relay.close()
        self._open = {}
