"""An error as a response."""

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.domain.errors import LaretsError
from app.interface.refusals import body_of, status_of
from app.services.wording import Wording

JSON = "application/json"


async def refuse(
    error: LaretsError, wording: Wording, scope: Scope, receive: Receive, send: Send
) -> None:
    """The connection is closed: what is left of the request is not read."""
    response = Response(
        body_of(error, wording), status_of(error), {"connection": "close"}, media_type=JSON
    )
    await response(scope, receive, send)
