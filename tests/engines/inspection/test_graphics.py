"""Layers on a graphics device. Runs where this llama.cpp was built for one and one is there; a
software device will do: GGML_VK_VISIBLE_DEVICES=0 with Mesa's llvmpipe and a Vulkan build."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.chat.conversation import PromptRead
from app.domain.models.machine import Device
from app.domain.models.placement import KvType, Placement, need
from app.domain.progress import NoControl
from app.domain.settings import Sampling
from app.engines import hardware
from app.engines.base import Opening
from app.engines.inspection.header import inspect
from app.engines.llama.chat_model import Llama
from app.engines.llama.opening import open_chat
from app.engines.turns import Turn, TurnKind
from app.services.jobs import Job

pytestmark = pytest.mark.model
GREEDY = Sampling(temperature=0, repeat_penalty=1.0, max_tokens=6)
ASK = [Turn(TurnKind.USER, "Name three colours.")]


@pytest.fixture(scope="module")
def device() -> Device:
    found = hardware.survey().graphics
    if found is None:
        pytest.skip("no graphics device that this llama.cpp can use")
    return found


@pytest.fixture(scope="module")
def expected(chat_model: Path) -> str:
    model = Llama(str(chat_model), Placement(context=512, threads=1))
    try:
        return model.stream(ASK, GREEDY, NoControl()).text
    finally:
        model.close()


@pytest.fixture(params=["whole", "part", "smaller cache"])
def placement(request: pytest.FixtureRequest, device: Device) -> Placement:
    layers = 10 if request.param == "part" else 31
    kv_type = KvType.Q8_0 if request.param == "smaller cache" else KvType.F16
    return Placement(device.name, layers, 512, 512, 2, kv_type)


@pytest.fixture
def model(chat_model: Path, placement: Placement) -> Iterator[Llama]:
    opened = Llama(str(chat_model), placement)
    yield opened
    opened.close()


def test_it_answers_as_the_processor_does(model: Llama, expected: str) -> None:
    assert model.stream(ASK, GREEDY, NoControl()).text == expected
    again = model.stream(ASK, GREEDY, NoControl())
    assert (again.text, again.prompt_tokens - again.reused_tokens) == (expected, 1)


def test_steps_become_short_enough_to_stop(model: Llama) -> None:
    turns = [Turn(TurnKind.USER, "The quick brown fox jumps over the lazy dog. " * 12)]
    reads: list[int] = []
    job = Job("", lambda value: reads.append(value.done) if isinstance(value, PromptRead) else None)
    model.stream(turns, Sampling(max_tokens=1), job)
    model.cache.clear()
    reads.clear()
    model.stream(turns, Sampling(max_tokens=1), job)
    assert len(reads) > 1 or model._step >= 128, "a slow device reads in several steps"
    assert reads[-1] == len(model.tokens(turns))


def test_the_layers_lie_on_the_device(model: Llama, placement: Placement, chat_model: Path) -> None:
    assert model.memory.mapped < model.memory.weights
    shape = inspect(str(chat_model)).shape
    estimated = need(shape, placement)
    assert model.memory.total < (estimated.device + estimated.main) * 1.3


def test_the_best_placement_is_chosen_by_itself(chat_model: Path, device: Device) -> None:
    shape = inspect(str(chat_model)).shape
    opened = open_chat(Opening(str(chat_model), shape), NoControl())
    try:
        assert opened.choice.placement.device == device.name
        assert opened.choice.placement.gpu_layers == shape.layers + 1
    finally:
        opened.model.close()
    opened = open_chat(Opening(str(chat_model), shape, use_graphics=False), NoControl())
    try:
        assert opened.choice.placement.gpu_layers == 0
    finally:
        opened.model.close()
