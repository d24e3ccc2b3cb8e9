"""What an answer rests on: chosen by hand, or pinned ones and those that are found."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.chat.conversation import Message, Segment
from app.domain.progress import Control
from app.services.chat.context import AnswerContext, AnswerRequest
from app.services.library.attachments import Attachments
from app.services.memory.recall import Recall
from app.services.questions.followup import FollowUp
from app.services.questions.planner import Planner
from app.services.retrieval.passage_sets import PassageSets
from app.services.retrieval.service import RetrievalResult, RetrievalService
from app.stems import stems

#: Share of a remembered line's stems from which on a passage says it.
_SAID = 0.75


class PassageFinder:
    def __init__(
        self,
        retrieval: RetrievalService,
        follow_up: FollowUp,
        sets: PassageSets,
        attachments: Attachments,
        recall: Recall,
        planner: Planner,
    ) -> None:
        self._retrieval = retrieval
        self._follow_up = follow_up
        self._sets = sets
        self._attachments = attachments
        self._recall = recall
        self._planner = planner

    def find(self, context: AnswerContext, control: Control) -> AnswerContext:
        """The context with what was found for its question; the attachments of its conversation
        are searched too. Errors of RetrievalService.find; `Cancelled`."""
        request = context.request
        if request.chosen:
            found = RetrievalResult(request.chosen, sufficient=True)
            return replace(context, searched=context.question, found=found)
        searched = self._follow_up.searched(context.question, context.history, control)
        retrieval = self._retrieval
        if attached := self._attachments.opened(context.conversation, control):
            retrieval = retrieval.with_attached(attached)
        plan = self._planner.plan(searched, request.scope, request.kind)
        context = replace(context, searched=searched, plan=plan, retrieval=retrieval)
        if plan.sides:
            return replace(context, found=RetrievalResult(sufficient=True))
        if plan.document:
            whole = retrieval.of_document(plan.document)
            if whole.segments:
                return replace(context, found=whole)
        found = _found(retrieval, searched, request)
        kept, liked = self._liked(searched) if request.scope.everything else ("", [])
        found = _with((*request.pinned, *liked), found)
        if request.remember:
            found = _beside(found, self._recall.segments(searched, context.conversation))
        return replace(context, found=found, kept=kept)

    def _liked(self, searched: str) -> tuple[str, list[Segment]]:
        """The name of the liked set whose question asks the same, and its passages."""
        near = self._sets.near(searched)
        if near is None:
            return "", []
        kept, segments = near
        self._sets.note_use(kept.id)
        return kept.name, segments

    def note_cited(self, answer: Message) -> None:
        """Count the use of the memories that an answer rests on."""
        self._recall.note_use([source.segment for source in answer.cited])


def _found(retrieval: RetrievalService, searched: str, request: AnswerRequest) -> RetrievalResult:
    """What is near. In documents that were chosen by hand something is read whatever the question's
    wording: whether it is answered there the model says."""
    found = retrieval.find(searched, scope=request.scope)
    anyway = request.read_all or request.scope.documents
    return replace(found, sufficient=True) if anyway and found.segments else found


def _beside(found: RetrievalResult, recalled: Sequence[Segment]) -> RetrievalResult:
    """Documents first, and of what was remembered only what they do not say themselves. Passages
    that are not near enough are no help to it."""
    if not recalled:
        return found
    passages = found.segments if found.sufficient else ()
    said = [set(stems(passage.text)) for passage in passages]
    news = [fresh for segment in recalled if (fresh := _without(segment, said)).text]
    if not news:
        return found
    return replace(found, segments=(*passages, *news), sufficient=True)


def _without(recalled: Segment, said: Sequence[set[str]]) -> Segment:
    """A remembered segment with those of its lines that no passage has."""
    lines = [
        line
        for line in recalled.text.split("\n")
        if not any(_held(set(stems(line)), each) for each in said)
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
