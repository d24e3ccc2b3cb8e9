"""A LoRA adapter as the program knows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Adapter:
    """`base` is the SHA-256 of the model file that it belongs to; `size` in bytes; `scale` is how
    strongly it speaks, 0 when it is off."""

    id: str
    name: str
    base: str
    size: int
    created: float
    scale: float = 0.0
