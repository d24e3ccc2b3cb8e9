"""The files of tests/tiny_gguf are what they claim: llama.cpp itself loads and runs them."""

import ctypes
import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from gguf import GGUFReader

from app.domain.models.placement import Placement
from app.domain.progress import NoControl
from app.domain.settings import Sampling
from app.engines.inspection.header import inspect
from app.engines.llama.chat_model import Llama
from app.engines.turns import Turn, TurnKind
from tests.tiny_gguf import BASE_SHA256, LLAMA3_TOKENS, TINY, Shape, write_adapter, write_tiny

QUESTION = [Turn(TurnKind.USER, "What is the capital of France?")]
GREEDY = Sampling(temperature=0, repeat_penalty=1.0, max_tokens=12)
SMOLLM2 = Shape(layers=30, width=576, heads=9, kv_heads=3, feed=1536)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_tiny(tmp_path / "tiny.gguf")


def opened(path: Path) -> Llama:
    return Llama(str(path), Placement(context=512, threads=1))


def adapter_loaded(model: Llama, path: Path) -> "ctypes._Pointer[ctypes.c_void_p]":
    import llama_cpp

    adapter = llama_cpp.llama_adapter_lora_init(model._model, str(path).encode())
    assert adapter, "refused"
    return adapter  # type: ignore[no-any-return]


def said(
    model: Llama, adapters: "Sequence[ctypes._Pointer[ctypes.c_void_p]]" = (), scale: float = 1.0
) -> str:
    """A greedy answer under these adapters, from an empty cache: what is cached was read under
    other ones."""
    import llama_cpp

    count = len(adapters)
    pointers = (ctypes.POINTER(ctypes.c_void_p) * count)(*adapters)
    scales = (ctypes.c_float * count)(*[scale] * count)
    assert llama_cpp.llama_set_adapters_lora(model._context, pointers, count, scales) == 0
    model.cache.clear()
    return model.stream(QUESTION, GREEDY, NoControl()).text


def test_the_tiny_model_tells_of_itself(tiny: Path) -> None:
    facts = inspect(str(tiny))
    assert (facts.architecture, facts.name, facts.shape.context_length) == ("llama", "Tiny", 8192)
    assert facts.shape.size == tiny.stat().st_size < 500_000


def test_the_tiny_model_answers_and_repeats_itself(tiny: Path) -> None:
    model = opened(tiny)
    try:
        first, again = said(model), said(model)
    finally:
        model.close()
    assert first == again
    assert len(set(first)) > 3


def test_a_seed_decides_every_byte(tmp_path: Path, tiny: Path) -> None:
    same = write_tiny(tmp_path / "same.gguf", seed=0).read_bytes()
    other = write_tiny(tmp_path / "other.gguf", seed=1).read_bytes()
    assert same == tiny.read_bytes() != other
    assert len(same) == len(other)


@pytest.mark.parametrize("half", [True, False])
def test_texts_and_control_tokens_are_told_apart(tmp_path: Path, half: bool) -> None:
    model = opened(write_tiny(tmp_path / "model.gguf", special=LLAMA3_TOKENS, half=half))
    try:
        assert model.count("Съешь") == 10  # bytes: nothing is lost
        assert model.count("that") == 3  # its one merge
        # llama3's marks are found: five control tokens, the rest is text
        marks = "<|begin_of_text|><|start_header_id|><|end_header_id|><|eot_id|>"
        assert model.count(marks) > 40
        assert sum(token > 256 for token in model.tokens(QUESTION)) == 6
    finally:
        model.close()


def test_what_a_file_says_of_itself_can_be_chosen(tmp_path: Path) -> None:
    fields = GGUFReader(
        write_tiny(tmp_path / "model.gguf", chat_template="{{ 1 }}", license="apache-2.0")
    ).fields
    assert fields["tokenizer.chat_template"].contents() == "{{ 1 }}"
    assert fields["general.license"].contents() == "apache-2.0"
    bare = GGUFReader(write_tiny(tmp_path / "bare.gguf")).fields
    assert not {"tokenizer.chat_template", "general.license"} & bare.keys()


def test_an_adapter_changes_what_the_tiny_model_says(tmp_path: Path, tiny: Path) -> None:
    by_shape = write_adapter(tmp_path / "shape.gguf", TINY)
    by_file = write_adapter(tmp_path / "file.gguf", tiny)
    other = write_adapter(tmp_path / "other.gguf", tiny, seed=1)
    assert by_shape.read_bytes() == by_file.read_bytes()
    assert_adapters_speak(tiny, by_file, other)


@pytest.mark.model
def test_an_adapter_changes_what_a_real_model_says(tmp_path: Path, chat_model: Path) -> None:
    one = write_adapter(tmp_path / "one.gguf", chat_model)
    assert_adapters_speak(chat_model, one, write_adapter(tmp_path / "two.gguf", SMOLLM2, seed=1))


def assert_adapters_speak(base: Path, one: Path, other: Path) -> None:
    """Each changes the answer, at scale 0 neither does, and the base is as before without them."""
    model = opened(base)
    try:
        first, second = adapter_loaded(model, one), adapter_loaded(model, other)
        bare = said(model)
        taught = said(model, [first])
        assert len({bare, taught, said(model, [second]), said(model, [first, second])}) == 4
        assert said(model, [first], scale=0.0) == bare
        assert said(model, [first]) == taught
        assert said(model) == bare
    finally:
        model.close()


def test_an_adapter_names_its_base(tmp_path: Path, tiny: Path) -> None:
    digest = hashlib.sha256(tiny.read_bytes()).hexdigest()
    path = write_adapter(tmp_path / "adapter.gguf", tiny, rank=2, alpha=6.0, base_sha256=digest)
    fields = GGUFReader(path).fields
    assert fields[BASE_SHA256].contents() == digest
    assert fields["adapter.lora.alpha"].contents() == 6.0
    assert fields["general.type"].contents() == "adapter"
    assert BASE_SHA256 not in GGUFReader(write_adapter(tmp_path / "bare.gguf", tiny)).fields


@pytest.mark.model
def test_an_adapter_of_another_shape_is_refused(tmp_path: Path, chat_model: Path) -> None:
    import llama_cpp

    model = opened(chat_model)
    try:
        path = write_adapter(tmp_path / "adapter.gguf", TINY)
        assert not llama_cpp.llama_adapter_lora_init(model._model, str(path).encode())
    finally:
        model.close()
