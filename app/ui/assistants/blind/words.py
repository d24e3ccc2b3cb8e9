"""Sentences about two that answer without their names, in the interface's language."""

from PySide6.QtCore import QObject

from app.domain.chat.conversation import AnswerState, Message, Source
from app.domain.exams.blind import Tally, Variant
from app.ui.chat.words import AnswerWords
from app.ui.language import Language, filled


class BlindWords(QObject):
    def __init__(self, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self._answers = AnswerWords(language)

    def variant(self, variant: Variant) -> str:
        """ "Contracts, version 3 · qwen3-4b · without adapters"."""
        name = variant.name or self.tr("No assistant")
        if variant.version:
            name = filled(self.tr("%1, version %2"), name, variant.version)
        bare = self.tr("without adapters") if variant.bare else ""
        return " · ".join(filter(None, (name, variant.model, bare)))

    def pair(self, tally: Tally) -> str:
        told = self.tr("“%1” against “%2”")
        return filled(told, self.variant(tally.one), self.variant(tally.other))

    def counts(self, tally: Tally) -> str:
        """Wins and losses of the first, and what they say of it."""
        told = self.tr("won %1, lost %2, alike %3, both bad %4")
        counts = filled(told, tally.wins, tally.losses, tally.alike, tally.bad)
        if not tally.wins + tally.losses:
            return counts
        low, high = (f"{100 * share:.0f}" for share in tally.interval)
        share = filled(self.tr("of those that differ, %1–%2 % are won (95 % interval)"), low, high)
        return f"{counts}; {share}"

    def answer(self, message: Message) -> str:
        """Its text, or that there is none."""
        if message.text or message.state is not AnswerState.ABSTAINED:
            return message.text
        return self.tr("The documents do not answer this.")

    def cited(self, message: Message) -> str:
        """Where the passages that support an answer stand; "" where there is no answer."""
        if message.state is AnswerState.ABSTAINED:
            return ""
        if not message.cited:
            return self.tr("No passage supports it.")
        return "\n".join(f"[{each.number}] {self._place(each)}" for each in message.cited)

    def quotation(self, message: Message, number: int, place: int) -> str:
        """What a citation of an answer rests on, by the number of its source and its place among
        the citations, negative for none."""
        source = next((each for each in message.sources if each.number == number), None)
        if source is None:
            return ""
        cited = message.citations[place].quote if 0 <= place < len(message.citations) else ""
        text = filled(self.tr("“%1”"), cited) if cited else source.segment.text
        return f"[{number}] {self._place(source)}\n{text}"

    def _place(self, source: Source) -> str:
        return " · ".join(filter(None, (source.segment.name, self._answers.place(source))))
