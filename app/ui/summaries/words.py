"""Sentences about summaries and notes in the interface's language."""

from PySide6.QtCore import QDateTime, QLocale, QObject

from app.domain.memory.summaries import Note, PointKind, Statistics, Summary, SummaryState
from app.services.wording import Sentence
from app.ui.language import Language


def is_begun(summary: Summary) -> bool:
    """Whether there is something of it that can be changed, merged or deleted."""
    return summary.covered > 0 or summary.state == SummaryState.WRITTEN


class SummaryWords(QObject):
    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def line(self, summary: Summary) -> str:
        """ "6 points · 2 open questions"."""
        if summary.state == SummaryState.FAILED:
            return self.tr("could not be written")
        parts = []
        if points := len(summary.digest.points):
            parts.append(self.tr("%n point(s)", "", points))
        if summary.state == SummaryState.PENDING:
            parts.append(self.tr("being written…"))
        elif questions := len(summary.digest.questions):
            parts.append(self.tr("%n open question(s)", "", questions))
        elif summary.of_kind(PointKind.DECISION):
            parts.append(self.tr("decided"))
        return " · ".join(parts)

    def head(self, summary: Summary) -> str:
        """ "20 November, 16:40 · 14 questions · 5 documents"."""
        parts = [self._moment(summary.created)]
        if summary.asked:
            parts.append(self.tr("%n question(s)", "", summary.asked))
        if summary.documents:
            parts.append(self.tr("%n document(s)", "", len(summary.documents)))
        if summary.edited:
            parts.append(self.tr("edited"))
        return " · ".join(parts)

    def counts(self, told: Statistics) -> str:
        """ "12 summaries · 48 questions · 9 decisions · 5 documents", what there is of it."""
        parts = (
            (told.summaries, self.tr("%n summary(ies)", "", told.summaries)),
            (told.questions, self.tr("%n question(s)", "", told.questions)),
            (told.decisions, self.tr("%n decision(s)", "", told.decisions)),
            (told.documents, self.tr("%n document(s)", "", told.documents)),
            (told.used, self.tr("used %n time(s)", "", told.used)),
        )
        return " · ".join(text for count, text in parts if count)

    def memory(self, kept: Summary | Note) -> str:
        """How old it is and how often it was used."""
        then = QDateTime.fromSecsSinceEpoch(int(kept.created))
        days = max(then.daysTo(QDateTime.currentDateTime()), 0)
        age = self.tr("%n day(s) old", "", days) if days else self.tr("from today")
        used = self.tr("used %n time(s)", "", kept.used) if kept.used else self.tr("not used yet")
        return f"{age}, {used}"

    def trouble(self, summary: Summary) -> Sentence:
        """Why it could not be written, and what to do."""
        return self._language.wording.of_code(summary.trouble, {})

    def _moment(self, moment: float) -> str:
        then = QDateTime.fromSecsSinceEpoch(int(moment))
        this_year = then.date().year() == QDateTime.currentDateTime().date().year()
        pattern = "d MMMM, HH:mm" if this_year else "d MMMM yyyy, HH:mm"
        return QLocale(self._language.code).toString(then, pattern)
