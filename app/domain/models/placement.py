"""Where a model runs and how: layers on the graphics device, context, KV cache, so that it fits.

Every choice leaves a Reason; the screens word it. What the driver refuses all the same is answered
by `lower`, the next smaller placement.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.models.machine import Device, Machine
from app.domain.models.model import ModelShape

_MIB, _GIB = 2**20, 2**30
#: Context that is aimed at, in tokens; a graphics device reads more in the same time.
_PROCESSOR_CONTEXT, _GRAPHICS_CONTEXT = 8192, 16384
_SHORT_CONTEXT, _LEAST_CONTEXT = 4096, 2048
#: Tokens a decode call while a prompt is read. Processor: 512 gains under 2 % over 256, and 256
#: shows progress; a graphics device needs 512 to be busy.
_PROCESSOR_BATCH, _GRAPHICS_BATCH = 256, 512
#: Share of the layers below which the transfers eat what the graphics device gains.
_LEAST_SHARE = 0.125
#: Repacked copies of the matrices beside the mapped file (Q4_K_M: 1.5B 597 of 1060 MiB, 8B 3204 of
#: 4685 MiB).
_REPACKED = 0.7


class KvType(StrEnum):
    """Precision of the KV cache; q8_0 takes 34 bytes for 32 values instead of 64."""

    F16 = "f16"
    Q8_0 = "q8_0"


class ReasonCode(StrEnum):
    """Each has its sentence in resources/messages.*.toml."""

    NO_GRAPHICS_BUILT = "device-not-built"
    NO_GRAPHICS = "device-none"
    SWITCHED_OFF = "device-switched-off"
    WHOLE = "device-whole"
    PART = "device-part"
    TOO_SMALL = "device-too-small"
    SHORTER_CONTEXT = "device-shorter-context"
    SMALLER_KV = "device-smaller-kv"
    NOT_REPACKED = "device-not-repacked"
    FROM_DISK = "device-from-disk"
    REFUSED = "device-refused"
    ON_SERVER = "device-on-server"
    SERVER_AWAY = "device-server-away"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence about a choice; `facts` fill its places."""

    code: ReasonCode
    facts: tuple[tuple[str, str | int | float], ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """`gpu_layers` of layers + 1 (the last is the output) on `device`, "" for the processor alone;
    `context` and `batch` in tokens; `repack` copies the weights into a faster order."""

    device: str = ""
    gpu_layers: int = 0
    context: int = _PROCESSOR_CONTEXT
    batch: int = _PROCESSOR_BATCH
    threads: int = 1
    kv_type: KvType = KvType.F16
    repack: bool = True


@dataclass(frozen=True, slots=True)
class PlacementChoice:
    """A placement and why it is this one."""

    placement: Placement
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """Bytes: on the graphics device, and in main memory."""

    device: int
    main: int


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """Bytes that llama.cpp reports as allocated; `mapped` of the weights are pages of the file."""

    weights: int = 0
    mapped: int = 0
    kv: int = 0
    compute: int = 0

    @property
    def total(self) -> int:
        return self.weights + self.kv + self.compute


class Fit(StrEnum):
    FITS = "fits"
    PARTLY = "partly"
    TOO_LARGE = "too-large"


def need(shape: ModelShape, placement: Placement) -> Need:
    """What llama.cpp will allocate, within a tenth (tests compare it with what it reports)."""
    share = min(placement.gpu_layers / (shape.layers + 1), 1.0)
    density = 1.0 if placement.kv_type == KvType.F16 else 34 / 64
    kv = shape.kv_bytes * placement.context * density
    # Activations of a batch: hidden and feed-forward values in f32, and a few scratch copies.
    compute = 24 * _MIB + placement.batch * shape.embedding * 4 * 16 + shape.vocabulary * 8
    weights = shape.size * (1 - share)
    repacked = weights * _REPACKED if placement.repack else 0
    return Need(
        device=round((shape.size + kv) * share + compute) if share else 0,
        main=round(weights + repacked + kv * (1 - share) + compute),
    )


def choose(shape: ModelShape, machine: Machine, *, use_graphics: bool = True) -> PlacementChoice:
    """The best placement that should fit, with a margin."""
    device = machine.graphics
    if not use_graphics and device is not None:
        return _on_processor(shape, machine, (Reason(ReasonCode.SWITCHED_OFF),))
    if device is None:
        built = machine.graphics_built
        why = ReasonCode.NO_GRAPHICS if built else ReasonCode.NO_GRAPHICS_BUILT
        return _on_processor(shape, machine, (Reason(why),))
    chosen = _on_device(shape, machine, device)
    if chosen is not None:
        return chosen
    facts = (("device", device.description), ("free", _gib(device.memory_free)))
    return _on_processor(shape, machine, (Reason(ReasonCode.TOO_SMALL, facts),))


def lower(placement: Placement) -> PlacementChoice | None:
    """The next smaller placement after this one was refused; None when there is none."""
    facts: tuple[tuple[str, str | int | float], ...]
    if placement.gpu_layers:
        fewer = placement.gpu_layers // 2
        smaller = replace(placement, gpu_layers=fewer)
        if fewer < 2:
            smaller = replace(
                placement, gpu_layers=0, device="", batch=_PROCESSOR_BATCH, repack=True,
                context=min(placement.context, _PROCESSOR_CONTEXT), kv_type=KvType.F16,
            )  # fmt: skip
        facts = (("device", placement.device), ("layers", smaller.gpu_layers))
        return PlacementChoice(smaller, (Reason(ReasonCode.REFUSED, facts),))
    if placement.context > _LEAST_CONTEXT:
        shorter = max(placement.context // 2, _LEAST_CONTEXT)
        smaller = replace(placement, context=shorter, repack=False)
        return PlacementChoice(
            smaller, (Reason(ReasonCode.SHORTER_CONTEXT, (("context", shorter),)),)
        )
    return None


def fit(shape: ModelShape, machine: Machine) -> Fit:
    """Whether this machine is large enough, by its whole memory, whatever is free just now."""
    device = machine.graphics
    if device is not None:
        empty = Device(
            device.name, device.description, device.kind, device.memory_total, device.memory_total
        )
        on = _on_device(shape, machine, empty)
        if on is not None and on.placement.gpu_layers > shape.layers:
            return Fit.FITS
    room = machine.memory_total - max(_GIB, machine.memory_total // 8)
    plain = Placement(repack=False)
    if need(shape, replace(plain, context=_least(shape, _SHORT_CONTEXT))).main <= room:
        return Fit.FITS if device is None else Fit.PARTLY
    if need(shape, replace(plain, context=_least(shape, _LEAST_CONTEXT))).main <= room:
        return Fit.PARTLY
    return Fit.TOO_LARGE


def _on_device(shape: ModelShape, machine: Machine, device: Device) -> PlacementChoice | None:
    room = device.memory_free - max(512 * _MIB, device.memory_total // 16)
    wanted = _least(shape, _GRAPHICS_CONTEXT)
    whole = Placement(
        device.name, shape.layers + 1, wanted, _GRAPHICS_BATCH, machine.cores, repack=False
    )
    short = _least(shape, _SHORT_CONTEXT)
    for placement in (
        whole,
        replace(whole, context=_least(shape, _PROCESSOR_CONTEXT)),
        replace(whole, context=_least(shape, _PROCESSOR_CONTEXT), kv_type=KvType.Q8_0),
        replace(whole, context=short, kv_type=KvType.Q8_0),
    ):
        if need(shape, placement).device <= room:
            facts = _sizes(device, need(shape, placement).device)
            return PlacementChoice(
                placement, (Reason(ReasonCode.WHOLE, facts), *_smaller(placement, wanted))
            )
    for layers in range(shape.layers, 0, -1):
        placement = replace(whole, gpu_layers=layers, context=short)
        enough = layers >= shape.layers * _LEAST_SHARE
        if enough and need(shape, placement).device <= room:
            all_layers = replace(placement, gpu_layers=shape.layers + 1)
            sizes = _sizes(device, need(shape, all_layers).device)
            why = Reason(ReasonCode.PART, (("layers", layers), ("of", shape.layers + 1), *sizes))
            return PlacementChoice(placement, (why, *_smaller(placement, wanted)))
    return None


def _on_processor(shape: ModelShape, machine: Machine, why: tuple[Reason, ...]) -> PlacementChoice:
    room = machine.memory_free - max(512 * _MIB, machine.memory_total // 16)
    wanted = _least(shape, _PROCESSOR_CONTEXT)
    plain = Placement(context=wanted, threads=machine.cores)
    short = replace(plain, context=_least(shape, _SHORT_CONTEXT), repack=False)
    for placement in (
        plain,
        replace(plain, repack=False),
        short,
        replace(short, context=_least(shape, _LEAST_CONTEXT)),
    ):
        if need(shape, placement).main <= room:
            return PlacementChoice(placement, (*why, *_smaller(placement, wanted)))
    last = replace(plain, context=_least(shape, _LEAST_CONTEXT), repack=False)
    facts = (("need", _gib(need(shape, last).main)), ("free", _gib(machine.memory_free)))
    return PlacementChoice(last, (*why, Reason(ReasonCode.FROM_DISK, facts)))


def _smaller(placement: Placement, wanted: int) -> tuple[Reason, ...]:
    """What was given up so that it fits."""
    reasons = []
    if placement.context < wanted:
        reasons.append(Reason(ReasonCode.SHORTER_CONTEXT, (("context", placement.context),)))
    if placement.kv_type != KvType.F16:
        reasons.append(Reason(ReasonCode.SMALLER_KV))
    if not placement.gpu_layers and not placement.repack:
        reasons.append(Reason(ReasonCode.NOT_REPACKED))
    return tuple(reasons)


def _least(shape: ModelShape, context: int) -> int:
    """Never more context than the model was trained for."""
    return min(context, shape.context_length) if shape.context_length else context


def _sizes(device: Device, needed: int) -> tuple[tuple[str, str | int | float], ...]:
    return (
        ("device", device.description),
        ("need", _gib(needed)),
        ("free", _gib(device.memory_free)),
    )


def _gib(size: int) -> float:
    return round(size / _GIB, 1)
