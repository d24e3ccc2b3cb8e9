"""Summaries of conversations: written behind what the user asks, kept, found, changed."""

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.domain.chat.conversation import AnswerState, Message, NamedBy, Segment, Speaker
from app.domain.errors import Cancelled, LaretsError, ModelMissing, NoChatModel, SummaryMissing
from app.domain.events import SummariesChanged
from app.domain.memory import summary_merging, summary_writing
from app.domain.memory.summaries import Digest, StoredExchange, Summary, SummaryState
from app.domain.progress import Control
from app.services.conversations.service import ConversationService
from app.services.events import Events
from app.services.memory.summary_writer import SummaryWriter
from app.stems import stems
from app.store.memory.summaries import SummaryStore

#: Seconds in which a deletion can be taken back.
UNDO_SECONDS = 15.0
_NOT_SAID = {AnswerState.FAILED, AnswerState.WRITING}
#: Nothing went wrong: it is written as soon as there is a model.
_LATER = (Cancelled, NoChatModel, ModelMissing)


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a user who comes back is shown: the last summary, and how many are yet to be written."""

    summary: Summary | None
    waiting: int


class SummaryService:
    def __init__(
        self,
        store: SummaryStore,
        writer: SummaryWriter,
        conversations: ConversationService,
        events: Events,
        written: Callable[[Summary], object] = lambda summary: None,
    ) -> None:
        """`written` is told of each that was finished."""
        self._store = store
        self._writer = writer
        self._conversations = conversations
        self._events = events
        self._written = written

    # -- looking ----------------------------------------------------------------------------------

    def all(self) -> list[Summary]:
        """The newest first, with those that are still to be written."""
        found = {summary.id: summary for summary in self._store.all()}
        by_conversation = {summary.conversation: summary.id for summary in reversed(found.values())}
        for conversation in self._store.waiting():
            known = by_conversation.get(conversation)
            if known is None:
                blank = self._blank(conversation)
                found[blank.id] = blank
            elif found[known].state == SummaryState.WRITTEN:
                found[known] = replace(found[known], state=SummaryState.PENDING)
        return sorted(found.values(), key=lambda summary: summary.created, reverse=True)

    def kept(self) -> list[Summary]:
        """Those that are written, the newest first."""
        return self._store.all()

    def one(self, summary: str) -> Summary:
        """The summary with that id. `SummaryMissing`."""
        if found := self._store.one(summary):
            return found
        raise SummaryMissing(name=summary)

    def find(self, query: str) -> list[Summary]:
        """Those that have every word of it in some form."""
        wanted = set(stems(query))
        return [summary for summary in self.all() if wanted <= set(stems(_said(summary)))]

    def greeting(self) -> Greeting:
        """Two queries, however many there are: the window is waiting."""
        return Greeting(self._store.last(), len(self._store.waiting()))

    # -- writing ----------------------------------------------------------------------------------

    def waiting(self) -> list[str]:
        """Conversations with turns that no summary knows yet, without those where writing one
        failed: these wait for the user."""
        failed = {e.conversation for e in self._store.all() if e.state == SummaryState.FAILED}
        return [each for each in self._store.waiting() if each not in failed]

    def write(self, conversation: str, control: Control) -> Summary | None:
        """Read on from where its summary ends, part by part; each part is kept at once, so that
        nothing is read twice. None where it gave nothing. `Cancelled`: the rest waits.
        `ConversationMissing`; `NoChatModel` and the like: it waits. `ModelError`: it is marked.
        """
        turns, last = self._unread(conversation), self._leaf(conversation)
        known = self._store.of(conversation) or self._blank(conversation)
        if not turns:
            self._store.keep_written(None, conversation, last)
            return known if known.covered else None
        parts = self._writer.parts(turns)
        for part in parts:
            control.check()
            drawn = self._drawn(known, part, control)
            if self._store.covered(conversation) >= part[-1].answer.id:
                return None  # it was deleted meanwhile
            known = self._grown(self._store.of(conversation) or known, part, drawn)
            covered = last if part is parts[-1] else known.covered
            self._store.keep_written(known, conversation, covered)
        self._written(known)
        self._events.publish(SummariesChanged())
        return known

    def _drawn(self, known: Summary, part: Sequence[StoredExchange], control: Control) -> Digest:
        try:
            return self._writer.write(part, control)
        except _LATER:
            raise
        except LaretsError as error:
            self._change(known, state=SummaryState.FAILED, trouble=error.code)
            raise

    def _grown(self, known: Summary, part: Sequence[StoredExchange], drawn: Digest) -> Summary:
        """With what a part gave."""
        answered = [
            stored_exchange.asked.text
            for stored_exchange in part
            if not summary_writing.is_refused(stored_exchange)
        ]
        still = summary_merging.without_answered(known.digest.questions, answered)
        before = replace(known.digest, questions=tuple(still))
        if not known.covered:
            before = replace(before, title="")
        digest = summary_merging.merged(before, drawn)
        named = self._conversations.one(known.conversation)
        if named.named_by == NamedBy.USER or not digest.title:
            digest = replace(digest, title=named.title)
        names = [segment.name for exchange in part for segment in _cited(exchange.answer)]
        return replace(
            known,
            digest=digest,
            created=part[-1].answer.created,
            changed=time.time(),
            language=summary_writing.language_of(part),
            asked=known.asked + len(part),
            covered=part[-1].answer.id,
            documents=tuple(dict.fromkeys([*known.documents, *names])),
            state=SummaryState.WRITTEN,
            trouble="",
        )

    def _unread(self, conversation: str) -> list[StoredExchange]:
        covered = self._store.covered(conversation)
        messages = self._conversations.messages(conversation)
        return [
            StoredExchange(asked, answer)
            for asked, answer in pairwise(messages)
            if answer.id > covered and _is_exchange(asked, answer)
        ]

    def _leaf(self, conversation: str) -> int:
        turns = self._conversations.shown(conversation).turns
        return turns[-1] if turns else 0

    def _blank(self, conversation: str) -> Summary:
        """One that is still to be written, under an id that it keeps."""
        shown = self._conversations.one(conversation)
        return Summary(
            id=uuid.uuid5(uuid.NAMESPACE_OID, conversation).hex,
            conversation=conversation,
            created=shown.changed,
            changed=shown.changed,
            digest=Digest(shown.title),
            assistant=shown.assistant,
            state=SummaryState.PENDING,
        )

    # -- changing ---------------------------------------------------------------------------------

    def edit(self, summary: str, digest: Digest) -> Summary:
        """Store a summary as the user changed it. `SummaryMissing`."""
        before = self.one(summary)
        lines = [replace(point, text=" ".join(point.text.split())) for point in digest.points]
        clean = replace(
            digest,
            title=" ".join(digest.title.split()) or before.title,
            points=tuple(line for line in lines if line.text),
            questions=tuple(
                " ".join(question.split()) for question in digest.questions if question.strip()
            ),
        )
        return self._change(before, digest=clean, edited=True, changed=time.time())

    def pin(self, summary: str, *, pinned: bool) -> Summary:
        """Keep a summary at the top of the list, or no longer."""
        return self._change(self.one(summary), pinned=pinned)

    def remember(self, summary: str, *, remembered: bool) -> Summary:
        """Whether later answers may rest on it."""
        return self._change(self.one(summary), remembered=remembered)

    def merge(self, summaries: Sequence[str]) -> Summary:
        """One of several, in the order of their time, under the id of the newest.
        `SummaryMissing`."""
        chosen = sorted(
            (self.one(summary) for summary in summaries), key=lambda summary: summary.created
        )
        *older, newest = chosen
        digest = chosen[0].digest
        for each in chosen[1:]:
            digest = summary_merging.merged(digest, each.digest)
        documents = dict.fromkeys(name for summary in chosen for name in summary.documents)
        kept = replace(
            newest,
            digest=digest,
            changed=time.time(),
            asked=sum(summary.asked for summary in chosen),
            documents=tuple(documents),
            pinned=any(summary.pinned for summary in chosen),
            edited=any(summary.edited for summary in chosen),
        )
        self._store.join(kept, [summary.id for summary in older])
        self._events.publish(SummariesChanged())
        return kept

    def remove(self, summary: str) -> None:
        """Out of sight at once; `restore` takes it back until `purge`. What was said so far
        is not summarised again. `SummaryMissing`."""
        conversation = self.one(summary).conversation
        if conversation in self._store.waiting():
            self._store.keep_written(None, conversation, self._leaf(conversation))
        self._store.remove(summary)
        self._events.publish(SummariesChanged())

    def restore(self, summary: str) -> None:
        """Take the removal of a summary back, as long as `purge` has not run."""
        self._store.restore(summary)
        self._events.publish(SummariesChanged())

    def purge(self, older: float = UNDO_SECONDS) -> None:
        """Delete for good what was removed more than `older` seconds ago."""
        self._store.purge(time.time() - older)

    def forget(self, conversation: str) -> None:
        """It was deleted for good."""
        self._store.remove_of(conversation)
        self._events.publish(SummariesChanged())

    def note_use(self, summary: str) -> None:
        """An answer rested on it."""
        found = self._store.one(summary)
        if found:
            self._store.keep(replace(found, used=found.used + 1, last_used=time.time()))

    def _change(self, before: Summary, **values: object) -> Summary:
        kept = replace(before, **values)  # type: ignore[arg-type]
        self._store.keep(kept)
        self._events.publish(SummariesChanged())
        return kept


def _is_exchange(asked: Message, answer: Message) -> bool:
    said = bool(answer.text) or answer.state == AnswerState.ABSTAINED
    follows = asked.speaker == Speaker.USER and answer.speaker == Speaker.ASSISTANT
    return follows and said and answer.state not in _NOT_SAID and not answer.doubtful


def _cited(answer: Message) -> list[Segment]:
    """The passages that an answer cites."""
    return [source.segment for source in answer.cited if source.segment.is_passage]


def _said(summary: Summary) -> str:
    digest = summary.digest
    return "\n".join([digest.title, *(point.text for point in digest.points), *digest.questions])
