"""How the program serves whoever has opened it, and what the library lacks."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMargins, Signal
from PySide6.QtWidgets import QWidget

from app.domain.chat.assistants import Assistant
from app.domain.errors import LaretsError
from app.domain.library.documents import Collection
from app.domain.roles import Act
from app.domain.statistics import Gap, Report
from app.services.jobs import Job
from app.ui.administration.kind import AdministrationServices, Kind
from app.ui.administration.statistics.choosing import PeriodChoice
from app.ui.administration.statistics.cited import CitedDocuments
from app.ui.administration.statistics.day_chart import DayChart
from app.ui.administration.statistics.lacking import LackingCard
from app.ui.administration.statistics.tiles import Tiles
from app.ui.language import Language
from app.ui.pages.files import ask_where
from app.ui.pages.permitted import Permitted
from app.ui.theme import Theme
from app.ui.widgets.controls import button, label, show_if
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.scroll import Scroll


@dataclass(frozen=True)
class _Found:
    assistants: list[Assistant]
    collections: list[Collection]
    report: Report


class StatisticsKind(Kind):
    """Every role sees its own figures. `opened` gives a document's id, `asked` a question."""

    icon = "chart-line"
    opened, asked, adding = Signal(str), Signal(str), Signal()

    def __init__(self, services: AdministrationServices, theme: Theme, language: Language) -> None:
        super().__init__(services)
        self._language = language
        self._report: Report | None = None
        self._gaps: list[Gap] = []
        self._grouping: Job | None = None
        self.export = button("", self._ask_where)
        self.period, self.tiles = PeriodChoice(), Tiles(language)
        self.chart = DayChart(theme, language, services.reading)
        self.cited, self.lacking = CitedDocuments(), LackingCard()
        self._empty = label("muted", wrap=True)
        self.figures = QWidget()
        in_column(
            self.tiles, self.chart, self.cited, self.lacking, on=self.figures, margins=0,
            spacing=20,
        )  # fmt: skip
        scroll = Scroll(QMargins(0, 0, 8, 0), 14)
        for part in (self._empty, self.figures, self._about):
            scroll.column.addWidget(part)
        scroll.column.addStretch()
        head = in_row(self.heading, STRETCH, self.export, spacing=8)
        in_column(head, self.period, wide(scroll), on=self, margins=0, spacing=10)
        self._connect()
        self._retranslate()

    def _connect(self) -> None:
        self.period.changed.connect(self.load)
        self.cited.opened.connect(self.opened)
        self.lacking.asked.connect(self.asked)
        self.lacking.adding.connect(self.adding)

    def _retranslate(self) -> None:
        self.heading.setText(self.tr("Statistics"))
        self._empty.setText(
            self.tr(
                "Nothing was asked in this period. What you ask your documents is counted here."
            )
        )
        self.export.setText(self.tr("Export…"))
        self._about.setText(
            self.tr(
                "Counted from your own conversations, deleted ones left out. Nobody else sees "
                "these figures: each profile's conversations are encrypted with its own key."
            )
        )
        permitted = Permitted(self._services.library.allows)
        self.lacking.forbid_adding(permitted.why_not(Act.ADD_DOCUMENTS))
        self._show_state()

    # -- what is found ----------------------------------------------------------------------------

    def load(self) -> None:
        services, chosen = self._services, self.period.chosen

        def look(_: Job) -> _Found:
            report = services.statistics.report(chosen.since, chosen.assistant, chosen.collection)
            return _Found(services.assistants.all(), services.library.collections(), report)

        services.reading.begin(self, look, self._show)
        self._look_for_gaps()

    def _look_for_gaps(self) -> None:
        if self._grouping is not None:
            self._grouping.cancel()
        services, chosen = self._services, self.period.chosen
        self._gaps = []
        self.lacking.look()
        self._grouping = services.background.begin(
            self,
            lambda job: services.statistics.gaps(job, chosen.since, chosen.assistant),
            self._show_gaps,
            failed=self._tell_failure,
        )
        self._show_state()

    def _tell_failure(self, error: LaretsError) -> None:
        self.lacking.fail(self._language.told(error))
        self._show_state()

    def _show(self, found: _Found) -> None:
        self._report = found.report
        self.period.show_names(found.assistants, found.collections)
        self.tiles.show_report(found.report)
        self.chart.show_days(found.report.days)
        self.cited.show_documents(found.report.documents)
        self._show_state()

    def _show_gaps(self, gaps: list[Gap]) -> None:
        self._gaps = gaps
        self.lacking.show_gaps(gaps)
        self._show_state()

    def _show_state(self) -> None:
        asked = self._report is not None and self._report.served.questions > 0
        show_if(asked, self.figures)
        self.export.setEnabled(asked and not self.lacking.is_looking)
        alone = self.tr("Figures alone: a policy forbids the export of questions and names.")
        self.export.setToolTip("" if self._services.statistics.tells_texts() else alone)
        show_if(self._report is not None and not asked, self._empty)

    # -- a file -----------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        kinds = {self.tr("Excel workbook (*.xlsx)"): ".xlsx", "CSV (*.csv)": ".csv"}
        title = self.tr("Export the statistics")
        path = ask_where(self, title, self.heading.text(), kinds, "statistics")
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write what is shown."""
        report, gaps, statistics = self._report, self._gaps, self._services.statistics
        if report is not None:
            self._services.background.begin(
                self, lambda _: statistics.export(path, report, gaps, self._language.code)
            )
