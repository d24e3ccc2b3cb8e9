"""Texts to vectors with llama.cpp, from a sentence-transformers folder: where the part of the
program with torch is not installed. Half the speed on many texts (results/embedding.md), and the
same vectors: the cosine to those in f32 is above 0.9999.
"""

import ctypes
import threading
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.domain.errors import DamagedModel
from app.engines import hardware, native
from app.engines.base import Vectors
from app.engines.embedding import bert_gguf
from app.engines.embedding.late_interaction import LateInteraction, TokenVectors
from app.engines.embedding.tokens import counter
from app.engines.inspection import model_file
from app.engines.llama.memory_file import c_file

#: Tokens and texts a call. llama.cpp compares each token with every one of its call, so more at a
#: time is slower: 57 s for 96 passages with 1024, 89 with 512 beside other work, 2048 no better.
_CALL_TOKENS, _CALL_TEXTS = 1024, 64
#: llama_pooling_type of the vectors of all tokens as they are.
_NO_POOLING = 0


class LlamaEmbedder:
    """As `SentenceEmbedder`, for models of BERT's kind."""

    def __init__(self, folder: str, threads: int = 0) -> None:
        """`DamagedModel` when the folder does not load; `NeedsTrainingPart` for a model of another
        kind; `PointerFile`, `WebPage`, `EmptyModel` when its weights were never fetched."""
        from safetensors import SafetensorError
        from tokenizers import Tokenizer

        path = Path(folder)
        self._lock = threading.Lock()
        self._threads = threads or hardware.cores()
        self._c = native.library()
        native.silence(self._c)
        try:
            self._folder = bert_gguf.described(path)
            self._tokenizer: Any = Tokenizer.from_file(str(path / "tokenizer.json"))
            self._weights = self._loaded()
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            model_file.require_fetched(path / "model.safetensors")
            raise DamagedModel(name=path.name) from error
        self._counter = counter(self._tokenizer)
        self._tokenizer.no_padding()
        self._plain = _Context(self._c, self._weights, self._folder.dimensions, self._threads)

    @property
    def dimensions(self) -> int:
        return self._folder.dimensions

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """In one call."""
        return self._encode("query", texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """In one call."""
        return self._encode("passage", texts)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without the model's own marks."""
        found = self._counter.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(each) for each in found]

    def second_reader(self, adapter: str) -> LateInteraction:
        """One on the same weights, adapted by the LoRA in that file. `DamagedModel`."""
        context = _Context(self._c, self._weights, self.dimensions, self._threads)
        context.adapt(Path(adapter))
        return LateInteraction(_AdaptedTokens(self, context), self._folder.prompts)

    def token_states(
        self, context: "_Context", texts: Sequence[str], longest: int
    ) -> list[tuple[Any, Vectors]]:
        """Of each text its tokens, as the tokenizer tells them, and their states, f32 of shape
        (tokens, dimensions)."""
        with self._lock:
            self._tokenizer.enable_truncation(min(longest, self._folder.longest))
            read = self._tokenizer.encode_batch(list(texts))
            states = list[Vectors]()
            for batch in _batches([len(each.ids) for each in read]):
                states += context.states([read[place].ids for place in batch])
        return list(zip(read, states, strict=True))

    def _encode(self, kind: str, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        prompt = self._folder.prompts[kind]
        states = self.token_states(
            self._plain, [prompt + text for text in texts], self._folder.longest
        )
        first = self._folder.pooling == "cls"
        pooled = np.stack([own[0] if first else own.mean(0) for _, own in states])
        return _unit(pooled).astype(np.float32)

    def _loaded(self) -> "_Weights":
        parameters = self._c.llama_model_default_params()
        with c_file(lambda out: bert_gguf.write(self._folder, out), "embedding") as file:
            model = self._c.llama_model_load_from_file_ptr(file, parameters)
        if not model:
            raise DamagedModel(name=self._folder.path.name)
        return _Weights(self._c, model)


class _AdaptedTokens:
    """Satisfies `TokenEncoder`."""

    def __init__(self, embedder: LlamaEmbedder, context: "_Context") -> None:
        self._embedder, self._context = embedder, context

    def token_vectors(self, prompt: str, texts: Sequence[str], longest: int) -> list[TokenVectors]:
        told = [prompt + text for text in texts]
        return [
            _without_prompt(read, states, len(prompt))
            for read, states in self._embedder.token_states(self._context, told, longest)
        ]


def _without_prompt(read: Any, states: Vectors, prompt: int) -> TokenVectors:
    """The prompt's own tokens end at or before it, the marks around a text have no length."""
    places = np.array(read.offsets, np.int64).reshape(-1, 2) - prompt
    own = places[:, 1] > 0
    return TokenVectors(_unit(states[own]).astype(np.float16), places[own, 0], places[own, 1])


def _unit(rows: Vectors) -> Vectors:
    """Each row of unit length; one of zeros stays."""
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-12)
    return unit


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts that go through the model together: nothing is padded, so what fits."""
    batch, size = list[int](), 0
    for place, length in enumerate(lengths):
        if batch and (size + length > _CALL_TOKENS or len(batch) == _CALL_TEXTS):
            yield batch
            batch, size = [], 0
        batch.append(place)
        size += length
    if batch:
        yield batch


class _Weights:
    """A loaded model, which is freed when no context holds it any longer."""

    def __init__(self, c: Any, handle: Any) -> None:
        self.handle = handle
        weakref.finalize(self, c.llama_model_free, handle)


class _Context:
    """A place to compute in, with or without a LoRA; from one thread at a time."""

    def __init__(self, c: Any, weights: _Weights, dimensions: int, threads: int) -> None:
        self._c, self._weights, self._dimensions = c, weights, dimensions
        parameters = c.llama_context_default_params()
        parameters.n_ctx = parameters.n_batch = parameters.n_ubatch = _CALL_TOKENS
        parameters.n_seq_max = _CALL_TEXTS
        parameters.n_threads = parameters.n_threads_batch = threads
        parameters.embeddings = True
        parameters.pooling_type = _NO_POOLING
        self._context = c.llama_init_from_model(weights.handle, parameters)
        if not self._context:
            raise MemoryError
        self._batch = c.llama_batch_init(_CALL_TOKENS, 0, 1)
        weakref.finalize(self, c.llama_batch_free, self._batch)
        weakref.finalize(self, c.llama_free, self._context)

    def adapt(self, lora: Path) -> None:
        """Compute with the LoRA in that file from now on. `DamagedModel`."""
        from safetensors import SafetensorError

        try:
            with c_file(lambda out: bert_gguf.write_adapter(lora, out), "second-reader") as file:
                handle = self._c.llama_adapter_lora_init_from_file_ptr(self._weights.handle, file)
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise DamagedModel(name=lora.name) from error
        handles = (self._c.llama_adapter_lora_p_ctypes * 1)(handle)
        scales = (ctypes.c_float * 1)(1.0)
        if not handle or self._c.llama_set_adapters_lora(self._context, handles, 1, scales):
            raise DamagedModel(name=lora.name)

    def states(self, texts: Sequence[Sequence[int]]) -> list[Vectors]:
        """Of each text, given as tokens, their states: f32 of shape (tokens, dimensions)."""
        batch, total = self._batch, 0
        for text, tokens in enumerate(texts):
            for place, token in enumerate(tokens):
                batch.token[total], batch.pos[total] = token, place
                batch.n_seq_id[total], batch.seq_id[total][0] = 1, text
                batch.logits[total] = 1
                total += 1
        batch.n_tokens = total
        if self._c.llama_encode(self._context, batch):
            raise MemoryError
        told = self._c.llama_get_embeddings(self._context)
        every = np.ctypeslib.as_array(told, shape=(total, self._dimensions))
        ends = np.cumsum([len(tokens) for tokens in texts])
        return [part.copy() for part in np.split(every, ends[:-1])]
