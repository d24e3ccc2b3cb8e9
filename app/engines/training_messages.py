"""What passes between the program and the process that trains: a task one way, events the other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.training.training import Sample, TrainingSettings, Trouble
from app.engines.turns import Turn

#: What the program may wish of a run.
PAUSE, FINISH = b"pause", b"finish"


@dataclass(frozen=True, slots=True)
class Example:
    """What the model reads, and the answer that it learns; the loss is on the answer alone."""

    turns: tuple[Turn, ...]
    answer: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class TrainingTask:
    """`base` is the SHA-256 of the model file at `path`; `general` are texts that have nothing to
    do with the rows, to see what is forgotten. `profiling`: two steps to measure, nothing kept."""

    path: str
    base: str
    settings: TrainingSettings
    train: tuple[Example, ...]
    held_out: tuple[Example, ...]
    general: tuple[str, ...] = ()
    use_graphics: bool = True
    profiling: bool = False


@dataclass(frozen=True, slots=True)
class TrainingBegun:
    """Loaded and about to train: steps and tokens of the whole run, how many rows were too long to
    be taken, and bytes of the base's `weights` as they are held."""

    steps: int
    tokens: int
    device: str
    too_long: int = 0
    weights: int = 0


@dataclass(frozen=True, slots=True)
class Stepped:
    """`loss` in nats a learned token; `tokens` read in `seconds`; `memory` in bytes, the most so
    far."""

    step: int
    loss: float
    tokens: int
    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Measured:
    """The held-out loss after `step` steps; `overfitting` when it has been rising for a while."""

    step: int
    held_out: float
    overfitting: bool = False


@dataclass(frozen=True, slots=True)
class Sampled:
    sample: Sample


@dataclass(frozen=True, slots=True)
class Saved:
    """Everything that the run needs to go on from `step`; `paused` when it now ends."""

    step: int
    data: bytes
    paused: bool = False


@dataclass(frozen=True, slots=True)
class CostProfile:
    """Seconds a token while `training` and while only `reading`, and of `loading`; peak `memory` of
    the process and what it takes when it is `idle`, bytes."""

    steps: int
    tokens: int
    held_out_tokens: int
    training: float
    reading: float
    memory: int
    idle: int
    loading: float
    too_long: int = 0


@dataclass(frozen=True, slots=True)
class AtStrength:
    """What the adapter does at a scale; losses in nats a token."""

    strength: float
    held_out: float
    general: float


@dataclass(frozen=True, slots=True)
class ExportBegun:
    """Training is over; the adapter is being written and compared."""


@dataclass(frozen=True, slots=True)
class TrainingFinished:
    """`adapter` as GGUF bytes; `export_kl`: mean over tokens of KL(torch ‖ llama.cpp) with the
    adapter, less `export_floor`, what llama.cpp's rounding of activations makes of it. `best` is
    the step that was kept."""

    adapter: bytes
    best: int
    export_kl: float
    export_floor: float
    held_out_before: float
    general_before: float
    strengths: tuple[AtStrength, ...]
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class TrainingFailed:
    """`code` and `facts` of an error of domain.errors, or a trouble; nothing comes after it."""

    trouble: Trouble | None = None
    code: str = ""
    facts: dict[str, str | int | float] = field(default_factory=dict)


TrainingEvent = (
    TrainingBegun
    | Stepped
    | Measured
    | Sampled
    | Saved
    | CostProfile
    | ExportBegun
    | TrainingFinished
    | TrainingFailed
)


class TrainingProcess(Protocol):
    """A run in a process of its own."""

    def events(self) -> Iterator[TrainingEvent]:
        """What the run tells until it ends; blocks. The last is TrainingFinished, CostProfile,
        TrainingFailed or a paused Saved; of a process that dies, TrainingFailed with
        Trouble.CRASHED."""

    def pause(self) -> None:
        """Have it save and end; from any thread."""

    def finish(self) -> None:
        """Have it make the adapter of the best so far; from any thread."""

    def kill(self) -> None:
        """End it now, within a second; from any thread."""


class StartTraining(Protocol):
    """A fresh process for a task, going on from a checkpoint where there is one."""

    def __call__(self, task: TrainingTask, checkpoint: bytes | None = None) -> TrainingProcess: ...
