from hypothesis import given
from hypothesis import strategies as st

from app.domain.retrieval.ranking import (
    PassagePosition,
    TermCounts,
    boosted_by_document,
    fuse,
    idf,
    merge,
    score_margin,
    word_shares,
)

NEAR = st.dictionaries(st.integers(0, 20), st.floats(0, 1), max_size=12)
HITS = st.lists(st.builds(PassagePosition, st.sampled_from("ab"), st.integers(0, 15)), max_size=15)


@given(NEAR, NEAR, st.floats(0, 1), st.randoms(use_true_random=False))
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
    assert set(one) == set(dense)


@given(NEAR, NEAR, st.floats(0, 1))
def test_fused_scores_are_bounded_and_descend(
    dense: dict[int, float], keyword: dict[int, float], weight: float
) -> None:
    ranked = fuse(dense, keyword, weight)
    scores = [each.score for each in ranked]
    assert scores == sorted(scores, reverse=True)
    for each in ranked:
        assert -1e-9 <= each.score <= 1 + 1e-9
        assert each.dense == dense[each.passage]
        assert each.keyword == keyword.get(each.passage)


@given(NEAR, NEAR, st.floats(0, 1), st.integers(0, 20), st.floats(0, 1))
def test_a_better_leg_never_lowers_a_passage(
    dense: dict[int, float], keyword: dict[int, float], weight: float, key: int, more: float
) -> None:
    if key not in dense:
        return
    before = {each.passage: each.score for each in fuse(dense, keyword, weight)}
    better = {**keyword, key: max(keyword.get(key, 0.0), more)}
    after = {each.passage: each.score for each in fuse(dense, better, weight)}
    assert after[key] >= before[key]
    assert all(after[each] == before[each] for each in dense if each != key)


def test_words_that_hardly_match_do_not_overrule_the_meaning() -> None:
    """Scores are absolute: the best of bad keyword hits stays a bad one."""
    ranked = fuse({"right": 0.8, "wrong": 0.6}, {"wrong": 0.1}, 0.62)
    assert ranked[0].passage == "right"


def test_weight_shares_the_score_between_the_legs() -> None:
    ranked = fuse({"a": 1.0, "b": 0.0}, {"b": 1.0}, 0.65)
    assert [(each.passage, round(each.score, 6)) for each in ranked] == [("a", 0.65), ("b", 0.35)]


@given(HITS, st.integers(0, 3))
def test_windows_are_disjoint_and_hold_every_hit(hits: list[PassagePosition], reach: int) -> None:
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
def test_windows_come_in_the_order_of_their_hits(hits: list[PassagePosition], reach: int) -> None:
    windows = merge(hits, reach)
    firsts = [min(hits.index(place) for place in window if place in hits) for window in windows]
    assert firsts == sorted(firsts)


def test_a_hit_inside_an_earlier_window_adds_nothing() -> None:
    hits = [PassagePosition("a", 5), PassagePosition("a", 6), PassagePosition("a", 8)]
    assert merge(hits, 1) == [
        (PassagePosition("a", 4), PassagePosition("a", 5), PassagePosition("a", 6)),
        (PassagePosition("a", 7), PassagePosition("a", 8), PassagePosition("a", 9)),
    ]


def test_only_neighbours_that_join_are_taken() -> None:
    hits = [PassagePosition("a", 5), PassagePosition("b", 1)]
    joined = {PassagePosition("a", 6), PassagePosition("a", 7), PassagePosition("b", 3)}
    assert merge(hits, 2, lambda hit, near: near in joined) == [
        (PassagePosition("a", 5), PassagePosition("a", 6), PassagePosition("a", 7)),
        (PassagePosition("b", 1),),
    ]


WORDS = st.dictionaries(
    st.integers(0, 20),
    st.builds(
        TermCounts, st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9)), st.integers(9, 99)
    ),
    max_size=12,
)


@given(WORDS)
def test_shares_of_the_best_bm25_lie_between_0_and_1(words: dict[int, TermCounts]) -> None:
    shares = word_shares(words, "abcd")
    assert set(shares) == {key for key, each in words.items() if each.counts}
    assert all(0 <= share <= 1 for share in shares.values())


@given(WORDS, st.integers(0, 20), st.sampled_from("abcd"))
def test_a_term_more_never_lowers_a_share(
    words: dict[int, TermCounts], key: int, term: str
) -> None:
    if key not in words or term not in words[key].counts:
        return
    counts = words[key].counts
    more = {**words, key: TermCounts({**counts, term: counts[term] + 1}, words[key].length)}
    assert word_shares(more, "abcd")[key] >= word_shares(words, "abcd")[key] - 1e-12


def test_what_all_candidates_have_tells_none_from_another() -> None:
    """The subject of the one long document that a question is about."""
    words = {place: TermCounts({"subject": 1 + place % 3}, 80) for place in range(30)}
    words[7] = TermCounts({"subject": 1, "matter": 1}, 80)
    shares = word_shares(words, ["subject", "matter"])
    assert shares[7] > 5 * max(share for place, share in shares.items() if place != 7)


def test_idf_is_never_negative() -> None:
    assert idf(1000, 1000) > 0
    assert idf(1000, 999) > 0
    assert idf(0, 1000) > idf(1, 1000) > idf(500, 1000)


@given(st.lists(st.floats(0, 1), max_size=60))
def test_what_is_like_all_others_does_not_stand_out(nearness: list[float]) -> None:
    assert score_margin(nearness) <= 1
    if len(nearness) >= 10:
        assert score_margin([0.5] * len(nearness)) == 0
        assert score_margin([*nearness, 1.0]) >= score_margin([*nearness, max(nearness)])


def test_nothing_found_is_no_distinction() -> None:
    assert score_margin([]) == 0


@given(NEAR, NEAR, st.floats(0, 1), st.floats(0, 1))
def test_support_keeps_scores_bounded_and_what_they_are_made_of(
    dense: dict[int, float], keyword: dict[int, float], weight: float, support: float
) -> None:
    fused = fuse(dense, keyword, weight)
    ranked = boosted_by_document(fused, {each: "ab"[each % 2] for each in dense}, support)
    assert {each.passage: each.own for each in ranked} == {e.passage: e.own for e in fused}
    assert [each.score for each in ranked] == sorted((e.score for e in ranked), reverse=True)
    assert all(-1e-9 <= each.score <= 1 + 1e-9 for each in ranked)
    for name in "ab":  # within a document support changes no order
        order = [each.own for each in ranked if "ab"[each.passage % 2] == name]
        assert order == sorted(order, reverse=True)


def test_of_two_like_passages_that_of_the_fitting_document_wins() -> None:
    fused = fuse({"zinc 1": 0.8, "carbon 1": 0.79, "carbon 2": 0.7, "zinc 2": 0.2}, {}, 1.0)
    ranked = boosted_by_document(fused, {each.passage: each.passage[:4] for each in fused}, 0.3)
    assert ranked[0].passage == "carbon 1"


def test_a_passage_that_went_meanwhile_is_left_out() -> None:
    assert [
        each.passage for each in boosted_by_document(fuse({1: 0.5, 2: 0.4}, {}, 1), {2: "a"}, 0.3)
    ] == [2]
