"""Sentences about answers and their sources, in the interface's language."""

from PySide6.QtCore import QObject

from app.domain.chat.citations import marked
from app.domain.chat.conversation import (
    AnswerState,
    Citation,
    Computed,
    Message,
    QuestionKind,
    Source,
    Speaker,
)
from app.domain.text.injection import suspicious
from app.ui.language import Language, filled

#: Nearness below which a passage was found by its words alone.
_NEAR = 0.3


class AnswerWords(QObject):
    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def place(self, source: Source, cited: Citation | None = None) -> str:
        """ "p. 3 · Section" or "B2:F21 · Sheet", as far as the format knows: of the cited sentence,
        or of the hit."""
        segment = source.segment
        if segment.memory:
            return self.tr("Your note") if segment.is_note else self.tr("Earlier conversation")
        best = segment.part_at(cited.quote_start) if cited else segment.best
        parts = []
        if best.page is not None:
            printed = f" ({best.label})" if best.label else ""
            parts.append(filled(self.tr("p. %1"), best.page) + printed)
        elif best.line is not None and not best.heading:
            parts.append(filled(self.tr("line %1"), best.line))
        if best.cells:
            parts.append(filled(self.tr("cells %1"), best.cells))
        if best.sheet and not best.heading.startswith(best.sheet):
            parts.append(best.sheet)
        if best.heading:
            parts.append(best.heading.rpartition(" › ")[2])
        if segment.partly_read:
            parts.insert(1, self.tr("read in part"))
        return " · ".join(parts)

    def strength(self, source: Source) -> str:
        """What the score rests on, in plain words."""
        segment = source.segment
        if segment.memory:
            return self.tr("Remembered; documents outrank it")
        if segment.keyword_score is None:
            return self.tr("Found by meaning")
        if (segment.dense_score or 0.0) < _NEAR:
            return self.tr("Found by words")
        return self.tr("Found by meaning and by words")

    def warning(self, source: Source) -> str:
        """Where a passage seems to give orders to the model, "" where it does not."""
        if not suspicious(source.segment.text):
            return ""
        return self.tr(
            "This passage contains what looks like instructions to the model. "
            "It reads them as a quotation, and nothing of what stands between forged marks."
        )

    def timing(self, message: Message) -> tuple[str, ...]:
        """How long it took, the least telling first."""
        timings = message.timings
        if timings is None:
            return ()
        number = self._language.number
        sources = filled(self.tr("sources %1 s"), number(timings.retrieve_ms / 1000, 2))
        if not timings.generated_tokens:
            return (sources,)
        first = filled(self.tr("first word %1 s"), number(timings.first_token_ms / 1000))
        speed = filled(self.tr("%1 tok/s"), number(timings.tokens_per_second, 0))
        return sources, first, speed

    def doubt(self, message: Message) -> tuple[str, str]:
        """What stands at the head of an answer that no passage confirms: a title and what to do;
        empty where there is nothing to doubt."""
        if message.speaker == Speaker.USER or not message.id:
            return "", ""
        if message.state == AnswerState.ABSTAINED:
            if not message.sources:
                title = self.tr("Nothing in the documents comes near this question.")
                return title, self.tr("Ask in other words, or add the document that answers it.")
            return (
                self.tr("The documents do not answer this."),
                self.tr("Below is what comes nearest. It can be answered from all the same."),
            )
        if not message.doubtful:
            return "", ""
        return (
            self.tr("Not confirmed by the documents."),
            self.tr("No passage says this. It goes into no summary, no memory and no training."),
        )

    def plan(self, message: Message) -> str:
        """How the question was understood, where it is no simple one."""
        looked = message.looked_at
        if message.kind is QuestionKind.SIDES:
            return self.tr("Each side on its own")
        if message.kind is QuestionKind.LIST and looked:
            return self.tr("Every document on its own: %n document(s)", "", looked.of)
        if message.kind is QuestionKind.DOCUMENT:
            return self.tr("The document as a whole")
        return ""

    def looked_at(self, message: Message) -> str:
        """How much of what was found was read, where that is not all of it."""
        looked = message.looked_at
        if looked is None or looked.read >= looked.of:
            return ""
        return filled(self.tr("Read: %1 of %2"), looked.read, looked.of)

    def quoted(self, message: Message) -> str:
        """The head of a quotation: where it is from, and how soon it came."""
        timings = message.timings
        if timings is None or not timings.first_useful_ms:
            return self.tr("From the documents")
        seconds = self._language.number(timings.first_useful_ms / 1000)
        return filled(self.tr("From the documents · after %1 s"), seconds)

    def state(self, message: Message) -> str:
        """How an answer ended, where that needs saying."""
        return {
            AnswerState.STOPPED: self.tr("Stopped."),
            AnswerState.CUT: self.tr("Cut off at the length limit."),
            AnswerState.QUOTED: self.tr("In the words of the documents.")
            if message.model
            else self.tr("No chat model here: these sentences come nearest."),
            AnswerState.FAILED: self.tr("The answer could not be written."),
        }.get(message.state, "")

    def reason(self, citation: Citation) -> str:
        return filled(self.tr("Source %1 does not support this sentence."), citation.number)

    def computed_title(self) -> str:
        return self.tr("Computed from the table")

    def computed_fold(self, *, unfolded: bool) -> str:
        return self.tr("Hide how it was computed") if unfolded else self.tr("How it was computed")

    def computed_origin(self, computed: Computed) -> str:
        """ "report.xlsx · Sales · cells B3:B5"."""
        cells = filled(self.tr("cells %1"), ", ".join(computed.cells))
        return " · ".join(filter(None, (computed.name, computed.sheet, cells)))

    def computed_value(self, value: str | int | float | None) -> str:
        """As it stands in the table: 2024 may be a year, so nothing parts its thousands."""
        text = f"{value:.10g}" if isinstance(value, float) else str("—" if value is None else value)
        sign = self._language.number(0.5)[1]
        return text.replace(".", sign) if isinstance(value, float) else text

    def corrected(self) -> str:
        return self.tr("You wrote a better answer; it can be trained from.")

    def copied(self, message: Message) -> str:
        """The answer as Markdown with its marks, and its sources below."""
        if message.speaker == Speaker.USER:
            return message.text
        return self._with_sources(message, self.marked(message))

    def marked(self, message: Message) -> str:
        """An answer's text with its marks as they were checked."""
        return marked(message.text, message.citations)

    def copied_plain(self, message: Message, shown: str) -> str:
        """The same without Markdown: `shown` is the text as it stands on the screen."""
        return self._with_sources(message, shown)

    def _with_sources(self, message: Message, text: str) -> str:
        lines = [
            f"[{source.number}] {source.segment.name}, {self.place(source)}"
            for source in message.cited
        ]
        return "\n".join([text, "", *lines]).strip()

    def act(self, act: str) -> str:
        """A tooltip for an act below a turn."""
        return {
            "copy": self.tr("Copy"),
            "again": self.tr("Answer again, beside this answer"),
            "card": self.tr("Open the document at this passage"),
            "fold": self.tr("The query and the cells behind the result"),
            "up": self.tr("A good answer"),
            "down": self.tr("A bad answer: say how it should be"),
            "go-on": self.tr("Write on"),
            "quote": self.tr("Quote in the next question"),
            "more": self.tr("More"),
            "edit": self.tr("Ask this otherwise, on a branch of its own"),
            "delete": self.tr("Delete the question with its answers"),
            "enough": self.tr("The quotation is enough"),
            "anyway": self.tr("Answer from these all the same"),
            "look-up": self.tr("Answer from the nearest passages"),
            "read-all": self.tr("Read all that was found"),
            "before": self.tr("The one before"),
            "after": self.tr("The next one"),
        }.get(act, "")
