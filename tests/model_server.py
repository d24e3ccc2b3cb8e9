"""A department's model server: `python model_server.py MODEL.gguf [PEM]` prints its port.

OpenAI's interface over the program's own engine and a real model, with TLS where a certificate is
given. Run as a process of its own, since a test opens no socket of the network. "KEY" is asked for;
a question that holds "SLOWLY" is answered a word a second, one with "SILENT" not for a minute, one
with "BREAK" breaks off.
"""

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from app.domain.models.model import ModelShape
from app.domain.progress import NoControl
from app.domain.settings import Sampling
from app.engines.base import Finish, Opening
from app.engines.llama.opening import open_chat
from app.engines.turns import Turn, TurnKind

NAME, KEY = "department-model", "the key of the department"


class Served:
    """The model and its answers, one at a time."""

    def __init__(self, path: str) -> None:
        opening = Opening(path, ModelShape(os.path.getsize(path)), False)
        self._model = open_chat(opening, NoControl()).model
        self._alone = threading.Lock()
        self._answers = 0

    def models(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return JSONResponse({"error": {"message": "Invalid key"}}, 401)
        return JSONResponse({"data": [{"id": NAME, "object": "model"}]})

    def props(self, _: Request) -> Response:
        context = self._model.context_length
        return JSONResponse({"default_generation_settings": {"n_ctx": context}})

    def metrics(self, _: Request) -> Response:
        return PlainTextResponse(f"llamacpp:requests_processing {self._answers}\n")

    async def complete(self, request: Request) -> Response:
        told = await request.json()
        self._answers += 1
        return StreamingResponse(self._events(told), media_type="text/event-stream")

    def _events(self, told: dict[str, Any]) -> Iterator[str]:
        turns = [Turn(TurnKind(each["role"]), each["content"]) for each in told["messages"]]
        question = turns[-1].text
        if "SILENT" in question:
            time.sleep(60)
        sampling = Sampling(told["temperature"], max_tokens=min(told["max_tokens"], 12))
        with self._alone:
            made = self._model.stream(turns, sampling, NoControl())
        yield from _words(made.text.split(" "), question)
        reason = "length" if made.finish is Finish.LENGTH else "stop"
        yield _event(choices=[{"delta": {}, "finish_reason": reason}])
        yield _event(
            choices=[],
            usage={
                "prompt_tokens": made.prompt_tokens,
                "completion_tokens": made.generated_tokens,
                "prompt_tokens_details": {"cached_tokens": made.reused_tokens},
            },
        )
        yield "data: [DONE]\n\n"


def _words(words: Sequence[str], question: str) -> Iterator[str]:
    for place, word in enumerate(words):
        if "BREAK" in question and place == 1:
            os._exit(1)
        if "SLOWLY" in question:
            time.sleep(1)
        yield _event(choices=[{"delta": {"content": word + " " * (place < len(words) - 1)}}])


def application(path: str) -> Starlette:
    served = Served(path)
    return Starlette(
        routes=[
            Route("/v1/models", served.models),
            Route("/v1/chat/completions", served.complete, methods=["POST"]),
            Route("/props", served.props),
            Route("/metrics", served.metrics),
        ]
    )


def _event(**told: object) -> str:
    return f"data: {json.dumps(told)}\n\n"


def main(path: str, pem: str = "") -> None:
    made = application(path)
    listening = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(made, log_level="warning", ssl_certfile=pem or None)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
