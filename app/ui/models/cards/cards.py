"""A card a model: what the file says, how it fits, how fast it is here, and its acts."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.models.model import ModelKind, Speed
from app.domain.models.placement import Fit
from app.ui.language import filled
from app.ui.models.overview import Listed
from app.ui.models.words import ModelWords
from app.ui.theme import Theme
from app.ui.widgets.controls import Bar, IconButton, button, forbid_if, label, say
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_FIT_KINDS = {Fit.FITS: "count", Fit.PARTLY: "notice", Fit.TOO_LARGE: "bad"}

#: What an icon button has around its picture, so that the picture ends where the text does.
_ICON_EDGE = 6


@dataclass(frozen=True)
class ModelCardActs:
    """Each gets the model's name; `stop` ends a measurement."""

    use: Callable[[str], None]
    measure: Callable[[], None]
    stop: Callable[[], None]
    remove: Callable[[str], None]


class ModelCard(Retranslating, QFrame):
    def __init__(
        self, listed: Listed, words: ModelWords, acts: ModelCardActs, theme: Theme
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._words, self._theme = words, theme
        self.listed, self._may_change = listed, True
        name = listed.model.name
        self.use = button("", lambda: acts.use(name))
        self.measure = button("", acts.measure)
        self.stop = button("", acts.stop)
        self.remove = IconButton(theme, "trash-2", lambda: acts.remove(name))
        self._build()
        self.end_measuring()
        theme.follow(self._draw)

    def _build(self) -> None:
        self._name, self._facts = Elided("strong"), label("small", wrap=True)
        self.place = Elided("small", Qt.TextElideMode.ElideMiddle)
        self._bar = Bar()
        head = in_row(wide(self._name), self.use, self.measure, self.stop, self.remove, spacing=8)
        body = in_column(
            self._facts, self.place, self._chips(), self._bar, margins=(0, 0, _ICON_EDGE, 0),
            spacing=4,
        )  # fmt: skip
        in_column(head, body, on=self, margins=(16, 10, 16 - _ICON_EDGE, 14), spacing=4)

    def _chips(self) -> QWidget:
        self.used, self.fit, self.away = label("good"), label("count"), label("notice")
        self.speed = Elided("small")
        self._state = QWidget()
        in_row(
            self.used, self.away, self.fit, STRETCH, self.speed, on=self._state,
            margins=(0, 6, 0, 0), spacing=6,
        )  # fmt: skip
        return self._state

    def _draw(self) -> None:
        self.measure.setIcon(self._theme.icon("gauge", "muted", 16))

    def _retranslate(self) -> None:
        self.show_listed(self.listed, self._may_change)

    # -- what it shows ----------------------------------------------------------------------------

    def show_listed(self, listed: Listed, may_change: bool) -> None:
        self.listed, self._may_change = listed, may_change
        model = listed.model
        self.setAccessibleName(model.name)
        self._name.say(model.name)
        self._facts.setText(self._words.facts(model))
        self.place.say(self._words.place(listed), model.path)
        self._show_chips()
        self._show_acts()
        if not self._measuring:
            self._show_speed()

    def _show_chips(self) -> None:
        listed = self.listed
        self.used.setText(self.tr("in use"))
        self.used.setVisible(listed.model.in_use)
        self.away.setText(self.tr("file is away"))
        self.away.setToolTip(self.tr("Connect the disk or share on which it lies."))
        self.away.setVisible(not listed.present)
        self.fit.setVisible(listed.fit is not None)
        if listed.fit is not None:
            text, why = self._words.fit(listed.fit)
            say(self.fit, text, why)
            _set_kind(self.fit, _FIT_KINDS[listed.fit])
        chat = listed.model.kind == ModelKind.CHAT
        self._state.setVisible(chat or listed.model.in_use or not listed.present)

    def set_speed(self, speed: Speed | None) -> None:
        self.listed = replace(self.listed, speed=speed)
        if not self._measuring:
            self._show_speed()

    @property
    def facts(self) -> str:
        """The line under the name."""
        return self._facts.text()

    def controls(self) -> list[QWidget]:
        return [self.use, self.measure, self.stop, self.remove]

    def _show_speed(self) -> None:
        self.speed.setText(self._words.speed(self.listed.speed))
        self.speed.setToolTip(self.tr("Tokens a second on this machine; a word has about two."))
        self.speed.setVisible(self.listed.model.kind == ModelKind.CHAT)

    def _show_acts(self) -> None:
        model, name = self.listed.model, self.listed.model.name
        self.use.setText(self.tr("Use"))
        self.use.setVisible(not model.in_use)
        self.use.setAccessibleName(filled(self.tr("Use %1"), name))
        answering = self.tr("Answer with this model from the next question on")
        searching = self.tr("Search with this model")
        self._allow(self.use, answering if model.kind == ModelKind.CHAT else searching)
        self.measure.setText(self.tr("Measure"))
        self.measure.setAccessibleName(filled(self.tr("Measure %1"), name))
        self.measure.setToolTip(
            self.tr("Read and write a little, and see how fast this machine is")
        )
        self.measure.setEnabled(self.listed.present)
        say(self.stop, self.tr("Stop"), self.tr("Stop measuring"))
        self.stop.setAccessibleName(self.tr("Stop measuring"))
        self._show_removal()
        self._show_measuring_acts()

    def _show_removal(self) -> None:
        self.remove.say(filled(self.tr("Remove %1"), self.listed.model.name))
        self._allow(self.remove, self.remove.toolTip(), away_too=True)
        if not self._may_change:
            return
        if self.listed.model.in_use and self.listed.model.kind != ModelKind.RERANKER:
            forbid_if(self.tr("It is in use: choose another model first."), self.remove)
        elif self.listed.shipped and not self.listed.copied:
            why = self.tr("It came with Larets: whoever set it up can delete its folder.")
            forbid_if(why, self.remove)

    def _allow(self, act: QWidget, tip: str, *, away_too: bool = False) -> None:
        """Enabled with its tooltip, or not and why."""
        forbid_if("", act)
        act.setToolTip(tip)
        if not self._may_change:
            forbid_if(self.tr("Only an administrator may change models."), act)
        elif not (self.listed.present or away_too):
            forbid_if(self.tr("Connect the disk or share on which it lies."), act)

    # -- measuring --------------------------------------------------------------------------------

    def show_measuring(self, doing: str, percent: int) -> None:
        self._measuring = True
        self.speed.setText(doing)
        self._bar.setRange(0, 100 if percent >= 0 else 0)
        self._bar.setValue(max(percent, 0))
        self._bar.setAccessibleName(doing)
        self._bar.show()
        self._show_measuring_acts()

    def end_measuring(self) -> None:
        self._measuring = False
        self._bar.hide()
        self._show_speed()
        self._show_measuring_acts()

    def _show_measuring_acts(self) -> None:
        model = self.listed.model
        can = model.in_use and model.kind == ModelKind.CHAT
        self.measure.setVisible(can and not self._measuring)
        self.stop.setVisible(self._measuring)


def _set_kind(chip: QWidget, kind: str) -> None:
    if chip.property("kind") != kind:
        chip.setProperty("kind", kind)
        chip.style().unpolish(chip)
        chip.style().polish(chip)
