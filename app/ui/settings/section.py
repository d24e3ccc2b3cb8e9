"""A kind of settings: its lines, how many are not as usual, and the way back."""

from PySide6.QtWidgets import QWidget

from app.ui.language import filled
from app.ui.settings.setting import Setting
from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row
from app.ui.widgets.retranslating import Retranslating


class Section(Retranslating, QWidget):
    """A kind gives its lines to `_take` and says them in `_say`."""

    icon = ""

    def __init__(self) -> None:
        super().__init__()
        self.heading = label("title")
        self.settings: list[Setting] = []
        self._changed, self._back = label("small"), button("link", self._restore)
        self._column = in_column(self.heading, 8, on=self, margins=0, spacing=0)

    def _take(self, *settings: Setting) -> None:
        """The lines from the first to the last; called once."""
        for each in settings:
            self.settings.append(each)
            self._column.addWidget(each)
        self._column.addLayout(
            in_row(STRETCH, self._changed, self._back, margins=(0, 12, 0, 0), spacing=6)
        )
        self._retranslate()

    def _retranslate(self) -> None:
        self._say()
        changed = sum(not each.standard for each in self.settings)
        self._changed.setText(filled(self.tr("Changed: %1 of %2."), changed, len(self.settings)))
        self._back.setText(self.tr("Restore defaults"))
        self._changed.setVisible(changed > 0)
        self._back.setVisible(changed > 0)

    def _say(self) -> None:
        """The heading, the lines, and what their controls show."""
        raise NotImplementedError

    def _restore(self) -> None:
        """Everything of this kind as it is usually."""

    def narrow(self, wanted: str) -> bool:
        """Show the lines that a search wants, all of them where the heading fits; whether there
        are any."""
        own = wanted.casefold() in self.heading.text().casefold()
        fitting = [own or each.fits(wanted) for each in self.settings]
        for each, fits in zip(self.settings, fitting, strict=True):
            each.setVisible(fits)
        return any(fitting)
