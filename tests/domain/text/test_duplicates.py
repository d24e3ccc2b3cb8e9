from hypothesis import given
from hypothesis import strategies as st

from app.domain.text.duplicates import shingles

NOTE = (
    "The pump is lubricated every 500 hours by the staff of the machine hall, who write the date "
    "and their name into the book beside the door before they leave the hall for the night."
)


@given(st.text())
def test_every_text_is_its_own_copy(text: str) -> None:
    assert shingles(text).same_as(shingles(text))
    assert shingles(text).same_as(shingles(f"  {text}\n"))


@given(st.text(), st.text())
def test_being_a_copy_is_mutual(one: str, other: str) -> None:
    assert shingles(one).same_as(shingles(other)) == shingles(other).same_as(shingles(one))


def test_another_line_break_or_one_other_word_is_a_copy() -> None:
    assert shingles(NOTE).same_as(shingles(NOTE.replace(" by ", "\nby ").upper()))
    assert shingles(NOTE).same_as(shingles(NOTE.replace("night", "day")))


def test_another_number_is_another_fact() -> None:
    assert not shingles(NOTE).same_as(shingles(NOTE.replace("500", "600")))


def test_another_text_is_no_copy() -> None:
    assert not shingles(NOTE).same_as(shingles("Leave is requested 14 days before it begins."))
    assert not shingles("yes").same_as(shingles("no"))
