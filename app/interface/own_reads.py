"""What the tools of the Model Context Protocol ask, asked of this very program."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from app.domain.chat import citations
from app.domain.chat.conversation import AnswerState, Message
from app.domain.errors import LaretsError
from app.interface import results
from app.services.interface.acts import OWNER, PLAIN, InterfaceService, Question
from app.services.jobs import Job, Worker
from app.services.wording import Wording

T = TypeVar("T")


class OwnReads:
    """One at a time, on the worker's thread: one model answers."""

    def __init__(self, service: InterfaceService, wording: Wording, worker: Worker) -> None:
        """`ForbiddenByPolicy`."""
        service.keys.require_open()
        self._service, self._wording, self._worker = service, wording, worker

    async def search(self, query: str, k: int, collection: str) -> dict[str, Any]:
        found = await self._done(lambda _: self._service.search(OWNER, query, k, collection))
        return {"hits": [results.hit(rank, each) for rank, each in enumerate(found, start=1)]}

    async def passages(self, document: str, first: int, count: int) -> dict[str, Any]:
        found = await self._done(lambda _: self._service.passages(OWNER, document, first, count))
        return results.passages(document, found)

    async def answer(self, question: str, assistant: str, collection: str) -> dict[str, Any]:
        asked = Question(question, assistant=assistant or PLAIN, collection=collection)
        return _answer(await self._done(lambda job: self._service.answer(OWNER, asked, job)))

    async def documents(self, collection: str) -> dict[str, Any]:
        found = await self._done(lambda _: self._service.documents(OWNER, collection))
        rows = [
            {"id": each.id, "name": each.name, "pages": each.pages, "passages": each.passages}
            for each in found
        ]
        return {"documents": rows}

    async def _done(self, act: Callable[[Job], T]) -> T:
        """A client that goes away stops it. An error comes in the product's words."""
        from mcp.server.mcpserver.exceptions import ToolError

        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def later(settle: Callable[[Any], None], value: object) -> None:
            def unless_done() -> None:
                if not future.done():
                    settle(value)

            if not loop.is_closed():
                loop.call_soon_threadsafe(unless_done)

        job = self._worker.run(
            act,
            on_done=partial(later, future.set_result),
            on_error=partial(later, future.set_exception),
        )
        try:
            return await future
        except asyncio.CancelledError:
            job.cancel()
            raise
        except LaretsError as error:
            sentence = self._wording.of(error)
            raise ToolError(f"{sentence.what} {sentence.hint}".strip()) from error


def _answer(message: Message) -> dict[str, Any]:
    return {
        "answer": citations.marked(message.text, message.citations),
        "abstained": message.state is AnswerState.ABSTAINED,
        "confirmed": message.confirmed,
        "citations": results.citations_of(message),
    }
