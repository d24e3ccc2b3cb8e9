"""What a training will take, measured before it begins: two steps over the longest rows."""

import os
from dataclasses import replace

from app.domain.errors import LaretsError, NoTrainingPart, OutOfMemory, TooFewRows, every_error
from app.domain.models.model import Model
from app.domain.progress import Control
from app.domain.training.training import Estimate, TrainingSettings, WeightForm
from app.engines.base import Engines
from app.engines.training_messages import CostProfile, TrainingFailed, TrainingTask

#: The longest rows are the slowest a token; the machine may be quieter or busier later.
_QUICKER, _SLOWER = 0.7, 1.3
#: Share of the free memory that a run may take, so that the window and the rest stay quick.
_SHARE = 0.9
#: Bytes of memory for each byte of the model file that training with packed blocks takes.
_ROUGHLY = 3
#: What is tried, in this order, where the memory does not suffice: tokens at a time and in a row.
_SMALLER = ((1024, 1024), (768, 768), (512, 512))


class Estimator:
    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    def require_trainable(self, model: Model) -> None:
        """Refuse a model that adapters cannot be trained from. `OtherArchitecture`,
        `OtherQuantisation`, `DamagedModel`."""
        self._engines.require_trainable(model.path)

    def forms(self) -> tuple[WeightForm, ...]:
        """How the base can lie in memory here; none where nothing can be trained."""
        return self._engines.weight_forms()

    def require_part(self) -> None:
        """`NoTrainingPart` where the part of the program that trains is not installed."""
        if not self.forms():
            raise NoTrainingPart

    def is_tight(self, task: TrainingTask) -> bool:
        """Whether the memory had better not hold the chat model as well."""
        return self._engines.survey().memory_free < _ROUGHLY * os.path.getsize(task.path)

    def estimate(self, task: TrainingTask, control: Control) -> Estimate:
        """`TooFewRows` when none is short enough, `OutOfMemory`, `Cancelled`."""
        available = round(self._engines.survey().memory_free * _SHARE)
        told = self._cost_profile(task, control)
        seconds = told.tokens * told.training + told.held_out_tokens * told.reading + told.loading
        found = Estimate(
            steps=told.steps,
            tokens=told.tokens,
            seconds=(seconds * _QUICKER, seconds * _SLOWER),
            memory=told.memory,
            available=available,
        )
        return found if found.fits else replace(found, nearest=_nearest(task, told, available))

    def _cost_profile(self, task: TrainingTask, control: Control) -> CostProfile:
        process = self._engines.start_training(replace(task, profiling=True), None)
        control.on_cancel(process.kill)
        for event in process.events():
            if isinstance(event, CostProfile):
                return event
            if isinstance(event, TrainingFailed):
                control.check()
                raise _error(event, task)
        control.check()
        raise TooFewRows(rows=0, least=1)


def _error(failed: TrainingFailed, task: TrainingTask) -> LaretsError:
    for each in every_error():
        if each.code == failed.code:
            return each(**failed.facts)
    return OutOfMemory(name=os.path.basename(task.path))


def _nearest(task: TrainingTask, told: CostProfile, available: int) -> TrainingSettings | None:
    """The activations grow with the tokens that are in memory together; the rest stays."""
    settings = replace(task.settings, weights=WeightForm.PACKED)
    moving = max(told.memory - told.idle, 1)
    for piece, longest in _SMALLER:
        if piece >= settings.piece:
            continue
        if told.idle + moving * piece / settings.piece <= available:
            return replace(settings, piece=piece, longest=min(longest, settings.longest))
    return None
