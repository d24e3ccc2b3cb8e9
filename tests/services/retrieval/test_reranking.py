"""With a cross-encoder the best candidates come in its order; without it nothing changes."""

from pathlib import Path

import pytest

from app.domain.models.model import ModelKind
from app.domain.retrieval.ranking import fuse
from app.domain.settings import Reranking
from app.services.retrieval.reranking import RerankingService
from tests.services.conftest import House

TEXTS = {1: "oil", 2: "the pump", 3: "oil for the pump", 4: "leave", 5: "pump oil"}


@pytest.fixture
def cross_encoder(tmp_path: Path) -> Path:
    folder = tmp_path / "cross-encoder"
    folder.mkdir()
    (folder / "config.json").write_text('{"architectures": ["BertForSequenceClassification"]}')
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "tokenizer.json").write_text("{}")
    (folder / "code.py").write_text("raise SystemExit")
    return folder


def order(house: House, settings: Reranking, question: str) -> list[int]:
    ranked = fuse({key: 1 - key / 10 for key in TEXTS}, {}, 1.0)
    service = RerankingService(house.services.models, settings)
    again = service.reordered(question, ranked, TEXTS.__getitem__)
    assert [each.score for each in again] == sorted((e.score for e in again), reverse=True)
    assert {each.passage: each.own for each in again} == {e.passage: e.own for e in ranked}
    return [each.passage for each in again]


def test_without_a_model_the_order_stays(house: House) -> None:
    assert house.services.models.reranker() is None
    assert order(house, Reranking(), "pump oil") == [1, 2, 3, 4, 5]


def test_the_best_come_in_its_order_and_the_rest_below(house: House, cross_encoder: Path) -> None:
    (model,) = house.services.imports.add(cross_encoder)
    assert (model.kind, model.name) == (ModelKind.RERANKER, "cross-encoder")
    assert house.services.models.in_use(ModelKind.RERANKER) is not None
    kept = {each.name for each in Path(model.path).iterdir()}
    assert kept == {"config.json", "model.safetensors", "tokenizer.json"}, "no code comes in"
    assert order(house, Reranking(least=3, most=3), "oil for the pump") == [3, 2, 1, 4, 5]
    assert order(house, Reranking(least=5), "leave")[0] == 4


def test_it_reads_as_many_as_there_is_time_for(house: House, cross_encoder: Path) -> None:
    house.services.imports.add(cross_encoder)
    asked: list[int] = []
    reranker = house.services.models.reranker()
    assert reranker is not None
    plain = reranker.scores
    reranker.scores = lambda question, passages: (  # type: ignore[method-assign]
        asked.append(len(passages)) or plain(question, passages)  # type: ignore[func-returns-value]
    )
    service = RerankingService(house.services.models, Reranking(seconds=60, least=2, most=4))
    ranked = fuse({key: 1 - key / 10 for key in TEXTS}, {}, 1.0)
    for _ in range(2):
        service.reordered("oil", ranked, TEXTS.__getitem__)
    assert asked == [2, 4]


def test_it_can_go_again(house: House, cross_encoder: Path) -> None:
    (model,) = house.services.imports.add(cross_encoder)
    house.services.models.remove(model.name)
    assert house.services.models.reranker() is None
    assert not Path(model.path).exists()


def test_a_search_uses_it(house: House, cross_encoder: Path) -> None:
    house.services.library.add([house.file(f"{key}.txt", text) for key, text in TEXTS.items()])
    house.services.imports.add(cross_encoder)
    found = house.services.retrieval.find("oil for the pump").segments
    assert found[0].text == "oil for the pump"
    assert found[0].score == 1.0
