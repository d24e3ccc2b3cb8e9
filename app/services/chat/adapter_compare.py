"""One question answered by the base and by an adapter, as the chat would answer it, stored nowhere.
Runs on the inference worker thread."""

from dataclasses import dataclass

from app.domain.chat import prompting
from app.domain.chat.conversation import Message
from app.domain.progress import Control, Redirected
from app.domain.roles import Act
from app.domain.settings import Sampling
from app.services.chat.answer_style import AnswerStyle
from app.services.chat.answer_writer import AnswerWriter
from app.services.chat.context import AnswerContext
from app.services.profiles.access import Access
from app.services.retrieval.service import RetrievalResult, RetrievalService


@dataclass(frozen=True, slots=True)
class Both:
    """The answers to one question; `adapted` is None as long as only the base has answered."""

    base: Message
    adapted: Message | None = None


class AdapterCompare:
    def __init__(self, retrieval: RetrievalService, writer: AnswerWriter, access: Access) -> None:
        self._retrieval = retrieval
        self._writer = writer
        self._access = access

    def ask(self, question: str, adapter: str, strength: float, control: Control) -> Both:
        """Both answers from the same passages at temperature 0, with an adapter by its id; reports
        the first as Both when it is there. Errors of RetrievalService.find; `ModelError`,
        `Cancelled`."""
        self._access.require(Act.ASK)
        control.check()
        found = self._retrieval.find(question)
        base = self._answer(question, found, (), control)
        control.report(Both(base))
        adapted = self._answer(question, found, ((adapter, strength),), control)
        return Both(base, adapted)

    def _answer(
        self,
        question: str,
        found: RetrievalResult,
        adapters: tuple[tuple[str, float], ...],
        control: Control,
    ) -> Message:
        style = AnswerStyle(Sampling(temperature=0), adapters=adapters)
        context = AnswerContext(question, style, searched=question, found=found)
        sources = prompting.number(found.segments, ())
        silent = Redirected(control, lambda _: None)
        answer = self._writer.answer_once(context, sources, silent)
        control.check()
        return answer
