"""Questions a day, or a week where there are many: the bars, their legend, their words."""

from collections.abc import Sequence
from datetime import date, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QLocale
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from app.domain.statistics import Served
from app.ui.acts import Acts
from app.ui.language import Language, filled
from app.ui.theme import Theme
from app.ui.widgets.controls import label
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating

if TYPE_CHECKING:
    from app.ui.administration.statistics.day_bars import Bar, DayBars

_HEIGHT, _BETWEEN = 190, 8
#: More days are shown by the week.
_MOST_DAYS, _WEEK = 92, 7


class DayChart(Retranslating, QWidget):
    """pyqtgraph is loaded on `reading` when the first figures are to be drawn."""

    def __init__(self, theme: Theme, language: Language, reading: Acts) -> None:
        super().__init__()
        self._theme, self._language, self._reading = theme, language, reading
        self._days: Sequence[tuple[date, Served]] = ()
        self._asked = False
        self.plot: DayBars | None = None
        self._title = label("strong")
        self._answered, self._abstained = label("good"), label("notice")
        self._other = label("count")
        legend = QWidget()
        row = FlowLayout(legend, _BETWEEN)
        for part in (self._answered, self._abstained, self._other):
            row.addWidget(part)
        self._place = QWidget()
        self._place.setFixedHeight(_HEIGHT)
        self._place.setMouseTracking(True)
        self._place.installEventFilter(self)
        self._inside = QVBoxLayout(self._place)
        self._inside.setContentsMargins(0, 0, 0, 0)
        in_column(self._title, legend, self._place, on=self, margins=0, spacing=8)
        theme.changed.connect(self._draw)
        self._retranslate()

    def show_days(self, days: Sequence[tuple[date, Served]]) -> None:
        self._days = days
        if self.plot is None and days and not self._asked:
            self._asked = True
            self._reading.begin(
                self,
                lambda _: import_module("app.ui.administration.statistics.day_bars"),
                lambda _: self._build(),
            )
        self._retranslate()

    def _build(self) -> None:
        from app.ui.administration.statistics.day_bars import DayBars

        self.plot = DayBars()
        self._inside.addWidget(self.plot.widget)
        self._draw()

    def _retranslate(self) -> None:
        by_week = len(_every_day(self._days)) > _MOST_DAYS
        title = self.tr("Questions a week") if by_week else self.tr("Questions a day")
        self._title.setText(title)
        self._answered.setText(self.tr("answered"))
        self._abstained.setText(self.tr("not in the documents"))
        self._other.setText(self.tr("other"))
        self._place.setAccessibleName(title)
        self._place.setAccessibleDescription(self.description)
        self._draw()

    def _draw(self) -> None:
        if self.plot is not None:
            self.plot.set_colors(self._theme.colors)
            self.plot.set_bars(self._bars())

    def _bars(self) -> "list[Bar]":
        from app.ui.administration.statistics.day_bars import Bar

        days = _every_day(self._days)
        width = _WEEK if len(days) > _MOST_DAYS else 1
        shares = (days[place : place + width] for place in range(0, len(days), width))
        return [
            Bar(self._day(share[0][0]), _parts(sum((served for _, served in share), Served())))
            for share in shares
        ]

    @property
    def description(self) -> str:
        """The highest bar as a sentence."""
        if not self._days:
            return ""
        day, served = max(self._days, key=lambda each: each[1].questions)
        return filled(self.tr("Most questions: %1 on %2"), served.questions, self._day(day))

    def _day(self, day: date) -> str:
        locale = QLocale(self._language.code)
        return locale.toString(QDate(day.year, day.month, day.day), "d MMM")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if self.plot is not None and isinstance(event, QMouseEvent):
            found = self.plot.at(event.position())
            text = self._told(found) if found is not None else ""
            at = self._place.mapToGlobal(event.position().toPoint())
            QToolTip.showText(at, text, self._place)
        return False

    def _told(self, bar: "Bar") -> str:
        text = self.tr("%1: %2 answered, %3 not in the documents, %4 other")
        return filled(text, bar.label, *bar.parts)


def _parts(served: Served) -> tuple[int, int, int]:
    answered = served.answered + served.quoted
    return answered, served.abstained, served.questions - answered - served.abstained


def _every_day(days: Sequence[tuple[date, Served]]) -> list[tuple[date, Served]]:
    """With those on which nothing was asked."""
    if not days:
        return []
    known, (first, last) = dict(days), (days[0][0], days[-1][0])
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [(day, known.get(day, Served())) for day in every]
