import pytest

from app.domain.chat.citations import check, marked, render
from app.domain.chat.conversation import Citation, Segment, Source
from app.domain.library.documents import Locator

PUMP = (
    "The pump NP-42 delivers 120 litres a minute. Change the oil filter every 500 hours. "
    "Spare parts are kept in store B."
)
TRAVEL = (
    "Суточные по России составляют 1 200 рублей. Отчёт о командировке сдают за три рабочих дня. "
    "Билеты покупает отдел кадров."
)


def source(number: int, text: str) -> Source:
    place = Locator(0, len(text))
    return Source(number, Segment("d", "a", "a", text, "", place, place, (number,), 1.0, 1.0, None))


SOURCES = (source(1, PUMP), source(2, TRAVEL))


def quotes(citations: tuple[Citation, ...]) -> list[tuple[int, bool, str]]:
    return [(each.number, each.supported, each.quote) for each in citations]


@pytest.mark.parametrize(
    ("answer", "quote"),
    [
        ("Change the oil filter every 500 hours [1].", "Change the oil filter every 500 hours."),
        ("Change the oil filter every 500 hours. [1]", "Change the oil filter every 500 hours."),
        ("The filters of oil are changed after 500 hours【1】.", PUMP.split(". ")[1] + "."),
    ],
)
def test_a_marked_claim_is_supported_by_its_sentence(answer: str, quote: str) -> None:
    (citation,) = check(answer, SOURCES)
    assert (citation.number, citation.supported, citation.added) == (1, True, False)
    assert citation.quote == quote == PUMP[citation.quote_start : citation.quote_end]


def test_russian_claim() -> None:
    (citation,) = check("Суточные составляют 1200 рублей [2].", SOURCES)
    assert quotes((citation,)) == [(2, True, "Суточные по России составляют 1 200 рублей.")]


def test_a_number_that_the_source_does_not_hold_makes_a_claim_unsupported() -> None:
    (citation,) = check("Change the oil filter every 600 hours [1].", SOURCES)
    assert quotes((citation,)) == [(1, False, "")]


def test_numbers_may_be_written_differently() -> None:
    money = (source(1, "Purchases of plant were $1,577.00 in total."),)
    (citation,) = check("Purchases of plant were $1577 in total [1].", money)
    assert citation.supported


def test_another_source_does_not_support_the_claim() -> None:
    (citation,) = check("Change the oil filter every 500 hours [2].", SOURCES[1:])
    assert quotes((citation,)) == [(2, False, "")]


@pytest.mark.parametrize("wrong", [2, 9])
def test_a_wrong_mark_is_mended_when_another_source_clearly_fits(wrong: int) -> None:
    answer = f"Change the oil filter every 500 hours [{wrong}]."
    (citation,) = check(answer, SOURCES)
    assert (citation.number, citation.added, citation.supported) == (1, True, True)
    assert marked(answer, (citation,)) == "Change the oil filter every 500 hours [1]."


def test_unknown_number() -> None:
    answer = "Bananas grow on large herbs [9]."
    (citation,) = check(answer, SOURCES)
    assert quotes((citation,)) == [(9, False, "")]
    assert marked(answer, (citation,)) == "Bananas grow on large herbs."


@pytest.mark.parametrize("marks", ["[1][2]", "[1, 2]", "[1; 2]", "[1] [2]"])
def test_several_marks(marks: str) -> None:
    answer = f"Change the oil filter every 500 hours {marks}."
    both = (SOURCES[0], source(2, "Every 500 hours the filter for oil is due for a change."))
    citations = check(answer, both)
    assert [(each.number, each.supported) for each in citations] == [(1, True), (2, True)]
    assert marked(answer, citations) == "Change the oil filter every 500 hours [1] [2]."


def test_two_marks_that_are_mended_to_the_same_source_stand_once() -> None:
    citations = check("Change the oil filter every 500 hours [1, 2].", SOURCES)
    assert [(each.number, each.supported) for each in citations] == [(1, True)]


def test_mark_after_the_full_stop_belongs_to_the_sentence_before() -> None:
    answer = "Change the oil filter every 500 hours. [1] Суточные составляют 1 200 рублей. [2]"
    citations = check(answer, SOURCES)
    assert [(each.number, each.supported) for each in citations] == [(1, True), (2, True)]


def test_an_unmarked_claim_is_attributed() -> None:
    answer = "Spare parts are kept there in store. Отчёт о командировке сдают за три дня."
    citations = check(answer, SOURCES)
    assert [(each.number, each.added, each.supported) for each in citations] == [
        (1, True, True),
        (2, True, True),
    ]
    assert marked(answer, citations) == (
        "Spare parts are kept there in store [1]. Отчёт о командировке сдают за три дня [2]."
    )


@pytest.mark.parametrize(
    "answer",
    [
        "Bananas grow on large herbs.",
        "Parts are blue.",
        "Spare parts are kept in store B since 1999.",
        "Yes.",
        "",
    ],
)
def test_what_no_source_says_gets_no_mark(answer: str) -> None:
    assert check(answer, SOURCES) == ()


@pytest.mark.parametrize(
    "answer",
    [
        "1. Change the oil filter every 500 hours [1].\n2. Spare parts are kept in store B [1].",
        "3) Change the oil filter every 500 hours [1].",
    ],
)
def test_the_number_of_a_list_item_is_no_number_of_the_claim(answer: str) -> None:
    citations = check(answer, SOURCES)
    assert citations
    assert all(each.supported for each in citations)


def test_a_claim_in_another_language_is_judged_by_meaning() -> None:
    def same(claim: str, sentences: object) -> list[float]:
        return [0.1 if "store B" in each else -0.1 for each in list(sentences)]  # type: ignore[call-overload]

    (citation,) = check("Запчасти лежат на складе [1].", SOURCES, same)
    assert quotes((citation,)) == [(1, True, "Spare parts are kept in store B.")]
    (citation,) = check("Запчасти лежат на складе 7 [1].", SOURCES, same)
    assert not citation.supported, "meaning does not vouch for a number"


def test_a_claim_may_rest_on_two_sentences() -> None:
    (citation,) = check(
        "The pump delivers 120 litres and its oil filter is changed every 500 hours [1].",
        SOURCES,
    )
    assert citation.quote == PUMP.split(" Spare")[0]


def test_render_puts_each_citation_in_its_place() -> None:
    answer = "One [1]. Two. [2] Three"
    citations = (
        Citation(1, 3, "q", 0, 1, supported=True),
        Citation(2, 13, "", 0, 0, supported=False),
        Citation(3, len(answer), "q", 0, 1, supported=True, added=True),
    )
    shown = render(answer, citations, lambda each: f"<{each.number}{'+' * each.added}>")
    assert shown == "One<1>. Two.<2> Three<3+>"
    assert marked(answer, citations) == "One [1]. Two. Three [3]"
    assert marked(answer, ()) == "One. Two. Three"


def test_marked_answers_can_be_checked_again() -> None:
    answer = "Change the oil filter every 500 hours. [1] Spare parts are kept in store B."
    once = marked(answer, check(answer, SOURCES))
    assert marked(once, check(once, SOURCES)) == once
