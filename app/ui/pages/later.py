"""Pages that are made when they are first reached: a log-in waits for the one that it shows."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

P = TypeVar("P", bound=QWidget, covariant=True)


class Later(Generic[P]):
    """A page, or how it is made."""

    def __init__(self, make: Callable[[], P]) -> None:
        self._make = make
        self._heard: list[Callable[[QWidget], object]] = []
        #: None until somebody reached for it.
        self.made: P | None = None

    @property
    def page(self) -> P:
        """Made now if it is not there yet."""
        if self.made is None:
            self.made = made = self._make()
            for hear in self._heard:
                hear(made)
        return self.made

    def when_made(self, hear: Callable[[QWidget], object]) -> None:
        """Have it told of the page once it is there."""
        self._heard.append(hear)


class LaterStack(QStackedWidget):
    """One of several pages is seen; each stands in it from its making on."""

    def __init__(self, pages: Sequence[Later[QWidget]]) -> None:
        super().__init__()
        self._later = pages
        #: Of the one that is seen, among all.
        self.place = 0
        for each in pages:
            each.when_made(self.addWidget)

    def show_place(self, place: int) -> None:
        self.place = place
        self.setCurrentWidget(self._later[place].page)

    def place_of(self, page: QWidget) -> int:
        """Of a page that is there."""
        return next(place for place, each in enumerate(self._later) if each.made is page)
