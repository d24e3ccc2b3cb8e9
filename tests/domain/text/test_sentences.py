from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text.sentences import sentences


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Роман А. С. Пушкина, т. е. поэта, вышел.",
        "Завод им. Ленина стоит на ул. Мира, д. 5.",
        "Mr. Smith met Dr. Brown at 5.30 in St. Petersburg.",
        "The U.S. Government spent $1.5 million vs. $2.5 million.",
        "Длина 3.14 м, см. рис. 5 и табл. Итоги.",
        "В г. Москве живут люди.",
        "Он сказал: «Иди!» и ушёл.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert parts(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Он ушёл в 1999 г. Она осталась.", ["Он ушёл в 1999 г.", "Она осталась."]),
        ("Yes! No? “Maybe.” So be it.", ["Yes!", "No?", "“Maybe.”", "So be it."]),
        ("It is made in the U.S. The rest is not.", ["It is made in the U.S.", "The rest is not."]),
        ("Купил хлеб, соль и др. Потом ушёл.", ["Купил хлеб, соль и др.", "Потом ушёл."]),
        ("Было 5. Стало 6.", ["Было 5.", "Стало 6."]),
        ("Intro:\n- one\n- two", ["Intro:", "- one", "- two"]),
        ("1. First point.\n2. Second point.", ["1. First point.", "2. Second point."]),
        ("a | b\n1 | 2\nText goes\non.", ["a | b", "1 | 2", "Text goes\non."]),
        ("Один\n\nДва", ["Один", "Два"]),
    ],
)
def test_several(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@given(st.text(alphabet=st.sampled_from('abАБ1.!?… \n|-»"г')))
def test_spans_cover_every_visible_character_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(part == part.strip() for part in parts(text))
