"""The embedding model on llama.cpp, as a program without torch has it."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from app.domain.errors import DamagedModel, NeedsTrainingPart
from app.domain.progress import NoControl
from app.engines.embedding.embedder import SentenceEmbedder
from app.engines.embedding.llama_embedder import LlamaEmbedder

pytestmark = pytest.mark.model
TEXTS = [
    "short", "A much longer text about pumps. " * 30, "", "Изотопы углерода", "№ 27001-5.31 ﬁn",
    "The pump is looked after every thousand hours. " * 9,
]  # fmt: skip


@pytest.fixture(scope="module")
def embedder(embedding_model: Path) -> LlamaEmbedder:
    return LlamaEmbedder(str(embedding_model), threads=2)


def test_vectors_are_those_of_torch(embedder: LlamaEmbedder, embedding_model: Path) -> None:
    """A collection that was indexed with the one is searched with the other. torch computes in bf16
    where the processor does, whose cosine to f32 is 0.998."""
    other = SentenceEmbedder(str(embedding_model), threads=2)
    for kind in ("embed_queries", "embed_passages"):
        here, there = (getattr(each, kind)(TEXTS * 12) for each in (embedder, other))
        assert here.shape == (72, 384)
        assert here.dtype == np.float32
        assert (here * there).sum(1).min() > 0.995
    assert embedder.count(TEXTS) == other.count(TEXTS)
    assert embedder.embed_queries([]).shape == (0, 384)


def test_a_text_has_the_same_vector_in_any_company(embedder: LlamaEmbedder) -> None:
    together = embedder.embed_passages(TEXTS)
    for place, text in enumerate(TEXTS):
        assert float(together[place] @ embedder.embed_passages([text])[0]) > 0.9999


def _copied(model: Path, to: Path, **changes: object) -> Path:
    shutil.copytree(model, to, copy_function=shutil.copyfile)
    config = json.loads((to / "config.json").read_text())
    (to / "config.json").write_text(json.dumps(config | changes))
    return to


def test_a_model_of_another_kind_wants_the_part_with_torch(
    embedding_model: Path, tmp_path: Path
) -> None:
    folder = _copied(embedding_model, tmp_path / "odd", hidden_act="relu")
    with pytest.raises(NeedsTrainingPart, match="odd"):
        LlamaEmbedder(str(folder))


def test_a_damaged_folder(embedding_model: Path, tmp_path: Path) -> None:
    folder = _copied(embedding_model, tmp_path / "cut")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100_000])
    with pytest.raises(DamagedModel):
        LlamaEmbedder(str(folder))
    shorter = _copied(embedding_model, tmp_path / "shorter", num_hidden_layers=13)
    with pytest.raises(DamagedModel):
        LlamaEmbedder(str(shorter))


def test_without_torch_the_process_embeds_all_the_same(
    embedding_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real process that cannot import torch, as in the frozen program without its second part."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "for name in ('torch', 'transformers', 'sentence_transformers', 'scipy', 'sklearn'):\n"
        "    sys.modules[name] = None\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    from app.engines.embedding.remote import RemoteEmbedder, RemoteReranker
    from app.engines.embedding.runner import EmbeddingProcess

    process = EmbeddingProcess()
    try:
        remote = RemoteEmbedder(process, str(embedding_model))
        question = remote.embed_queries(["Сколько стабильных изотопов у углерода?"])[0]
        texts = ["The canteen opens at noon.", "Carbon has two stable isotopes."]
        assert int(np.argmax(remote.embed_passages(texts, NoControl()) @ question)) == 1
        with pytest.raises(NeedsTrainingPart):
            RemoteReranker(process, str(embedding_model))
    finally:
        process.end()
