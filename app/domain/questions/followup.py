"""Questions that cannot be understood without what was asked before."""

import re
from collections.abc import Sequence

from app.domain.chat.prompting import Exchange
from app.stems import stems

_WORD = re.compile(r"\w+")
_BEGINNING = re.compile(
    r"\s*(?:а|и|но|тогда|почему же|а если|and|but|so|then|what about|how about|why)\b[^?]*",
    re.IGNORECASE,
)
#: Words that stand for something said before.
_STANDS_FOR = frozenset(
    """он она оно они его её ее ему ей им их ими нём нем нею ней них него нее неё этот эта это эти
    этого этой этому этим этих этом тот та те того той тому тех том там туда тогда оттуда такой
    такая такие таких оба обе it its they them their theirs he him his she her hers this these those
    there both former latter such same""".split()
)
#: A question of so few words hardly names its subject; one of so many explains its pronouns.
_SHORT, _LONG = 3, 10
#: Share of a rewriting's stems that must come from the conversation or from the question.
_KNOWN = 0.7
_LONGEST = 300
_ANSWER_BEGINNING = 240
#: Exchanges that a question may lean on.
_RECENT = 2


def leans(question: str) -> bool:
    """Whether it seems to lean on the conversation."""
    words = [each.lower() for each in _WORD.findall(question)]
    return (
        len(words) <= _SHORT
        or (len(words) <= _LONG and bool(_STANDS_FOR & set(words)))
        or (len(words) <= _LONG and bool(_BEGINNING.match(question)))
    )


def transcript(history: Sequence[Exchange]) -> str:
    """The last exchanges in short, for the model that rewrites."""
    return "\n".join(
        f"— {exchange.question}\n— {' '.join(exchange.answer.split())[:_ANSWER_BEGINNING]}"
        for exchange in history[-_RECENT:]
    )


def joined(question: str, history: Sequence[Exchange]) -> str:
    """The question with the one before it: what a search can do with it when no model helps."""
    return f"{history[-1].question} {question}" if history else question


def accepted(
    rewritten: str,
    question: str,
    history: Sequence[Exchange],
) -> str | None:
    """The rewriting in one line, None when it is empty, rambles or speaks of something else."""
    line = " ".join(rewritten.split()).strip(' "«»“”')
    if not line or len(line) > _LONGEST:
        return None
    said = " ".join(
        [question, *(f"{exchange.question} {exchange.answer}" for exchange in history[-_RECENT:])]
    )
    wanted, known = set(stems(line)), set(stems(said))
    if not wanted or len(wanted & known) < _KNOWN * len(wanted):
        return None
    return line
