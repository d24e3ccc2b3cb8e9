"""Token vectors of the second reader on torch: the layers of the embedding model copied, with a
LoRA added to them; its word vectors stay shared."""

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.errors import DamagedModel
from app.engines.embedding.late_interaction import TokenVectors


class TorchTokens:
    """Satisfies `TokenEncoder` with the layers of `encoder`, a BERT-like model. The tokenizer stays
    the model's own, a copy of which takes 300 MB: each call sets how it cuts and pads, so both are
    used from one thread."""

    def __init__(self, encoder: Any, tokenizer: Any, adapter: Path) -> None:
        """`DamagedModel` where the LoRA does not fit the model."""
        shared = encoder.embeddings.word_embeddings
        self._model = copy.deepcopy(encoder, {id(shared): shared})
        self._tokenizer = tokenizer
        _merge(self._model, adapter)

    def token_vectors(self, prompt: str, texts: Sequence[str], longest: int) -> list[TokenVectors]:
        import torch

        tokens = self._tokenizer(
            [prompt + text for text in texts],
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
        return [
            TokenVectors(found[row][own], places[row, own, 0], places[row, own, 1])
            for row, own in enumerate(counted)
        ]


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
