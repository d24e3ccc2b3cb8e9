"""The listener's end of the pipe: many requests at once, each with its answers in their order."""

import asyncio
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from app.interface.wire import Call, GoneAway, Reply, packed, reply


class Line:
    """Belongs to one event loop; a thread of its own waits for what the program says."""

    def __init__(self, connection: "Connection[Any, Any]") -> None:
        self._connection = connection
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Queue[Reply]] = {}
        #: One thread, so that a large message delays no answer and none overtakes another.
        self._sender = ThreadPoolExecutor(1, "sender")

    def begin(self, ended: Callable[[], None]) -> None:
        """`ended` is called, on the loop, when the program hangs up."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._hear, args=(loop, ended), name="hears", daemon=True).start()

    def close(self) -> None:
        """Hang up."""
        self._sender.shutdown()
        self._connection.close()

    async def ask(self, call: Call) -> tuple[int, "asyncio.Queue[Reply]"]:
        """The number that the request has now, and where its answers come."""
        number = next(self._numbers)
        queue = self._waiting[number] = asyncio.Queue()
        await self._send(msgspec.structs.replace(call, number=number))
        return number, queue

    async def answer(self, call: Call) -> Reply:
        """The first that is said to a call; whoever does not wait for it any more stops it."""
        number, queue = await self.ask(call)
        answered = False
        try:
            said = await queue.get()
            answered = said.last
            return said
        finally:
            await self.forget(number, answered=answered)

    async def forget(self, number: int, *, answered: bool) -> None:
        """Nobody waits for that any more; the program hears of it where it was not `answered`."""
        del self._waiting[number]
        if not answered:
            await self._send(GoneAway(number))

    async def _send(self, message: object) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._sender, self._connection.send_bytes, packed(message))

    def _hear(self, loop: asyncio.AbstractEventLoop, ended: Callable[[], None]) -> None:
        try:
            while True:
                loop.call_soon_threadsafe(self._deliver, reply(self._connection.recv_bytes()))
        except (EOFError, OSError):
            loop.call_soon_threadsafe(ended)

    def _deliver(self, said: Reply) -> None:
        if queue := self._waiting.get(said.number):
            queue.put_nowait(said)
