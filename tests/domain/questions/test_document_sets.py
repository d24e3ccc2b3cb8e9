import pytest

from app.domain.questions.document_sets import Titled, meant

REPORTS = [
    Titled(f"r{n}", f"Акт осмотра {n}.txt", f"Акт осмотра № {n}\nОбъект: Гараж {n}.")
    for n in (1, 10, 2)
]
CONTRACTS = [
    Titled(f"c{n}", f"Договор {n}-К.txt", f"Договор аренды № {n}-К\nАрендатор: ИП Колосков.")
    for n in (12, 15)
]
OTHERS = [
    Titled("p", "Приказ 17.txt", "Приказ № 17 о режиме работы."),
    Titled("t", "travel-policy.md", "Travel policy\nHotels"),
    Titled("m", "Письмо.txt", "Прошу прислать договор аренды и акты."),
]
LIBRARY = [*REPORTS, *CONTRACTS, *OTHERS]


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("Сколько всего актов осмотра?", ["r1", "r2", "r10"]),
        ("Перечисли все объекты, по которым есть акты осмотра", ["r1", "r2", "r10"]),
        ("Какой договор аренды заканчивается раньше?", ["c12", "c15", "m"]),
        ("Какие договоры есть?", ["c12", "c15", "m"]),
    ],
)
def test_documents_that_share_the_words(question: str, ids: list[str]) -> None:
    found = meant(question, LIBRARY)
    assert found is not None
    assert sorted(each.id for each in found.documents) == sorted(ids)


def test_they_come_in_the_order_of_their_names() -> None:
    found = meant("Сколько актов осмотра?", LIBRARY)
    assert found is not None
    assert [each.id for each in found.documents] == ["r1", "r2", "r10"]


@pytest.mark.parametrize(
    "question", ["Какие приказы есть?", "Сколько дней в году?", "How many apples?", ""]
)
def test_one_document_or_none_is_no_set(question: str) -> None:
    assert meant(question, LIBRARY) is None


def test_what_is_counted_must_be_what_they_are() -> None:
    assert meant("Сколько дней действует договор аренды?", LIBRARY, frozenset({"дне"})) is None


def test_tags_tell_what_a_document_is() -> None:
    tagged = [Titled(str(n), f"{n}.pdf", "Текст.", ("инструкции",)) for n in range(3)]
    found = meant("Какие инструкции есть?", tagged)
    assert found is not None
    assert len(found.documents) == 3


def test_a_sentence_is_no_title() -> None:
    texts = [Titled(str(n), f"{n}.txt", "New employees have 28 days of leave.") for n in range(2)]
    assert meant("How many days of leave are there?", texts, frozenset({"day"})) is None
