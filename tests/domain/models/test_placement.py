"""Placements fit their machine, and each smaller one is smaller."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.models.machine import Device, DeviceKind, Machine
from app.domain.models.model import ModelShape, parts
from app.domain.models.placement import (
    Fit,
    KvType,
    Placement,
    PlacementChoice,
    ReasonCode,
    choose,
    fit,
    lower,
    need,
)

GIB = 2**30
#: Llama 3.1 8B Q4_K_M.
EIGHT = ModelShape(round(4.92e9), 32, 32 * 8 * 256 * 2, 4096, 128256, 131072)
SMALL = ModelShape(round(1.1e9), 28, 28 * 2 * 256 * 2, 1536, 151936, 32768)


def machine(memory: float, graphics: float | None = None, *, built: bool = True) -> Machine:
    """GiB of main memory, and of a graphics device."""
    size = round(memory * GIB)
    devices = [Device("CPU", "Processor", DeviceKind.PROCESSOR, size, size)]
    if graphics is not None:
        free = round(graphics * GIB)
        devices.insert(0, Device("CUDA0", "Card", DeviceKind.GRAPHICS, free, free))
    return Machine(tuple(devices), 8, size, size, graphics_built=built)


def codes(choice: PlacementChoice) -> list[ReasonCode]:
    return [each.code for each in choice.reasons]


def test_a_large_card_takes_the_whole_model() -> None:
    choice = choose(EIGHT, machine(32, 24))
    assert choice.placement.gpu_layers == 33
    assert (choice.placement.context, choice.placement.kv_type) == (16384, KvType.F16)
    assert codes(choice) == [ReasonCode.WHOLE]
    assert dict(choice.reasons[0].facts)["device"] == "Card"


def test_a_card_of_seven_gigabytes_takes_it_with_a_shorter_context() -> None:
    choice = choose(EIGHT, machine(32, 7))
    assert choice.placement.gpu_layers == 33
    assert choice.placement.context < 16384
    assert codes(choice)[:2] == [ReasonCode.WHOLE, ReasonCode.SHORTER_CONTEXT]


def test_a_small_card_takes_some_layers() -> None:
    choice = choose(EIGHT, machine(32, 4))
    assert 8 < choice.placement.gpu_layers < 30
    assert codes(choice)[0] == ReasonCode.PART


def test_a_card_that_is_too_small_is_left_alone() -> None:
    choice = choose(EIGHT, machine(32, 1))
    assert (choice.placement.gpu_layers, choice.placement.device) == (0, "")
    assert codes(choice) == [ReasonCode.TOO_SMALL]


@pytest.mark.parametrize(
    ("built", "use", "expected"),
    [
        (False, True, ReasonCode.NO_GRAPHICS_BUILT),
        (True, True, ReasonCode.NO_GRAPHICS),
    ],
)
def test_without_a_card_the_processor_computes(
    built: bool, use: bool, expected: ReasonCode
) -> None:
    choice = choose(SMALL, machine(24, built=built), use_graphics=use)
    assert codes(choice) == [expected]
    assert (choice.placement.context, choice.placement.repack, choice.placement.threads) == (
        8192, True, 8,
    )  # fmt: skip


def test_a_card_that_is_switched_off() -> None:
    choice = choose(SMALL, machine(24, 24), use_graphics=False)
    assert choice.placement.gpu_layers == 0
    assert codes(choice) == [ReasonCode.SWITCHED_OFF]


def test_little_memory_gives_up_the_copy_then_the_context_then_runs_from_disk() -> None:
    sizes = (16.0, 7.5, 5.9, 4.0)
    chosen = [choose(EIGHT, machine(each)) for each in sizes]
    assert [each.placement.repack for each in chosen] == [True, False, False, False]
    contexts = [each.placement.context for each in chosen]
    assert contexts == sorted(contexts, reverse=True)
    assert contexts[2] < contexts[0]
    assert codes(chosen[3])[-1] == ReasonCode.FROM_DISK


def test_shared_memory_is_second_to_own_memory() -> None:
    own = Device("CUDA0", "Card", DeviceKind.GRAPHICS, 4 * GIB, 4 * GIB)
    shared = Device("Vulkan0", "Chip", DeviceKind.SHARED_GRAPHICS, 16 * GIB, 16 * GIB)
    both = replace(machine(32), devices=(shared, own))
    assert both.graphics == own
    assert replace(both, devices=(shared,)).graphics == shared


def test_stepping_down_ends_on_the_processor_with_the_least_context() -> None:
    placement = choose(EIGHT, machine(32, 24)).placement
    seen = [placement]
    while (smaller := lower(seen[-1])) is not None:
        assert smaller.reasons
        seen.append(smaller.placement)
        assert len(seen) < 20
    layers = [each.gpu_layers for each in seen]
    assert layers == sorted(layers, reverse=True)
    assert (seen[-1].gpu_layers, seen[-1].context) == (0, 2048)
    assert any(each.gpu_layers == 0 and each.repack for each in seen)


@pytest.mark.parametrize(
    ("shape", "where", "expected"),
    [
        (SMALL, machine(8), Fit.FITS),
        (EIGHT, machine(16), Fit.FITS),
        (EIGHT, machine(6.05), Fit.PARTLY),
        (EIGHT, machine(4), Fit.TOO_LARGE),
        (EIGHT, machine(16, 24), Fit.FITS),
        (EIGHT, machine(16, 4), Fit.PARTLY),
    ],
)
def test_what_fits(shape: ModelShape, where: Machine, expected: Fit) -> None:
    assert fit(shape, where) == expected


@given(
    st.floats(1, 200), st.one_of(st.none(), st.floats(0.1, 150)), st.sampled_from([EIGHT, SMALL])
)
def test_what_is_chosen_fits_or_says_that_it_does_not(
    memory: float, graphics: float | None, shape: ModelShape
) -> None:
    where = machine(memory, graphics)
    choice = choose(shape, where)
    needed = need(shape, choice.placement)
    device = where.graphics
    assert needed.device <= (device.memory_free if device else 0)
    if ReasonCode.FROM_DISK not in codes(choice) and not choice.placement.gpu_layers:
        assert needed.main <= where.memory_free
    assert choice.reasons


@given(st.integers(0, 33), st.integers(256, 32768))
def test_more_layers_and_more_context_need_more(layers: int, context: int) -> None:
    placement = Placement("CUDA0", layers, context, 512, 8)
    more = need(EIGHT, replace(placement, context=context + 256))
    now = need(EIGHT, placement)
    assert more.device + more.main > now.device + now.main
    if layers < 33:
        assert need(EIGHT, replace(placement, gpu_layers=layers + 1)).device > now.device


def test_parts_of_a_large_file() -> None:
    assert parts("a/m.gguf") == ["a/m.gguf"]
    expected = [f"a/m-0000{number}-of-00003.gguf" for number in (1, 2, 3)]
    assert parts("a/m-00002-of-00003.gguf") == expected
