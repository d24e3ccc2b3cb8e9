"""What this computer offers a model."""

from PySide6.QtWidgets import QFrame

from app.domain.models.machine import Machine
from app.ui.models.cards.facts import Facts
from app.ui.models.words import ModelWords
from app.ui.widgets.controls import label
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating


class MachinePart(Retranslating, QFrame):
    def __init__(self, words: ModelWords) -> None:
        super().__init__()
        self._words = words
        self._machine: Machine | None = None
        self._title, self._facts = label("strong"), Facts()
        in_column(self._title, self._facts, on=self, margins=0, spacing=8)
        self._draw()

    def show_machine(self, machine: Machine) -> None:
        self._machine = machine
        self._draw()

    def _draw(self) -> None:
        self._title.setText(self.tr("This computer"))
        machine = self._machine
        if machine is None:
            return
        self._facts.show_pairs(
            [
                (self.tr("Processor"), machine.processor),
                (self.tr("Cores"), str(machine.cores)),
                (self.tr("Instructions"), ", ".join(machine.features)),
                (self.tr("Memory"), self._words.machine_memory(machine)),
                (self.tr("Graphics card"), self._words.graphics(machine)),
            ]
        )
