import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.training import row_writing

FOUNDED = "Завод «Луч» основан в Казани в 1931 году."
MAKES = "Он выпускает насосы для нефтепроводов и ежегодно отгружает 4000 штук."
HEAD = "Директор завода подписывает все приказы по личному составу сам."
TEXT = f"{MAKES} {HEAD}\n\n{FOUNDED} Коротко."


def test_a_draft() -> None:
    said = '{"question": "Как  «A»?", "quote": "в \\"B\\" на", "answer": "Так."}'
    found = row_writing.draft(said)
    assert found == row_writing.Draft("Как «A»?", "Так.", 'в "B" на')
    for broken in (
        "",
        said[:-3],
        "[]",
        "5",
        '{"question": 1, "quote": "", "answer": ""}',
        '{"a": 1}',
    ):
        assert row_writing.draft(broken) is None


def test_the_best_facts_come_first() -> None:
    assert row_writing.facts(TEXT) == [FOUNDED, HEAD, MAKES]
    assert row_writing.facts(TEXT, {FOUNDED}) == [HEAD, MAKES]


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        (TEXT, True),
        ("", False),
        (FOUNDED, False),
        (
            "Введение ........ 3\nГлава о насосах и о нефти ........ 5\nИтоги всего дела ..... 9",
            False,
        ),
        (
            "\n".join(
                f"{n} {n * 7} {n * 11} {n * 13} {n * 17} {n * 19} {n * 23}." for n in range(9)
            ),
            False,
        ),
    ],
)
def test_running_text_is_asked_about(text: str, worth: bool) -> None:
    assert row_writing.is_worth_asking(text) == worth


QUESTION = "Когда основан завод «Луч» в Казани?"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Завод основан в 1931 году.", "В 1931 году.", True),
        ("Завод основан в 1931 году.", "1931", True),
        ("Завод основан в 1931 году.", "Завод основан в 1932 году.", False),
        ("Завод основан в 1931 году.", "В документах нет ответа.", False),
        ("Завод основан перед войной.", "Он появился перед войной.", True),
        ("Завод основан перед войной.", "Он появился после революции.", False),
        ("Завод «Луч» основан в Казани.", "Завод «Луч» в Казани", True),
        ("", "", False),
    ],
)
def test_two_readings(one: str, other: str, same: bool) -> None:
    assert row_writing.agree(QUESTION, one, other) == same
    assert row_writing.agree(QUESTION, other, one) == same


@pytest.mark.parametrize(
    ("answer", "cited"),
    [
        ("Мы тут до трёх. Завтра нас нет", "Мы тут до трёх [2]. Завтра нас нет [2]."),
        ("It is open until three!", "It is open until three [2]!"),
        ("28", "28 [2]."),
        ("It is at Warner Bros. Movies, Inc.", "It is at Warner Bros. Movies, Inc [2]."),
        ("It is open [1].", "It is open [1]."),
    ],
)  # fmt: skip
def test_citing(answer: str, cited: str) -> None:
    assert row_writing.cited(answer, 2) == cited


@given(st.text(st.sampled_from("ab .!?\n1"), max_size=60))
def test_citing_adds_nothing_but_marks(answer: str) -> None:
    bare = re.sub(r" \[3\]", "", row_writing.cited(answer, 3))
    assert bare.rstrip(".").replace(".", "") == answer.rstrip(".").replace(".", "")


@given(st.text(st.sampled_from("ab .\n"), max_size=80), st.integers(0, 90))
def test_what_fits_is_a_beginning_of_whole_sentences(text: str, room: int) -> None:
    found = row_writing.fitted(text, room, len)
    assert text.startswith(found)
    assert len(found) <= room
    assert len(text) > room or found == text


@given(st.integers(0, 300))
def test_a_spread_is_an_order(count: int) -> None:
    assert sorted(row_writing.spread(count)) == list(range(count))


def test_the_first_of_a_spread_lie_apart() -> None:
    chosen = sorted(row_writing.spread(100)[:5])
    assert min(b - a for a, b in pairwise(chosen)) >= 10
