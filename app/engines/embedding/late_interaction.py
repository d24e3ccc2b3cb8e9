"""A second reading of passages with the token vectors of the embedding model.

Late interaction (Khattab and Zaharia, "ColBERT", SIGIR 2020, https://arxiv.org/abs/2004.12832): a
passage scores the mean, over the question's tokens, of the best cosine with any of its own tokens.
The model was not made for this; a small LoRA, which packaging/second_reader.py trains, teaches it.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from app.domain.chat.conversation import TextSpan
from app.engines.base import PassageReading, Vectors

#: Tokens that are read of a question and of a passage, which has up to 400 beside its header.
_QUESTION, _PASSAGE = 64, 480
#: Tokens a call with their padding, and tokens whose vectors are remembered: 768 bytes each.
_CALL_TOKENS, _REMEMBERED = 2048, 60_000


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """Unit vectors as f16, shape (tokens, dimensions), and where each token stands in the text."""

    vectors: Any
    starts: Any
    ends: Any


class TokenEncoder(Protocol):
    """An embedding model adapted by a LoRA, as its tokens see it."""

    def token_vectors(self, prompt: str, texts: Sequence[str], longest: int) -> list[TokenVectors]:
        """Of each text behind the prompt, its first `longest` tokens with those of the prompt,
        without the vectors of the prompt; in one call."""
        ...


class LateInteraction:
    """Reads with an encoder, and remembers what it has read."""

    def __init__(self, encoder: TokenEncoder, prompts: dict[str, str]) -> None:
        self._encoder = encoder
        self._prompts = prompts
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, TokenVectors] = OrderedDict()
        self._held = 0

    def read(
        self, question: str, texts: Sequence[str], sentences: Sequence[Sequence[TextSpan]]
    ) -> list[PassageReading]:
        """How well each text, and each of its sentences in its context, meets the question."""
        if not texts:
            return []
        asked = self._tokens("query", [question])[0].vectors.astype(np.float32)
        found = self._tokens("passage", texts)
        return [_reading(asked, each, spans) for each, spans in zip(found, sentences, strict=True)]

    def _tokens(self, kind: str, texts: Sequence[str]) -> list[TokenVectors]:
        keys = [
            hashlib.blake2b(f"{kind}\0{text}".encode(), digest_size=16).digest() for text in texts
        ]
        with self._lock:
            missing = {
                key: text for key, text in zip(keys, texts, strict=True) if key not in self._known
            }
            fresh = dict(zip(missing, self._encoded(kind, list(missing.values())), strict=True))
            found = [fresh[key] if key in fresh else self._known[key] for key in keys]
            for key, tokens in zip(keys, found, strict=True):
                self._remember(key, tokens)
        return found

    def _remember(self, key: bytes, tokens: TokenVectors) -> None:
        if key not in self._known:
            self._held += len(tokens.vectors)
        self._known[key] = tokens
        self._known.move_to_end(key)
        while self._held > _REMEMBERED and len(self._known) > 1:
            _, gone = self._known.popitem(last=False)
            self._held -= len(gone.vectors)

    def _encoded(self, kind: str, texts: list[str]) -> list[TokenVectors]:
        order = sorted(range(len(texts)), key=lambda each: len(texts[each]))
        longest = _QUESTION if kind == "query" else _PASSAGE
        prompt = self._prompts.get(kind) or ""
        found: dict[int, TokenVectors] = {}
        for batch in _calls(order, texts, longest):
            read = self._encoder.token_vectors(prompt, [texts[each] for each in batch], longest)
            found |= dict(zip(batch, read, strict=True))
        return [found[each] for each in range(len(texts))]


def _calls(order: Sequence[int], texts: Sequence[str], longest: int) -> Iterator[list[int]]:
    """Places of texts that are read together, the short ones first: long ones pad them."""
    batch: list[int] = []
    for each in order:
        # Four characters a token in English, three in Russian.
        size = min(len(texts[each]) // 3 + 8, longest) * (len(batch) + 1)
        if batch and size > _CALL_TOKENS:
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch


def _reading(asked: Vectors, text: TokenVectors, sentences: Sequence[TextSpan]) -> PassageReading:
    if not len(asked) or not len(text.vectors):
        return PassageReading(0.0, tuple(0.0 for _ in sentences))
    near = asked @ text.vectors.astype(np.float32).T
    scores = []
    for span in sentences:
        inside = (text.starts < span.end) & (text.ends > span.start)
        scores.append(float(near[:, inside].max(1).mean()) if inside.any() else 0.0)
    return PassageReading(float(near.max(1).mean()), tuple(scores))
