"""Rows from the answers of this profile that a user liked or put right."""

import re
from collections.abc import Iterator, Sequence

from app.domain.chat import citations
from app.domain.chat.conversation import AnswerState, Feedback, Message, Source, Speaker
from app.domain.chat.refusals import is_refusal
from app.domain.settings import RowWriting
from app.domain.training import row_checks
from app.domain.training.rows import Row, RowFault, RowOrigin, RowPassage, Rows
from app.store.chat.conversations import ConversationStore
from app.store.chat.messages import MessageStore

#: States of an answer that shows, when it is liked, how to answer.
_WHOLE = {AnswerState.DONE, AnswerState.ABSTAINED}
_MARK = re.compile(r"(\s*)\[(\d{1,3})\]")


class RowChats:
    def __init__(
        self,
        conversations: ConversationStore,
        messages: MessageStore,
        settings: RowWriting | None = None,
    ) -> None:
        self._conversations = conversations
        self._messages = messages
        self._settings = settings or RowWriting()

    def rows(self, known: Sequence[Row] = ()) -> Rows:
        """One a liked or corrected answer, on any branch; a correction goes before what was liked,
        a disliked answer alone is never used. Of a question that comes again the newest, and none
        of those that `known` rows ask."""
        found = [
            row for conversation in self._conversations.all() for row in self._of(conversation.id)
        ]
        taken: list[Row] = []
        rejected: dict[RowFault, int] = {}
        repeated = row_checks.duplicates([each.question for each in (*known, *found)])
        for place, row in enumerate(found, start=len(known)):
            reason = RowFault.DUPLICATE if place in repeated else row_checks.fault(row)
            if reason:
                rejected[reason] = rejected.get(reason, 0) + 1
            else:
                taken.append(row)
        return Rows(tuple(taken), rejected)

    def _of(self, conversation: str) -> Iterator[Row]:
        turns = self._messages.all(conversation)
        asked = {turn.id: turn for turn in turns if turn.speaker == Speaker.USER}
        for message in reversed(turns):
            question = asked.get(message.parent or 0)
            if question is not None and _teaches(message) and not _remembers(message):
                yield self._row(question, message, conversation)

    def _row(self, asked: Message, answer: Message, conversation: str) -> Row:
        text = answer.correction or citations.marked(answer.text, answer.citations)
        supported = {
            citation.number: citation.quote for citation in answer.citations if citation.supported
        }
        # Rows are seen by everybody who may train; what is remembered is the user's own.
        documents = [source for source in answer.sources if not source.segment.memory]
        sources = self._shown(documents, [*_numbers(text), *supported])
        places = {source.number: place for place, source in enumerate(sources, start=1)}
        quotes = [] if answer.correction else _quotes(sources, supported)
        return Row(
            question=answer.searched or asked.text,
            answer=_renumbered(text, places).strip(),
            passages=tuple(RowPassage(e.segment.header, e.segment.text) for e in sources),
            quote=quotes[0] if quotes else "",
            answered=not is_refusal(text),
            group=conversation,
            origin=RowOrigin.CHATS,
        )

    def _shown(self, sources: Sequence[Source], cited: Sequence[int]) -> list[Source]:
        """Those that the answer cites and a few that it does not, as they stood in the prompt."""
        others = [source.number for source in sources if source.number not in cited]
        kept = {*cited, *others[: self._settings.distractors]}
        return [source for source in sources if source.number in kept]


def _remembers(answer: Message) -> bool:
    """Whether it rests on the user's earlier conversations."""
    return any(source.segment.memory for source in answer.cited)


def _quotes(sources: Sequence[Source], supported: dict[int, str]) -> list[str]:
    """Those that are long enough to prove something."""
    pairs = [(source.segment.text, supported.get(source.number, "")) for source in sources]
    return [quote for text, quote in pairs if row_checks.holds(text, quote)]


def _teaches(answer: Message) -> bool:
    if answer.speaker != Speaker.ASSISTANT:
        return False
    liked = answer.feedback == Feedback.UP and answer.state in _WHOLE and bool(answer.text)
    return bool(answer.correction) or (liked and not answer.doubtful)


def _numbers(text: str) -> list[int]:
    return [int(match[2]) for match in _MARK.finditer(text)]


def _renumbered(text: str, places: dict[int, int]) -> str:
    """Its marks as places among the row's passages; those of no passage are left out."""

    def mark(match: re.Match[str]) -> str:
        place = places.get(int(match[2]))
        return f"{match[1]}[{place}]" if place else ""

    return _MARK.sub(mark, text)
