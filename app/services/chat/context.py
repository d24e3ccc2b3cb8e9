"""A question on its way to its answer: what was asked for, and what is known of it so far."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.chat.conversation import QuestionKind, Segment
from app.domain.chat.prompting import Exchange
from app.domain.library.documents import Scope
from app.domain.settings import Sampling
from app.services.chat.answer_style import AnswerStyle
from app.services.questions.plan import Plan
from app.services.retrieval.service import RetrievalResult, RetrievalService


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """What an answer may rest on, and how it is sampled.

    `scope` narrows what is searched. `chosen` segments are exactly what is used, nothing is
    searched then; `pinned` ones come before what is found. `remember` lets earlier conversations
    speak too. `sampling` None is the assistant's own. `kind` is how the user wants the question
    answered, None where the program is to tell; `read_all`: nothing is left out for the sake of
    speed, and no gate asks whether it is near enough.
    """

    scope: Scope = field(default_factory=Scope)
    chosen: tuple[Segment, ...] = ()
    pinned: tuple[Segment, ...] = ()
    remember: bool = True
    sampling: Sampling | None = None
    kind: QuestionKind | None = None
    read_all: bool = False


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """Everything that an answer is made from; each step hands on a fuller one.

    `history` are the turns before the question, `given` the highest number that a source of the
    conversation has, and `style` is how the assistant answers. After the search `searched` is the
    question as it can be understood alone, `found` are the segments that it rests on, and `kept`
    names the liked passage set that was used, "" for none; `plan` says what is looked at side by
    side within `retrieval`. `began` is `time.perf_counter()` when the question was sent, `useful`
    when a quotation was shown, None where there was none.
    """

    question: str
    style: AnswerStyle = field(default_factory=AnswerStyle)
    request: AnswerRequest = field(default_factory=AnswerRequest)
    conversation: str = ""
    history: Sequence[Exchange] = ()
    searched: str = ""
    found: RetrievalResult = field(default_factory=RetrievalResult)
    kept: str = ""
    given: int = 0
    plan: Plan = field(default_factory=Plan)
    retrieval: RetrievalService | None = None
    useful: float | None = None
    began: float = field(default_factory=time.perf_counter)
