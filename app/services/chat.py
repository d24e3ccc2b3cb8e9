"""Ask and answer: the question is stored, passages are found, the model answers from them, the
citations are checked, the answer is stored. Runs on the inference worker thread."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from app.domain import prompting
from app.domain.conversation import AnswerState, Conversation, Message, SourcesFound, Speaker
from app.domain.errors import Cancelled, LaretsError
from app.domain.events import ConversationsChanged
from app.domain.progress import Control
from app.domain.prompting import Exchange
from app.domain.roles import Act
from app.services.access import Access
from app.services.answering import Answering, AnswerSettings, Asking, timings_of
from app.services.events import Events
from app.services.followup import FollowUp
from app.services.retrieval import RetrievalService
from app.store.conversations import ConversationStore

_TITLE = 60


class ChatService:
    def __init__(
        self,
        store: ConversationStore,
        retrieval: RetrievalService,
        follow_up: FollowUp,
        answering: Answering,
        access: Access,
        events: Events,
        record: Callable[[str, str], None],
    ) -> None:
        self._store = store
        self._retrieval = retrieval
        self._follow_up = follow_up
        self._answering = answering
        self._access = access
        self._events = events
        self._record = record

    # -- conversations ----------------------------------------------------------------------------

    def conversations(self) -> list[Conversation]:
        return self._store.all()

    def messages(self, conversation: str) -> list[Message]:
        """The turns as stored; an answer that a crash or power cut ended counts as stopped."""
        return [
            replace(each, state=AnswerState.STOPPED) if each.state == AnswerState.WRITING else each
            for each in self._store.messages(conversation)
        ]

    def cited(self, document_id: str) -> tuple[int, float | None]:
        """How often this profile's answers cite a document, and when one did last, in seconds since
        1970."""
        return self._store.cited(document_id)

    def begin(self, question: str) -> str:
        """A new conversation, titled by its first question; its id."""
        line = " ".join(question.split())
        title = line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"
        return self._store.create(title)

    def rename(self, conversation: str, title: str) -> None:
        self._store.rename(conversation, title)
        self._events.publish(ConversationsChanged(conversation))

    def remove(self, conversation: str) -> None:
        self._store.remove(conversation)
        self._answering.forget(conversation)
        self._events.publish(ConversationsChanged(conversation))

    # -- answers ----------------------------------------------------------------------------------

    def prepare(self, spoken: str, control: Control) -> None:
        """Get ready for a first question in that language, while nobody waits."""
        self._answering.prepare(spoken, control)

    def reopen(self, conversation: str, control: Control) -> None:
        """Take back what was read of a conversation in an earlier session."""
        self._answering.take_back(conversation, control)

    def keep(self, conversation: str) -> None:
        """Store what was read of a conversation, so that `reopen` can take it back."""
        self._answering.keep(conversation, _exchanges(self._store.messages(conversation)))

    def answer(
        self,
        conversation: str,
        question: str,
        control: Control,
        settings: AnswerSettings | None = None,
    ) -> Message:
        """Answer `question` as the next turn, reporting SourcesFound, Progress while a model
        loads, PromptRead, AnswerPiece.

        A cancelled control ends it with what was written, state STOPPED. Without a chat model the
        documents are quoted, state QUOTED. `ModelError`, `VaultError`; the question stays stored,
        the answer is then marked FAILED.
        """
        self._access.require(Act.ASK)
        settings = settings or AnswerSettings()
        began = time.perf_counter()
        history = _exchanges(self._store.messages(conversation))
        self._store.append(conversation, _message(Speaker.USER, question))
        answer = self._store.append(
            conversation, replace(_message(Speaker.ASSISTANT, ""), state=AnswerState.WRITING)
        )
        self._events.publish(ConversationsChanged(conversation))
        try:
            searched = self._follow_up.searched(question, history, control)
            found = self._retrieval.find(searched, scope=settings.scope)
            answer = replace(
                answer,
                sources=tuple(prompting.number(found.segments, history)),
                searched=searched if searched != question else "",
            )
            control.report(SourcesFound(answer.sources, found.milliseconds))
            asking = Asking(question, searched, history, found, began)
            if found.evident:
                self._store.replace(answer)
                answer = self._answering.write(answer, asking, control, settings)
            else:
                timings = timings_of(asking)
                answer = replace(answer, state=AnswerState.ABSTAINED, timings=timings)
        except Cancelled:
            answer = replace(answer, state=AnswerState.STOPPED)
        except LaretsError:
            self._store.replace(replace(answer, state=AnswerState.FAILED))
            raise
        self._store.replace(answer)
        self._record("answer", conversation)
        self._events.publish(ConversationsChanged(conversation))
        return answer


def _message(speaker: Speaker, text: str) -> Message:
    return Message(id=0, speaker=speaker, text=text, created=time.time())


def _exchanges(messages: Sequence[Message]) -> list[Exchange]:
    """Question and answer pairs that go back into the prompt: those with an answer."""
    pairs = []
    for asked, answered in pairwise(messages):
        follows = asked.speaker == Speaker.USER and answered.speaker == Speaker.ASSISTANT
        if follows and answered.text:
            pairs.append(Exchange(asked.text, answered.sources, answered.text))
    return pairs
