"""The program's side of the local interface: takes requests from the process that listens, asks
whether their keys may, has them performed in turn, sends the answers."""

import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app import log
from app.domain.errors import AddressTaken, LaretsError, ListenerLost, TooManyRequests
from app.interface.http.listener import Address, listen
from app.interface.lanes import Lane, Waiting
from app.interface.limits import AGAIN
from app.interface.rates import Rates
from app.interface.refusals import again_after, body_of, status_of
from app.interface.routes import Routes
from app.interface.wire import ROUTES, Call, GoneAway, Listening, Reply, heard, packed
from app.processes import launcher
from app.services.interface.acts import InterfaceService
from app.services.jobs import Worker
from app.services.wording import Wording

#: Seconds in which a listener may end what it is sending.
_ENDING = 2.0
_ACTS = {route.name: route.act for route in ROUTES}


class Desk:
    """Answers calls; `send` takes a Reply from any thread. The three workers are for answers, for
    what is added, and for what is quick."""

    def __init__(
        self,
        service: InterfaceService,
        wording: Wording,
        workers: tuple[Worker, Worker, Worker],
        send: Callable[[Reply], None],
    ) -> None:
        self._service, self._wording, self._send = service, wording, send
        self._routes, self._rates = Routes(service, wording), Rates()
        answering, adding, quick = (Lane(each, self._perform, self._failed) for each in workers)
        self._lanes = {route.name: quick for route in ROUTES} | {"chat": answering, "add": adding}
        self._open: dict[int, Waiting] = {}

    def take(self, call: Call | GoneAway) -> None:
        """From the one thread that hears them."""
        if isinstance(call, GoneAway):
            if waiting := self._open.pop(call.number, None):
                self._lanes[waiting.call.route].cancel(waiting)
            return
        try:
            self._let_in(call)
        except LaretsError as error:
            self._refuse(call.number, error)

    def close(self) -> None:
        """Stop what runs and what waits."""
        for waiting in list(self._open.values()):
            self._lanes[waiting.call.route].cancel(waiting)
        self._service.keys.close()

    def _let_in(self, call: Call) -> None:
        key = self._service.keys.authorise(call.secret, _ACTS[call.route])
        self._rates.spend(key.id)
        if call.asks:
            self._send(Reply(call.number, b"", 204))
            return
        waiting = Waiting(call, key)
        self._open[call.number] = waiting
        if not self._lanes[call.route].put(waiting):
            del self._open[call.number]
            raise TooManyRequests(seconds=AGAIN)

    def _perform(self, waiting: Waiting) -> None:
        number = waiting.call.number

        def stream(data: bytes, last: bool) -> None:
            waiting.begun = True
            self._send(Reply(number, data, streams=True, last=last))

        found = self._routes.perform(waiting.call, waiting.key, waiting.control, stream)
        if found is not None:
            self._send(Reply(number, found))
        self._open.pop(number, None)

    def _failed(self, waiting: Waiting, error: BaseException) -> None:
        """In a stream that has begun the error is its last event."""
        number = waiting.call.number
        self._open.pop(number, None)
        if waiting.begun:
            event = b"data: " + body_of(error, self._wording) + b"\n\n"
            self._send(Reply(number, event, streams=True))
        else:
            self._refuse(number, error)

    def _refuse(self, number: int, error: BaseException) -> None:
        body = body_of(error, self._wording)
        self._send(Reply(number, body, status_of(error), again=again_after(error)))


class Listener:
    """The process that listens, and the pipe to it."""

    def __init__(self, address: Address, words: tuple[Path, str]) -> None:
        """`AddressTaken`, `ListenerLost`."""
        context = launcher.context()
        self._ours, theirs = context.Pipe()
        self._stderr = log.ChildStderr(context, log.Code("listener"))
        self._process = context.Process(
            target=listen, args=(theirs, address, words, self._stderr.theirs), name="listener",
            daemon=True,
        )  # fmt: skip
        self._process.start()
        theirs.close()
        self._stderr.started()
        self._turn = threading.Lock()
        self.port = self._begun(address)

    def _begun(self, address: Address) -> int:
        said = self.hear()
        if not isinstance(said, Listening) or said.failed:
            self.close()
            raise AddressTaken(address=address.socket or str(address.port))
        return said.port

    @property
    def pipe(self) -> "Connection[Any, Any]":
        """To wait for what it says next."""
        return self._ours

    def hear(self) -> Call | GoneAway | Listening:
        """The next thing it says. `ListenerLost`."""
        try:
            return heard(self._ours.recv_bytes())
        except (EOFError, OSError) as error:
            self.close()
            raise ListenerLost from error

    def send(self, said: Reply) -> None:
        """From any thread. To a listener that is gone nothing is sent: `hear` tells of that."""
        with self._turn, suppress(OSError):
            self._ours.send_bytes(packed(said))

    def close(self) -> None:
        """Its pipe ends, and with it the process."""
        self._ours.close()
        self._process.join(_ENDING)
        self._process.kill()
        self._process.join()
        self._stderr.end(self._process.exitcode)


def serve(
    service: InterfaceService,
    workers: tuple[Worker, Worker, Worker],
    address: Address,
    wording: Wording,
    words: tuple[Path, str],
    ready: Callable[[int], None],
) -> None:
    """Until a KeyboardInterrupt; `ready` hears the port. `AddressTaken`, `ListenerLost`,
    `ForbiddenByPolicy`."""
    service.keys.require_open()
    listener = Listener(address, words)
    desk = Desk(service, wording, workers, listener.send)
    try:
        ready(listener.port)
        while True:
            said = listener.hear()
            if not isinstance(said, Listening):
                desk.take(said)
    finally:
        desk.close()
        listener.close()
