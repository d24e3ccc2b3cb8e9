"""The fourth step: what the adapter changes, before and after."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.training.training import Advice, AnswerRates, Report, Training, TrainingState
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.training.doing import Doing
from app.ui.training.result.answer_pairs import AnswerPairs
from app.ui.training.result.figure import Figure
from app.ui.training.words import LEAST_GAIN, MOST_FORGETTING, TrainingWords
from app.ui.widgets.controls import button, frame, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

#: Above it the written adapter does not answer as the trained one did (results/training.md).
_MOST_KL = 1e-3


class ReportStep(Retranslating, QWidget):
    """`asked`: the comparison with the base is to be made again."""

    asked = Signal()

    def __init__(self, words: TrainingWords, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self._training: Training | None = None
        self.doing = Doing()
        self._nothing = label("muted", wrap=True)
        self.again = button("", self.asked.emit)
        self.advice = frame("hollow")
        self._advised, self._reason = label("strong", wrap=True), label(wrap=True)
        self.gain, self.forgetting, self.cited = (Figure("large") for _ in range(3))
        self.rates = RatesTable(words)
        self.pairs = AnswerPairs(theme)
        self._export = label("small", wrap=True)
        self._card = QWidget()
        self._build()
        self._retranslate()

    def _build(self) -> None:
        in_column(self._advised, self._reason, on=self.advice, margins=(14, 10, 14, 10), spacing=2)
        figures = in_row(self.gain, self.forgetting, self.cited, STRETCH, spacing=26)
        in_column(
            figures, self.advice, self.rates, self.pairs, self._export, on=self._card, margins=0,
            spacing=16,
        )  # fmt: skip
        waiting = in_row(wide(self._nothing), self.again)
        in_column(waiting, self.doing, self._card, on=self, margins=0, spacing=12)

    def _retranslate(self) -> None:
        self.again.setText(self.tr("Compare with the base"))
        self.again.setToolTip(self.tr("Asks held-out questions with and without the adapter"))
        if self._training is not None:
            self.show_training(self._training)

    def show_training(self, training: Training) -> None:
        self._training, report = training, training.report
        trained = training.state == TrainingState.TRAINED
        self.again.setVisible(trained and not self.doing.busy)
        self._nothing.setVisible(report is None and not self.doing.busy)
        self._nothing.setText(
            self.tr("The training is over; the adapter is to be compared with the base.")
            if trained
            else self.tr("Comes when the training is over: answers before and after.")
        )
        self._card.setVisible(report is not None)
        if report is not None:
            self._show_report(report)

    def _show_report(self, report: Report) -> None:
        words = self._words
        gain = filled(self.tr("%1 %"), words.signed(-100 * report.gain, 0))
        before, after = words.number(report.held_out_before), words.number(report.held_out_after)
        self.gain.say(gain, self.tr("held-out loss"), f"{before} → {after}")
        limit = filled(self.tr("forgetting (limit %1)"), words.number(MOST_FORGETTING))
        self.forgetting.say(
            words.signed(report.forgetting),
            limit,
            self.tr("By how much the loss on a general text rose; up to 0.06 is usual."),
        )
        cited = report.adapted.cited if report.adapted else None
        self.cited.setVisible(cited is not None)
        self.cited.say(words.share(cited), self.tr("of answers with citations"))
        advised, reason = self._advice(report)
        self._advised.setText(advised)
        self._reason.setText(reason)
        compared = report.base is not None and report.adapted is not None
        self.rates.setVisible(compared)
        if report.base is not None and report.adapted is not None:
            self.rates.show_rates(report.base, report.adapted)
        self.pairs.show_pairs(report.pairs)
        self._export.setText(self._checked(report))

    def _advice(self, report: Report) -> tuple[str, str]:
        if report.advice == Advice.USE:
            return self.tr("Switch it on."), self.tr(
                "It is closer to the wanted answers and has forgotten little."
            )
        strength = self._words.number(report.strength, 1)
        if report.advice == Advice.USE_WEAKER:
            text = filled(self.tr("Switch it on at strength %1."), strength)
            return text, self.tr("At full strength it changes more than it should.")
        return self.tr("Do not switch it on."), self._against(report)

    def _against(self, report: Report) -> str:
        if report.forgetting > MOST_FORGETTING:
            return self.tr(
                "It has forgotten too much of what the base could. Take the preset “Careful” or "
                "fewer passes."
            )
        if report.gain < LEAST_GAIN:
            return self.tr("It is not better than the base. More or better examples would help.")
        return self.tr("Its answers got worse: see the table and the answers below.")

    def _checked(self, report: Report) -> str:
        kl = f"{report.export_kl:.0e}"
        good = self.tr("Checked: the written adapter answers as it did in training (KL %1).")
        bad = self.tr("The written adapter answers otherwise than in training (KL %1).")
        text = filled(good if report.export_kl <= _MOST_KL else bad, kl)
        return text if report.base else text + " " + self.tr("No held-out question was asked.")


class RatesTable(Retranslating, QWidget):
    """A line a rate: base and adapter."""

    def __init__(self, words: TrainingWords) -> None:
        super().__init__()
        self._words = words
        self._shown: tuple[AnswerRates, AnswerRates] | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(3, 1)
        self.cells = [[label() for _ in range(3)] for _ in range(6)]
        for row, cells in enumerate(self.cells):
            for column, cell in enumerate(cells):
                head, first = row == 0, column == 0
                cell.setProperty("kind", "small" if head else "muted" if first else "")
                grid.addWidget(cell, row, column)

    def _retranslate(self) -> None:
        if self._shown is not None:
            self.show_rates(*self._shown)

    def show_rates(self, base: AnswerRates, adapted: AnswerRates) -> None:
        self._shown = (base, adapted)
        share = self._words.share
        asked = self.tr("Over %n held-out question(s)", "", adapted.questions)

        def words(value: float) -> str:
            return self._words.number(value, 0)

        lines = (
            (asked, self.tr("Base"), self.tr("With the adapter")),
            (self.tr("Answers with citations"), share(base.cited), share(adapted.cited)),
            (
                self.tr("Citations that their passage supports"),
                share(base.precise),
                share(adapted.precise),
            ),
            (
                self.tr("“Not in the documents”, rightly"),
                share(base.refused),
                share(adapted.refused),
            ),
            (
                self.tr("“Not in the documents”, wrongly"),
                share(base.refused_wrongly),
                share(adapted.refused_wrongly),
            ),
            (self.tr("Words of an answer"), words(base.words), words(adapted.words)),
        )
        for cells, texts in zip(self.cells, lines, strict=True):
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)
