"""An assistant: a name, how it speaks, from what it answers, with which adapter."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """NEUTRAL adds nothing to the prompt; each other one has a sentence of its own."""

    NEUTRAL = "neutral"
    FORMAL = "formal"
    FRIENDLY = "friendly"
    BRIEF = "brief"
    DETAILED = "detailed"


@dataclass(frozen=True, slots=True)
class Assistant:
    """`instruction` is added to what every answer is asked by. `collections` are ids, none for all;
    `adapter` is an id, "" for those that are on anyway; `strength` 0–2 is that adapter's scale."""

    id: str
    name: str
    icon: str = "message-square"
    instruction: str = ""
    tone: Tone = Tone.NEUTRAL
    temperature: float = 0.1
    max_tokens: int = 512
    collections: tuple[str, ...] = ()
    adapter: str = ""
    strength: float = 1.0


#: Tokens of an answer and temperatures that can be chosen.
LEAST_TOKENS, MOST_TOKENS = 64, 4096
HOTTEST = 1.5
STRONGEST = 2.0
