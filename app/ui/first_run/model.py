"""Which model answers: one that is there, or a GGUF file that the user brings."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QWidget

from app.domain.events import ModelsChanged
from app.domain.models.machine import Machine
from app.domain.models.model import Model, ModelKind
from app.domain.models.placement import Fit
from app.services.jobs import Job
from app.ui.first_run.services import FirstRunServices
from app.ui.first_run.step import Step
from app.ui.language import Language, filled
from app.ui.models.asking import ModelAsking, may_be_model
from app.ui.models.intake import Intake
from app.ui.models.words import ModelWords
from app.ui.pages.dropping import TakesFiles
from app.ui.widgets.controls import button, frame, label, let_go, show_if
from app.ui.widgets.layouts import UPRIGHT, aligned, in_column, in_row, wide

#: Bytes that a parameter takes in Q4_K_M with the context beside it, and the share of the memory
#: that a model should take.
_BYTES_A_PARAMETER, _SHARE = 0.75, 0.6
#: Parameters, in billions, with which a core still writes about as fast as people read.
_BILLIONS_A_CORE = 2


class _Found:
    """What the step was told of this computer and its models."""

    def __init__(self, models: Sequence[Model], machine: Machine, fits: dict[str, Fit]) -> None:
        self.models = [each for each in models if each.kind == ModelKind.CHAT]
        self.machine, self.fits = machine, fits

    @property
    def billions(self) -> int:
        """Parameters of the largest model that runs well here: what fits, and what the processor
        can read aloud in time where there is no card."""
        room = self.machine.memory_total * _SHARE / _BYTES_A_PARAMETER / 1e9
        if (card := self.machine.graphics) is not None:
            return max(round(max(room, card.memory_total / _BYTES_A_PARAMETER / 1e9)), 1)
        return max(round(min(room, self.machine.cores * _BILLIONS_A_CORE)), 1)


class ModelStep(TakesFiles, Step):
    def __init__(self, services: FirstRunServices, language: Language) -> None:
        super().__init__()
        self._services, self._language = services, language
        self._words = ModelWords(language)
        self._found: _Found | None = None
        self._group = QButtonGroup(self)
        self.cards: dict[str, QWidget] = {}
        self._list = QWidget()
        self._column = in_column(on=self._list, margins=0, spacing=10)
        self.intake = Intake(services.imports, services.background)
        self.asking = ModelAsking(self, services.imports, self.intake, services.reading, language)
        self.bring = button("", self.asking.choose_files)
        self._own, self._own_about = label("strong"), label("small", wrap=True)
        self.hold(self._list, self._bringing(), self.intake)
        self.setAcceptDrops(True)
        services.events.subscribe(ModelsChanged, lambda _: self.begin())
        self._retranslate()

    def _bringing(self) -> QWidget:
        card = frame("card")
        words = in_column(self._own, self._own_about, spacing=4)
        in_row(
            wide(words), aligned(self.bring, UPRIGHT), on=card, margins=(18, 14, 18, 14),
            spacing=16,
        )  # fmt: skip
        return card

    def _retranslate(self) -> None:
        self.say(self.tr("Choose the model that answers"), self._told())
        self._own.setText(self.tr("Bring a model of your own"))
        self._own_about.setText(
            self.tr(
                "Any GGUF file, such as Llama 3.1 8B Instruct (4.9 GB), which reasons and compares "
                "noticeably better. Ask your administrator for it, or download it on another "
                "computer; drop it here."
            )
        )
        self.bring.setText(self.tr("Choose a file…"))
        self._draw_cards()
        self.changed.emit()

    def _told(self) -> str:
        if self._found is None:
            return self.tr("Looking at this computer…")
        machine = self._found.machine
        here = filled(
            self.tr("This computer has %1 cores and %2 of memory."),
            machine.cores,
            self._words.size(machine.memory_total),
        )
        suits = filled(
            self.tr("Models of up to about %1 billion parameters suit it."), self._found.billions
        )
        return f"{here} {suits}"

    @property
    def note(self) -> str:
        return self._in_use()

    @property
    def ready(self) -> bool:
        return bool(self._in_use())

    def _in_use(self) -> str:
        models = self._found.models if self._found else []
        return next((each.name for each in models if each.in_use), "")

    def begin(self) -> None:
        models = self._services.models

        def look(_: Job) -> _Found:
            known, machine = models.all(), models.machine()
            return _Found(known, machine, models.fits(known, machine))

        self._services.reading.begin(self, look, self._show)

    def _show(self, found: _Found) -> None:
        self._found = found
        self._retranslate()

    def _draw_cards(self) -> None:
        for card in self.cards.values():
            let_go(card)
        self.cards = {}
        found = self._found
        for model in found.models if found else ():
            self.cards[model.name] = card = self._card(model)
            self._column.addWidget(card)

    def _card(self, model: Model) -> QWidget:
        card = button("choice", partial(self.use, model.name))
        card.setCheckable(True)
        card.setChecked(model.in_use)
        self._group.addButton(card)
        card.setAccessibleName(model.name)
        card.setMinimumHeight(72)
        fit = self._found.fits.get(model.name) if self._found else None
        chip, why = self._words.fit(fit) if fit else ("", "")
        told, about = label("strong", model.name), label("small", self._words.facts(model))
        fits = label("good" if fit == Fit.FITS else "notice", chip)
        fits.setToolTip(why)
        show_if(bool(chip), fits)
        in_row(
            wide(in_column(told, about, spacing=4)), aligned(fits, UPRIGHT), on=card,
            margins=(18, 12, 18, 12), spacing=12,
        )  # fmt: skip
        return card

    def use(self, name: str) -> None:
        """Answer with it."""
        self._services.reading.begin(self, lambda _: self._services.models.use(name))

    def _is_wanted(self, path: Path) -> bool:
        return may_be_model(path)

    def _take_files(self, paths: list[Path]) -> None:
        self.asking.add(paths)
