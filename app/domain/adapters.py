"""A LoRA adapter as the program knows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Adapter:
    """`base` is the SHA-256 of the model file that it belongs to; `size` in bytes; `scale` is how
    strongly it speaks, 0 when it is off. Adapters of one `lineage` are `version`s of each other."""

    id: str
    name: str
    base: str
    size: int
    created: float
    scale: float = 0.0
    lineage: str = ""
    version: int = 1
