"""Sentences about assistants, and those that come as templates, in the interface's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.domain.chat.assistants import Assistant, Tone
from app.ui.assistants.overview import AssistantsOverview
from app.ui.language import Language, filled
from app.ui.library.collections import collection_name

#: Tokens of an answer, from short to very long.
LENGTHS = (256, 512, 1024, 2048)
#: Names that a card has room for.
_NAMED = 2


@dataclass(frozen=True)
class AssistantTemplate:
    """An assistant to begin with, and what it is good for."""

    assistant: Assistant
    about: str


class AssistantWords(QObject):
    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language

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
        names = {adapter.id: adapter.name for adapter in overview.adapters}
        for adapter_strength in assistant.adapters:
            name = names.get(adapter_strength.adapter, self.tr("deleted"))
            strength = self.language.number(adapter_strength.strength, 2)
            parts.append(filled(self.tr("adapter %1"), f"{name} × {strength}"))
        return " · ".join(parts)

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

    def templates(self) -> tuple[AssistantTemplate, ...]:
        return (
            AssistantTemplate(
                Assistant(
                    "",
                    self.tr("HR questions"),
                    "users",
                    self.tr(
                        "Answer as the HR department answers a colleague. Name the rule and the "
                        "document that it comes from. Give deadlines, numbers of days and who has "
                        "to sign."
                    ),
                    Tone.FRIENDLY,
                ),
                self.tr("Leave, travel, working hours: answers for staff, with the rule."),
            ),
            AssistantTemplate(
                Assistant(
                    "",
                    self.tr("Contracts"),
                    "scale",
                    self.tr(
                        "Say only what the contracts say. Quote the clause with its number. Where "
                        "clauses contradict each other, show both. Give no legal advice."
                    ),
                    Tone.FORMAL,
                    temperature=0.0,
                ),
                self.tr("Terms, penalties, duties: word for word, with the clause."),
            ),
            AssistantTemplate(
                Assistant(
                    "",
                    self.tr("Technical manuals"),
                    "wrench",
                    self.tr(
                        "Answer with numbered steps. Keep units, part numbers and limits exactly "
                        "as the manual gives them. Put safety warnings first."
                    ),
                    Tone.DETAILED,
                    temperature=0.0,
                    max_tokens=1024,
                ),
                self.tr("Operating and repairing: numbered steps, exact figures."),
            ),
        )
