"""What the pages of the first start have in common."""

from PySide6.QtCore import QMargins, Signal
from PySide6.QtWidgets import QWidget

from app.ui.widgets.controls import label
from app.ui.widgets.layouts import Part, in_column
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll

_WIDTH = 720


class Step(Retranslating, Scroll):
    """`changed` says that `ready`, `note` or `act` may be other now; `over` that the next step may
    begin by itself."""

    changed, over = Signal(), Signal()

    def __init__(self) -> None:
        super().__init__(QMargins(40, 40, 40, 16), 12)
        self.heading, self._about = label("title", wrap=True), label("muted", wrap=True)
        inside = QWidget()
        inside.setMaximumWidth(_WIDTH)
        self._within = in_column(self.heading, self._about, 4, on=inside, margins=0, spacing=10)
        self.column.addWidget(inside)
        self.column.addStretch()

    def hold(self, *parts: Part) -> None:
        """What the page shows below its words."""
        for part in parts:
            if isinstance(part, QWidget):
                self._within.addWidget(part)
            elif isinstance(part, int):
                self._within.addSpacing(part)

    def say(self, heading: str, about: str) -> None:
        self.heading.setText(heading)
        self._about.setText(about)

    @property
    def note(self) -> str:
        """What was decided, on the list of steps; "" before."""
        return ""

    @property
    def ready(self) -> bool:
        """Whether the step may be ended now."""
        return True

    @property
    def act(self) -> str:
        """What the button says that ends the step."""
        return self.tr("Continue")

    def begin(self) -> None:
        """The step is shown."""

    def end(self) -> bool:
        """The button was pressed; whether the next step may begin at once."""
        return True
