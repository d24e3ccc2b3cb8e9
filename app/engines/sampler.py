"""llama.cpp's sampler chain, made from a Sampling value and freed with it."""

import ctypes
import secrets
from types import TracebackType
from typing import Any, Self

from app.domain.settings import Sampling


class Sampler:
    """Chooses the next token after each decode. A context manager: the chain is native memory."""

    def __init__(self, c: Any, vocab: Any, sampling: Sampling) -> None:
        self._c = c
        self._chain = c.llama_sampler_chain_init(c.llama_sampler_chain_default_params())
        for link in _links(c, vocab, sampling):
            c.llama_sampler_chain_add(self._chain, link)

    def sample(self, context: Any) -> int:
        """The token chosen from the last logits; the chain remembers it."""
        return int(self._c.llama_sampler_sample(self._chain, context, -1))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._c.llama_sampler_free(self._chain)


def _links(c: Any, vocab: Any, sampling: Sampling) -> list[Any]:
    links = []
    if sampling.grammar:
        grammar = c.llama_sampler_init_grammar(vocab, sampling.grammar.encode(), b"root")
        if not grammar:
            raise ValueError("the grammar does not parse")
        links.append(grammar)
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
