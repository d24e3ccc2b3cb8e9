"""What the profile's user prefers: how answers come, what is remembered, where the model runs."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal

from app.domain.models.machine import Machine
from app.domain.settings import PATIENCES, Preferences
from app.ui.language import filled
from app.ui.models.words import ModelWords
from app.ui.settings.section import Section
from app.ui.settings.setting import Choice, Setting
from app.ui.theme import Theme
from app.ui.widgets.controls import button
from app.ui.widgets.switch import Switch

Choose = Callable[[Preferences], None]


class PreferenceSection(Section):
    """`choose` gets what is to be stored."""

    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self._choose, self._now = choose, Preferences()

    def show_chosen(self, preferences: Preferences) -> None:
        self._now = preferences
        self._retranslate()

    def _store(self, preferences: Preferences) -> None:
        self._now = preferences
        self._retranslate()
        self._choose(preferences)


class AnswersSection(PreferenceSection):
    icon = "message-square"

    def __init__(self, theme: Theme, choose: Choose) -> None:
        super().__init__(choose)
        self.patiences, self.suggesting = Choice(PATIENCES), Choice((None, True, False))
        self.by_enter = Switch(theme)
        self.patiences.chosen.connect(lambda to: self._store(replace(self._now, patience=to)))
        self.suggesting.chosen.connect(lambda to: self._store(replace(self._now, suggest=to)))
        self.by_enter.clicked.connect(lambda on: self._store(replace(self._now, send_by_enter=on)))
        self._patience, self._enter, self._further = (
            Setting(self.patiences), Setting(self.by_enter), Setting(self.suggesting),
        )  # fmt: skip
        self._take(self._patience, self._enter, self._further)

    def _say(self) -> None:
        now, usual = self._now, Preferences()
        self.heading.setText(self.tr("Answers"))
        patience = self.tr("Patience")
        self._patience.say(
            patience,
            self.tr(
                "How long the model's first word may take: the longer, the more it reads. The "
                "quotation from the documents comes at once in any case. Default: 15 s."
            ),
        )
        self.patiences.say([self._time(each) for each in PATIENCES], patience)
        self.patiences.show_chosen(now.patience)
        self._patience.standard = now.patience == usual.patience
        on, off = (
            self.tr("Shift+Enter begins a new line."),
            self.tr("Ctrl+Enter sends, Enter begins a new line."),
        )
        self._enter.say(self.tr("Enter sends the question"), on if now.send_by_enter else off)
        self.by_enter.setChecked(now.send_by_enter)
        self._enter.standard = now.send_by_enter == usual.send_by_enter
        further = self.tr("Suggest further questions")
        self._further.say(
            further,
            self.tr("After an answer from documents. Auto: where the model is quick enough."),
        )
        self.suggesting.say((self.tr("Auto"), self.tr("Always"), self.tr("Never")), further)
        self.suggesting.show_chosen(now.suggest)
        self._further.standard = now.suggest is usual.suggest

    def _time(self, seconds: float) -> str:
        if seconds < 60:
            return filled(self.tr("%1 s"), round(seconds))
        return filled(self.tr("%1 min"), round(seconds / 60))

    def _restore(self) -> None:
        usual = Preferences()
        self._store(
            replace(
                self._now,
                patience=usual.patience,
                send_by_enter=usual.send_by_enter,
                suggest=usual.suggest,
            )
        )


class MemorySection(PreferenceSection):
    icon = "notebook-text"

    def __init__(self, theme: Theme, choose: Choose) -> None:
        super().__init__(choose)
        self.summarise = Switch(theme)
        self.summarise.clicked.connect(lambda on: self._store(replace(self._now, summarise=on)))
        self._line = Setting(self.summarise)
        self._take(self._line)

    def _say(self) -> None:
        self.heading.setText(self.tr("Summaries and memory"))
        self._line.say(
            self.tr("Summarise conversations"),
            self.tr(
                "While nobody asks, by the model on this computer. Later answers can use them."
            ),
        )
        self.summarise.setChecked(self._now.summarise)
        self._line.standard = self._now.summarise

    def _restore(self) -> None:
        self._store(replace(self._now, summarise=True))


class DeviceSection(PreferenceSection):
    """`models_wanted` leads to the models."""

    icon = "cpu"
    models_wanted = Signal()

    def __init__(self, words: ModelWords, theme: Theme, choose: Choose) -> None:
        super().__init__(choose)
        self._words = words
        self._machine: Machine | None = None
        self.graphics = Switch(theme)
        self.graphics.clicked.connect(lambda on: self._store(replace(self._now, use_graphics=on)))
        self.models = button("", self.models_wanted.emit)
        self._line, self._to_models = Setting(self.graphics), Setting(self.models)
        self._take(self._line, self._to_models)

    def show_machine(self, machine: Machine) -> None:
        self._machine = machine
        self._retranslate()

    def _say(self) -> None:
        machine = self._machine
        there = machine is not None and machine.graphics is not None
        self.heading.setText(self.tr("Models and device"))
        told = self.tr("A change takes effect with the next question.")
        if machine is not None and not there:
            told = filled(self.tr("Graphics card: %1."), self._words.no_graphics(machine))
        self._line.say(self.tr("Use the graphics card"), told)
        self.graphics.setEnabled(there)
        self.graphics.setChecked(there and self._now.use_graphics)
        self._line.standard = self._now.use_graphics
        self.models.setText(self.tr("Show the models"))
        self._to_models.say(
            self.tr("Models"), self.tr("Choose which model answers and which one searches.")
        )

    def _restore(self) -> None:
        self._store(replace(self._now, use_graphics=True))
