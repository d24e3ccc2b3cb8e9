"""Sentences about assistants, in the interface's language."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QDateTime, QLocale, QObject

from app.domain.chat.assistants import AnswerLanguage, Assistant, AssistantTemplate, Tone
from app.domain.chat.versions import Field
from app.ui.assistants.overview import AssistantsOverview
from app.ui.language import Language, filled
from app.ui.library.collections import collection_name

Templates = tuple[AssistantTemplate, ...]
#: Tokens of an answer, from short to very long.
LENGTHS = (256, 512, 1024, 2048)
#: Names that a card has room for.
_NAMED = 2


def moment(seconds: float) -> str:
    """A time as this language writes it, from seconds since 1970."""
    at = QDateTime.fromSecsSinceEpoch(int(seconds))
    return QLocale().toString(at, QLocale.FormatType.ShortFormat)


class AssistantWords(QObject):
    def __init__(self, language: Language, known: Callable[[str], Templates]) -> None:
        """`known` gives what comes with the program in a language."""
        super().__init__()
        self.language, self._known = language, known

    def templates(self) -> Templates:
        """Assistants to begin with."""
        return self._known(self.language.code)

    def tones(self) -> Mapping[Tone, str]:
        return {
            Tone.NEUTRAL: self.tr("Neutral"),
            Tone.FORMAL: self.tr("Formal, as in a business letter"),
            Tone.FRIENDLY: self.tr("Friendly, as to a colleague"),
            Tone.BRIEF: self.tr("Brief, a sentence if possible"),
            Tone.DETAILED: self.tr("Detailed, with every condition"),
        }

    def _tone(self, tone: Tone) -> str:
        return {
            Tone.NEUTRAL: self.tr("neutral"),
            Tone.FORMAL: self.tr("formal"),
            Tone.FRIENDLY: self.tr("friendly"),
            Tone.BRIEF: self.tr("brief"),
            Tone.DETAILED: self.tr("detailed"),
        }[tone]

    def languages(self) -> Mapping[AnswerLanguage, str]:
        return {
            AnswerLanguage.AS_ASKED: self.tr("That of the question"),
            AnswerLanguage.RUSSIAN: self.tr("Russian"),
            AnswerLanguage.ENGLISH: self.tr("English"),
        }

    def field(self, field: Field) -> str:
        """What can be another one in another version."""
        return {
            Field.NAME: self.tr("Name"),
            Field.ICON: self.tr("Icon"),
            Field.INSTRUCTION: self.tr("Instruction"),
            Field.VARIABLES: self.tr("Values of the instruction"),
            Field.TONE: self.tr("Tone"),
            Field.TEMPERATURE: self.tr("Freedom of wording"),
            Field.MAX_TOKENS: self.tr("Length of an answer"),
            Field.COLLECTIONS: self.tr("Collections"),
            Field.ADAPTERS: self.tr("Adapters"),
            Field.REMEMBERS: self.tr("Earlier conversations"),
            Field.LANGUAGE: self.tr("Language of answers"),
            Field.MODEL: self.tr("Model"),
            Field.STRICT: self.tr("Only what documents confirm"),
        }[field]

    def value(self, field: Field, assistant: Assistant, overview: AssistantsOverview) -> str:
        """What stands in a field; "" where that is no sentence, but an icon or an instruction."""
        told = {
            Field.NAME: assistant.name,
            Field.VARIABLES: ", ".join(f"{each.name}: {each.value}" for each in assistant.variables)
            or self.tr("none"),
            Field.TONE: self._tone(assistant.tone),
            Field.TEMPERATURE: self.language.number(assistant.temperature, 2),
            Field.MAX_TOKENS: self.length(assistant.max_tokens),
            Field.COLLECTIONS: self._collections(assistant, overview),
            Field.ADAPTERS: ", ".join(self._adapters(assistant, overview)) or self.tr("none"),
            Field.REMEMBERS: self.tr("yes") if assistant.remembers else self.tr("no"),
            Field.LANGUAGE: self.languages()[assistant.language],
            Field.MODEL: assistant.model or self.tr("the one in use"),
            Field.STRICT: self.tr("yes") if assistant.strict else self.tr("no"),
        }
        return told.get(field, "")

    def lengths(self) -> Mapping[int, str]:
        """What an answer may have, in tokens."""
        names = (self.tr("Short"), self.tr("Usual"), self.tr("Long"), self.tr("Very long"))
        return {
            count: f"{name} · {self.length(count)}"
            for count, name in zip(LENGTHS, names, strict=True)
        }

    def length(self, tokens: int) -> str:
        return self.tr("up to %n token(s)", "", tokens)

    def first_line(self, assistant: Assistant) -> str:
        return next(iter(assistant.instruction.strip().splitlines()), "") or self.tr(
            "Without an instruction of its own"
        )

    def facts(self, assistant: Assistant, overview: AssistantsOverview) -> str:
        """ "formal · all collections · adapter Our manner × 0.85"."""
        parts = [self._tone(assistant.tone), self._collections(assistant, overview)]
        spoken = self._adapters(assistant, overview)
        parts += [filled(self.tr("adapter %1"), adapter) for adapter in spoken]
        return " · ".join(parts)

    def _adapters(self, assistant: Assistant, overview: AssistantsOverview) -> list[str]:
        names = {adapter.id: adapter.name for adapter in overview.adapters}
        return [
            f"{names.get(each.adapter, self.tr('deleted'))}"
            f" × {self.language.number(each.strength, 2)}"
            for each in assistant.adapters
        ]

    def _collections(self, assistant: Assistant, overview: AssistantsOverview) -> str:
        if not assistant.collections:
            return self.tr("all collections")
        known = {
            collection.id: collection_name(collection.name) for collection in overview.collections
        }
        names = [known[collection] for collection in assistant.collections if collection in known]
        if len(names) == len(assistant.collections) <= _NAMED:
            return ", ".join(names)
        return self.tr("%n collection(s)", "", len(assistant.collections))
