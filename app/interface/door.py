"""The local interface beside an open window: the listener that `serve` has, heard on a thread of
its own, from when somebody opens the door until it is closed or the profile is locked."""

import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from pathlib import Path

from app import log, offline
from app.domain.access_keys import LOOPBACK
from app.domain.errors import ListenerLost
from app.domain.events import DoorClosed
from app.interface.http.listener import Address
from app.interface.server import Desk, Listener
from app.interface.wire import Listening
from app.processes import launcher
from app.services.interface.acts import InterfaceService
from app.services.jobs import Worker
from app.services.session import Services
from app.services.wording import Wording


class Door:
    """From any thread."""

    def __init__(
        self,
        service: InterfaceService,
        workers: tuple[Worker, Worker, Worker],
        lost: Callable[[], None],
    ) -> None:
        """Workers as a Desk has them; `lost` is called, on the door's own thread, when the process
        that listens ends by itself."""
        self._service, self._workers, self._lost = service, workers, lost
        self._turn = threading.Lock()
        self._opened: _Opened | None = None
        self._over = False

    @classmethod
    def beside(cls, services: Services) -> "Door":
        """That of an open profile; who is to know hears `DoorClosed`."""
        workers = services.answers, services.indexing, services.background
        return cls(services.interface, workers, lambda: services.events.publish(DoorClosed()))

    @property
    def address(self) -> str:
        """Where programs ask, "" while it is closed."""
        return self._service.door

    def open(self, address: Address, resources: Path, language: str) -> str:
        """Answer from now on, in the words of that language; where. One that is open stays as it
        is; after `end` none opens. `AddressTaken`, `ListenerLost`, `ForbiddenByPolicy`."""
        self._service.keys.require_open()
        with self._turn:
            if self._opened is None and not self._over:
                listener = Listener(address, (resources, language))
                desk = Desk(
                    self._service, Wording(resources, language), self._workers, listener.send
                )
                self._opened = _Opened(listener, desk, self._end)
                self._service.door = address.socket or f"http://{LOOPBACK}:{listener.port}"
                offline.note_door(listener.port)
                log.event("door", open=True)
            return self.address

    def close(self) -> None:
        """Stop what is being answered; the process that listens has ended afterwards."""
        with self._turn:
            opened = self._opened
            self._forget()
        if opened is not None:
            opened.close()
            log.event("door", open=False)

    def end(self) -> None:
        """Close it for good: an opening that was only asked for comes to nothing."""
        self._over = True
        self.close()

    def _forget(self) -> None:
        self._opened, self._service.door = None, ""
        offline.note_door(0)

    def _end(self, opened: "_Opened") -> None:
        """The other process is gone."""
        with self._turn:
            if self._opened is not opened:
                return
            self._forget()
        opened.desk.close()
        log.event("door", open=False)
        self._lost()


class _Opened:
    """What there is while the door is open; a pipe wakes the thread that hears."""

    def __init__(self, listener: Listener, desk: Desk, ended: Callable[["_Opened"], None]) -> None:
        self.listener, self.desk, self._ended = listener, desk, ended
        self._woken, self._wake = launcher.context().Pipe(duplex=False)
        self._thread = threading.Thread(target=self._hear, name="door", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._wake.send_bytes(b"end")
        self._thread.join()
        self.desk.close()
        self.listener.close()
        self._wake.close()
        self._woken.close()

    def _hear(self) -> None:
        try:
            while self._woken not in wait([self.listener.pipe, self._woken]):
                said = self.listener.hear()
                if not isinstance(said, Listening):
                    self.desk.take(said)
        except ListenerLost as error:
            log.failure(error)
            self._ended(self)
