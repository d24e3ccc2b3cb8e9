import pytest

from app.domain.chat.prompting import Exchange
from app.domain.questions.followup import accepted, joined, leans, transcript

HISTORY = [
    Exchange("Сколько дней отпуска у новичка?", (), "Новичку положено 28 дней [1]."),
    Exchange("Кто утверждает отпуск?", (), "Отпуск утверждает начальник отдела [2]."),
]


@pytest.mark.parametrize(
    "question",
    [
        "А когда его можно взять?", "Почему?", "И сколько он длится?", "Кто это утверждает?",
        "And who approves it?", "What about contractors?", "How long do they last?", "When?",
        "А если новичок заболеет?",
    ],
)  # fmt: skip
def test_questions_that_lean(question: str) -> None:
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "Сколько дней отпуска положено новому сотруднику в первый год работы?",
        "Which laptops may be taken on business trips abroad?",
        "Какова стоимость аренды склада номер четырнадцать?",
        "When does the lease of the warehouse in Riga end?",
    ],
)
def test_questions_that_stand_alone(question: str) -> None:
    assert not leans(question)


def test_the_transcript_is_short_and_recent() -> None:
    long = Exchange("q", (), "word " * 500)
    told = transcript([HISTORY[0], long, HISTORY[1]])
    assert HISTORY[0].question not in told
    assert HISTORY[1].answer in told
    assert len(told) < 400


def stems(text: str) -> list[str]:
    return [word.strip("?.,").lower()[:5] for word in text.split()]


@pytest.mark.parametrize(
    ("rewritten", "kept"),
    [
        ("Кто утверждает отпуск новичка?", "Кто утверждает отпуск новичка?"),
        (' "Кто утверждает\nотпуск?" ', "Кто утверждает отпуск?"),
        ("", None),
        ("Столица Франции — город Париж на Сене", None),
        ("отпуск " * 100, None),
    ],
)
def test_a_rewriting_is_looked_at(rewritten: str, kept: str | None) -> None:
    assert accepted(rewritten, "Кто его утверждает?", HISTORY) == kept


def test_without_a_model_the_questions_are_joined() -> None:
    assert joined("А когда?", HISTORY) == "Кто утверждает отпуск? А когда?"
    assert joined("А когда?", []) == "А когда?"
