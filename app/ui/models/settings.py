"""What a user chooses here: how long the first word may take, what helps with asking, the card."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from app.domain.models.machine import Machine
from app.domain.settings import PATIENCES, Preferences
from app.ui.language import filled
from app.ui.models.words import ModelWords
from app.ui.theme import Theme
from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import in_column, in_row
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.switch import Switch

#: Whether further questions are suggested: None where the machine is quick enough.
_SUGGESTING = (None, True, False)


class SettingsPart(Retranslating, QFrame):
    """`choose` gets what is to be stored."""

    def __init__(
        self, words: ModelWords, theme: Theme, choose: Callable[[Preferences], None]
    ) -> None:
        super().__init__()
        self._words, self._choose = words, choose
        self._preferences = Preferences()
        self._machine: Machine | None = None
        self._title, self._within = label("strong"), label("", wrap=True)
        self._about, self._next = label("small", wrap=True), label("small", wrap=True)
        self._further, self._further_about = label("", wrap=True), label("small", wrap=True)
        self._key_about = label("small", wrap=True)
        self.by_enter = Switch(theme)
        self.by_enter.clicked.connect(
            lambda on: self._store(replace(self._preferences, send_by_enter=on))
        )
        self._summarise_about = label("small", wrap=True)
        self.summarise = Switch(theme)
        self.summarise.clicked.connect(
            lambda on: self._store(replace(self._preferences, summarise=on))
        )
        self.graphics = Switch(theme)
        self.graphics.clicked.connect(self._switched)
        in_column(
            self._title, self._within, self._choices(), self._about, 4, self._further,
            self._suggestions(), self._further_about, 4, self.by_enter, self._key_about, 4,
            self.summarise, self._summarise_about, 4, self.graphics, self._next, on=self, margins=0,
            spacing=8,
        )  # fmt: skip
        self._draw()

    def _choices(self) -> QHBoxLayout:
        row = in_row(spacing=6)
        self._group = QButtonGroup(self)
        self.patiences = [button("segment", self._waited) for _ in PATIENCES]
        for place, choice in enumerate(self.patiences):
            choice.setCheckable(True)
            self._group.addButton(choice, place)
            row.addWidget(choice, 1)
        return row

    def _suggestions(self) -> QHBoxLayout:
        row = in_row(spacing=6)
        self._suggest_group = QButtonGroup(self)
        self.suggesting = []
        for wanted in _SUGGESTING:
            choice = button("segment", partial(self._suggest, wanted))
            choice.setCheckable(True)
            self._suggest_group.addButton(choice)
            self.suggesting.append(choice)
            row.addWidget(choice, 1)
        return row

    def show_chosen(self, preferences: Preferences, machine: Machine) -> None:
        self._preferences, self._machine = preferences, machine
        self._draw()

    def _draw(self) -> None:
        self._title.setText(self.tr("Answers"))
        self._within.setText(self.tr("First word within about"))
        self._about.setText(
            self.tr("Less time: fewer passages for an answer. More time: more of them.")
        )
        for seconds, choice in zip(PATIENCES, self.patiences, strict=True):
            choice.setText(self._time(seconds))
            said = f"{self._within.text()} {choice.text()}"
            choice.setAccessibleName(said)
            choice.setToolTip(said)
            choice.setChecked(seconds == self._preferences.patience)
        self._draw_asking()
        self._draw_graphics()

    def _draw_asking(self) -> None:
        self._further.setText(self.tr("Suggest further questions"))
        self._further_about.setText(
            self.tr("After an answer from documents. Auto: where the model is quick enough.")
        )
        names = (self.tr("Auto"), self.tr("Always"), self.tr("Never"))
        for wanted, choice, name in zip(_SUGGESTING, self.suggesting, names, strict=True):
            choice.setText(name)
            choice.setAccessibleName(f"{self._further.text()}: {name}")
            choice.setToolTip(self._further_about.text())
            choice.setChecked(wanted is self._preferences.suggest)
        self.by_enter.setText(self.tr("Enter sends the question"))
        self.by_enter.setChecked(self._preferences.send_by_enter)
        on, off = (
            self.tr("Shift+Enter begins a new line."),
            self.tr("Ctrl+Enter sends, Enter begins a new line."),
        )
        self.summarise.setText(self.tr("Summarise conversations"))
        self.summarise.setChecked(self._preferences.summarise)
        self._summarise_about.setText(
            self.tr("While nobody asks, by the model on this computer. Later answers can use them.")
        )
        self.summarise.setToolTip(self._summarise_about.text())
        self._key_about.setText(on if self._preferences.send_by_enter else off)
        self.by_enter.setToolTip(self._key_about.text())

    def _draw_graphics(self) -> None:
        machine = self._machine
        there = machine is not None and machine.graphics is not None
        self.graphics.setText(self.tr("Use the graphics card"))
        self.graphics.setChecked(there and self._preferences.use_graphics)
        self.graphics.setEnabled(there)
        self._next.setText(self.tr("A change takes effect with the next question."))
        if machine is not None and not there:
            why = filled(self.tr("Graphics card: %1."), self._words.no_graphics(machine))
            self._next.setText(why)
        self.graphics.setToolTip(self._next.text())

    def _time(self, seconds: float) -> str:
        if seconds < 60:
            return filled(self.tr("%1 s"), round(seconds))
        return filled(self.tr("%1 min"), round(seconds / 60))

    def _waited(self) -> None:
        chosen = PATIENCES[self._group.checkedId()]
        self._store(replace(self._preferences, patience=chosen))

    def _suggest(self, wanted: bool | None) -> None:
        self._store(replace(self._preferences, suggest=wanted))

    def _switched(self, on: bool) -> None:
        self._store(replace(self._preferences, use_graphics=on))

    def _store(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._draw_asking()
        self._choose(preferences)
