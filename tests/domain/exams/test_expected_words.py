import pytest

from app.domain.exams.expected_words import contains, missing


@pytest.mark.parametrize(
    ("answer", "expected", "lacks"),
    [
        ("Отпуск — 28 календарных дней.", "28 календарные дней", ()),
        ("Отпуск — 28 дней.", "28 календарных дней", ("календарных",)),
        ("By The Who.", "The Who", ()),
        ("By somebody.", "The Who", ("The", "Who")),
        ("", "28 days", ("28", "days")),
        ("28 days", "", ()),
    ],
)
def test_words_are_found_by_their_stems(answer: str, expected: str, lacks: tuple[str, ...]) -> None:
    assert missing(answer, expected) == lacks
    assert contains(answer, expected) == (not lacks and bool(expected))
