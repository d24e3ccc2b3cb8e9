"""Text where there is little room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text.shortening import shortened, without_middle


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("A short one", "A short one"),
        ("two\n  lines", "two lines"),
        ("Which day is the leave?", "Which day is the…"),
        ("https://example.org/a/b/c", "https://example.org…"),
        ("of Donaudampfschifffahrt", "of Donaudampfschiff…"),
        ("", ""),
    ],
)
def test_it_is_cut_between_words(text: str, short: str) -> None:
    assert shortened(text, 20) == short


@given(st.text(), st.integers(2, 40))
def test_it_is_never_longer(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    assert "\n" not in short
    assert short == " ".join(text.split()) or short.endswith("…")


def test_of_a_long_question_the_beginning_and_the_end_are_read() -> None:
    text = "begin " + "x" * 5000 + " end"
    cut = without_middle(text, 300)
    assert len(cut) == 303
    assert cut.startswith("begin x")
    assert cut.endswith("x end")
    assert " … " in cut
    assert without_middle("short", 300) == "short"
