"""The lines around what the viewer shows: citations, stretches, pages and acts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.language import filled
from app.ui.library.viewer.spot import Spot
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, label, say, show_if
from app.ui.widgets.elided import Elided
from app.ui.widgets.retranslating import Retranslating

ICON = 16


class Line(Retranslating, QWidget):
    """A row of buttons and labels that speaks the window's language."""

    def __init__(self, top: int = 0, bottom: int = 0) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, top, 0, bottom)
        self.row.setSpacing(0)

    def _retranslate(self) -> None:
        """Say everything anew."""


class StepperLine(Line):
    """A text between two arrows. `stepped` gives -1 or 1."""

    stepped = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(top=2, bottom=2)
        self.name = Elided("small", Qt.TextElideMode.ElideMiddle)
        self.where = label("small")
        self.before = IconButton(theme, "chevron-left", lambda: self.stepped.emit(-1), size=ICON)
        self.after = IconButton(theme, "chevron-right", lambda: self.stepped.emit(1), size=ICON)
        self.row.addWidget(self.name, 1)
        for part in (self.before, self.where, self.after):
            self.row.addWidget(part)

    def say(self, before: str, after: str) -> None:
        """What the arrows lead to."""
        self.before.say(before)
        self.after.say(after)


class CitationLine(StepperLine):
    """Steps through several places, one of which is looked at. `chosen` gives another one."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.spots: tuple[Spot, ...] = ()
        self._place = 0
        self.stepped.connect(self.step)
        self._retranslate()

    def _retranslate(self) -> None:
        self.say(self.tr("Previous citation"), self.tr("Next citation"))
        self._show()

    def offer(self, spots: Sequence[Spot]) -> None:
        """These can be stepped through."""
        self.spots = tuple(spots)

    def show_spot(self, spot: Spot | None) -> None:
        """The one that is looked at; one that is none of them ends the stepping."""
        if spot not in self.spots:
            self.spots = ()
        self._place = self.spots.index(spot) if spot in self.spots else 0
        self._show()

    def _show(self) -> None:
        self.setVisible(len(self.spots) > 1)
        self.where.setText(filled(self.tr("%1 of %2"), self._place + 1, len(self.spots)))
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place + 1 < len(self.spots))

    def step(self, step: int) -> None:
        if 0 <= self._place + step < len(self.spots):
            self.chosen.emit(self.spots[self._place + step])


class ActBar(Line):
    """Pages on the left, acts on the right."""

    turned, zoomed, searched, copied = Signal(int), Signal(object), Signal(), Signal()
    wanted, detached = Signal(), Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(top=2, bottom=4)
        self._before = IconButton(theme, "chevron-left", lambda: self.turned.emit(-1), size=ICON)
        self._after = IconButton(theme, "chevron-right", lambda: self.turned.emit(1), size=ICON)
        self._where = Elided("small")
        self._acts = [
            IconButton(theme, icon, act, size=ICON)
            for icon, act in (
                ("zoom-out", lambda: self.zoomed.emit(1 / 1.25)),
                ("zoom-in", lambda: self.zoomed.emit(1.25)),
                ("search", self.searched.emit),
                ("copy", self.copied.emit),
                ("external-link", self.wanted.emit),
                ("maximize-2", self.detached.emit),
            )
        ]
        for part in (self._before, self._where, self._after):
            self.row.addWidget(part)
        self.row.addStretch()
        for part in self._acts:
            self.row.addWidget(part)
        self._retranslate()

    def _retranslate(self) -> None:
        self._before.say(self.tr("Previous page"), self.tr("PgUp"))
        self._after.say(self.tr("Next page"), self.tr("PgDn"))
        smaller, larger, search, copy, open_it, detach = self._acts
        smaller.say(self.tr("Smaller"), self.tr("Ctrl+−"))
        larger.say(self.tr("Larger"), self.tr("Ctrl++"))
        search.say(self.tr("Find in the document"), self.tr("Ctrl+F"))
        copy.say(self.tr("Copy"), self.tr("Ctrl+C"))
        open_it.say(self.tr("Open the original…"))
        detach.say(self.tr("Open in a window of its own"))

    def show_page(self, page: int, pages: int) -> None:
        """Page `page` of `pages`; 0: there are none to turn."""
        show_if(pages > 1, self._before, self._after)
        self._before.setEnabled(page > 1)
        self._after.setEnabled(page < pages)
        said = filled(self.tr("p. %1 of %2"), page, pages) if pages else ""
        say(self._where, f"{page} / {pages}" if pages else "", said)
        self._where.setAccessibleName(said)

    def show_place(self, place: str) -> None:
        """Cells that are looked at."""
        self.show_page(0, 0)
        self._where.setText(place if len(place) < 24 else f"{place[:23]}…")
