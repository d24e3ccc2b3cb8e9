"""Adapters on an open model: from memory alone, checked against their base, gone again."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import DamagedAdapter, OtherBaseModel
from app.domain.models.placement import Placement
from app.domain.progress import NoControl
from app.domain.settings import Sampling
from app.engines.base import AdapterAtScale
from app.engines.llama.chat_model import Llama
from app.engines.llama.smoke_test import try_adapter
from app.engines.turns import Turn, TurnKind
from tests.tiny_gguf import write_adapter, write_tiny

pytestmark = pytest.mark.model
GREEDY = Sampling(temperature=0, repeat_penalty=1.0, max_tokens=24)
ASK = [Turn(TurnKind.USER, "Name three colours of the rainbow.")]


@pytest.fixture(scope="module")
def base(chat_model: Path) -> str:
    return hashlib.sha256(chat_model.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def adapter(chat_model: Path, base: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("adapters") / "loud.gguf"
    write_adapter(path, chat_model, base_sha256=base)
    return path


@pytest.fixture
def model(chat_model: Path) -> Iterator[Llama]:
    opened = Llama(str(chat_model), Placement(context=1024, threads=1))
    yield opened
    opened.close()


def said(model: Llama) -> str:
    return model.stream(ASK, GREEDY, NoControl()).text


def at(adapter: Path, base: str, scale: float, name: str = "loud") -> AdapterAtScale:
    return AdapterAtScale(name, adapter.read_bytes(), scale, base)


def logits(model: Llama) -> bytes:
    """Of the last prompt token, bit for bit."""
    model.cache.clear()
    model.read_ahead(ASK, NoControl())
    count = model._c.llama_vocab_n_tokens(model.vocabulary.native)
    return bytes((model._c.llama_get_logits_ith(model._context, -1))[:count].__repr__(), "ascii")


def test_it_speaks_and_stops_speaking(model: Llama, adapter: Path, base: str) -> None:
    plain = said(model)
    model.adapt([at(adapter, base, 1.0)])
    loud = said(model)
    assert loud != plain
    model.adapt([])
    assert said(model) == plain
    model.adapt([at(adapter, base, 1.0)])
    assert said(model) == loud


def test_scale_nought_is_the_base_bit_for_bit(model: Llama, adapter: Path, base: str) -> None:
    plain = logits(model)
    model.adapt([at(adapter, base, 1.0)])
    assert logits(model) != plain
    model.adapt([at(adapter, base, 0.0)])
    assert logits(model) == plain


def test_the_scale_is_felt(model: Llama, adapter: Path, base: str) -> None:
    seen = set()
    for scale in (0.25, 0.5, 1.0):
        model.adapt([at(adapter, base, scale)])
        seen.add(logits(model))
    assert len(seen) == 3


def test_a_change_forgets_what_was_read(model: Llama, adapter: Path, base: str) -> None:
    said(model)
    assert model.pending(ASK) == 1
    model.adapt([])
    assert model.pending(ASK) == 1, "no change, nothing forgotten"
    model.adapt([at(adapter, base, 1.0)])
    assert model.pending(ASK) == len(model.tokens(ASK))
    assert model.state_form.endswith("@1.0")


def test_two_adapters_speak_together(
    model: Llama, chat_model: Path, adapter: Path, base: str, tmp_path: Path
) -> None:
    other = tmp_path / "other.gguf"
    write_adapter(other, chat_model, seed=5, base_sha256=base)
    one, two = at(adapter, base, 0.5), at(other, base, 0.5, "other")
    seen = set()
    for chosen in ([one], [two], [one, two]):
        model.adapt(chosen)
        seen.add(logits(model))
    assert len(seen) == 3


def test_another_base_is_refused_and_nothing_changes(
    model: Llama, adapter: Path, base: str
) -> None:
    plain = said(model)
    with pytest.raises(OtherBaseModel) as caught:
        model.adapt([at(adapter, "f" * 64, 1.0)])
    assert caught.value.facts == {"name": "loud"}
    assert said(model) == plain


@pytest.mark.parametrize("content", [b"", b"GGUF", b"not an adapter" * 100])
def test_garbage_is_refused(model: Llama, base: str, content: bytes) -> None:
    with pytest.raises(DamagedAdapter):
        model.adapt([AdapterAtScale("bad", content, 1.0, base)])
    assert said(model)


def test_one_of_another_shape_is_refused(model: Llama, base: str, tmp_path: Path) -> None:
    write_adapter(tmp_path / "tiny.gguf", write_tiny(tmp_path / "model.gguf"))
    with pytest.raises(DamagedAdapter):
        model.adapt([at(tmp_path / "tiny.gguf", base, 1.0)])


def test_a_trial_in_a_child(chat_model: Path, adapter: Path, base: str) -> None:
    try_adapter(str(chat_model), at(adapter, base, 1.0))
    with pytest.raises(OtherBaseModel):
        try_adapter(str(chat_model), at(adapter, "0" * 64, 1.0))
    cut = AdapterAtScale("cut", adapter.read_bytes()[:2000], 1.0, base)
    with pytest.raises(DamagedAdapter):
        try_adapter(str(chat_model), cut)


def test_no_file_is_made(
    model: Llama, adapter: Path, base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    model.adapt([at(adapter, base, 1.0)])
    assert list(tmp_path.iterdir()) == []
