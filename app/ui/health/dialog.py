"""The health check: what was looked at, whether it is well, and what to do where it is not."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.services.health.check import Check, CheckWording, CheckWords
from app.services.jobs import Job
from app.ui.acts import Acts
from app.ui.widgets.controls import button, label, let_go

_WIDTH, _HEIGHT = 620, 620
_CHIP_WIDTH = 92


class HealthDialog(QDialog):
    """`look(report)` runs on the worker of `acts` and reports each check as it is made; `save`
    offers a report with the checks that were made so far; `mend` gives what repairs a check and
    makes it again, None where nothing does."""

    def __init__(
        self,
        look: Callable[[Callable[[Check], None]], None],
        save: Callable[[Sequence[Check], QWidget], None],
        mend: Callable[[Check], Callable[[], Check] | None],
        wording: CheckWording,
        acts: Acts,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._save, self._mend, self._wording, self._acts = save, mend, wording, acts
        self.repairs: dict[str, QPushButton] = {}
        self.checks: list[Check] = []
        self.setWindowTitle(self.tr("Health check"))
        self.resize(_WIDTH, _HEIGHT)
        self.verdict = label("title", wrap=True)
        self.verdict.setText(self.tr("Checking…"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(16)
        self._rows.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(16)
        for part in (self.verdict, self._list(), self._buttons()):
            column.addWidget(part)

        def run(job: Job) -> None:
            def tell(check: Check) -> None:
                job.check()
                job.report(check)

            look(tell)

        job = acts.begin(self, run, self._end, progress=self._add, ended=self._cut)
        self.finished.connect(lambda _: job.cancel())

    def _list(self) -> QScrollArea:
        inside, area = QWidget(), QScrollArea()
        inside.setObjectName("inside")
        inside.setLayout(self._rows)
        self._rows.setContentsMargins(0, 0, 8, 0)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        return area

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.save = QPushButton(self.tr("Save report…"))
        self.save.setEnabled(False)
        self.save.setAutoDefault(False)
        self.save.clicked.connect(lambda: self._save(self.checks, self))
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setProperty("kind", "primary")
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        return buttons

    def _add(self, check: Check) -> None:
        """Those that failed stand first."""
        ill = sum(not before.passed for before in self.checks)
        place = len(self.checks) if check.passed else ill
        self.checks.append(check)
        self._rows.insertWidget(place, self._row(check, self._wording.of(check)))

    def _row(self, check: Check, words: CheckWords) -> QWidget:
        chip = label("good" if check.passed else "bad")
        chip.setText(self.tr("OK") if check.passed else self.tr("Problem"))
        chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        chip.setFixedWidth(_CHIP_WIDTH)
        shown, texts = QWidget(), QVBoxLayout()
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(2)
        for kind, text in (("strong", words.title), ("muted", words.fact), ("", words.remedy)):
            if text:
                part = label(kind, wrap=True)
                part.setText(text)
                texts.addWidget(part)
        row.setSpacing(14)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        repair = None if check.passed else self._mend(check)
        if repair is not None:
            offered = button("", lambda: self._repair(check, repair, shown), self.tr("Repair"))
            offered.setAutoDefault(False)
            offered.setAccessibleName(f"{self.tr('Repair')}: {words.title}")
            self.repairs[check.name] = offered
            row.addWidget(offered, 0, Qt.AlignmentFlag.AlignTop)
        return shown

    def _repair(self, check: Check, repair: Callable[[], Check], row: QWidget) -> None:
        """Mend it, and show what the check says then."""
        self.repairs[check.name].setEnabled(False)

        def show(again: Check) -> None:
            self.checks.remove(check)
            del self.repairs[check.name]
            let_go(row)
            self._add(again)
            self._end(None)

        self._acts.begin(
            self, lambda _: repair(), show, ended=lambda: self._offer_again(check.name)
        )

    def _offer_again(self, name: str) -> None:
        if name in self.repairs:
            self.repairs[name].setEnabled(True)

    def _end(self, _: object) -> None:
        ill = sum(not check.passed for check in self.checks)
        self.verdict.setText(
            self.tr("%n problem(s) found", "", ill) if ill else self.tr("Everything is in order")
        )

    def _cut(self) -> None:
        """However it ends: `_end` says better when it ended well."""
        self.verdict.setText(self.tr("The check could not be finished"))
        self.save.setEnabled(True)
