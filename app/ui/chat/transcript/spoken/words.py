"""What a screen reader says of a conversation, in the interface's language."""

from collections.abc import Iterator

from PySide6.QtCore import QObject

from app.domain.chat.conversation import AnswerState, Message, Source, Speaker
from app.domain.text.sentences import sentences
from app.ui.chat.transcript.answer_document import CHIP, Chip
from app.ui.chat.transcript.answer_entry import AnswerEntry, EntryWords
from app.ui.chat.transcript.entry import HitTest, TextEntry, TranscriptEntry
from app.ui.language import filled


class SpokenWords(QObject):
    def __init__(self, words: EntryWords) -> None:
        super().__init__()
        self._words = words

    def heading(self, message: Message) -> str:
        """Whose turn it is; of an answer what it rests on."""
        if message.speaker == Speaker.USER:
            return self.tr("Question")
        if message.state == AnswerState.WRITING:
            return self.tr("Answer, being written")
        rests = self._words.doubt(message)[0] or self._words.state(message)
        if not rests and message.cited:
            return self.tr("Answer with %n source(s)", "", len(message.cited))
        answer = self.tr("Answer")
        return f"{answer}. {rests}" if rests else answer

    def begun(self) -> str:
        return self.tr("The answer begins.")

    def ended(self, message: Message) -> str:
        """What is said when an answer is there; a failure in its own words."""
        return self.heading(message) if message.id else message.text.replace("**", "")

    def lines(self, entry: TranscriptEntry) -> list[str]:
        """All that a turn says, sentence by sentence. Of an answer that is being written nothing
        yet: it would be read again and again."""
        message = entry.message
        if isinstance(entry, AnswerEntry):
            return [line for line in self._of_answer(entry) if line]
        return [message.text]

    def _of_answer(self, entry: AnswerEntry) -> Iterator[str]:
        words, message = self._words, entry.message
        if entry.shows_quotation and message.quotation:
            told = self.tr("Quotation from the documents: “%1”. %2")
            yield filled(
                told, message.quotation.text, self._source(entry, message.quotation.number)
            )
        if message.state == AnswerState.WRITING:
            return
        yield words.plan(message)
        yield words.doubt(message)[1]
        yield from self._sentences(entry)
        if message.computed:
            yield words.computed_title()
            yield entry.computed_result
        yield words.corrected() if message.correction else ""
        yield words.looked_at(message)

    def _sentences(self, entry: TextEntry) -> Iterator[str]:
        """Each with its sources; a mark after the full stop belongs to what stands before it."""
        chips = {chip.place: chip for chip in entry.document.chips()}
        begins = 0

        def said(text: str, at: int) -> str:
            named = ((chips.get(at + place), sign) for place, sign in enumerate(text))
            return "".join(
                f" ({self._chip(entry, chip)})" if chip else sign for chip, sign in named
            )

        for line in entry.document.toPlainText().split("\n"):
            parts: list[str] = []
            for start, end in sentences(line):
                text, at = line[start:end], begins + start
                marks = len(text) - len(text.lstrip(f"{CHIP} ")) if parts else 0
                if marks:
                    parts[-1] += said(text[:marks], at)
                parts.append(said(text[marks:], at + marks))
            yield from (" ".join(part.split()) for part in parts)
            begins += len(line) + 1

    def _chip(self, entry: TranscriptEntry, chip: Chip) -> str:
        if not chip.supported:
            return filled(self.tr("source %1 does not support this"), chip.number)
        return self._source(entry, chip.number)

    def spot(self, entry: TranscriptEntry, hit: HitTest) -> str:
        """What can be chosen: a source by its place, an act by what it does."""
        if hit.act == "cite":
            told = entry.explain(hit)
            return ": ".join(filter(None, (self._source(entry, hit.number), told)))
        if hit.act == "card":
            return filled(self.tr("Open %1"), self._source(entry, hit.number))
        return self._words.act(hit.act)

    def _source(self, entry: TranscriptEntry, number: int) -> str:
        """ "source 1, Leave rules, page 3"."""
        found = (source for source in entry.message.sources if source.number == number)
        source = next(found, None)
        named = (source.segment.name, self._place(source)) if source else ()
        return ", ".join((filled(self.tr("source %1"), number), *filter(None, named)))

    def _place(self, source: Source) -> str:
        page = source.segment.best.page
        if page is None or source.segment.memory:
            return self._words.place(source)
        return filled(self.tr("page %1"), page)
