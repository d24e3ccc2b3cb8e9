"""Where a point of a summary comes from: the turn, and the passage that the answer cites."""

from dataclasses import dataclass

from app.domain.chat.conversation import Citation, Message, Segment
from app.domain.memory.summaries import Point
from app.services.conversations.service import ConversationService


@dataclass(frozen=True, slots=True)
class PointSource:
    """`segment` is None where the point rests on the conversation alone."""

    conversation: str
    turn: int
    segment: Segment | None = None
    citation: Citation | None = None


def place_of(point: Point, conversations: ConversationService) -> PointSource | None:
    """None for the user's own words, and where the turn is gone."""
    if point.message is None:
        return None
    home, found = conversations.home(point.message), conversations.load([point.message])
    if home is None or not found:
        return None
    answer = found[0]
    segment = next((e.segment for e in answer.sources if e.number == point.source), None)
    if segment is None or segment.memory:
        return PointSource(home, answer.id)
    return PointSource(home, answer.id, segment, _nearest(answer, point))


def _nearest(answer: Message, point: Point) -> Citation | None:
    """Of several sentences of a source the one that has most words of the point."""
    said = set(point.text.casefold().split())
    cited = [
        citation
        for citation in answer.citations
        if citation.supported and citation.number == point.source
    ]
    shared = [len(said & set(citation.quote.casefold().split())) for citation in cited]
    return cited[shared.index(max(shared))] if cited else None
