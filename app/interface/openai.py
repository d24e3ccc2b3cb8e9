"""Answers in the shapes of OpenAI's API, which every client library knows.

What they have no place for stands in the field `larets`: the answer as it was checked, its
citations as `larets ask --json` prints them, whether the documents say nothing, whether a passage
confirms it.
"""

import base64
import struct
import time
import uuid
from collections.abc import Sequence

import msgspec

from app.domain.chat import citations
from app.domain.chat.conversation import AnswerState, Message
from app.domain.chat.prompting import Exchange
from app.domain.errors import UnreadableRequest
from app.interface import results
from app.interface.requests import Completion, Turn
from app.services.interface.acts import PLAIN, Question

DONE = b"data: [DONE]\n\n"
_FINISHED = {AnswerState.CUT: "length"}


def question(asked: Completion) -> Question:
    """The last turn is the question, those before it the conversation. `UnreadableRequest`."""
    *before, last = asked.messages
    if last.role != "user" or not last.text.strip():
        raise UnreadableRequest(reason="the last message has to be the user's and hold text")
    return Question(
        last.text,
        tuple(_exchanges(before)),
        asked.model or PLAIN,
        asked.collection,
        asked.max_completion_tokens or asked.max_tokens,
        asked.temperature,
    )


def _exchanges(turns: Sequence[Turn]) -> list[Exchange]:
    """Questions with the answers that followed them; other turns say nothing to the documents."""
    pairs: list[Exchange] = []
    asked = ""
    for turn in turns:
        if turn.role == "user":
            asked = turn.text
        elif turn.role == "assistant" and asked and turn.text:
            pairs.append(Exchange(asked, (), turn.text))
            asked = ""
    return pairs


class AnswerShape:
    """One answer, whole or in pieces; `heading` stands over the list of its sources, `nothing` is
    said where the documents do not answer."""

    def __init__(self, model: str, heading: str, nothing: str) -> None:
        self._id, self._created = f"chatcmpl-{uuid.uuid4().hex}", int(time.time())
        self._model, self._heading = model or PLAIN, heading
        self._nothing, self._streamed = nothing, ""

    def whole(self, message: Message) -> bytes:
        text = self._said(message) + self._sources(message)
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": text, "refusal": None},
            "finish_reason": _finish(message),
            "logprobs": None,
        }
        return msgspec.json.encode(
            self._frame("chat.completion", choice)
            | {"usage": _usage(message), "larets": _extension(message)}
        )

    def first(self) -> bytes:
        return self._event({"role": "assistant", "content": ""})

    def piece(self, text: str) -> bytes:
        self._streamed += text
        return self._event({"content": text})

    def last(self, message: Message, *, usage: bool) -> bytes:
        """What is still to be said once the answer was checked. One that became another by that,
        because no passage supports it, follows in whole."""
        checked = self._said(message)
        rest = checked.removeprefix(self._streamed) if self._streamed else checked
        if rest == checked and self._streamed:
            said = message.text.strip() == self._streamed.strip()
            rest = "" if said else f"\n\n{checked}"
        events = self._event({"content": rest + self._sources(message)})
        ending = self._frame("chat.completion.chunk", _delta({}, _finish(message)))
        events += _sse(ending | {"larets": _extension(message)})
        if usage:
            empty = self._frame("chat.completion.chunk", {})
            events += _sse(empty | {"choices": [], "usage": _usage(message)})
        return events + DONE

    def _said(self, message: Message) -> str:
        return _checked(message) or self._nothing

    def _sources(self, message: Message) -> str:
        cited = {source.number: source for source in message.cited}
        if not cited:
            return ""
        lines = [f"[{number}] {results.locator(each.segment)}" for number, each in cited.items()]
        return "\n\n" + "\n".join([self._heading, *lines])

    def _event(self, delta: dict[str, object]) -> bytes:
        return _sse(self._frame("chat.completion.chunk", _delta(delta, None)))

    def _frame(self, kind: str, choice: dict[str, object]) -> dict[str, object]:
        return {
            "id": self._id,
            "object": kind,
            "created": self._created,
            "model": self._model,
            "choices": [choice],
        }


def models(names: Sequence[str], embedding: str) -> bytes:
    owned = [(name, "assistant") for name in names]
    owned += [(embedding, "embedding")] if embedding else []
    return msgspec.json.encode(
        {
            "object": "list",
            "data": [
                {"id": name, "object": "model", "created": 0, "owned_by": "larets", "kind": kind}
                for name, kind in owned
            ],
        }
    )


def embeddings(
    vectors: Sequence[Sequence[float]], tokens: int, model: str, *, as_bytes: bool
) -> bytes:
    """`as_bytes`: as OpenAI's own client asks for them, base64 of little-endian f32."""
    return msgspec.json.encode(
        {
            "object": "list",
            "model": model,
            "data": [
                {
                    "object": "embedding",
                    "index": index,
                    "embedding": _packed(vector) if as_bytes else vector,
                }
                for index, vector in enumerate(vectors)
            ],
            "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
        }
    )


def _packed(vector: Sequence[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()


def _delta(delta: dict[str, object], finish: str | None) -> dict[str, object]:
    return {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}


def _sse(value: dict[str, object]) -> bytes:
    return b"data: " + msgspec.json.encode(value) + b"\n\n"


def _checked(message: Message) -> str:
    return citations.marked(message.text, message.citations)


def _finish(message: Message) -> str:
    return _FINISHED.get(message.state, "stop")


def _extension(message: Message) -> dict[str, object]:
    return {
        "answer": _checked(message),
        "abstained": message.state is AnswerState.ABSTAINED,
        "confirmed": message.confirmed,
        "citations": results.citations_of(message),
    }


def _usage(message: Message) -> dict[str, int]:
    read = message.timings.prompt_tokens if message.timings else 0
    written = message.timings.generated_tokens if message.timings else 0
    return {
        "prompt_tokens": read,
        "completion_tokens": written,
        "total_tokens": read + written,
    }
