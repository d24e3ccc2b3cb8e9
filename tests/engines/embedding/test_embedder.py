"""The real embedding model, asked through its process."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.domain.errors import Cancelled, DamagedModel
from app.domain.progress import NoControl
from app.engines.embedding.remote import RemoteEmbedder
from app.engines.embedding.runner import EmbeddingProcess
from tests.engines.embedding.controls import Stopping

pytestmark = pytest.mark.model
LONG = "The pump is looked after every thousand hours. " * 20
TEXTS = ["short", "A much longer text about pumps. " * 9, "", "Изотопы углерода", "middle length"]


@pytest.fixture(scope="module")
def embedder(process: EmbeddingProcess, embedding_model: Path) -> RemoteEmbedder:
    return RemoteEmbedder(process, str(embedding_model))


def test_vectors_come_in_the_order_of_the_texts(embedder: RemoteEmbedder) -> None:
    together = embedder.embed_passages(TEXTS * 4, NoControl())
    assert together.shape == (20, 384)
    assert together.dtype == np.float32
    for place, text in enumerate(TEXTS):
        alone = embedder.embed_passages([text], NoControl())[0]
        assert float(together[place] @ alone) > 0.99
        assert int(np.argmax(together[: len(TEXTS)] @ alone)) == place


def test_vectors_are_of_unit_length(embedder: RemoteEmbedder) -> None:
    for vectors in (embedder.embed_queries(TEXTS), embedder.embed_passages(TEXTS, NoControl())):
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=0.01)


def test_meaning_crosses_languages(embedder: RemoteEmbedder) -> None:
    query = embedder.embed_queries(["Сколько стабильных изотопов у углерода?"])[0]
    texts = ["Carbon has two stable isotopes.", "The canteen opens at noon.", "Насос качает воду."]
    scores = embedder.embed_passages(texts, NoControl()) @ query
    assert int(np.argmax(scores)) == 0


def test_questions_and_passages_are_told_apart(embedder: RemoteEmbedder) -> None:
    question = embedder.embed_queries(["pump"])[0]
    passage = embedder.embed_passages(["pump"], NoControl())[0]
    assert float(question @ passage) < 0.99


def test_a_question_is_embedded_once(
    embedder: RemoteEmbedder, process: EmbeddingProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = embedder.embed_queries(["Where is the canteen?"])
    others = [embedder.embed_queries([f"Where is room {number}?"]) for number in range(3)]
    monkeypatch.setattr(process, "ask", lambda request, kind: pytest.fail(f"again: {request}"))
    assert np.array_equal(embedder.embed_queries(["Where is the canteen?"]), first)
    assert np.array_equal(embedder.embed_queries(["Where is room 1?"]), others[1])


def test_a_stop_is_heard_between_batches(embedder: RemoteEmbedder) -> None:
    control = Stopping(after=2)
    with pytest.raises(Cancelled):
        embedder.embed_passages([LONG] * 200, control)
    assert embedder.embed_passages([LONG], NoControl()).shape == (1, 384)


def test_nothing_gives_nothing(embedder: RemoteEmbedder) -> None:
    assert embedder.embed_passages([], NoControl()).shape == (0, 384)
    assert embedder.embed_queries([]).shape == (0, 384)
    assert embedder.count([]) == []


def test_tokens_are_counted_beyond_the_limit(embedder: RemoteEmbedder) -> None:
    short, long = embedder.count(["pump", "pump " * 2000])
    assert short in {1, 2}
    assert long >= 2000


def test_batches_are_small(
    embedder: RemoteEmbedder, process: EmbeddingProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question waits for one of them."""
    sent: list[int] = []

    def ask(request: Any, kind: Any, control: Any = None) -> Any:
        sent.append(len(request.texts))
        return EmbeddingProcess.ask(process, request, kind, control)

    monkeypatch.setattr(process, "ask", ask)
    embedder.embed_passages([LONG] * 40, NoControl())
    assert sent[0] == 40  # their tokens are counted
    assert len(sent[1:]) > 2
    assert sum(sent[1:]) == 40


def damaged(folder: Path, tmp_path: Path) -> Path:
    """A copy whose files are links, to be damaged one by one."""
    copy = tmp_path / "e5"
    for file in folder.rglob("*"):
        if file.is_file():
            target = copy / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(file)
    return copy


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("model.safetensors", 1000),
        ("model.safetensors", 100_000_000),
        ("model.safetensors", 0),
        ("config.json", 20),
        ("tokenizer.json", 1000),
        ("modules.json", 5),
    ],
)
def test_a_damaged_folder(
    process: EmbeddingProcess, embedding_model: Path, tmp_path: Path, name: str, kept: int
) -> None:
    copy = damaged(embedding_model, tmp_path)
    (copy / name).unlink(missing_ok=True)
    if kept:
        with (embedding_model / name).open("rb") as file:
            (copy / name).write_bytes(file.read(kept))
    with pytest.raises(DamagedModel) as caught:
        RemoteEmbedder(process, str(copy))
    assert caught.value.facts == {"name": "e5"}
    shutil.rmtree(copy)


def test_a_missing_folder(process: EmbeddingProcess, tmp_path: Path) -> None:
    with pytest.raises(DamagedModel):
        RemoteEmbedder(process, str(tmp_path / "nothing"))
