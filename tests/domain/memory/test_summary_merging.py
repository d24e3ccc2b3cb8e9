"""Digests made one: bounded, without repetition, nothing invented."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.memory.summaries import Digest, Point, PointKind
from app.domain.memory.summary_merging import (
    MOST,
    MOST_QUESTIONS,
    merged,
    says_the_same,
    without_answered,
)

WORDS = ["отпуск", "декабрь", "насос", "договор", "pump", "lease", "report", "28", "1 577", "завод"]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
points = st.builds(
    Point,
    st.sampled_from(PointKind),
    sentences,
    st.one_of(st.none(), st.integers(1, 9)),
    st.none(),
)
digests = st.builds(
    Digest,
    st.sampled_from(["", "Отпуска", "Pumps"]),
    st.lists(points, max_size=60).map(tuple),
    st.lists(sentences.map("Что {}?".format), max_size=12).map(tuple),
)


@given(digests, digests)
def test_everything_that_is_kept_was_there_and_keeps_within_bounds(
    first: Digest, second: Digest
) -> None:
    found = merged(first, second)
    assert set(found.points) <= {*first.points, *second.points}
    assert set(found.questions) <= {*first.questions, *second.questions}
    for kind in PointKind:
        own = [each for each in found.points if each.kind == kind and each.own]
        others = [each for each in found.points if each.kind == kind and not each.own]
        assert len(others) <= max(MOST[kind] - len(own), 0)
    assert len(found.questions) <= MOST_QUESTIONS


@given(digests, digests)
def test_nothing_is_said_twice(first: Digest, second: Digest) -> None:
    """What the user wrote apart: it may stand for an earlier point of his, from which the next is
    too far."""
    found = merged(first, second).points
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            if one.kind == other.kind and not one.own:
                assert not says_the_same(one.text, other.text)


@given(digests)
def test_merged_with_itself_it_says_no_more(one: Digest) -> None:
    once = merged(Digest(), one)
    assert set(merged(once, once).points) == set(once.points)
    assert merged(once, Digest()) == once


@given(digests, digests)
def test_what_the_user_wrote_stays(first: Digest, second: Digest) -> None:
    mine = [each for each in first.points if each.own]
    found = merged(first, second).points
    for each in mine:
        assert any(other.own and says_the_same(each.text, other.text) for other in found)


def test_of_two_wordings_the_later_stays() -> None:
    before = Point(PointKind.DECISION, "Перенести отпуск Смирновой на декабрь", 1)
    after = Point(PointKind.DECISION, "Отпуск Смирновой перенести на декабрь.", 9)
    found = merged(Digest("", (before,)), Digest("", (after,)))
    assert found.points == (after,)


def test_another_number_is_another_point() -> None:
    two = [Point(PointKind.KEY, f"Срок поставки {days} дней", 1) for days in (14, 30)]
    assert merged(Digest("", (two[0],)), Digest("", (two[1],))).points == tuple(two)


def test_a_fact_is_no_news_beside_a_point_of_its_content() -> None:
    key = Point(PointKind.KEY, "Новичку положено 28 дней отпуска", 2, 1)
    fact = Point(PointKind.FACT, "Новичку положено 28 дней отпуска.", 2, 1)
    assert merged(Digest("", (key, fact)), Digest()).points == (key,)


def test_the_beginning_of_a_long_conversation_is_kept() -> None:
    many = [
        Point(PointKind.FACT, f"Показатель {number} равен {number}", number)
        for number in range(1, 99)
    ]
    found = merged(Digest("", tuple(many)), Digest()).points
    assert len(found) == MOST[PointKind.FACT]
    assert (found[0], found[-1]) == (many[0], many[-1])


def test_an_open_question_that_was_answered_is_open_no_more() -> None:
    left = without_answered(
        ["Кто утверждает график?", "Где бланк?"], ["А кто у нас утверждает график?"]
    )
    assert left == ["Где бланк?"]
