import pytest

from app.domain.chat.conversation import QuestionKind
from app.domain.questions.kinds import attributes, named_sides, without_others, wording


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("О чём этот документ?", QuestionKind.DOCUMENT),
        ("Summarise the main points", QuestionKind.DOCUMENT),
        ("Сравни арендную плату по договорам 12-К и 15-К.", QuestionKind.SIDES),
        ("Чем отличаются сроки уведомления в двух договорах?", QuestionKind.SIDES),
        ("Какой договор аренды заканчивается раньше?", QuestionKind.SIDES),
        ("What is the difference between the Basic plan and the Pro plan?", QuestionKind.SIDES),
        ("Which contract costs more?", QuestionKind.SIDES),
        ("Перечисли все объекты, по которым есть акты осмотра.", QuestionKind.LIST),
        ("Сколько всего актов осмотра?", QuestionKind.LIST),
        ("Which reports mention a leak?", QuestionKind.LIST),
        ("Кто подписал акт?", QuestionKind.LOOKUP),
        ("When was the pump repaired?", QuestionKind.LOOKUP),
        ("", QuestionKind.LOOKUP),
    ],
)
def test_the_wording_tells_the_kind(question: str, kind: QuestionKind) -> None:
    assert wording(question).kind is kind


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Сравни арендную плату по договорам 12-К и 15-К.", ("12-К", "15-К")),
        ("Чем отличается «Клапан» от «Задвижки»?", ("Клапан", "Задвижки")),
        ("Compare the hotel limits in Berlin and Zurich", ("the hotel limits in Berlin", "Zurich")),
        ("Сравни выручку за 2023 и 2024", ("выручку за 2023", "2024")),
        ("Какой договор заканчивается раньше?", ()),
    ],
)
def test_sides_that_are_named(question: str, sides: tuple[str, ...]) -> None:
    assert named_sides(question) == sides


def test_a_side_is_asked_for_alone() -> None:
    question, sides = "Сравни плату по договорам 12-К и 15-К", ("12-К", "15-К")
    assert without_others(question, "12-К", sides) == "Сравни плату по договорам 12-К"
    assert "12-К" not in without_others(question, "15-К", sides)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Сравни арендную плату и срок по договорам 12-К и 15-К", ("арендную плату", "срок")),
        ("Compare the price, weight and power of the pumps", ("price", "weight", "power")),
        ("Сравни арендную плату по договорам", ("арендную плату",)),
        ("Чем отличаются договоры?", ()),
    ],
)
def test_what_is_compared(question: str, found: tuple[str, ...]) -> None:
    assert attributes(question) == found


def test_what_is_counted_comes_right_after_the_word() -> None:
    assert wording("Сколько у нас всего договоров?").of == wording("Какие договоры есть?").of
    assert wording("Сколько дней отпуска положено?").of != wording("Сколько отпусков?").of
