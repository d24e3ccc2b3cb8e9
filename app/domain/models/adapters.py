"""A LoRA adapter as the program knows it."""

from dataclasses import dataclass

from app.domain.training.training import Preset, Report


@dataclass(frozen=True, slots=True)
class AdapterCard:
    """What is told of how an adapter was made: the base's name, the settings, how many examples
    there were (never which), the report without its answers, the day. `rank` 0 where all of that
    is not known."""

    model: str
    rank: int
    alpha: float
    preset: Preset
    rows: int
    day: str
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class Adapter:
    """`base` is the SHA-256 of the model file that it belongs to; `size` in bytes; `scale` is how
    strongly it speaks, 0 when it is off. Adapters of one `lineage` are `version`s of each other.
    `signer` is the public key of the file that it came in, "" without one; `card` from there."""

    id: str
    name: str
    base: str
    size: int
    created: float
    scale: float = 0.0
    lineage: str = ""
    version: int = 1
    signer: str = ""
    card: AdapterCard | None = None
