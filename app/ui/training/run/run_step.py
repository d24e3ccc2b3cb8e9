"""The third step: the curves, how far it is, what they mean, and a sample on the way."""

from PySide6.QtWidgets import QWidget

from app.domain.training.training import Phase, Sample, Training, TrainingState
from app.ui.acts import Acts
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.training.result.answer_box import AnswerBox
from app.ui.training.run.loss_chart import LossChart, best_of
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import frame, label, say_or_hide
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

#: Held-out measurements before their course can be judged.
_TELLING = 2


class RunStep(Retranslating, QWidget):
    def __init__(self, words: TrainingWords, theme: Theme, reading: Acts) -> None:
        super().__init__()
        self._words = words
        self._training: Training | None = None
        self._available = 0
        self.chart = LossChart(words, theme, reading)
        self._step, self._pace = label("muted"), label("muted")
        self._course, self._note = label(wrap=True), label("small", wrap=True)
        self.trouble = frame("problem")
        self._happened, self._remedy = label("strong", wrap=True), label(wrap=True)
        self.sample = SampleCard(theme)
        self._build()
        self._retranslate()

    def _build(self) -> None:
        in_column(
            self._happened, self._remedy, on=self.trouble, margins=(14, 10, 14, 10), spacing=2
        )
        facts = in_row(self._step, STRETCH, self._pace)
        in_column(
            self.trouble, 4, self.chart, facts, self._course, self._note, 8, self.sample, on=self,
            margins=0, spacing=8,
        )  # fmt: skip
        self.trouble.hide()

    def _retranslate(self) -> None:
        self._note.setText(
            self.tr(
                "Locking the screen does not stop the training. On battery it pauses when the "
                "charge runs low. Until it ends, answers come more slowly."
            )
        )
        if self._training is not None:
            self.show_training(self._training, self._available)

    def show_training(self, training: Training, available: int) -> None:
        """`available` bytes for the run, 0 when that is not known."""
        self._training, self._available = training, available
        status, running = training.status, training.state == TrainingState.RUNNING
        self.chart.setVisible(bool(status.curve) or running)
        self.chart.show_status(status)
        begun = running or bool(status.curve)
        self._step.setText(self._words.phase(status) if begun else self.tr("Not begun yet."))
        self._pace.setText(self._words.pace(status, available) if running else "")
        course = self.course
        say_or_hide(self._course, course)
        self._note.setVisible(running)
        trouble = training.trouble
        self.trouble.setVisible(trouble is not None)
        if trouble is not None:
            happened, remedy = self._words.trouble(trouble)
            self._happened.setText(happened)
            self._remedy.setText(remedy)
        self.sample.show_sample(status.sample)

    @property
    def course(self) -> str:
        """The curve in words."""
        training = self._training
        status = training.status if training else None
        best = best_of(status.curve) if status else None
        if training is None or status is None or best is None:
            return ""
        place = str(best.step)
        if training.state in {TrainingState.TRAINED, TrainingState.DONE}:
            return filled(self.tr("The best state, at step %1, was kept."), place)
        if training.state != TrainingState.RUNNING or status.phase != Phase.TRAINING:
            return ""
        if status.overfitting:
            return filled(
                self.tr(
                    "Overfitting since step %1: it repeats its examples; the best state is kept."
                ),
                place,
            )
        held = [point for point in status.curve if point.held_out is not None]
        if len(held) < _TELLING:
            return self.tr("Too early to tell.")
        if best is held[-1]:
            return self.tr("Still improving.")
        return filled(self.tr("No better since step %1; the best state is kept."), place)


class SampleCard(Retranslating, QWidget):
    """A held-out question, answered by the base and by the adapter so far."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sample: Sample | None = None
        self._title, self._chip = label("strong"), label("count")
        self._question = label("muted", wrap=True)
        self.base, self.adapted = AnswerBox(theme), AnswerBox(theme, accent=True)
        head = in_row(self._title, STRETCH, self._chip)
        boxes = in_row(wide(self.base), wide(self.adapted), spacing=14)
        in_column(head, self._question, boxes, on=self, margins=0, spacing=10)
        self.hide()

    def _retranslate(self) -> None:
        self.show_sample(self._sample)

    def show_sample(self, sample: Sample | None) -> None:
        self._sample = sample
        self.setVisible(sample is not None)
        if sample is None:
            return
        self._title.setText(filled(self.tr("Sample at step %1"), sample.step))
        self._chip.setText(self.tr("a held-out question"))
        self._question.setText(sample.question)
        self.base.say(self.tr("Base"), sample.base)
        self.adapted.say(self.tr("With the adapter"), sample.adapted)
