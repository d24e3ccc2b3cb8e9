"""Training measured: the application's process beside a plain transformers and peft loop."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

from app.bench.workspace import scratch
from app.domain.errors import NoChatModel, OutOfMemory
from app.domain.models.model import ModelKind
from app.domain.training.training import TrainingSettings, WeightForm
from app.engines.base import Engines
from app.engines.training_messages import (
    Example,
    Measured,
    StartTraining,
    Stepped,
    TrainingBegun,
    TrainingFailed,
    TrainingFinished,
    TrainingTask,
)
from app.engines.turns import Turn, TurnKind
from app.services.session import Begin

#: Share of the examples that are held out.
_HELD_OUT = 10


@dataclass(frozen=True, slots=True)
class RunMeasures:
    """`tokens_per_second` over all steps but the first, which warms up; `peak_memory` of the
    process and `weights_memory` of the base in it, bytes; losses in nats a learned token."""

    steps: int
    tokens_per_second: float
    peak_memory: int
    weights_memory: int
    train_loss: float
    held_out_loss: float


@dataclass(frozen=True, slots=True)
class TrainingMeasures:
    plain: RunMeasures
    dense: RunMeasures
    packed: RunMeasures

    @property
    def ratio(self) -> float:
        """Our speed on unpacked weights to the plain loop's."""
        return self.dense.tokens_per_second / self.plain.tokens_per_second

    @property
    def weights_ratio(self) -> float:
        """Memory of the packed weights to that of the plain loop's."""
        return self.packed.weights_memory / self.plain.weights_memory

    @property
    def loss_difference(self) -> float:
        """Of the packed run's held-out loss to the plain loop's, as a share of that."""
        return self.packed.held_out_loss / self.plain.held_out_loss - 1


class TrainingBench:
    def __init__(self, engines: Engines, settings: TrainingSettings | None = None) -> None:
        self._engines = engines
        self._settings = settings or TrainingSettings(epochs=1.0)

    def measure(
        self, path: str, examples: Sequence[Example], note: Callable[[str], None]
    ) -> TrainingMeasures:
        """The same rows three times, on the processor. `OutOfMemory`."""
        every = _HELD_OUT
        held_out = tuple(example for place, example in enumerate(examples) if place % every == 0)
        train = tuple(example for place, example in enumerate(examples) if place % every)
        task = TrainingTask(path, "", self._settings, train, held_out, use_graphics=False)
        runs = []
        for start, form in (
            (self._engines.start_plain_training, WeightForm.DENSE),
            (self._engines.start_training, WeightForm.DENSE),
            (self._engines.start_training, WeightForm.PACKED),
        ):
            settings = replace(self._settings, weights=form, evaluations=1)
            runs.append(_measured(start, replace(task, settings=settings)))
            note(f"{runs[-1]}")
        return TrainingMeasures(*runs)


def _measured(start: StartTraining, task: TrainingTask) -> RunMeasures:
    weights, steps, held_out = 0, list[Stepped](), 0.0
    for event in start(task, None).events():
        if isinstance(event, TrainingBegun):
            weights = event.weights
        elif isinstance(event, Stepped):
            steps.append(event)
        elif isinstance(event, Measured):
            held_out = event.held_out
        elif isinstance(event, TrainingFailed | TrainingFinished) and not steps:
            raise OutOfMemory(name=task.path)
    timed = steps[1:] or steps
    return RunMeasures(
        steps=len(steps),
        tokens_per_second=sum(stepped.tokens for stepped in timed)
        / sum(stepped.seconds for stepped in timed),
        peak_memory=max(step.memory for step in steps),
        weights_memory=weights,
        train_loss=steps[-1].loss,
        held_out_loss=held_out,
    )


def made_up(count: int) -> list[Example]:
    """Questions about rooms, each answered from a passage of its own; not a word is repeated often
    enough to be overfitted."""
    system = Turn(TurnKind.SYSTEM, "Answer from the passage, and cite it as [1].")
    examples = []
    for number in range(count):
        question = f"What is the code of room {number}?"
        passage = (
            f"House {number % 17} has {number % 5 + 2} floors. The code of room {number} is "
            f"{number * 7919 % 10007}. Its {number % 9 + 3} windows look towards the yard, and the "
            f"staff of department {number % 23} meet there on the first working day of the month."
        )
        asked = Turn(TurnKind.USER, f'<passage id="1">\n{passage}\n</passage>\n\n{question}')
        answer = f"The code of room {number} is {number * 7919 % 10007} [1]."
        examples.append(Example((system, asked), answer, question))
    return examples


def measure(begin: Begin, arguments: Namespace, note: Callable[[str], None]) -> dict[str, object]:
    """In a scratch workspace, with the model that is used by default or `--model`, over the rows of
    `--dataset` or made-up ones. `ratio` and `loss_difference` compare with the plain loop."""
    with scratch(begin) as services:
        if arguments.model:
            services.models.use(arguments.model)
        model = services.models.in_use(ModelKind.CHAT)
        if model is None:
            raise NoChatModel
        examples = made_up(arguments.rows)
        if arguments.dataset:
            rows = services.datasets.read(arguments.dataset).rows[: arguments.rows]
            examples = list(services.training.examples(rows))
        found = TrainingBench(services.engines).measure(model.path, examples, note)
    return _values(found) | {"model": model.name, "rows": len(examples)}


def _values(found: TrainingMeasures) -> dict[str, object]:
    return {
        "plain": asdict(found.plain),
        "dense": asdict(found.dense),
        "packed": asdict(found.packed),
        "ratio": round(found.ratio, 4),
        "weights_ratio": round(found.weights_ratio, 4),
        "loss_difference": round(found.loss_difference, 4),
    }
