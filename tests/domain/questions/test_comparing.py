import pytest

from app.domain.questions.comparing import Order, first_of, order


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Какой договор заканчивается раньше?", Order.EARLIEST),
        ("Which contract ends later?", Order.LATEST),
        ("Где плата больше?", Order.MOST),
        ("Which plan is cheaper?", Order.LEAST),
        ("Чем отличаются договоры?", None),
    ],
)
def test_what_is_asked_for(question: str, found: Order | None) -> None:
    assert order(question) is found


@pytest.mark.parametrize(
    ("asked", "findings", "place"),
    [
        (Order.EARLIEST, ["до 31 января 2027 года", "до 1 марта 2028 года"], 0),
        (Order.LATEST, ["31.01.2027", "2028-03-01"], 1),
        (Order.EARLIEST, ["March 1, 2028", "31 January 2027"], 1),
        (Order.EARLIEST, ["от 4 февраля 2026 до 31 января 2027", "до 1 марта 2026 года"], 1),
        (Order.MOST, ["212 000 рублей в месяц", "168 500 рублей"], 0),
        (Order.LEAST, ["$1,577.00", "1,600"], 0),
        (Order.MOST, ["60 дней", "60 дней"], None),
        (Order.EARLIEST, ["до 31 января 2027 года", "не сказано"], None),
        (Order.MOST, ["много"], None),
    ],
)
def test_which_comes_first(asked: Order, findings: list[str], place: int | None) -> None:
    assert first_of(asked, findings) == place
