"""Trainings: rows and settings, a run in a process of its own, and what comes of it."""

import threading
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import msgspec

from app.domain.errors import DamagedData, NoChatModel, TooFewRows, TrainingBusy
from app.domain.events import TrainingMoved, TrainingsChanged
from app.domain.models.model import Model, ModelKind
from app.domain.progress import Control
from app.domain.roles import Act, may
from app.domain.training import lifecycle
from app.domain.training.lifecycle import TrainingStep, after
from app.domain.training.rows import Row
from app.domain.training.training import (
    Estimate,
    Preset,
    RunStatus,
    Training,
    TrainingSettings,
    TrainingState,
    Trouble,
    WeightForm,
)
from app.engines.training_messages import Example, TrainingFailed, TrainingFinished, TrainingTask
from app.services.events import Events
from app.services.models.adapters import AdapterService
from app.services.models.inference import Inference
from app.services.models.service import ModelService
from app.services.profiles.access import Access
from app.services.profiles.preferences import PreferenceService
from app.services.training import examples, report
from app.services.training.estimate import Estimator
from app.services.training.examples import ExampleWriter
from app.services.training.report import Compared, Comparison
from app.services.training.runs import TrainingRun, TrainingRuns
from app.store.models.trainings import RunFiles, TrainingStore

#: Fewer teach nothing, and leave nothing to measure on.
LEAST_ROWS = 8
#: KL above which the adapter is not what was trained, or the share of what rounding makes of it.
_SAME, _OF_ROUNDING = 1e-3, 0.6


@dataclass(frozen=True)
class TrainingParts:
    """What trainings are made with."""

    models: ModelService
    adapters: AdapterService
    inference: Inference
    preferences: PreferenceService
    runs: TrainingRuns
    estimator: Estimator
    writer: ExampleWriter
    comparison: Comparison


class TrainingService:
    def __init__(
        self,
        store: TrainingStore,
        parts: TrainingParts,
        access: Access,
        events: Events,
        record: Callable[[str, str], None],
    ) -> None:
        self._store = store
        self._parts = parts
        self._access = access
        self._events = events
        self._record = record
        self._heard: list[TrainingRun] = []
        #: Held from reading a training to storing it changed: pages look from other threads.
        self._changing = threading.RLock()
        self._attach()

    @property
    def allowed(self) -> bool:
        """Whether this profile may train."""
        return may(self._access.role, Act.TRAIN)

    def all(self) -> list[Training]:
        """The newest first, each with its run's latest status."""
        with self._changing:
            return [self._synced(training) for training in self._store.all()]

    def one(self, training: str) -> Training:
        """The training with that id and its run's latest status; that a run has ended is noticed
        here. `TrainingMissing`."""
        with self._changing:
            return self._synced(self._store.one(training))

    # -- drafts -----------------------------------------------------------------------------------

    def create(self, name: str) -> Training:
        """For the chat model in use. `NoChatModel`, `OtherArchitecture`, `OtherQuantisation`,
        `AccessDenied`."""
        self._access.require(Act.TRAIN)
        model = self._parts.adapters.base()
        self._parts.estimator.require_trainable(model)
        training = Training(
            uuid.uuid4().hex, name.strip(), model.sha256, model.name, created=time.time()
        )
        self._store.create(training)
        self._changed()
        return training

    def again(self, training: str) -> Training:
        """A draft of the next version: the same rows and settings. As `create`."""
        old = self.one(training)
        new = self.create(old.name)
        self._store.add_rows(new.id, self._store.rows(training))
        new = replace(new, preset=old.preset, settings=old.settings, rows=self._store.count(new.id))
        self._store.keep(new)
        self._changed()
        return new

    def rename(self, training: str, name: str) -> None:
        """Give a training another name. `TrainingMissing`, `AccessDenied`."""
        self._access.require(Act.TRAIN)
        with self._changing:
            self._keep(replace(self.one(training), name=name.strip()))

    def remove(self, training: str) -> None:
        """Delete a training with its rows, its checkpoints and the adapter that came of it.
        `TrainingMissing`, `AccessDenied`."""
        self._access.require(Act.TRAIN)
        found = self.one(training)
        self._parts.runs.forget(training)
        if found.adapter:
            self._parts.adapters.discard(found.adapter)
        self._store.remove(training)
        self._record("training-removed", found.name)
        self._changed()

    def choose(self, training: str, preset: Preset, settings: TrainingSettings) -> None:
        """How a draft is to be trained. `TrainingBusy`."""
        with self._changing:
            self._keep(replace(self._draft(training), preset=preset, settings=settings))

    # -- rows -------------------------------------------------------------------------------------

    def rows(self, training: str) -> list[Row]:
        """The rows of a training, those that were put aside among them."""
        return self._store.rows(training)

    def add_rows(self, training: str, rows: Sequence[Row]) -> None:
        """Add rows to a draft. `TrainingBusy`, `AccessDenied`."""
        self._draft(training)
        self._store.add_rows(training, rows)
        self._counted(training)

    def change_row(self, training: str, row: Row) -> None:
        """Store a row of a draft as the user changed it. `TrainingBusy`, `AccessDenied`."""
        self._draft(training)
        self._store.change_row(row)
        self._counted(training)

    def use_rows(self, training: str, rows: Sequence[int], *, used: bool) -> None:
        """Put rows aside, or take them back. `TrainingBusy`."""
        self._draft(training)
        self._store.use_rows(rows, used=used)
        self._counted(training)

    def examples(self, rows: Sequence[Row]) -> tuple[Example, ...]:
        """Rows as they are trained on: the prompt of an answer, and the answer."""
        return self._parts.writer.examples(rows)

    def token_view(self, row: Row) -> tuple[str, str]:
        """What the model only reads of a row, and what it learns."""
        example = self._parts.writer.example(row)
        return "\n\n".join(turn.text for turn in example.turns), example.answer

    # -- a run ------------------------------------------------------------------------------------

    def forms(self) -> tuple[WeightForm, ...]:
        """How the model can lie in memory while it is trained, on this computer; none where the
        part of the program that trains is not installed."""
        return self._parts.estimator.forms()

    def estimate(self, training: str, control: Control) -> Estimate:
        """Measure what a training will take by two steps in a process of its own; slow.
        `TooFewRows`, `OutOfMemory`, `Cancelled`, `AccessDenied`, `NoTrainingPart`."""
        self._access.require(Act.TRAIN)
        self._parts.estimator.require_part()
        return self._parts.estimator.estimate(self._task(self.one(training)), control)

    def start(self, training: str) -> None:
        """Train, or go on where it was paused. On the inference worker thread: where memory is
        short the chat model is put away first, and comes back with the next question.
        `TooFewRows`, `TrainingBusy`, `ModelMissing`, `NoTrainingPart`."""
        self._access.require(Act.TRAIN)
        self._parts.estimator.require_part()
        found = self.one(training)
        started = _after(found, TrainingStep.STARTED)
        task = self._task(found)
        if self._parts.estimator.is_tight(task):
            self._parts.inference.unload()
        files = self._store.files(training)
        checkpoint = files.load("checkpoint") if found.state == TrainingState.PAUSED else None
        if checkpoint is None:  # or a new run would pass for an earlier one's end
            files.clear()
        status = found.status if checkpoint else RunStatus()
        # The run before its state: whoever sees the state may ask what became of the run.
        run = self._parts.runs.begin(TrainingRun(training, files, status), task, checkpoint)
        try:
            self._keep(replace(found, state=started, trouble=None, status=status))
        except BaseException:
            self._parts.runs.forget(training)
            raise
        self._listen(run)
        self._record("training-started", found.name)

    def pause(self, training: str) -> None:
        """Save and stop; the state follows when that is done. `AccessDenied`."""
        self._access.require(Act.TRAIN)
        if run := self._parts.runs.get(training):
            run.pause()

    def finish(self, training: str) -> None:
        """Stop here and make the adapter of the best so far. `AccessDenied`."""
        self._access.require(Act.TRAIN)
        if run := self._parts.runs.get(training):
            run.finish()

    def cancel(self, training: str) -> None:
        """Stop and go back to a draft; what was learned is dropped, the rows stay."""
        self._access.require(Act.TRAIN)
        with self._changing:
            self._parts.runs.forget(training)
            found = self.one(training)
            if (draft := after(found.state, TrainingStep.CANCELLED)) is None:
                return  # it became an adapter a moment ago
            self._store.files(training).clear()
            if found.adapter:  # it was taken in, and not compared
                self._parts.adapters.discard(found.adapter)
            self._keep(replace(found, state=draft, status=RunStatus(), trouble=None, adapter=""))

    # -- what comes of it -------------------------------------------------------------------------

    def publish(self, training: str, control: Control) -> Training:
        """Turn a finished run into an adapter that is off, and compare it with the base on held-out
        questions; slow, on the inference worker thread. An adapter that llama.cpp computes
        otherwise than torch is not kept. A cancelled control leaves out the comparison.
        `ModelError`, `Cancelled`, `AccessDenied`."""
        self._access.require(Act.TRAIN)
        found = self.one(training)
        files = self._store.files(training)
        data = files.load("result")
        if found.state != TrainingState.TRAINED or data is None:
            return found
        finished = _finished(data)
        if not finished.export_kl <= max(_SAME, _OF_ROUNDING * finished.export_floor):
            refused = _after(found, TrainingStep.REFUSED)
            return self._keep(replace(found, state=refused, trouble=Trouble.EXPORT))
        if not found.adapter:
            adapter = self._parts.adapters.take_in(found.name, found.base, finished.adapter)
            found = self._keep(replace(found, adapter=adapter.id))
        strength = report.advised_strength(finished)
        compared = self._compared(found, strength, control)
        made = report.report(finished, compared, strength)
        state = _after(found, TrainingStep.PUBLISHED)
        with self._changing:
            if (now := self._store.one(training)).state != found.state:
                return now  # cancelled while it was compared; its adapter is gone
            done = self._keep(replace(found, state=state, report=made))
        files.clear()  # not before: it would be trained, with nothing to show for it
        self._record("training-done", found.name)
        return done

    def _compared(self, training: Training, strength: float, control: Control) -> Compared:
        held_out = examples.parts(self._store.rows(training.id), training.settings).held_out
        rows = report.chosen(held_out)
        # Another model that is in use now would answer for the base.
        if not rows or control.cancelled or self._parts.adapters.base().sha256 != training.base:
            return Compared()
        ask = self._parts.comparison.answers
        base = ask(rows, "", 0.0, control)
        return Compared(rows, base, ask(rows, training.adapter, strength, control))

    # -- details ----------------------------------------------------------------------------------

    def _task(self, training: Training) -> TrainingTask:
        model = self._model(training.base)
        divided = examples.parts(self._store.rows(training.id), training.settings)
        if len(divided.train) + len(divided.held_out) < LEAST_ROWS:
            raise TooFewRows(rows=len(divided.train) + len(divided.held_out), least=LEAST_ROWS)
        writer = self._parts.writer
        return TrainingTask(
            path=model.path,
            base=model.sha256,
            settings=training.settings,
            train=writer.examples(divided.train),
            held_out=writer.examples(divided.held_out),
            general=writer.general(),
            use_graphics=self._parts.preferences.get().use_graphics,
        )

    def _model(self, base: str) -> Model:
        """That a training belongs to. `NoChatModel`."""
        for model in self._parts.models.all():
            if model.kind == ModelKind.CHAT and model.sha256 == base:
                return model
        raise NoChatModel

    def _draft(self, training: str) -> Training:
        self._access.require(Act.TRAIN)
        found = self.one(training)
        _after(found, TrainingStep.EDITED)
        return found

    def _counted(self, training: str) -> None:
        with self._changing:
            found = self._store.one(training)
            self._keep(replace(found, rows=self._store.count(training)))

    def _keep(self, training: Training) -> Training:
        self._store.keep(training)
        self._changed()
        return training

    def _changed(self) -> None:
        self._events.publish(TrainingsChanged())

    def _synced(self, training: Training) -> Training:
        """With its run's latest status; after a run's end in the state that follows, and stored."""
        if training.state != TrainingState.RUNNING:
            return training
        run = self._parts.runs.get(training.id)
        if run and run.ended is None:
            return replace(training, status=run.status)
        ended = self._ended(training, run)
        self._parts.runs.forget(training.id)
        return self._keep(ended)

    def _ended(self, training: Training, run: TrainingRun | None) -> Training:
        """As it is when its run has ended; without a run the program ended before it."""
        files = self._store.files(training.id)
        result = _loaded(files, "result")
        status = run.status if run else _status(_loaded(files, "status"), training.status)
        trouble = run.trouble if run else Trouble.CUT_OFF
        if result is not None:
            trouble = _finished(result).trouble
        failed = run is not None and isinstance(run.ended, TrainingFailed)
        step = lifecycle.ending(finished=result is not None, failed=failed, trouble=trouble)
        return replace(training, state=_after(training, step), status=status, trouble=trouble)

    def _attach(self) -> None:
        """Go on listening to what ran through a lock; take note of what ended meanwhile, or with
        the program."""
        for training in self._store.all():
            run = self._parts.runs.get(training.id)
            if self._synced(training).state == TrainingState.RUNNING and run:
                self._listen(run)

    def _listen(self, run: TrainingRun) -> None:
        """Its events come on its own thread; states change where events are handled."""

        def told() -> None:
            self._events.publish(TrainingMoved(run.training))

        run.listener = told
        self._heard.append(run)
        if run.ended is not None:
            told()

    def detach(self) -> None:
        """The profile is locked; runs go on unheard. Any number of times."""
        for run in self._heard:
            run.listener = None
        self._heard.clear()


def _after(training: Training, step: TrainingStep) -> TrainingState:
    """The state that follows. `TrainingBusy` where the rules refuse the step."""
    following = after(training.state, step)
    if following is None:
        raise TrainingBusy(name=training.name)
    return following


def _loaded(files: RunFiles, name: str) -> bytes | None:
    """What is damaged counts for nothing: a profile opens all the same."""
    with suppress(DamagedData):
        return files.load(name)
    return None


def _finished(data: bytes) -> TrainingFinished:
    return msgspec.msgpack.decode(data, type=TrainingFinished)


def _status(data: bytes | None, known: RunStatus) -> RunStatus:
    return msgspec.json.decode(data, type=RunStatus) if data else known
