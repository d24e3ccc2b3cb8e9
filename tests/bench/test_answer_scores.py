import pytest

from app.bench.answer_scores import figures_of, invented, score
from app.domain.exams.expected_words import contains


@pytest.mark.parametrize(
    ("answer", "gold", "held"),
    [
        ("Её построили в 1902 году [1].", "в 1902 году", True),
        ("The Normans spoke French [2].", "french", True),
        ("Столицей является Томск.", "город Томск", False),
        ("", "Томск", False),
        ("Всё", "", False),
        ("It was The Who.", "The Who", True),
    ],
)
def test_every_stem_of_the_gold_answer_must_stand_there(answer: str, gold: str, held: bool) -> None:
    assert contains(answer, gold) is held


def test_scores_on_stems_leave_the_marks_out() -> None:
    told = score("Домами [1].", "дома")
    assert (told.exact, told.f1, told.contains) == (True, 1.0, True)
    half = score("Старые дома", "дома")
    assert (half.exact, round(half.f1, 2), half.contains) == (False, 0.67, True)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("Плата составляет 212 000 рублей [1].", ()),
        ("Плата составляет 213 000 рублей [1].", ("213000",)),
        ("Договор подписал Иванов [1].", ("Иванов",)),
        ("Договор подписала Заславская.", ()),
        ("1. Плата 212000,0\n2. Срок", ()),
        ("Плату платит Колосков", ()),
    ],
)
def test_figures_and_names_that_no_passage_holds(answer: str, found: tuple[str, ...]) -> None:
    text = "Арендная плата составляет 212 000 рублей. Подписала Ирина Заславская."
    assert invented(answer, [text], "Сколько платит Колосков?") == found


def test_figures_are_compared_however_they_are_written() -> None:
    assert figures_of("1 577,0 и $1,577.00 и 12,5") == ["1577", "1577", "12.5"]
