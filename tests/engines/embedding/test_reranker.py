"""The real cross-encoder code with a tiny model of random weights, made here."""

import json
from pathlib import Path

import pytest

from app.domain.errors import DamagedModel
from app.engines.embedding.reranker import CrossEncoderReranker

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "pump", "oil", "leave", "days", "the", "of"]


def make(folder: Path, labels: int = 1) -> Path:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=64, num_labels=labels, max_position_embeddings=512,
        initializer_range=1.0,  # far enough apart to differ in bf16 too
    )  # fmt: skip
    BertForSequenceClassification(config).eval().save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("reranker") / "tiny")


def test_scores_come_in_order_and_between_0_and_1(folder: Path) -> None:
    reranker = CrossEncoderReranker(str(folder))
    assert reranker.name == "tiny"
    passages = ["the oil of the pump", "days of leave " * 400, ""]
    scores = reranker.scores("pump oil", passages)
    assert len(set(scores)) == 3
    assert all(0 < each < 1 for each in scores)
    again = reranker.scores("pump oil", passages[::-1])
    assert again[::-1] == pytest.approx(scores, abs=1e-5)
    assert reranker.scores("pump oil", []) == []


def test_a_classifier_of_several_classes_is_none(tmp_path: Path) -> None:
    with pytest.raises(DamagedModel):
        CrossEncoderReranker(str(make(tmp_path / "three", labels=3)))


def test_a_damaged_folder(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "config.json").write_text(json.dumps({"architectures": ["Bert"]}))
    (broken / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(DamagedModel):
        CrossEncoderReranker(str(broken))
