"""The chip in the top bar: where the chat model computes, and how fast it writes."""

from PySide6.QtCore import Qt

from app.domain.events import ModelLoading, ModelsChanged, RunningChanged
from app.domain.models.model import Model, ModelKind
from app.services.events import Events
from app.services.models.inference import Inference
from app.services.models.service import ModelService
from app.ui.acts import Acts
from app.ui.language import Language, filled
from app.ui.models.words import ModelWords
from app.ui.theme import Theme
from app.ui.widgets.controls import BESIDE, say
from app.ui.widgets.elided import ElidedButton
from app.ui.widgets.retranslating import Retranslating

_WIDEST_DEVICE = 190


class ModelStatus(Retranslating, ElidedButton):
    """`clicked` wants the models to be shown."""

    def __init__(
        self,
        models: ModelService,
        inference: Inference,
        events: Events,
        reading: Acts,
        theme: Theme,
        language: Language,
    ) -> None:
        super().__init__()
        self._models, self._inference, self._reading = models, inference, reading
        self._theme = theme
        self._words = ModelWords(language)
        self._in_use: Model | None = None
        self._known, self._percent = False, -1
        self.setProperty("kind", "status")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(BESIDE)
        events.subscribe(ModelsChanged, lambda _: self._ask())
        events.subscribe(ModelLoading, self._loading)
        events.subscribe(RunningChanged, lambda _: self._loaded())
        theme.changed.connect(self._draw)
        self._ask()
        self._draw()

    def _ask(self) -> None:
        def show(model: Model | None) -> None:
            self._in_use, self._known = model, True
            self._draw()

        self._reading.begin(self, lambda _: self._models.in_use(ModelKind.CHAT), show)

    def _loading(self, event: ModelLoading) -> None:
        self._percent = event.percent
        self._draw()

    def _loaded(self) -> None:
        self._percent = -1
        self._draw()

    def _draw(self) -> None:
        text, why = self._said()
        say(self, text, why)
        self.setAccessibleName(filled(self.tr("Model: %1"), text))
        running = self._inference.running
        lacking = self._known and self._in_use is None
        lacking = lacking or (running is not None and running.stands_in)
        icon, color = ("triangle-alert", "gold") if lacking else ("cpu", "muted")
        self.setIcon(self._theme.icon(icon, color, 16))

    def _said(self) -> tuple[str, str]:
        """The chip's words and the tooltip's."""
        running = self._inference.running
        if self._percent >= 0:
            name = self._in_use.name if self._in_use else ""
            return filled(self.tr("Loading %1 %"), self._percent), name
        if running is not None:
            device = self.fontMetrics().elidedText(
                self._words.short_device(running), Qt.TextElideMode.ElideRight, _WIDEST_DEVICE
            )
            if running.stands_in:
                device = self.tr("Server away, this computer answers")
            speed = self._words.rate(running.speed.answer) if running.speed else ""
            reasons = self._words.reasons(running.choice)
            why = reasons[0].what if reasons else running.device
            lines = [line for line in (running.model.name, why) if line]
            return (f"{device} · {speed}" if speed else device), "\n".join(lines)
        if self._known and self._in_use is None:
            return self.tr("No model"), self.tr("Answers are quotations until a model is added.")
        return self.tr("Not loaded"), self.tr("The model is loaded with the first question.")
