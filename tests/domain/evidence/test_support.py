"""A claim is confirmed when its words are said of each other, not when they merely occur."""

import pytest

from app.domain.evidence.support import figures_of, support

LEASE = (
    "Договор аренды № 12-К от 4 февраля 2026 года. Арендатор: ООО «Белая гавань». "
    "Арендная плата составляет 212 000 рублей в месяц и вносится до 10 числа. "
    "Право подписи актов имеет Заславская. Главный бухгалтер Тихонов права подписи актов не имеет. "
    "При расторжении арендатор уведомляет арендодателя за 60 дней."
)
TRAVEL = (
    "The nightly hotel limit is 140 euros in Berlin and 175 euros in Zurich. "
    "Business class needs written approval of the managing director for flights shorter than nine "
    "hours. Receipts are handed in within 12 working days after the trip."
)


@pytest.mark.parametrize(
    ("claim", "question", "text"),
    [
        ("Арендная плата составляет 212 000 рублей в месяц.", "", LEASE),
        ("Арендная плата — 212000 рублей.", "Какова арендная плата?", LEASE),
        ("212 000 рублей в месяц", "Сколько составляет арендная плата?", LEASE),
        ("Главный бухгалтер Тихонов не имеет права подписи актов.", "", LEASE),
        ("Тихонов", "Кто из них не имеет права подписи актов?", LEASE),
        ("Арендатор уведомляет за 60 дней.", "За сколько дней уведомляют о расторжении?", LEASE),
        ("Договор заключён 04.02.2026.", "Когда подписан договор аренды?", LEASE),
        ("The hotel limit in Zurich is 175 euros.", "What is the limit in Zurich?", TRAVEL),
        ("Within twelve working days.", "When are receipts handed in after the trip?", TRAVEL),
    ],
)
def test_what_is_said_is_confirmed(claim: str, question: str, text: str) -> None:
    assert support(claim, text, question).confirmed


@pytest.mark.parametrize(
    ("claim", "question", "text"),
    [
        # another figure of the passage
        ("Арендная плата составляет 60 рублей в месяц.", "", LEASE),
        ("Receipts are handed in within 140 working days.", "", TRAVEL),
        # another subject
        ("Зарплата директора порта составляет 212 000 рублей в месяц.", "", LEASE),
        ("212 000 рублей в месяц", "Какая зарплата у директора порта?", LEASE),
        ("Право подписи актов имеет Тихонов.", "", LEASE),
        # denied, or not denied
        ("Заславская не имеет права подписи актов.", "", LEASE),
        ("Business class does not need written approval of the managing director.", "", TRAVEL),
        # the opposite
        ("Business class needs approval for flights longer than nine hours.", "", TRAVEL),
        # half of it from elsewhere
        ("Арендная плата составляет 212 000 рублей и включает охрану склада и уборку снега.", "",
         LEASE),
        # from another passage
        ("Арендная плата составляет 212 000 рублей в месяц.", "", TRAVEL),
        ("", "", LEASE),
        ("Да.", "", LEASE),
    ],
)  # fmt: skip
def test_what_is_not_said_is_not(claim: str, question: str, text: str) -> None:
    assert not support(claim, text, question).confirmed


TESLA = (
    "Тесла был известен своими достижениями. Большую часть своей жизни он прожил в ряде "
    "нью-йоркских отелей. Эдисон прожил большую часть жизни в Вест-Ориндже."
)


def test_he_is_who_the_question_asks_about_where_the_sentence_names_nobody_else() -> None:
    question, near = "Где жил Тесла большую часть своей жизни?", (0.2, 0.5, 0.5)
    hotels, orange = "Тесла жил в ряде нью-йоркских отелей.", "Тесла жил в Вест-Ориндже."
    assert support(hotels, TESLA, question, nearness=near).confirmed
    assert not support(orange, TESLA, question, nearness=near).confirmed
    other = "Маркони жил в ряде нью-йоркских отелей."
    asked = "Где жил Маркони большую часть своей жизни?"
    assert not support(other, TESLA, asked, nearness=near).confirmed


def test_a_name_may_stand_elsewhere_in_what_was_read_of_the_document() -> None:
    text = "Согласно переписи 1901 года, из 711 988 жителей 56,2% были католики."
    question = "Какой процент жителей Варшавы в 1901 году были католиками?"
    claim = "56,2% жителей Варшавы в 1901 году были католиками."
    assert not support(claim, text, question).confirmed
    assert support(claim, text, question, around="Население Варшавы росло быстро.").confirmed


def test_the_stretch_is_the_sentence_that_says_it() -> None:
    found = support("Тихонов не имеет права подписи актов", LEASE)
    assert LEASE[found.start : found.end].startswith("Главный бухгалтер Тихонов")


def test_a_name_may_stand_in_the_heading() -> None:
    text = "Она родилась в 1931 году в Томске. Училась в Омске."
    assert support("Анна Лисицына родилась в 1931 году.", text, "", "Анна Лисицына").confirmed
    assert not support("Анна Лисицына родилась в 1931 году.", text, "", "Пётр Зуев").confirmed


def test_the_second_reader_says_which_sentence_the_question_means() -> None:
    text = "Склад А закрывается в 18:00. Склад Б закрывается в 20:00."
    claim, question = "В 20:00", "Во сколько закрывается первый склад?"
    assert not support(claim, text, question, nearness=(0.9, 0.2)).confirmed
    assert support(claim, text, question, nearness=(0.2, 0.9)).confirmed


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1 577,0 рублей", ["1577"]),
        ("$1,577.00", ["1577"]),
        ("12,5 %", ["12.5"]),
        ("№ 007", ["7"]),
        ("от 3 до 5", ["3", "5"]),
    ],
)
def test_figures_are_compared_however_they_are_written(text: str, figures: list[str]) -> None:
    assert figures_of(text) == figures
