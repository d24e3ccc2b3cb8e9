"""larets bench train: the application's training beside a plain transformers and peft loop."""

import tempfile
from dataclasses import asdict
from pathlib import Path

from app.cli.bench.workspace import scratch_profile
from app.cli.output import Output
from app.cli.session import Session
from app.domain.errors import NoChatModel
from app.domain.models import ModelKind
from app.services.training_bench import TrainingMeasures, made_up


def measure(session: Session, output: Output) -> dict[str, object]:
    """In a scratch workspace, with the model that is used by default or `--model`, over the rows of
    `--dataset` or made-up ones. `ratio` and `loss_difference` compare with the plain loop."""
    arguments = session.arguments
    with tempfile.TemporaryDirectory(prefix="larets-bench-") as scratch:
        services = scratch_profile(session.begin, Path(scratch))
        try:
            if arguments.model:
                services.models.use(arguments.model)
            model = services.models.in_use(ModelKind.CHAT)
            if model is None:
                raise NoChatModel
            examples = made_up(arguments.rows)
            if arguments.dataset:
                rows = services.datasets.read(arguments.dataset).rows[: arguments.rows]
                examples = list(services.training.examples(rows))
            found = services.training.bench(model, examples, output.note)
        finally:
            services.close()
    return _told(found) | {"model": model.name, "rows": len(examples)}


def _told(found: TrainingMeasures) -> dict[str, object]:
    return {
        "plain": asdict(found.plain),
        "dense": asdict(found.dense),
        "packed": asdict(found.packed),
        "ratio": round(found.ratio, 4),
        "weights_ratio": round(found.weights_ratio, 4),
        "loss_difference": round(found.loss_difference, 4),
    }
