"""Digests of parts of a conversation, or of several, made one within bounds."""

from collections.abc import Sequence

from app.domain.evidence.support import figures_of
from app.domain.memory.summaries import Digest, Point, PointKind
from app.domain.memory.summary_writing import same_question
from app.stems import stems

#: Share of the larger one's stems that two points of a kind have in common when they say the same.
_SAME = 0.75
#: As many of a kind are kept; and open questions.
MOST = {PointKind.KEY: 12, PointKind.DECISION: 12, PointKind.FACT: 24}
MOST_QUESTIONS = 6


def merged(first: Digest, second: Digest) -> Digest:
    """`second` came later: of two points that say the same, its wording stays, at its place; what
    the user wrote is never dropped for what a model wrote. The first title stays."""
    points = _distinct([*first.points, *second.points])
    kept = [point for kind in PointKind for point in _thinned(points, kind)]
    ordered = [point for point in points if point in kept]
    questions = _open([*first.questions, *second.questions])
    return Digest(first.title or second.title, tuple(ordered), tuple(questions))


def without_answered(questions: Sequence[str], asked: Sequence[str]) -> list[str]:
    """Open questions without those that were asked, and answered, since."""
    return [
        question
        for question in questions
        if not any(same_question(question, other) for other in asked)
    ]


def says_the_same(one: str, other: str) -> bool:
    return _same(one, set(stems(one)), other, set(stems(other)))


def _distinct(points: Sequence[Point]) -> list[Point]:
    """Of points that say the same the last one. It stands for those before it only as far as it
    says the same as each that the user wrote: likeness does not carry over from one to the next."""
    kept: list[tuple[Point, tuple[str, ...]]] = []
    for point in points:
        same = [
            place
            for place, (other, stood_for) in enumerate(kept)
            if _kinds(other, point)
            and says_the_same(point.text, other.text)
            and all(says_the_same(point.text, each) for each in stood_for)
        ]
        if any(_outranks(kept[place][0], point) for place in same):
            continue
        taken = [text for place in same for text in kept[place][1]]
        kept = [each for place, each in enumerate(kept) if place not in same]
        kept.append((point, (*taken, point.text) if point.own else tuple(taken)))
    return [point for point, _ in kept]


def _kinds(one: Point, other: Point) -> bool:
    """Whether two points may say the same: a fact is no news beside a point of its content."""
    return one.kind == other.kind or PointKind.DECISION not in (one.kind, other.kind)


def _outranks(before: Point, point: Point) -> bool:
    """Whether the earlier one stays although another says the same."""
    if before.own or point.own:
        return before.own and not point.own
    return before.kind == PointKind.KEY and point.kind == PointKind.FACT


def _same(one: str, words: set[str], other: str, others: set[str]) -> bool:
    if not words or not others:
        return one == other
    if set(figures_of(one)) != set(figures_of(other)):
        return False
    return len(words & others) >= _SAME * max(len(words), len(others))


def _thinned(points: Sequence[Point], kind: PointKind) -> list[Point]:
    """As many of a kind as are allowed: what the user wrote, and of the others those that lie
    farthest apart, so that the beginning of a long conversation is not lost for its end."""
    own = [point for point in points if point.kind == kind and point.own]
    others = [point for point in points if point.kind == kind and not point.own]
    room = max(MOST[kind] - len(own), 0)
    if len(others) <= room:
        return own + others
    if room < 2:
        return own + others[len(others) - room :]
    step = (len(others) - 1) / (room - 1)
    return own + [others[round(place * step)] for place in range(room)]


def _open(questions: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for question in questions:
        kept = [other for other in kept if not same_question(question, other)]
        kept.append(question)
    return kept[-MOST_QUESTIONS:]
