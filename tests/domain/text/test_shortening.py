"""Text where there is little room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text.shortening import shortened


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
