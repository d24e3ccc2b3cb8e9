"""A training: what it is set to, what it is expected to take, how it goes, what came of it."""

from dataclasses import dataclass, field
from enum import StrEnum


class Preset(StrEnum):
    QUICK = "quick"
    BALANCED = "balanced"
    THOROUGH = "thorough"
    CAREFUL = "careful"


class WeightForm(StrEnum):
    """How the base lies in memory while it is trained on. PACKED: the file's own quantised blocks,
    unpacked a layer at a time. DENSE: all of it unpacked, quicker and several times as large.
    FOUR_BIT: rounded anew to 4 bits, as small as packed and quicker, on a graphics card alone."""

    PACKED = "packed"
    DENSE = "dense"
    FOUR_BIT = "four-bit"


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """`rank` and `alpha` of LoRA on all seven projections (attention alone is worse at any rank:
    LoRA Without Regret); the adapter speaks at alpha / rank. `batch` rows a step, in pieces of at
    most `piece` tokens that are in memory together; `longest` tokens of a row; `warmup` share of
    the steps, then a cosine down to `last` of the rate; `clip` of the gradient's norm;
    `evaluations` of the held-out loss over the run, of which the best is kept.

    Defaults: results/training.md (Unsloth, QLoRA, TRL, axolotl agree within a factor of two).
    """

    rank: int = 16
    alpha: float = 32.0
    dropout: float = 0.05
    learning_rate: float = 2e-4
    epochs: float = 2.0
    batch: int = 8
    piece: int = 2048
    longest: int = 1536
    warmup: float = 0.05
    last: float = 0.1
    clip: float = 1.0
    evaluations: int = 8
    held_out: float = 0.15
    seed: int = 0
    weights: WeightForm = WeightForm.PACKED


PRESETS = {
    Preset.QUICK: TrainingSettings(
        rank=8, alpha=16.0, learning_rate=3e-4, epochs=1.0, batch=4, evaluations=3
    ),
    Preset.BALANCED: TrainingSettings(),
    Preset.THOROUGH: TrainingSettings(rank=32, alpha=64.0, epochs=3.0, evaluations=12),
    Preset.CAREFUL: TrainingSettings(learning_rate=1e-4, epochs=2.0, dropout=0.1),
}


class TrainingState(StrEnum):
    """DRAFT: rows are gathered. RUNNING: a process trains. PAUSED: it stopped on request or with
    the program, and goes on from its checkpoint. TRAINED: it is to be compared with the base.
    DONE: there is an adapter. FAILED: no adapter; `trouble` says why."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    TRAINED = "trained"
    DONE = "done"
    FAILED = "failed"


class Trouble(StrEnum):
    """Why a run stopped by itself."""

    NOT_FINITE = "loss-not-finite"
    RISING = "loss-rising"
    MEMORY = "memory-short"
    DISK = "disk-full"
    BATTERY = "battery-low"
    CRASHED = "process-ended"
    EXPORT = "export-differs"
    CUT_OFF = "program-ended"
    ROWS = "rows-too-long"
    MODEL = "model-not-opened"


@dataclass(frozen=True, slots=True)
class Estimate:
    """From two measured steps over the longest rows. `seconds` (least, most) for the whole run;
    `memory` and `available` in bytes; `nearest` are settings that fit where these do not."""

    steps: int
    tokens: int
    seconds: tuple[float, float]
    memory: int
    available: int
    nearest: TrainingSettings | None = None

    @property
    def fits(self) -> bool:
        return self.memory <= self.available


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """After `step` steps: the mean loss a learned token, nats; `held_out` where it was measured."""

    step: int
    loss: float | None = None
    held_out: float | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A held-out question on the way: the base's answer and that of the adapter so far."""

    step: int
    question: str
    base: str
    adapted: str


class Phase(StrEnum):
    """What a running process is at."""

    LOADING = "loading"
    TRAINING = "training"
    EXPORTING = "exporting"


@dataclass(frozen=True, slots=True)
class RunStatus:
    """How a run goes. `left` in seconds, None until it is known; `seconds` spent on steps; `memory`
    that its process took at most, bytes; `overfitting` when the held-out loss has been rising and
    the best is long past; `too_long`: rows that were left out."""

    phase: Phase = Phase.LOADING
    step: int = 0
    steps: int = 0
    curve: tuple[CurvePoint, ...] = ()
    tokens_per_second: float = 0.0
    left: float | None = None
    memory: int = 0
    sample: Sample | None = None
    overfitting: bool = False
    seconds: float = 0.0
    too_long: int = 0


@dataclass(frozen=True, slots=True)
class AnswerRates:
    """Over held-out questions, answered as the chat answers. Shares, None where nothing counts:
    `cited`: answers with at least one supported citation, of those that the passages hold;
    `precise`: citations that their passage supports; `refused`: refusals where the passages do not
    hold the answer; `refused_wrongly`: where they do. `words` of an answer on average."""

    questions: int
    cited: float | None
    precise: float | None
    refused: float | None
    refused_wrongly: float | None
    words: float


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """The same question answered by both; `wanted` is the row's own answer."""

    question: str
    wanted: str
    base: str
    adapted: str


class Advice(StrEnum):
    USE = "use"
    USE_WEAKER = "use-weaker"
    DO_NOT_USE = "do-not-use"


@dataclass(frozen=True, slots=True)
class Report:
    """What an adapter changes. Losses in nats a learned token; `forgetting`: the loss on a general
    text after minus before (0.03–0.06 is usual, peft's MetaMathQA bench); `export_kl`: torch
    against llama.cpp with the written adapter, mean over tokens; `strength` is the advised scale;
    `compared` is False where nobody asked the held-out questions."""

    held_out_before: float
    held_out_after: float
    export_kl: float
    forgetting: float
    base: AnswerRates | None = None
    adapted: AnswerRates | None = None
    pairs: tuple[AnswerPair, ...] = ()
    advice: Advice = Advice.USE
    strength: float = 1.0

    @property
    def gain(self) -> float:
        """Share by which the held-out loss fell."""
        return 1.0 - self.held_out_after / self.held_out_before if self.held_out_before else 0.0


@dataclass(frozen=True, slots=True)
class Training:
    """`base` is the SHA-256 of the model file, `model` its name; `rows` counts those in use;
    `adapter` the id of what came of it, ""; `created` in seconds since 1970."""

    id: str
    name: str
    base: str
    model: str
    created: float
    state: TrainingState = TrainingState.DRAFT
    preset: Preset = Preset.BALANCED
    settings: TrainingSettings = field(default_factory=TrainingSettings)
    rows: int = 0
    adapter: str = ""
    trouble: Trouble | None = None
    status: RunStatus = field(default_factory=RunStatus)
    report: Report | None = None
