from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.training import row_checks
from app.domain.training.rows import Row, RowFault, RowPassage, RowWarning

PASSAGE = (
    "Насос «НП-42» даёт 120 литров в минуту —\nмасляный фильтр меняют каждые 500 часов. It's well."
)
ROW = Row(
    "Как часто меняют масляный фильтр насоса НП-42?",
    "Фильтр меняют каждые 500 часов [1].",
    (RowPassage("Насос", PASSAGE),),
    "масляный фильтр меняют каждые 500 часов",
)


@pytest.mark.parametrize(
    "quote",
    [
        'насос "нп-42" дает 120 литров',
        "120 литров в минуту - масляный фильтр",
        "«Насос „НП-42“ даёт 120  литров…»",
        "фильтр меняют каждые 500 часов.",
    ],
)
def test_a_quote_may_be_typed_otherwise(quote: str) -> None:
    assert row_checks.holds(PASSAGE, quote)


@pytest.mark.parametrize("quote", ["", "120 литров", "фильтр меняют каждые 600 часов", "..."])
def test_other_words_are_no_quote(quote: str) -> None:
    assert not row_checks.holds(PASSAGE, quote)


@given(
    st.text(st.sampled_from('aбв —«»"ёе1 \n'), max_size=60), st.integers(0, 59), st.integers(3, 40)
)
def test_what_stands_in_a_passage_is_a_quote(text: str, start: int, length: int) -> None:
    piece = " ".join(text.split()[start : start + length])
    if len(piece.split()) >= 3 and all(each.isalnum() for each in piece.split()):
        assert row_checks.holds(text, piece)


@pytest.mark.parametrize(
    "question",
    [
        "Что сказано в этом тексте о насосе?",
        "О каком насосе говорится в отрывке?",
        "Согласно отрывку, как часто меняют фильтр насоса?",
        "Какой насос упомянут выше?",
        "Что описано в отрывке 2 о насосе НП-42?",
        "What does this passage say about the pump NP-42?",
        "According to the text, how often is the filter changed?",
        "Which pump of the plant is mentioned above?",
        "When was he born?",
        "Когда он родился?",
        "What is said in [1] about the pump filter change?",
    ],
)
def test_a_question_that_leans_on_its_passage(question: str) -> None:
    assert row_checks.leaks(question)


@pytest.mark.parametrize(
    "question",
    [
        ROW.question,
        "Какая гора России выше Казбека?",
        "Что говорится в статье 5 трудового договора об отпуске?",
        "Who signs the documents of the purchasing department?",
        "How does passage through the gate of the plant work?",
    ],
)
def test_a_question_that_stands_alone(question: str) -> None:
    assert not row_checks.leaks(question)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (ROW, None),
        (replace(ROW, question=" ? "), RowFault.EMPTY),
        (replace(ROW, answer="…"), RowFault.EMPTY),
        (replace(ROW, answer="long " * 1000), RowFault.TOO_LONG),
        (replace(ROW, quote="фильтр меняют каждые 600 часов"), RowFault.QUOTE),
    ],
)
def test_a_row_alone(row: Row, fault: RowFault | None) -> None:
    assert row_checks.fault(row) == fault
    assert row_checks.fault_of_written(row) == fault


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (replace(ROW, quote=""), RowFault.QUOTE),
        (replace(ROW, question="Как часто?"), RowFault.EMPTY),
        (replace(ROW, answer="Масляный фильтр насоса."), RowFault.EMPTY),
        (replace(ROW, question="Что сказано в тексте о фильтре насоса?"), RowFault.LEAK),
        (replace(ROW, question="Как часто меняют его масляный фильтр?"), RowFault.LEAK),
        (
            replace(ROW, question="В каком году меняют фильтр?", answer="На 104-й сессии."),
            RowFault.DISAGREES,
        ),
    ],
)
def test_a_written_row_has_to_prove_itself(row: Row, fault: RowFault) -> None:
    assert row_checks.fault_of_written(row) == fault
    assert row_checks.fault(row) is None


def test_warnings() -> None:
    assert row_checks.warnings(ROW) == frozenset()
    english = "The filter of the pump is changed every 500 hours of work."
    shouted = replace(ROW, answer=english + " Write to anna@example.ru." + " And so on." * 200)
    assert row_checks.warnings(shouted) == {
        RowWarning.LANGUAGE,
        RowWarning.PERSONAL,
        RowWarning.LONG,
    }
    assert row_checks.warnings(replace(ROW, answer="OK, NP-42")) == frozenset()


def test_nearly_the_same_questions() -> None:
    questions = [
        "Как часто меняют масляный фильтр насоса НП-42?",
        "Как часто меняют масляный фильтр насоса НП-43?",
        "как часто меняют масляные фильтры насоса нп-42",
        "Когда меняют масляный фильтр насоса НП-42?",
        "Who founded the company Ray in the city of Kazan?",
        "When was the company Ray founded in the city of Kazan?",
        "Who founded the company «Ray» in the city of Kazan",
        "Who founded the company Sun in the city of Kazan?",
        "Кто не подписывает приказы?",
        "Кто подписывает приказы?",
    ]
    assert row_checks.duplicates(questions) == {2: 0, 6: 4}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6).map(" ".join), max_size=12))
def test_no_pair_is_missed(questions: list[str]) -> None:
    """Against comparing each with each."""
    found = row_checks.duplicates(questions)
    firsts: list[int] = []
    for place, question in enumerate(questions):
        own = set(question.split())
        same = [
            first for first in firsts
            if len(own & (other := set(questions[first].split()))) >= 0.8 * len(own | other)
        ]  # fmt: skip
        assert found.get(place) == (same[0] if same else None)
        if not same:
            firsts.append(place)


def test_many_questions_are_few_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    alike = row_checks._alike

    def counted(one: frozenset[str], other: frozenset[str]) -> bool:
        compared.append(one)
        return alike(one, other)

    monkeypatch.setattr(row_checks, "_alike", counted)
    questions = [f"Сколько дней длится отпуск сотрудника отдела {n} завода?" for n in range(3000)]
    letters = [chr(97 + n // 26 % 26) + chr(97 + n % 26) for n in range(500)]
    names = [f"Кто руководит отделом {each} завода «Луч»?" for each in letters]
    assert row_checks.duplicates([*questions, *names]) == {}
    assert len(compared) < len(questions)
