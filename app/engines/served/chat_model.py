"""A chat model on servers of one's own network, as the rest of the house knows a local one.

What it has read stays with the server, which keeps prompts by itself; here are the choice of the
server that is least busy, the size of a prompt before it is sent, and the answer.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from app.domain.chat.conversation import AnswerPiece
from app.domain.errors import ModelServerAway, ModelServerRefused, PromptTooLong
from app.domain.models.placement import MemoryUse
from app.domain.models.servers import ModelServer
from app.domain.progress import Control
from app.domain.settings import Sampling
from app.engines.base import AdapterAtScale, CacheSequence, Finish, Generated, Ways
from app.engines.served.endpoint import (
    Endpoint,
    EndpointAwayError,
    EndpointRefusedError,
    Written,
)
from app.engines.turns import Turn

#: Where no server says how much fits.
_CONTEXT = 8192
#: Characters of a token until the first prompt was counted by the server: Russian in Llama 3's
#: vocabulary has 2.8, English 4.4; fewer are reckoned, so that a prompt fits.
_LETTERS, _CAUTION = 2.4, 0.95
#: Tokens of the marks around a turn.
_MARKS = 8
_LEAST_ANSWER = 32
#: Seconds for which it is known how busy the servers are.
_BUSY_FOR = 2.0


def open_served(name: str, server: ModelServer, ways: Ways) -> "ServedChat":
    """`ModelServerAway` where none of its servers answers, `ModelServerRefused` where none holds
    the model."""
    endpoints, failure, context = list[Endpoint](), "", 0
    refused = False
    for place in server.places:
        try:
            endpoint = Endpoint(place, server, ways(place, server.root))
        except OSError as error:
            failure = str(error)
            continue
        try:
            held = {each.model: each for each in endpoint.models()}
            if server.model not in held:
                names = ", ".join(sorted(held)) or "–"
                raise EndpointRefusedError(f"{server.model}: {names}")
            fits = endpoint.context() or held[server.model].context or _CONTEXT
            context = min(context, fits) if context else fits
            endpoints.append(endpoint)
        except EndpointAwayError as error:
            endpoint.close()
            failure = failure or str(error)
        except EndpointRefusedError as error:
            endpoint.close()
            failure, refused = str(error), True
    if endpoints:
        return ServedChat(name, server, endpoints, context)
    if refused:
        raise ModelServerRefused(name=name, reason=failure)
    raise ModelServerAway(name=name, server=server.shown)


class ServedChat:
    """A ChatModel. `PromptTooLong` by the server's own count where its context is exceeded."""

    memory = MemoryUse()
    state_form = "served"

    def __init__(
        self, name: str, server: ModelServer, endpoints: Sequence[Endpoint], context: int
    ) -> None:
        self._name, self._server = name, server
        self.endpoints = list(endpoints)
        self.context_length = context
        #: Until a question finds none of the servers.
        self.is_whole = True
        self._letters = _LETTERS
        self._busy: tuple[float, list[Endpoint]] = (0.0, [])

    def count(self, text: str) -> int:
        """Reckoned from the letters of a token in what was sent before."""
        return round(len(text) / self._letters)

    def pending(self, turns: Sequence[Turn]) -> int:
        """All of it: whether the server has it still, it does not say before."""
        return sum(self.count(turn.text) + _MARKS for turn in turns)

    def stream(
        self,
        turns: Sequence[Turn],
        sampling: Sampling,
        control: Control,
        slot: CacheSequence = CacheSequence.CHAT,
        begun: str = "",
    ) -> Generated:
        reckoned = self.pending(turns)
        room = self.context_length - reckoned
        if room < _LEAST_ANSWER:
            raise PromptTooLong(tokens=reckoned, limit=self.context_length)
        asked = self._asked(turns, sampling, min(room, sampling.max_tokens), begun)
        failure = ""
        for endpoint in self._least_busy():
            answer = _Answer(begun)
            try:
                with endpoint.answering(asked, control) as pieces:
                    answer.take(pieces, control)
            except EndpointAwayError as error:
                if control.cancelled:
                    return replace(answer.generated(reckoned), finish=Finish.STOPPED)
                failure = str(error)
                self._busy = (0.0, [])
                if answer.began:  # half an answer by another server would not go on with it
                    break
                continue
            except EndpointRefusedError as error:
                raise ModelServerRefused(name=self._name, reason=str(error)) from error
            self._learn(turns, answer)
            return answer.generated(reckoned)
        self.is_whole = False
        raise ModelServerAway(name=self._name, server=f"{self._server.shown} ({failure})")

    def read_ahead(self, turns: Sequence[Turn], control: Control) -> None:
        """Nothing: a server that others wait for reads nothing that may not be asked."""

    def export_state(self, turns: Sequence[Turn]) -> bytes | None:
        return None

    def restore_state(self, saved: bytes) -> None:
        """Nothing was exported."""

    def adapt(self, adapters: Sequence[AdapterAtScale]) -> None:
        """Adapters belong to model files of this computer; none is handed in."""
        assert not adapters

    def close(self) -> None:
        for endpoint in self.endpoints:
            endpoint.close()

    def _least_busy(self) -> list[Endpoint]:
        """The servers, the one with the fewest requests first; those that do not answer last."""
        if len(self.endpoints) == 1:
            return self.endpoints
        moment, order = self._busy
        if time.monotonic() - moment > _BUSY_FOR or not order:
            order = sorted(self.endpoints, key=_requests)
            self._busy = (time.monotonic(), order)
        return order

    def _asked(
        self, turns: Sequence[Turn], sampling: Sampling, most: int, begun: str
    ) -> dict[str, Any]:
        messages = [{"role": turn.kind.value, "content": turn.text} for turn in turns]
        asked: dict[str, Any] = {
            "model": self._server.model,
            "messages": messages,
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": most,
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
        }
        if sampling.seed is not None:
            asked["seed"] = sampling.seed
        if sampling.stop:
            asked["stop"] = list(sampling.stop)
        if sampling.grammar:  # llama.cpp's server; others pass over it
            asked["grammar"] = sampling.grammar
        if begun:  # vLLM wants to be told that the last turn is not over
            messages.append({"role": "assistant", "content": begun})
            asked |= {"continue_final_message": True, "add_generation_prompt": False}
        return asked

    def _learn(self, turns: Sequence[Turn], answer: "_Answer") -> None:
        letters = sum(len(turn.text) for turn in turns)
        told = answer.told.prompt_tokens - _MARKS * len(turns)
        if told > _MARKS:
            self._letters = max(_CAUTION * letters / told, 1.0)


class _Answer:
    """What was written so far, passed on as it comes."""

    def __init__(self, begun: str) -> None:
        self._text = begun
        self._moment = time.perf_counter()
        self._first: float | None = None
        self._finish = Finish.END
        self.told = Written()

    @property
    def began(self) -> bool:
        """Whether anything was shown."""
        return self._first is not None

    def take(self, pieces: Iterator[Written], control: Control) -> None:
        for piece in pieces:
            if control.cancelled:
                self._finish = Finish.STOPPED
                return
            if piece.text:
                self._first = self._first or time.perf_counter()
                self._text += piece.text
                control.report(AnswerPiece(piece.text))
            if piece.finish:
                self._finish = Finish.LENGTH if piece.finish == "length" else Finish.END
            if piece.prompt_tokens:
                self.told = piece

    def generated(self, reckoned: int) -> Generated:
        now, told = time.perf_counter(), self.told
        first = self._first or now
        return Generated(
            self._text,
            self._finish,
            told.prompt_tokens or reckoned,
            told.cached_tokens,
            told.generated_tokens,
            first - self._moment,
            now - first,
        )


def _requests(endpoint: Endpoint) -> float:
    try:
        return endpoint.waiting()
    except EndpointAwayError:
        return float("inf")
