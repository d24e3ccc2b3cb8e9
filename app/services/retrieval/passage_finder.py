"""What an answer rests on: chosen by hand, or pinned ones and those that are found."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.domain.chat.conversation import Message, Segment
from app.domain.chat.prompting import Exchange
from app.domain.library.documents import Scope
from app.domain.progress import Control
from app.domain.retrieval.passage_sets import PassageSet
from app.services.chat.followup import FollowUp
from app.services.library.attachments import Attachments
from app.services.memory.recall import Recall
from app.services.retrieval.passage_sets import PassageSets
from app.services.retrieval.service import RetrievalResult, RetrievalService
from app.store.index import words

#: Share of a remembered line's stems from which on a passage says it.
_SAID = 0.75


@dataclass(frozen=True, slots=True)
class RetrievalRequest:
    """`chosen` are exactly the passages, nothing else is looked for; `pinned` come first;
    `remember` what earlier conversations say too."""

    scope: Scope = field(default_factory=Scope)
    chosen: tuple[Segment, ...] = ()
    pinned: tuple[Segment, ...] = ()
    remember: bool = True


@dataclass(frozen=True, slots=True)
class RetrievedContext:
    """`searched` is the question as it can be understood alone; `kept` the liked set that was
    used."""

    searched: str
    found: RetrievalResult
    kept: PassageSet | None = None


class PassageFinder:
    def __init__(
        self,
        retrieval: RetrievalService,
        follow_up: FollowUp,
        sets: PassageSets,
        attachments: Attachments,
        recall: Recall,
    ) -> None:
        self._retrieval = retrieval
        self._follow_up = follow_up
        self._sets = sets
        self._attachments = attachments
        self._recall = recall

    def find(
        self,
        question: str,
        conversation: str,
        history: Sequence[Exchange],
        wanted: RetrievalRequest,
        control: Control,
    ) -> RetrievedContext:
        """For a question of a conversation, whose attachments are searched too. Errors of
        RetrievalService.find; `Cancelled`."""
        if wanted.chosen:
            return RetrievedContext(
                question, RetrievalResult(wanted.chosen, sufficient=True, milliseconds=0.0)
            )
        searched = self._follow_up.searched(question, history, control)
        retrieval = self._retrieval
        if attached := self._attachments.opened(conversation, control):
            retrieval = retrieval.with_attached(attached)
        found = retrieval.find(searched, scope=wanted.scope)
        near = self._sets.near(searched) if wanted.scope.everything else None
        recalled = self._recall.segments(searched, conversation) if wanted.remember else []
        if near is None:
            return RetrievedContext(searched, _beside(_with(wanted.pinned, found), recalled))
        kept, segments = near
        self._sets.note_use(kept.id)
        both = _with((*wanted.pinned, *segments), found)
        return RetrievedContext(searched, _beside(both, recalled), kept)

    def note_cited(self, answer: Message) -> None:
        """Count the use of the memories that an answer rests on."""
        self._recall.note_use([source.segment for source in answer.cited])


def _beside(found: RetrievalResult, recalled: Sequence[Segment]) -> RetrievalResult:
    """Documents first, and of what was remembered only what they do not say themselves. Passages
    that are not near enough are no help to it."""
    if not recalled:
        return found
    passages = found.segments if found.sufficient else ()
    said = [set(words.stems(passage.text)) for passage in passages]
    news = [fresh for segment in recalled if (fresh := _news(segment, said)).text]
    if not news:
        return found
    return replace(found, segments=(*passages, *news), sufficient=True)


def _news(recalled: Segment, said: Sequence[set[str]]) -> Segment:
    """With those of its lines that no passage has."""
    lines = [
        line
        for line in recalled.text.split("\n")
        if not any(_held(set(words.stems(line)), each) for each in said)
    ]
    text = "\n".join(lines)
    place = replace(recalled.locator, end=len(text))
    return replace(recalled, text=text, locator=place, best=place)


def _held(line: set[str], passage: set[str]) -> bool:
    return len(line & passage) >= _SAID * len(line)


def _with(pinned: Sequence[Segment], found: RetrievalResult) -> RetrievalResult:
    """What the user pinned comes first, and is evidence enough."""
    if not pinned:
        return found
    held = {(segment.document, passage) for segment in pinned for passage in segment.passages}
    others = [
        segment
        for segment in found.segments
        if not any((segment.document, passage) in held for passage in segment.passages)
    ]
    return replace(found, segments=(*pinned, *others), sufficient=True)
