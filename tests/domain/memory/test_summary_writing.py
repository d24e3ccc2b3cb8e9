"""What a model wrote of a conversation, held against the conversation."""

import json

import pytest

from app.domain.chat import citations
from app.domain.chat.conversation import AnswerState, Message, Segment, Source, Speaker
from app.domain.library.documents import Locator
from app.domain.memory import summary_writing
from app.domain.memory.summaries import PointKind, StoredExchange

TEXT = "Новому сотруднику положено 28 календарных дней отпуска. Заявление подают за две недели."
PLACE = Locator(0, len(TEXT))
SEGMENT = Segment("d", "Отпуска.docx", "", TEXT, "Отпуска", PLACE, PLACE, (1,), 1.0, 1.0, 1.0)


def exchange(
    number: int, asked: str, said: str, state: AnswerState = AnswerState.DONE, *, cites: bool = True
) -> StoredExchange:
    sources = (Source(1, SEGMENT),) if cites else ()
    cited = citations.check(said, sources)
    return StoredExchange(
        Message(number, Speaker.USER, asked, 0.0),
        Message(number + 1, Speaker.ASSISTANT, said, 0.0, state, sources, cited),
    )


LEAVE = exchange(
    1, "Сколько дней отпуска у новичка?", "Новому сотруднику положено 28 календарных дней [1]."
)
DECIDED = exchange(3, "Решено: переносим отпуск Смирновой на декабрь.", "Понял.", cites=False)
OPEN = exchange(5, "Кто утверждает график?", "", AnswerState.ABSTAINED)


def said(key: list[tuple[int, str]], title: str = "Отпуск новичка", **rest: list[object]) -> str:
    points = [{"turn": turn, "text": text} for turn, text in key]
    told = {"title": title, "key": points, "decisions": [], "open": []} | rest
    return json.dumps(told, ensure_ascii=False)


def texts(told: str, *turns: StoredExchange) -> list[tuple[PointKind, str]]:
    found = summary_writing.digest(told, turns)
    return [(each.kind, each.text) for each in found.points]


def test_a_point_names_its_turn_and_its_passage() -> None:
    told = said([(1, "Новичку положено 28 календарных дней.")])
    found = summary_writing.digest(told, [LEAVE])
    assert found.title == "Отпуск новичка"
    point = found.points[0]
    assert (point.kind, point.message, point.source) == (PointKind.KEY, 2, 1)


def test_a_point_without_support_is_dropped() -> None:
    invented = "Начальник отдела обещал всем премию к празднику."
    wrong_number = "Новому сотруднику положено 31 календарных дней."
    kinds = texts(said([(1, invented), (1, wrong_number)]), LEAVE)
    assert [kind for kind, _ in kinds] == [PointKind.FACT]


def test_a_point_that_names_the_wrong_turn_gets_the_right_one() -> None:
    told = said([(2, "Новому сотруднику положено 28 календарных дней.")])
    found = summary_writing.digest(told, [LEAVE, OPEN])
    assert found.points[0].message == 2


@pytest.mark.parametrize(
    "text",
    [
        "New employees have 28 days of leave.",
        "Вопрос сотрудника: Сколько дней отпуска у новичка?",
        "Сотрудник спросил, сколько дней отпуска у новичка положено.",
        "Новому сотрудникуAlso положено 28 календарных дней.",
    ],
)
def test_another_language_and_empty_words_are_dropped(text: str) -> None:
    assert all(kind != PointKind.KEY for kind, _ in texts(said([(1, text)]), LEAVE))


def test_of_a_turn_that_was_copied_the_answer_stays() -> None:
    copied = (
        "Сколько дней отпуска у новичка? Ответ помощника: Новому сотруднику положено 28 "
        "календарных дней."
    )
    found = summary_writing.digest(said([(1, copied)]), [LEAVE])
    assert [(each.kind, each.text) for each in found.points][:1] == [
        (PointKind.KEY, "Новому сотруднику положено 28 календарных дней.")
    ]


def test_facts_are_the_cited_claims_as_they_stand() -> None:
    (fact,) = summary_writing.facts([LEAVE, OPEN, DECIDED])
    assert fact.text == "Новому сотруднику положено 28 календарных дней."
    assert (fact.message, fact.source) == (2, 1)


def test_what_stayed_without_an_answer_is_open_and_a_statement_is_not() -> None:
    silent = exchange(7, "Встречаемся в четверг.", "", AnswerState.ABSTAINED)
    assert summary_writing.unanswered([LEAVE, OPEN, silent]) == ["Кто утверждает график?"]


def test_a_refusal_in_words_is_no_answer_either() -> None:
    refused = exchange(1, "Кто директор?", "В документах нет ответа на этот вопрос.")
    assert summary_writing.unanswered([refused]) == ["Кто директор?"]
    assert not summary_writing.facts([refused])


@pytest.mark.parametrize(
    ("asked", "decided"),
    [
        ("Решено: переносим отпуск на декабрь.", ["Переносим отпуск на декабрь."]),
        ("Запомни, пожалуйста: срок 5 дней.", ["Срок 5 дней."]),
        ("Тогда перенесём отпуск на декабрь. Кто утверждает?", ["Перенесём отпуск на декабрь."]),
        ("Please remember that Anna owns this topic.", ["Anna owns this topic."]),
        ("Then we will move it to 14 May. Who is free?", ["We will move it to 14 May."]),
        ("Я работаю в отделе кадров. Сколько у нас дней отпуска?", []),
        ("Сколько дней отпуска", []),
        ("В каком году основан завод", []),
        ("Приведите пример договора", []),
        ("Tell me about the pump", []),
        ("Спасибо, понятно!", []),
        ("Да", []),
    ],
)
def test_what_the_user_told_is_a_decision_in_the_users_words(
    asked: str, decided: list[str]
) -> None:
    found = summary_writing.decisions([exchange(1, asked, "Понял.", cites=False)])
    assert [each.text for each in found] == decided


def test_a_question_that_was_asked_is_not_proposed_as_open() -> None:
    told = said([], open=["Сколько дней отпуска у новичка?", "Как зовут космонавта?"])
    assert summary_writing.digest(told, [LEAVE]).questions == ()


@pytest.mark.parametrize("cut", range(1, 160, 7))
def test_of_an_object_that_was_cut_off_the_whole_points_stay(cut: int) -> None:
    whole = said([(1, "Новому сотруднику положено 28 календарных дней.")])
    found = summary_writing.digest(whole[:-cut], [LEAVE])
    assert [each.text for each in found.points] == [
        "Новому сотруднику положено 28 календарных дней."
    ] * len(found.points)
    assert found.points


@pytest.mark.parametrize("told", ["", "null", "[]", '"x"', '{"key": 3, "open": {"a": 1}}'])
def test_what_is_no_summary_gives_what_needs_no_model(told: str) -> None:
    found = summary_writing.digest(told, [LEAVE, OPEN])
    assert [each.kind for each in found.points] == [PointKind.FACT]
    assert found.questions == ("Кто утверждает график?",)
