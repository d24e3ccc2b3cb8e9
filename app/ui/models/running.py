"""How the chat model runs here: device, layers, context, memory, speed, and why so."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.domain.models.model import Speed
from app.services.models.inference import Running
from app.ui.language import filled
from app.ui.models.cards.facts import Facts, clear
from app.ui.models.words import ModelWords
from app.ui.widgets.controls import Bar, button, label, say, say_or_hide
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import LEFT, aligned, in_column
from app.ui.widgets.retranslating import Retranslating


class RunningPart(Retranslating, QFrame):
    """`load` opens the model now, without a question."""

    def __init__(self, words: ModelWords, load: Callable[[], None]) -> None:
        super().__init__()
        self._words = words
        self._running: Running | None = None
        self._wanted, self._percent = "", -1
        self._title, self._about = label("strong"), label("muted", wrap=True)
        self._name = Elided("muted")
        self._facts = Facts()
        self._bar = Bar()
        self.load = button("", load)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(4)
        in_column(
            self._title, self._name, self._about, self._bar, aligned(self.load, LEFT), self._facts,
            4, self._reasons, on=self, margins=0, spacing=8,
        )  # fmt: skip
        self._draw()

    def show_running(self, running: Running | None, wanted: str) -> None:
        """`wanted` is the name of the model in use, "" for none; another one may still run."""
        self._running, self._wanted, self._percent = running, wanted, -1
        self._draw()

    def show_loading(self, percent: int) -> None:
        self._percent = percent
        self._draw_state()

    def _draw(self) -> None:
        self._title.setText(self.tr("How it runs here"))
        say(self.load, self.tr("Load now"), self.tr("So that the first question need not wait"))
        self._draw_state()
        self._name.setVisible(self._running is not None)
        self._name.say(self._running.model.name if self._running else "")
        self._facts.setVisible(self._running is not None)
        self._facts.show_pairs(self._pairs(self._running) if self._running else [])
        self._draw_reasons()

    def _draw_state(self) -> None:
        loading = self._percent >= 0
        due = bool(self._wanted) and not self._is_due()
        say_or_hide(self._about, self._state())
        self.load.setVisible(due and not loading)
        self._bar.setVisible(loading)
        self._bar.setValue(max(self._percent, 0))
        self._bar.setAccessibleName(self._about.text())

    def _is_due(self) -> bool:
        """Whether what runs is what was chosen, or stands in for it."""
        running = self._running
        return running is not None and (running.model.name == self._wanted or running.stands_in)

    def _state(self) -> str:
        if self._percent >= 0:
            return filled(self.tr("Loading %1 %"), self._percent)
        if not self._wanted:
            return self.tr("There is no model to run yet.")
        if self._running is None:
            return self.tr("The model is loaded with the first question.")
        if not self._is_due():
            return filled(
                self.tr("“%1” is loaded with the next question; now it is the one before."),
                self._wanted,
            )
        return ""

    def _pairs(self, running: Running) -> list[tuple[str, str]]:
        words, placement, memory = self._words, running.choice.placement, running.memory
        if running.model.is_served:
            return [
                (self.tr("Computes on"), words.short_device(running)),
                (self.tr("Context"), self._context(running.context)),
                *self._speed(running.speed),
            ]
        cache = (words.memory(memory.kv), words.precision(placement.kv_type))
        return [
            (self.tr("Computes on"), words.short_device(running)),
            (self.tr("Graphics card"), words.layers(placement, running.model)),
            (self.tr("Context"), self._context(running.context)),
            (self.tr("Threads"), str(placement.threads)),
            (self.tr("Cache"), " · ".join(part for part in cache if part)),
            (self.tr("Weights"), words.memory(memory.weights)),
            (self.tr("Compute"), words.memory(memory.compute)),
            (self.tr("Memory in all"), words.memory(memory.total)),
            *self._speed(running.speed),
        ]

    def _speed(self, speed: Speed | None) -> list[tuple[str, str]]:
        if speed is None:
            return [(self.tr("Speed"), self._words.speed(None))]
        return [
            (self.tr("Reads"), self._words.rate(speed.prompt)),
            (self.tr("Writes"), self._words.rate(speed.answer)),
        ]

    def _context(self, tokens: int) -> str:
        return self.tr("%n token(s)", "", tokens)

    def _draw_reasons(self) -> None:
        clear(self._reasons)
        if self._running is None:
            return
        for sentence in self._words.reasons(self._running.choice):
            for kind, text in (("", sentence.what), ("small", sentence.hint)):
                if text:
                    line = label(kind, text, wrap=True)
                    self._reasons.addWidget(line)
