"""HTTP with an end to waiting: uvicorn itself would keep a silent connection for ever."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from app.interface.limits import ARRIVES


class Impatient(H11Protocol):
    """A connection whose first request has not begun in time is closed."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        asyncio.get_running_loop().call_later(ARRIVES, self._hurry)

    def _hurry(self) -> None:
        if self.cycle is None:
            self.transport.close()
