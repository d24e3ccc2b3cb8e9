"""A question on its way to its answer: what was asked for, and what is known of it so far."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.chat.conversation import Segment
from app.domain.chat.prompting import Exchange
from app.domain.library.documents import Scope
from app.domain.settings import Sampling
from app.services.chat.answer_style import AnswerStyle
from app.services.retrieval.service import RetrievalResult


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """What an answer may rest on, and how it is sampled.

    `scope` narrows what is searched. `chosen` segments are exactly what is used, nothing is
    searched then; `pinned` ones come before what is found. `remember` lets earlier conversations
    speak too. `sampling` None is the assistant's own.
    """

    scope: Scope = field(default_factory=Scope)
    chosen: tuple[Segment, ...] = ()
    pinned: tuple[Segment, ...] = ()
    remember: bool = True
    sampling: Sampling | None = None


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """Everything that an answer is made from; each step hands on a fuller one.

    `history` are the turns before the question, and `style` is how the assistant answers. After the
    search `searched` is the question as it can be understood alone, `found` are the segments that
    it rests on, and `kept` names the liked passage set that was used, "" for none. `began` is
    `time.perf_counter()` when the question was sent.
    """

    question: str
    style: AnswerStyle = field(default_factory=AnswerStyle)
    request: AnswerRequest = field(default_factory=AnswerRequest)
    conversation: str = ""
    history: Sequence[Exchange] = ()
    searched: str = ""
    found: RetrievalResult = field(default_factory=RetrievalResult)
    kept: str = ""
    began: float = field(default_factory=time.perf_counter)
