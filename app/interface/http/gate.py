"""What is turned away before anybody looks at it: pages of the web and other hosts' names.

A page in a browser can make requests to this computer, and by a name of its own that leads here
(DNS rebinding) it could read the answers: Jan answered any Host until its advisory
GHSA-x6p8-7cp8-c3p6. Browsers say where a page is from (Origin) and which name they asked (Host); a
program has no Origin.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.errors import ForeignHost, ForeignOrigin, LaretsError
from app.interface.http.refusing import refuse
from app.services.wording import Wording

_NAMES = ("127.0.0.1", "localhost")
#: Sent by browsers alone; scripts of a page cannot leave them out.
_BROWSERS = (b"origin", b"sec-fetch-site")


class Gate:
    """`port` of the loopback address that is listened on, 0 of a local socket."""

    def __init__(self, application: ASGIApp, port: int, wording: Wording) -> None:
        self._application, self._wording = application, wording
        self._hosts = {f"{name}:{port}" for name in _NAMES} if port else set(_NAMES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        problem = self._problem(scope)
        if problem is None:
            await self._application(scope, receive, send)
        else:
            await refuse(problem, self._wording, scope, receive, send)

    def _problem(self, scope: Scope) -> LaretsError | None:
        names = [name for name, _ in scope["headers"]]
        if any(name in _BROWSERS for name in names):
            return ForeignOrigin()
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return ForeignHost()
        return None
