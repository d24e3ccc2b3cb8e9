"""A second reading of passages with the token vectors of the embedding model.

Late interaction (Khattab and Zaharia, "ColBERT", SIGIR 2020, https://arxiv.org/abs/2004.12832): a
passage scores the mean, over the question's tokens, of the best cosine with any of its own tokens.
The model was not made for this; a small LoRA, which packaging/second_reader.py trains, teaches it.
Word vectors are shared with the model that embeds, the layers above them are copied.
"""

import copy
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.domain.chat.conversation import TextSpan
from app.domain.errors import DamagedModel
from app.engines.base import PassageReading, Vectors

#: Tokens that are read of a question and of a passage, which has up to 400 beside its header.
_QUESTION, _PASSAGE = 64, 480
#: Tokens a call with their padding, and tokens whose vectors are remembered: 768 bytes each.
_CALL_TOKENS, _REMEMBERED = 2048, 60_000


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Unit vectors as f16, shape (tokens, dimensions), and where each token stands in the text."""

    vectors: Any
    starts: Any
    ends: Any


class LateInteraction:
    """Reads with the layers of `encoder`, a BERT-like model, adapted by the LoRA in a file. The
    tokenizer stays the model's own, a copy of which takes 300 MB: each call sets how it cuts and
    pads, so both are used from one thread."""

    def __init__(self, encoder: Any, tokenizer: Any, prompts: dict[str, str], adapter: str) -> None:
        """`DamagedModel` where the LoRA does not fit the model."""
        shared = encoder.embeddings.word_embeddings
        self._model = copy.deepcopy(encoder, {id(shared): shared})
        self._tokenizer = tokenizer
        self._prompts = prompts
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, _Tokens] = OrderedDict()
        self._held = 0
        _merge(self._model, Path(adapter))

    def read(
        self, question: str, texts: Sequence[str], sentences: Sequence[Sequence[TextSpan]]
    ) -> list[PassageReading]:
        """How well each text, and each of its sentences in its context, meets the question."""
        if not texts:
            return []
        asked = self._tokens("query", [question])[0].vectors.astype(np.float32)
        found = self._tokens("passage", texts)
        return [_reading(asked, each, spans) for each, spans in zip(found, sentences, strict=True)]

    def _tokens(self, kind: str, texts: Sequence[str]) -> list[_Tokens]:
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

    def _remember(self, key: bytes, tokens: _Tokens) -> None:
        if key not in self._known:
            self._held += len(tokens.vectors)
        self._known[key] = tokens
        self._known.move_to_end(key)
        while self._held > _REMEMBERED and len(self._known) > 1:
            _, gone = self._known.popitem(last=False)
            self._held -= len(gone.vectors)

    def _encoded(self, kind: str, texts: list[str]) -> list[_Tokens]:
        order = sorted(range(len(texts)), key=lambda each: len(texts[each]))
        longest = _QUESTION if kind == "query" else _PASSAGE
        prompt = self._prompts.get(kind) or ""
        found: dict[int, _Tokens] = {}
        batch: list[int] = []
        for each in order:
            # Four characters a token in English, three in Russian.
            size = min(len(texts[each]) // 3 + 8, longest) * (len(batch) + 1)
            if batch and size > _CALL_TOKENS:
                found |= self._call(prompt, batch, texts, longest)
                batch = []
            batch.append(each)
        if batch:
            found |= self._call(prompt, batch, texts, longest)
        return [found[each] for each in range(len(texts))]

    def _call(
        self, prompt: str, batch: Sequence[int], texts: Sequence[str], longest: int
    ) -> dict[int, _Tokens]:
        import torch

        tokens = self._tokenizer(
            [prompt + texts[each] for each in batch],
            padding=True,
            truncation=True,
            max_length=longest,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        places = tokens.pop("offset_mapping").numpy() - len(prompt)
        device = next(self._model.parameters()).device
        with torch.inference_mode():
            states = self._model(**{name: value.to(device) for name, value in tokens.items()})
            vectors = torch.nn.functional.normalize(states.last_hidden_state.float(), dim=-1)
        # The prompt's own tokens end at or before 0, padding and marks have no length.
        counted = (places[:, :, 1] > 0) & (tokens["attention_mask"].numpy() > 0)
        found = vectors.to("cpu", torch.float16).numpy()
        return {
            each: _Tokens(found[row][own], places[row, own, 0], places[row, own, 1])
            for row, each in enumerate(batch)
            for own in [counted[row]]
        }


def _reading(asked: Vectors, text: _Tokens, sentences: Sequence[TextSpan]) -> PassageReading:
    if not len(asked) or not len(text.vectors):
        return PassageReading(0.0, tuple(0.0 for _ in sentences))
    near = asked @ text.vectors.astype(np.float32).T
    scores = []
    for span in sentences:
        inside = (text.starts < span.end) & (text.ends > span.start)
        scores.append(float(near[:, inside].max(1).mean()) if inside.any() else 0.0)
    return PassageReading(float(near.max(1).mean()), tuple(scores))


def _merge(model: Any, adapter: Path) -> None:
    """Add the LoRA's product to the weights that it was trained for."""
    import torch
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(str(adapter), "pt") as file:
            facts = file.metadata() or {}
            scale = float(facts["alpha"]) / float(facts["rank"])
            stored = file.keys()
            names = [name.removesuffix(".lora_A") for name in stored if name.endswith(".lora_A")]
            with torch.no_grad():
                for name in names:
                    down, up = (file.get_tensor(f"{name}.lora_{side}").float() for side in "AB")
                    weight = model.get_submodule(name).weight
                    weight += (scale * (up @ down)).to(weight)
    except (OSError, SafetensorError, KeyError, AttributeError, RuntimeError, ValueError) as error:
        raise DamagedModel(name=adapter.name) from error
