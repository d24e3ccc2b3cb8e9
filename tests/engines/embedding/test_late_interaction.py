"""The second reader on the real embedding model, with the LoRA that is shipped."""

from pathlib import Path

import pytest

from app import paths
from app.domain.chat.conversation import TextSpan
from app.domain.errors import DamagedModel
from app.domain.text.sentences import sentences
from app.engines.embedding.embedder import SentenceEmbedder
from app.engines.embedding.late_interaction import LateInteraction
from app.engines.embedding.llama_embedder import LlamaEmbedder

pytestmark = pytest.mark.model
LEASE = (
    "Lease\nThe premises are a warehouse of 640 square metres. "
    "The rent is 212 000 roubles a month. The tenant gives notice of 60 days."
)
CANTEEN = "Canteen\nThe canteen opens at noon. On Saturdays it is closed."


ADAPTER = paths.find().resources / "second-reader" / "multilingual-e5-small.safetensors"


@pytest.fixture(scope="module", params=[SentenceEmbedder, LlamaEmbedder])
def embedder(
    embedding_model: Path, request: pytest.FixtureRequest
) -> SentenceEmbedder | LlamaEmbedder:
    """With torch, and where that is not installed."""
    made: SentenceEmbedder | LlamaEmbedder = request.param(str(embedding_model), threads=2)
    return made


@pytest.fixture(scope="module")
def reader(embedder: SentenceEmbedder | LlamaEmbedder) -> LateInteraction:
    return embedder.second_reader(str(ADAPTER))


def spans(text: str) -> list[TextSpan]:
    return [TextSpan(start, end) for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What is the rent?", "The rent is 212 000 roubles a month."),
        ("Сколько составляет арендная плата?", "The rent is 212 000 roubles a month."),
        ("How many days of notice are needed?", "The tenant gives notice of 60 days."),
    ],
)
def test_the_passage_and_the_sentence_that_answer_come_first(
    reader: LateInteraction, question: str, sentence: str
) -> None:
    lease, canteen = reader.read(question, [LEASE, CANTEEN], [spans(LEASE), spans(CANTEEN)])
    assert lease.score > canteen.score + 0.1
    best = max(range(len(lease.sentences)), key=lambda place: lease.sentences[place])
    assert LEASE[spans(LEASE)[best].start : spans(LEASE)[best].end] == sentence


def test_what_was_read_is_remembered_and_comes_in_the_order_of_the_texts(
    reader: LateInteraction,
) -> None:
    alone = reader.read("What is the rent?", [CANTEEN], [spans(CANTEEN)])
    both = reader.read("What is the rent?", [LEASE, CANTEEN], [spans(LEASE), spans(CANTEEN)])
    assert both[1] == alone[0]


def test_nothing_to_read(reader: LateInteraction) -> None:
    assert reader.read("What?", [], []) == []
    (empty,) = reader.read("What?", [""], [[]])
    assert (empty.score, empty.sentences) == (0.0, ())


def test_a_lora_that_does_not_fit(
    embedder: SentenceEmbedder | LlamaEmbedder, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"no tensors")
    with pytest.raises(DamagedModel):
        embedder.second_reader(str(broken))
    with pytest.raises(DamagedModel):
        embedder.second_reader(str(tmp_path / "missing.safetensors"))


def test_both_ways_to_compute_read_alike(embedding_model: Path) -> None:
    readers = [
        made(str(embedding_model), threads=2).second_reader(str(ADAPTER))
        for made in (SentenceEmbedder, LlamaEmbedder)
    ]
    texts, places = [LEASE, CANTEEN], [spans(LEASE), spans(CANTEEN)]
    with_torch, without = (each.read("Какова плата?", texts, places) for each in readers)
    for one, other in zip(with_torch, without, strict=True):
        assert other.score == pytest.approx(one.score, abs=0.01)
        assert other.sentences == pytest.approx(one.sentences, abs=0.01)
