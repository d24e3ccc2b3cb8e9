from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.training.row_split import split
from app.domain.training.rows import Row


def row(number: int, group: str = "", answered: bool = True) -> Row:
    return Row(
        f"Question {number} about {number}?", f"Answer {number}.", group=group, answered=answered
    )


def rows_of(sizes: list[int], refusals: int = 0) -> list[Row]:
    found: list[Row] = []
    for group, size in enumerate(sizes):
        for _ in range(size):
            found.append(row(len(found), f"document {group}", len(found) % 6 >= refusals))
    return found


FEW = settings(max_examples=30, deadline=None)
SIZES = st.lists(st.integers(1, 9), min_size=2, max_size=8)
SHARE = st.floats(0.05, 0.5)


@FEW
@given(SIZES, SHARE, st.integers(0, 5), st.integers(0, 1))
def test_no_group_is_torn_and_no_row_is_lost(
    sizes: list[int], share: float, seed: int, refusals: int
) -> None:
    rows = rows_of(sizes, refusals)
    train, held = split(rows, share, seed)
    assert Counter((*train, *held)) == Counter(rows)
    assert train
    assert held
    assert not {each.group for each in train} & {each.group for each in held}


@FEW
@given(SIZES, SHARE, st.integers(0, 5))
def test_as_near_to_the_share_as_groups_allow(sizes: list[int], share: float, seed: int) -> None:
    rows = rows_of(sizes)
    _, held = split(rows, share, seed)
    sums = {sum(some) for count in range(1, len(sizes)) for some in combinations(sizes, count)}
    best = min(abs(each - share * len(rows)) for each in sums)
    assert abs(len(held) - share * len(rows)) == best


@FEW
@given(SIZES, st.randoms(use_true_random=False), st.integers(0, 3))
def test_the_order_of_the_rows_changes_nothing(sizes: list[int], random, seed: int) -> None:  # type: ignore[no-untyped-def]
    rows = rows_of(sizes, 1)
    shuffled = random.sample(rows, len(rows))
    assert set(split(shuffled, 0.2, seed)[1]) == set(split(rows, 0.2, seed)[1])


def test_another_seed_holds_out_other_rows() -> None:
    rows = [row(number) for number in range(100)]
    assert len({split(rows, 0.1, seed)[1] for seed in range(5)}) == 5


@FEW
@given(st.lists(st.integers(1, 6), min_size=4, max_size=9), SHARE)
def test_refusals_are_on_both_sides_where_two_groups_have_them(
    sizes: list[int], share: float
) -> None:
    rows = rows_of(sizes, 2)
    refusing = {each.group for each in rows if not each.answered}
    answering = {each.group for each in rows if each.answered}
    sides = split(rows, share)
    for side in sides:
        if len(refusing) >= 2:
            assert any(not each.answered for each in side)
        if len(answering) >= 2 and len(refusing) >= 2:
            assert any(each.answered for each in side)


def test_near_identical_questions_stay_on_one_side() -> None:
    questions = ("How long does the paid leave of a new employee last?", "Where is the store?")
    twins = [
        Row(questions[0], "28 days.", group="one"),
        Row("how long does the paid leave of a new employee last", "28.", group="two"),
        Row(questions[1], "At the gate.", group="three"),
        Row("Who signs the orders?", "The head.", group="four"),
    ]
    for seed in range(20):
        for side in split(twins, 0.5, seed):
            assert len({each.group for each in side} & {"one", "two"}) in (0, 2)


def test_one_group_is_all_learned_from() -> None:
    rows = rows_of([5])
    assert split(rows, 0.2) == (tuple(rows), ())
    assert split([], 0.2) == ((), ())


def test_many_rows_of_their_own() -> None:
    rows = [row(number) for number in range(2000)]
    train, held = split([*rows, *rows_of([50, 200])], 0.1)
    assert (len(train), len(held)) == (2025, 225)
