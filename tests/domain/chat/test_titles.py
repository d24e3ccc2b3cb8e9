"""Which proposals of a model become titles and further questions."""

import json

import pytest

from app.domain.chat import suggestions, titles

RU, EN = "Сколько дней отпуска положено?", "How many days of leave are there?"


@pytest.mark.parametrize(
    ("said", "question", "title"),
    [
        ("Отпуск нового сотрудника", RU, "Отпуск нового сотрудника"),
        ("**Заголовок:** «отпуск сотрудника».\nИ ещё", RU, "Отпуск сотрудника"),
        ("Title: Paid Leave Days", EN, "Paid Leave Days"),
        ('\n"Leave of employees"', EN, "Leave of employees"),
        ("Paid leave", RU, None),
        ("Извините, я не могу придумать заголовок", RU, None),
        ("Sorry, no title", EN, None),
        ("Here is the title", EN, None),
        ("Employees are entitled to 28 days of paid leave", EN, None),
        ("Какой отпуск положен?", RU, None),
        ("сколько дней отпуска положено", RU, None),
        ("...", EN, None),
        ("", EN, None),
    ],
)
def test_a_title_is_cleaned_or_refused(said: str, question: str, title: str | None) -> None:
    assert titles.accepted(said, question) == title


def test_questions_that_were_asked_or_repeat_are_dropped() -> None:
    said = ["Сколько дней отпуска положено мне?", "Кто его утверждает?", "Кто утверждает его?"]
    kept = suggestions.accepted(json.dumps(said, ensure_ascii=False), [RU])
    assert kept == ("Кто его утверждает?",)


def test_of_what_was_cut_off_the_whole_questions_stay() -> None:
    said = '["Кто его утверждает?", "Когда его мож'
    assert suggestions.accepted(said, [RU]) == ("Кто его утверждает?",)


@pytest.mark.parametrize("said", ["no array", '["cut?', '{"a": 1}', "[1, null]", '["Who?"]', "[]"])
def test_junk_suggests_nothing(said: str) -> None:
    assert suggestions.accepted(said, [RU]) == ()


def test_a_preview_has_no_markdown() -> None:
    table = "| | 12-К | 15-К |\n|---|---|---|\n| Плата | 212 000 [1] | 168 500 [2] |"
    assert titles.preview(table) == "12-К 15-К Плата 212 000 168 500"
    listed = "Найдено документов: 8.\n\n- **Акт 1**: Маяк [1]\n\n> Сказано так [2]"
    assert titles.preview(listed) == "Найдено документов: 8. Акт 1: Маяк Сказано так"
    assert titles.preview("A plain answer - with a dash.") == "A plain answer - with a dash."
