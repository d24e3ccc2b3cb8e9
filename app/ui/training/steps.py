"""The five steps on one page: which is done, which is open, what the folded ones say."""

from enum import IntEnum
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QMargins, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.training.training import Training, TrainingState
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.training.adapters.origin import Origin
from app.ui.training.data.data_step import DataStep
from app.ui.training.result.report_step import ReportStep
from app.ui.training.result.use_step import UseStep
from app.ui.training.run.plan_step import PlanStep
from app.ui.training.run.run_step import RunStep
from app.ui.training.services import Guest, TrainingOverview, TrainingServices
from app.ui.training.step import Step, StepState
from app.ui.training.words import TrainingWords, percent
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll

B = TypeVar("B", bound=QWidget)


class TrainingStage(IntEnum):
    DATA = 0
    PLAN = 1
    RUN = 2
    REPORT = 3
    USE = 4


#: What a training in that state is at. A failed one failed while it ran.
_STAGES = {
    TrainingState.RUNNING: TrainingStage.RUN,
    TrainingState.PAUSED: TrainingStage.RUN,
    TrainingState.FAILED: TrainingStage.RUN,
    TrainingState.TRAINED: TrainingStage.REPORT,
    TrainingState.DONE: TrainingStage.USE,
}


class Steps(Retranslating, Scroll):
    """A step's body is made when it is first unfolded, and kept up to date while it is. `told`
    gives a sentence and how to undo what it says; `asked`: a comparison is to be
    made again."""

    told, asked = Signal(str, object), Signal()

    def __init__(self, services: TrainingServices, words: TrainingWords, theme: Theme) -> None:
        super().__init__(QMargins(22, 0, 22, 20), 4)
        self._services, self._words, self._theme = services, words, theme
        self._training: Training | None = None
        self._overview = TrainingOverview()
        self._made: set[TrainingStage] = set()
        self.origin = Origin(words)
        self.column.addWidget(self.origin)
        self.steps = [Step(theme, stage + 1) for stage in TrainingStage]
        for stage, step in zip(TrainingStage, self.steps, strict=True):
            step.unfolded.connect(
                lambda on, training_stage=stage: self._refresh(training_stage) if on else None
            )
            self.column.addWidget(step)
        self.column.addStretch()

    # -- bodies -----------------------------------------------------------------------------------

    @cached_property
    def data(self) -> DataStep:
        body = DataStep(self._services, self._words, self._theme)
        body.told.connect(self.told)
        body.doing_changed.connect(self._describe)
        return self._bring(TrainingStage.DATA, body)

    @cached_property
    def plan(self) -> PlanStep:
        body = PlanStep(self._services, self._words, self._theme)
        body.started.connect(lambda _: self.show_step(TrainingStage.RUN))
        return self._bring(TrainingStage.PLAN, body)

    @cached_property
    def run(self) -> RunStep:
        return self._bring(
            TrainingStage.RUN, RunStep(self._words, self._theme, self._services.reading)
        )

    @cached_property
    def report(self) -> ReportStep:
        body = ReportStep(self._words, self._theme)
        body.asked.connect(self.asked)
        return self._bring(TrainingStage.REPORT, body)

    @cached_property
    def use(self) -> UseStep:
        body = UseStep(self._services, self._words, self._theme)
        return self._bring(TrainingStage.USE, body)

    def _bring(self, stage: TrainingStage, body: B) -> B:
        self.steps[stage].set_body(body)
        self._made.add(stage)
        return body

    def _refresh(self, stage: TrainingStage) -> None:
        if (training := self._training) is None:
            return
        if stage == TrainingStage.DATA:
            self.data.show_training(training)
        elif stage == TrainingStage.PLAN:
            self.plan.show_training(training)
        elif stage == TrainingStage.RUN:
            known = TrainingStage.PLAN in self._made
            self.run.show_training(training, self.plan.available(training) if known else 0)
        elif stage == TrainingStage.REPORT:
            self.report.show_training(training)
        else:
            self.use.show_training(training, self._overview)

    def _retranslate(self) -> None:
        self._describe()

    # -- what is shown ----------------------------------------------------------------------------

    def show_training(self, training: Training, overview: TrainingOverview) -> None:
        before, self._training, self._overview = self._training, training, overview
        guest = overview.guest(training.id)
        self.origin.show_guest(guest)
        self._number(training, guest)
        for stage, step in zip(TrainingStage, self.steps, strict=True):
            if step.is_open:
                self._refresh(stage)
        self._describe()
        if before is None or before.id != training.id:
            self._fold_to(self._wanted, TrainingStage.DATA)
            self.verticalScrollBar().setValue(0)
        elif self.stage != _stage(before):
            self._fold_to(self._wanted, _stage(before))
            self._bring_into_view(min(self._wanted))

    def _number(self, training: Training, guest: Guest | None) -> None:
        """A guest has only a report, if it brought one, and its use."""
        kept = {TrainingStage.REPORT, TrainingStage.USE} if training.report else {TrainingStage.USE}
        number = 0
        for stage, step in zip(TrainingStage, self.steps, strict=True):
            step.setVisible(guest is None or stage in kept)
            number += not step.isHidden()
            step.line.number = number

    @property
    def stage(self) -> TrainingStage:
        """The step that the training is at."""
        return _stage(self._training) if self._training else TrainingStage.DATA

    @property
    def _wanted(self) -> set[TrainingStage]:
        """What stands open at first: with examples the plan too, in the end report and switches."""
        if self.stage == TrainingStage.USE:
            return {TrainingStage.REPORT, TrainingStage.USE}
        training = self._training
        if self.stage == TrainingStage.DATA and training is not None and training.rows:
            return {TrainingStage.DATA, TrainingStage.PLAN}
        return {self.stage}

    def _fold_to(self, wanted: set[TrainingStage], first: TrainingStage) -> None:
        """Open these; of the others those stay as they are that come before `first`."""
        for stage, step in zip(TrainingStage, self.steps, strict=True):
            if stage in wanted or stage >= first:
                step.unfold(stage in wanted)

    def _bring_into_view(self, stage: TrainingStage) -> None:
        """When the layout has run: heights are not known before."""
        step = self.steps[stage]
        QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(step.y()))

    def show_step(self, stage: TrainingStage) -> None:
        """Unfold one and bring it into view."""
        self.steps[stage].unfold()
        self._bring_into_view(stage)

    def _describe(self) -> None:
        if (training := self._training) is None:
            return
        titles = (
            self.tr("Data"),
            self.tr("Check and estimate"),
            self.tr("Training"),
            self.tr("Report: before and after"),
            self.tr("Use"),
        )
        for place, (step, title) in enumerate(zip(self.steps, titles, strict=True)):
            step.line.say(
                title,
                self._summary(TrainingStage(place), training),
                self._state(TrainingStage(place)),
            )

    def _state(self, place: TrainingStage) -> StepState:
        training = self._training
        stage = self.stage
        if training is None:
            return StepState.WAITING
        if place == TrainingStage.USE and training.state == TrainingState.DONE:
            return StepState.DONE if self._speaks(training) else StepState.NOW
        if place < stage:
            return StepState.DONE
        if place == TrainingStage.DATA and training.rows and not self._writing:
            return StepState.DONE
        if place == TrainingStage.PLAN and stage == TrainingStage.DATA and training.rows:
            return StepState.NOW
        return StepState.NOW if place == stage else StepState.WAITING

    @property
    def _writing(self) -> bool:
        return TrainingStage.DATA in self._made and self.data.doing.busy

    def _speaks(self, training: Training) -> bool:
        adapter = self._overview.adapter(training)
        on = adapter is not None and adapter.scale > 0
        return on or bool(self._overview.users(training))

    def _summary(self, stage: TrainingStage, training: Training) -> str:
        words, report = self._words, training.report
        if stage == TrainingStage.DATA:
            return self.tr("%n example(s)", "", training.rows) if training.rows else ""
        if stage == TrainingStage.PLAN:
            return words.preset(training.preset)[0] if training.rows else ""
        if stage == TrainingStage.RUN:
            return self._progress(training)
        if stage == TrainingStage.REPORT:
            if report is None:
                return ""
            return filled(self.tr("held-out loss %1 %"), words.signed(-100 * report.gain, 0))
        if training.state != TrainingState.DONE:
            return ""
        users = len(self._overview.users(training))
        return words.switched(report, self._overview.adapter(training), users)

    def _progress(self, training: Training) -> str:
        share = filled(self.tr("%1 %"), percent(training.status))
        if training.state == TrainingState.RUNNING:
            return share
        if training.state == TrainingState.PAUSED:
            return filled(self.tr("paused at %1"), share)
        if training.state == TrainingState.FAILED:
            return self.tr("stopped by itself")
        return ""


def _stage(training: Training) -> TrainingStage:
    return _STAGES.get(training.state, TrainingStage.DATA)
