from hypothesis import given
from hypothesis import strategies as st

from app.domain.ranking import Place, fuse, merge

SCORES = st.dictionaries(st.integers(0, 20), st.floats(-5, 50, allow_nan=False), max_size=12)
HITS = st.lists(st.builds(Place, st.sampled_from("ab"), st.integers(0, 15)), max_size=15)


@given(SCORES, SCORES, st.floats(0, 1), st.randoms(use_true_random=False))
def test_fusion_does_not_depend_on_the_order_of_the_legs(
    dense: dict[int, float], keyword: dict[int, float], weight: float, random: object
) -> None:
    def shuffled(scores: dict[int, float]) -> dict[int, float]:
        items = list(scores.items())
        random.shuffle(items)  # type: ignore[attr-defined]
        return dict(items)

    one = {each.passage: each for each in fuse(dense, keyword, weight)}
    other = {each.passage: each for each in fuse(shuffled(dense), shuffled(keyword), weight)}
    assert one == other
    assert set(one) == {*dense, *keyword}


@given(SCORES, SCORES, st.floats(0, 1))
def test_fused_scores_are_bounded_and_descend(
    dense: dict[int, float], keyword: dict[int, float], weight: float
) -> None:
    ranked = fuse(dense, keyword, weight)
    scores = [each.score for each in ranked]
    assert scores == sorted(scores, reverse=True)
    for each in ranked:
        assert -1e-9 <= each.score <= 1 + 1e-9
        assert (each.dense is None) == (each.passage not in dense)
        assert (each.keyword is None) == (each.passage not in keyword)


def test_dense_leg_alone_decides_when_no_word_was_found() -> None:
    ranked = fuse({"a": 0.9, "b": 0.8, "c": 0.7}, {}, 0.3)
    assert [(each.passage, round(each.score, 6)) for each in ranked] == [
        ("a", 1.0),
        ("b", 0.5),
        ("c", 0.0),
    ]


def test_weight_shares_the_score_between_the_legs() -> None:
    ranked = fuse({"a": 1.0, "b": 0.0}, {"b": 7.0, "a": 3.0}, 0.65)
    assert [(each.passage, round(each.score, 6)) for each in ranked] == [("a", 0.65), ("b", 0.35)]


def test_flat_scores_count_full() -> None:
    assert [each.score for each in fuse({"a": 0.5, "b": 0.5}, {}, 0.65)] == [1.0, 1.0]


@given(HITS, st.integers(0, 3))
def test_windows_are_disjoint_and_hold_every_hit(hits: list[Place], reach: int) -> None:
    windows = merge(hits, reach)
    places = [place for window in windows for place in window]
    assert len(places) == len(set(places))
    assert set(hits) <= set(places)
    for window in windows:
        ordinals = [place.ordinal for place in window]
        assert ordinals == list(range(ordinals[0], ordinals[-1] + 1))
        assert len(window) <= 2 * reach + 1
        assert len({place.document for place in window}) == 1


@given(HITS, st.integers(0, 3))
def test_windows_come_in_the_order_of_their_hits(hits: list[Place], reach: int) -> None:
    windows = merge(hits, reach)
    firsts = [min(hits.index(place) for place in window if place in hits) for window in windows]
    assert firsts == sorted(firsts)


def test_a_hit_inside_an_earlier_window_adds_nothing() -> None:
    hits = [Place("a", 5), Place("a", 6), Place("a", 8)]
    assert merge(hits, 1) == [
        (Place("a", 4), Place("a", 5), Place("a", 6)),
        (Place("a", 7), Place("a", 8), Place("a", 9)),
    ]
