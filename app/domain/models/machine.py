"""What the computer offers a model: devices, memory, cores. Values alone; engines.hardware asks."""

from dataclasses import dataclass
from enum import StrEnum


class DeviceKind(StrEnum):
    PROCESSOR = "processor"
    GRAPHICS = "graphics"
    SHARED_GRAPHICS = "shared-graphics"


@dataclass(frozen=True, slots=True)
class Device:
    """`name` as llama.cpp calls it ("Vulkan0"), `description` as its maker does; bytes."""

    name: str
    description: str
    kind: DeviceKind
    memory_free: int
    memory_total: int


@dataclass(frozen=True, slots=True)
class Machine:
    """`cores` are physical ones that this process may use; `features` of the processor such as
    AVX512; `graphics_built`: this llama.cpp can use graphics devices at all; `variant` of the
    processor that its code was chosen for, "" where it was compiled for this computer. Bytes."""

    devices: tuple[Device, ...]
    cores: int
    memory_free: int
    memory_total: int
    features: tuple[str, ...] = ()
    graphics_built: bool = False
    variant: str = ""

    @property
    def graphics(self) -> Device | None:
        """The one to use: own memory before shared memory, then the most free."""
        usable = [device for device in self.devices if device.kind != DeviceKind.PROCESSOR]
        return max(
            usable,
            key=lambda device: (device.kind == DeviceKind.GRAPHICS, device.memory_free),
            default=None,
        )

    @property
    def processor(self) -> str:
        """The name of the processor's maker."""
        own = [device for device in self.devices if device.kind == DeviceKind.PROCESSOR]
        return own[0].description if own else ""

    @property
    def identity(self) -> str:
        """Equal for equal machines: what was measured on one holds for the other."""
        devices = "/".join(f"{device.name}:{device.description}" for device in self.devices)
        return f"{devices}/{self.cores}/{round(self.memory_total / 2**30)}"
