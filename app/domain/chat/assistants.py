"""An assistant: a name, how it speaks, from what it answers, with which adapters."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.chat.variables import Variable


class Tone(StrEnum):
    """NEUTRAL adds nothing to the prompt; each other one has a sentence of its own."""

    NEUTRAL = "neutral"
    FORMAL = "formal"
    FRIENDLY = "friendly"
    BRIEF = "brief"
    DETAILED = "detailed"


@dataclass(frozen=True, slots=True)
class AdapterStrength:
    """An adapter by its id, and its scale 0–2."""

    adapter: str
    strength: float = 1.0


class AnswerLanguage(StrEnum):
    """AS_ASKED answers in the language of the question, each other one always in its own."""

    AS_ASKED = ""
    RUSSIAN = "ru"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Assistant:
    """`instruction` is added to what every answer is asked by. `collections` are ids, none for all;
    `adapters` speak together, none for those that are on anyway. `remembers` earlier
    conversations of whoever asks. `model` answers by its name, "" for the one in use; what no
    passage confirms is not shown where it is `strict`. `variables` stand in the places of the
    instruction."""

    id: str
    name: str
    icon: str = "message-square"
    instruction: str = ""
    tone: Tone = Tone.NEUTRAL
    temperature: float = 0.1
    max_tokens: int = 512
    collections: tuple[str, ...] = ()
    adapters: tuple[AdapterStrength, ...] = ()
    remembers: bool = True
    language: AnswerLanguage = AnswerLanguage.AS_ASKED
    model: str = ""
    strict: bool = False
    variables: tuple[Variable, ...] = ()

    def strength(self, adapter: str) -> float | None:
        """How strongly one speaks, by its id; None where it does not."""
        found = (
            adapter_strength.strength
            for adapter_strength in self.adapters
            if adapter_strength.adapter == adapter
        )
        return next(found, None)

    def with_adapter(self, adapter: str, strength: float) -> "Assistant":
        """Speaking with it, so strongly, beside the others."""
        if self.strength(adapter) is None:
            return replace(self, adapters=(*self.adapters, AdapterStrength(adapter, strength)))
        changed = (
            replace(adapter_strength, strength=strength)
            if adapter_strength.adapter == adapter
            else adapter_strength
            for adapter_strength in self.adapters
        )
        return replace(self, adapters=tuple(changed))

    def without_adapter(self, adapter: str) -> "Assistant":
        left = tuple(
            adapter_strength
            for adapter_strength in self.adapters
            if adapter_strength.adapter != adapter
        )
        return replace(self, adapters=left)


@dataclass(frozen=True, slots=True)
class AssistantTemplate:
    """An assistant to begin with, known by its `key`, and what it is good for."""

    key: str
    assistant: Assistant
    about: str


#: Tokens of an answer and temperatures that can be chosen.
LEAST_TOKENS, MOST_TOKENS = 64, 4096
HOTTEST = 1.5
STRONGEST = 2.0
