"""What a report holds, before it is saved where the user wants it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.services.health.check import Check
from app.services.health.report import Report
from app.services.health.service import HealthService
from app.ui.acts import Acts
from app.ui.language import Language
from app.ui.widgets.controls import label

_WIDTH, _LIST_HEIGHT = 480, 190
_NAME = "larets-report.zip"


class ReportDialog(QDialog):
    """Collects on the worker of `acts`. Without `checks` those that need no profile are run."""

    def __init__(
        self,
        health: HealthService,
        checks: Sequence[Check] | None,
        acts: Acts,
        language: Language,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._language, self._acts = language, acts
        self._report: Report | None = None
        self.setWindowTitle(self.tr("Save report"))
        self.setFixedWidth(_WIDTH)
        told = label(wrap=True)
        told.setText(
            self.tr(
                "The report is a ZIP file with what stands below: what the program did, versions, "
                "this computer's hardware and the results of the checks. It holds no text of "
                "yours, no names of documents or profiles, and no paths."
            )
        )
        self.list = QListWidget()
        self.list.setProperty("kind", "lines")
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.list.setAccessibleName(self.tr("What the report holds"))
        self.list.addItem(self.tr("Collecting…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(14)
        for part in (told, self.list, self._buttons()):
            column.addWidget(part)

        def collect(_: object) -> Report:
            return health.report(list(health.checks()) if checks is None else checks)

        job = acts.begin(self, collect, self._show)
        self.finished.connect(lambda _: job.cancel())

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.save = QPushButton(self.tr("Save…"))
        self.save.setProperty("kind", "primary")
        self.save.setEnabled(False)
        self.save.clicked.connect(self._choose)
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        return buttons

    def _show(self, report: Report) -> None:
        self._report = report
        self.list.clear()
        for part in report.parts:
            self.list.addItem(f"{part.name} – {self._language.size(len(part.content))}")
        self.save.setEnabled(True)

    def _choose(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save report"), str(Path.home() / _NAME), "ZIP (*.zip)"
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write what was shown, and close when it is written."""
        report = self._report
        if report is not None:
            self.save.setEnabled(False)
            self._acts.begin(self, lambda _: report.save(path), self._saved, ended=self._allow)

    def _saved(self, _: object) -> None:
        self.accept()

    def _allow(self) -> None:
        self.save.setEnabled(self._report is not None)
