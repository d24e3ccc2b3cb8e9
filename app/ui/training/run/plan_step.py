"""The second step: a preset, what it will take on this machine, and the start."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.training.training import PRESETS, Estimate, Preset, Training, TrainingSettings
from app.services.jobs import Job
from app.ui.theme import Theme
from app.ui.training.doing import Doing
from app.ui.training.run.estimate_card import EstimateCard
from app.ui.training.run.more_settings import MoreSettings
from app.ui.training.run.preset_cards import PresetCards
from app.ui.training.services import CHANGEABLE, TrainingServices
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import allow_if, button, forbid_if, frame, label, show_if
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating


@dataclass(frozen=True)
class Plan:
    """What an estimate was made for."""

    training: str
    rows: int
    settings: TrainingSettings


class PlanStep(Retranslating, QWidget):
    """`started` gives the id of the training."""

    started = Signal(str)

    def __init__(self, services: TrainingServices, words: TrainingWords, theme: Theme) -> None:
        super().__init__()
        self._trainings = services.training
        self._services, self._words, self._theme = services, words, theme
        self.training: Training | None = None
        self._estimates: dict[Plan, Estimate] = {}
        self._enough = label("", wrap=True)
        self._warning = frame("hollow")
        self.presets = PresetCards(words, theme)
        self.presets.chosen.connect(self._choose)
        self.more = button("link", self._show_more)
        self.settings = MoreSettings(words, theme)
        self.settings.changed.connect(self._set)
        # A card's driver takes its time when it is first asked.
        services.reading.begin(self, lambda _: services.training.forms(), self.settings.offer)
        self.settings.hide()
        self.doing = Doing()
        self.card = EstimateCard(words, theme)
        self.card.taken.connect(self._take_nearest)
        self.check = button("", self.estimate)
        self.start = button("primary", self._start)
        self._why = label("small", wrap=True)
        self._build()
        theme.changed.connect(self._draw)
        self._retranslate()

    def _build(self) -> None:
        in_column(self._enough, on=self._warning, margins=(14, 10, 14, 10))
        more = in_row(self.more, STRETCH)
        acts = in_row(wide(self._why), self.check, self.start, spacing=8)
        in_column(
            self._warning, self.presets, more, self.settings, self.doing, self.card, acts, on=self,
            margins=0, spacing=12,
        )  # fmt: skip

    def _retranslate(self) -> None:
        self.check.setText(self.tr("Check and estimate"))
        self.check.setToolTip(
            self.tr("Tries two steps with the longest examples; takes a minute or so")
        )
        self.start.setText(self.tr("Start training"))
        self._draw()
        self._show()

    def _draw(self) -> None:
        self.more.setText(self.tr("More"))
        name = "chevron-right" if self.settings.isHidden() else "chevron-down"
        self.more.setIcon(self._theme.icon(name, "muted", 16))
        self.more.setToolTip(self.tr("Everything that can be set about the training"))

    def _show_more(self) -> None:
        self.settings.setVisible(self.settings.isHidden())
        self._draw()

    # -- what is shown ----------------------------------------------------------------------------

    def show_training(self, training: Training) -> None:
        if self.training is not None and self.training.id != training.id:
            self.doing.forsake()
        self.training = training
        self._show()

    def _plan(self, settings: TrainingSettings | None = None) -> Plan:
        training = self.training
        assert training is not None
        return Plan(training.id, training.rows, settings or training.settings)

    @property
    def known(self) -> Estimate | None:
        """The estimate for what is set now."""
        return self._estimates.get(self._plan()) if self.training is not None else None

    def available(self, training: Training) -> int:
        """Bytes that a run of it was estimated to have; 0 when it was not."""
        plan = Plan(training.id, training.rows, training.settings)
        found = self._estimates.get(plan)
        return found.available if found else 0

    @property
    def _denied(self) -> str:
        if denied := self._words.why_not(may_train=self._services.may_train):
            return denied
        return "" if self._services.trains_here else self._words.no_part()

    @property
    def may_change(self) -> bool:
        training = self.training
        return training is not None and training.state in CHANGEABLE and self._services.may_train

    def _show(self) -> None:
        if (training := self.training) is None:
            return
        self._enough.setText(self._words.enough(training.rows))
        few = "problem" if training.rows < 50 else "hollow"
        if self._warning.objectName() != few:
            self._warning.setObjectName(few)
            self._warning.style().polish(self._warning)
        times = {
            preset: found.seconds
            for preset in Preset
            if (found := self._estimates.get(self._plan(PRESETS[preset]))) is not None
        }
        self.presets.show_chosen(training.preset, times)
        self.settings.show_settings(training.settings)
        nearest = self.known.nearest if self.known else None
        changed = self.settings.difference(training.settings, nearest) if nearest else ""
        self.card.show_estimate(self.known, changed)
        self._allow()

    def _allow(self) -> None:
        may, known = self.may_change, self.known
        rows = self.training.rows if self.training else 0
        allow_if(may and not self.doing.busy, self.presets, self.settings)
        self.check.setEnabled(may and rows > 0 and not self.doing.busy)
        self.start.setEnabled(may and known is not None and known.fits)
        draft = self.training is not None and self.training.state in CHANGEABLE
        show_if(draft, self.check, self.start)
        self._why.setText(self._reason(draft, rows))
        self.start.setToolTip(self._why.text())
        if self._denied:
            forbid_if(self._denied, self.presets, self.settings, self.check, self.start)

    def _reason(self, draft: bool, rows: int) -> str:
        """Why it cannot start now; "" when it can."""
        if not draft:
            return self.tr("The settings are fixed once the training has begun.")
        if self._denied:
            return self._denied
        if not rows:
            return self.tr("Add examples first.")
        if self.known is None:
            return self.tr("Check first what it takes on this machine.")
        return "" if self.known.fits else self.tr("It does not fit this machine.")

    # -- acts -------------------------------------------------------------------------------------

    def _choose(self, preset: Preset) -> None:
        self._keep(preset, PRESETS[preset])

    def _set(self, settings: TrainingSettings) -> None:
        if self.training is not None:
            self._keep(self.training.preset, settings)

    def _take_nearest(self) -> None:
        known = self.known
        if self.training is not None and known is not None and known.nearest is not None:
            self._keep(self.training.preset, known.nearest)

    def _keep(self, preset: Preset, settings: TrainingSettings) -> None:
        if (training := self.training) is None or not self.may_change:
            return
        self.show_training(replace(training, preset=preset, settings=settings))
        self._services.reading.begin(
            self, lambda _: self._trainings.choose(training.id, preset, settings)
        )

    def estimate(self) -> None:
        """Measure what the run will take; slow."""
        plan, trainings = self._plan(), self._trainings

        def work(job: Job) -> Estimate:
            return trainings.estimate(plan.training, job)

        def done(found: Estimate) -> None:
            self._estimates[plan] = found
            self._show()

        title = self.tr("Two steps are being tried…")
        self.doing.run(title, self._services.background, work, done, self._allow)
        self._allow()

    def _start(self) -> None:
        if (training := self.training) is None:
            return
        self.start.setEnabled(False)
        self._services.answers.begin(
            self,
            lambda _: self._trainings.start(training.id),
            ended=self._allow,
            done=lambda _: self._begun(training.id),
        )

    def _begun(self, training: str) -> None:
        self.start.setEnabled(False)  # until the run is seen
        self.started.emit(training)
