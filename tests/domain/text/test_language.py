import pytest

from app.domain.text import language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Какова подача насоса?", "ru"),
        ("Какова подача насоса NP-42 DELUXE?", "ru"),
        ("ЁЛКА", "ru"),
        ("What does the pump deliver?", "en"),
        ("What is the English word for «да»?", "en"),
        ("12 + 30", "en"),
        ("", "en"),
    ],
)
def test_language_of_a_question(text: str, expected: str) -> None:
    assert language.of(text) == expected
