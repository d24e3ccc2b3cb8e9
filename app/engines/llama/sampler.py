"""llama.cpp's sampler chain, made from a Sampling value and freed with it."""

import ctypes
import math
import secrets
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from app.domain.settings import Sampling


class Sampler:
    """Chooses the next token after each decode. A context manager: the chains are native memory.

    Under a grammar a token is chosen without it first and kept when the grammar allows it: to ask
    the grammar about each of 150,000 tokens takes as long as a decode of a small model. A token
    that was chosen in vain stays in the memory of the first chain's penalties.
    """

    def __init__(self, c: Any, vocab: Any, sampling: Sampling) -> None:
        self._c = c
        self._grammar = _grammar(c, vocab, sampling.grammar) if sampling.grammar else None
        self._chain = _chained(c, _links(c, vocab, sampling))
        self._strict = None
        if self._grammar:
            self._strict = _chained(c, [self._grammar, *_links(c, vocab, sampling)])

    def sample(self, context: Any, place: int = -1) -> int:
        """The token chosen from the logits at that place of the last batch; the chains remember
        it."""
        token = int(self._c.llama_sampler_sample(self._chain, context, place))
        if self._strict is None:
            return token
        if self._allowed(token):
            self._c.llama_sampler_accept(self._strict, token)
            return token
        return int(self._c.llama_sampler_sample(self._strict, context, place))

    def _allowed(self, token: int) -> bool:
        c = self._c
        only = c.llama_token_data(token, 0.0, 0.0)
        candidates = c.llama_token_data_array(ctypes.pointer(only), 1, -1, False)
        c.llama_sampler_apply(self._grammar, ctypes.byref(candidates))
        return not math.isinf(only.logit)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._c.llama_sampler_free(self._chain)
        if self._strict is not None:
            self._c.llama_sampler_free(self._strict)


def _chained(c: Any, links: Sequence[Any]) -> Any:
    chain = c.llama_sampler_chain_init(c.llama_sampler_chain_default_params())
    for link in links:
        c.llama_sampler_chain_add(chain, link)
    return chain


def _grammar(c: Any, vocab: Any, text: str) -> Any:
    grammar = c.llama_sampler_init_grammar(vocab, text.encode(), b"root")
    if not grammar:
        raise ValueError("the grammar does not parse")
    return grammar


def _links(c: Any, vocab: Any, sampling: Sampling) -> list[Any]:
    links = []
    if sampling.repeat_penalty != 1.0:
        links.append(
            c.llama_sampler_init_penalties(
                c.llama_vocab_n_tokens(vocab),
                sampling.repeat_window,
                sampling.repeat_penalty,
                0.0,
                0.0,
            )
        )
    if sampling.temperature <= 0:
        return [*links, c.llama_sampler_init_greedy()]
    seed = secrets.randbits(32) if sampling.seed is None else sampling.seed
    return [
        *links,
        c.llama_sampler_init_top_k(sampling.top_k),
        c.llama_sampler_init_top_p(sampling.top_p, 1),
        c.llama_sampler_init_min_p(sampling.min_p, 1),
        c.llama_sampler_init_temp(sampling.temperature),
        c.llama_sampler_init_dist(ctypes.c_uint32(seed).value),
    ]
