"""What a search through a collection found: passages in order, each with where it stands."""

from collections.abc import Sequence

from app.domain.chat.conversation import Segment
from app.ui.language import filled
from app.ui.library.viewer.spot import searched_spot
from app.ui.theme import Theme
from app.ui.widgets.lines import Lines

_SNIPPET = 400


class SearchHitList(Lines):
    """`picked` gives the Spot of a passage."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)

    def show_segments(self, found: Sequence[Segment], question: str, *, evident: bool) -> None:
        """With a line above when nothing comes near what was asked; the first is picked."""
        self.clear()
        if not found:
            self.say(self.tr("Nothing was found."))
        elif not evident:
            self.say(self.tr("Nothing says this outright. The nearest passages:"))
        for segment in found:
            text = " ".join(segment.text.split())[:_SNIPPET]
            self.add(self._where(segment), text, searched_spot(segment, question))
        self.pick_first()

    def say_searching(self) -> None:
        self.clear()
        self.say(self.tr("Searching…"))

    def _where(self, segment: Segment) -> str:
        place = segment.best
        parts = [segment.name]
        if place.page:
            parts.append(filled(self.tr("p. %1"), place.page))
        if place.cells:
            parts.append(f"{place.sheet} {place.cells}".strip())
        return " · ".join(parts)
