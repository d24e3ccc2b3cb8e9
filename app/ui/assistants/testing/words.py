"""Sentences about test questions and what came of them."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from app.domain.exams.marking import CitedPlace, MarkedAnswer
from app.domain.exams.questions import ExamQuestion, Part
from app.domain.exams.runs import Comparison, Condition, Outcome
from app.ui.assistants.testing.overview import ExamResult
from app.ui.assistants.words import moment
from app.ui.language import filled


class ExamWords(QObject):
    def expected(self, question: ExamQuestion) -> str:
        """What a good answer has."""
        if question.abstain:
            return self.tr("Expected: that the documents do not answer it")
        parts = [filled(self.tr("“%1”"), question.answer)] if question.answer else []
        if question.document:
            parts.append(filled(self.tr("source: %1"), self._place(question)))
        return filled(self.tr("Expected: %1"), ", ".join(parts))

    def _place(self, question: ExamQuestion) -> str:
        if not question.pages:
            return question.document
        pages = ", ".join(map(str, question.pages))
        return filled(self.tr("%1, p. %2"), question.document, pages)

    def lacks(self, answer: MarkedAnswer) -> str:
        """A sentence for each part that was expected and is not there."""
        told = {
            Part.WORDS: filled(self.tr("Missing: %1."), ", ".join(answer.missing)),
            Part.SOURCE: filled(self.tr("Not cited: %1."), self._place(answer.question)),
            Part.ABSTAINED: self.tr("It was answered, though nothing should have been found."),
        }
        return " ".join(told[part] for part in answer.failed)

    def cited(self, answer: MarkedAnswer) -> str:
        return ", ".join(map(self._cited, answer.cited)) or self.tr("no source")

    def _cited(self, place: CitedPlace) -> str:
        if place.page is None:
            return place.document
        return filled(self.tr("%1, p. %2"), place.document, place.page)

    def outcome(self, outcome: Outcome, *, rival: bool) -> str:
        """Beside the run before, or beside another who answered; "" of what is the same."""
        if rival:
            return {
                Outcome.BETTER: self.tr("won"),
                Outcome.WORSE: self.tr("lost"),
            }.get(outcome, "")
        return {
            Outcome.BETTER: self.tr("better"),
            Outcome.WORSE: self.tr("worse"),
            Outcome.NEW: self.tr("new"),
        }.get(outcome, "")

    def passed(self, result: ExamResult) -> str:
        run = result.run
        return filled(self.tr("%1 of %2 passed"), run.passed, len(run.answers))

    def beside(self, result: ExamResult) -> str:
        """What is better or worse than the other run, and what changed between them."""
        if result.other is None:
            return filled(self.tr("Asked %1, for the first time."), moment(result.run.moment))
        if result.rival:
            return self._against(result)
        counts = self._counts(result.comparison)
        before = moment(result.other.moment)
        head = filled(self.tr("Compared with the run of %1: %2."), before, counts)
        return f"{head} {self._changed(result.comparison)}"

    def _counts(self, comparison: Comparison) -> str:
        better, worse = comparison.count(Outcome.BETTER), comparison.count(Outcome.WORSE)
        if not better and not worse:
            return self.tr("nothing better, nothing worse")
        return filled(self.tr("better %1, worse %2"), better, worse)

    def _changed(self, comparison: Comparison) -> str:
        if not comparison.changed:
            return self.tr("Nothing that answers depend on has changed.")
        names = self._conditions()
        told = ", ".join(names[each] for each in comparison.changed)
        return filled(self.tr("Changed meanwhile: %1."), told)

    def _conditions(self) -> Mapping[Condition, str]:
        return {
            Condition.PROGRAM: self.tr("the program"),
            Condition.MODEL: self.tr("the model"),
            Condition.ADAPTERS: self.tr("adapters"),
            Condition.PROMPT: self.tr("the instruction"),
            Condition.PARAMETERS: self.tr("length or freedom"),
            Condition.COLLECTIONS: self.tr("the choice of collections"),
            Condition.DOCUMENTS: self.tr("documents"),
        }

    def _against(self, result: ExamResult) -> str:
        comparison, other = result.comparison, result.other
        wins, losses = comparison.count(Outcome.BETTER), comparison.count(Outcome.WORSE)
        ties = comparison.count(Outcome.SAME)
        told = self.tr("Against “%1”, which passed %2: won %3, lost %4, even %5.")
        head = filled(told, result.rival, other.passed if other else 0, wins, losses, ties)
        if not wins + losses:
            return head
        low, high = (f"{100 * share:.0f}" for share in comparison.interval)
        share = filled(self.tr("Of those that differ, %1–%2 % are won (95 % interval)."), low, high)
        return f"{head} {share}"
