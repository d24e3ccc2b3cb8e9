"""What is printed on many pages is told once; what only looks like it is told on each."""

import re
from collections.abc import Sequence
from random import Random

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.pdf.pdf import read
from app.domain.library.documents import ReadDocument

HEIGHT = 842
#: Baselines in the upper margin, the body and the lower margin.
TOP, MIDDLE, BOTTOM = (30, 60, 85), (200, 400), (760, 790, 820)

Print = tuple[float, str]


def printed(pages: Sequence[Sequence[Print]]) -> ReadDocument:
    """What is read from pages of (baseline, line)."""
    document = pymupdf.open()
    for lines in pages:
        page = document.new_page(width=595, height=HEIGHT)
        for baseline, line in lines:
            page.insert_text((72, baseline), line, fontsize=10)
    data = document.tobytes()
    document.close()
    return read(data, "pages.pdf")


def words(document: ReadDocument) -> str:
    return "\n".join(block.text for block in document.blocks)


def test_invoices_keep_number_date_and_sum() -> None:
    pages = [
        [
            (60, f"Invoice No. {118 + 13 * n} of 1{n}.02.2026"),
            (130, "Supplier: Transport Ltd"),
            (200, f"Total: {18_940 + 77 * n},00"),
        ]
        for n in range(5)
    ]
    text = words(printed(pages))
    assert all(f"Invoice No. {118 + 13 * n} of 1{n}.02.2026" in text for n in range(5))
    assert all(f"Total: {18_940 + 77 * n},00" in text for n in range(5))


@pytest.mark.parametrize("line", ["Pass No. {}", "Ticket {}", "Valid until {}.05.2028", "{}. Part"])
@pytest.mark.parametrize("first", [1, 7701])
def test_numbers_that_run_with_the_pages_are_kept_with_words(line: str, first: int) -> None:
    lines = [line.format(first + n) for n in range(9)]
    text = words(printed([[(40, one), (400, "May work at heights")] for one in lines]))
    assert all(one in text for one in lines)


@pytest.mark.parametrize(
    "number",
    ["{}", "- {} -", "Page {} of 12", "page {}", "{} / 12", "[{}]", "p. {}"],
)
def test_page_numbers_are_left_out(number: str) -> None:
    pages = [
        [(40, "Rules R-12-04"), (300, "Plain words " * (n + 1)), (810, number.format(n))]
        for n in range(1, 13)
    ]
    blocks = printed(pages).blocks
    assert [b.text for b in blocks if "Plain" not in b.text] == ["Rules R-12-04"]


def test_roman_page_numbers_are_left_out() -> None:
    pages = [[(300, "Words"), (810, number)] for number in ("i", "ii", "iii", "iv", "v", "vi")]
    assert words(printed(pages)).split("\n") == ["Words"] * 6


def test_words_with_a_page_number_are_told_once() -> None:
    pages = [
        [(300, f"Rule {n} of the house"), (810, f"Regulation R-12, page {n} of 5")]
        for n in range(1, 6)
    ]
    text = words(printed(pages))
    assert text.count("Regulation R-12") == 1
    assert all(f"Rule {n}" in text for n in range(1, 6))


def test_heads_of_left_and_right_pages_are_told_once_each() -> None:
    heads = ("The book", "The chapter")
    pages = [[(40, heads[n % 2]), (300, f"Words {n}"), (810, str(n))] for n in range(1, 11)]
    text = words(printed(pages))
    assert [text.count(head) for head in heads] == [1, 1]


def test_a_line_of_the_body_stays_though_it_is_the_head_of_other_pages() -> None:
    pages = [[(40, "General terms"), (400, f"Words {n}")] for n in range(1, 7)]
    pages[4] = [(40, "General terms"), (380, "General terms"), (400, "Words 5")]
    found = [block.page for block in printed(pages).blocks if "General terms" in block.text]
    assert found == [1, 5]


def test_a_sum_that_comes_three_times_is_no_running_head() -> None:
    pages = [[(40, f"Bill {n * n}"), (790, f"Total {5000 if n % 2 else n}")] for n in range(1, 7)]
    assert words(printed(pages)).count("Total 5000") == 3


@pytest.mark.parametrize("pages", [4, 6, 30])
def test_a_sum_that_comes_on_many_pages_is_no_running_head(pages: int) -> None:
    same = pages * 3 // 4
    sums = [5000 if n < same else n for n in range(pages)]
    found = printed([[(40, f"Bill {n * n}"), (790, f"Total {one}")] for n, one in enumerate(sums)])
    assert words(found).count("Total 5000") == same


def test_heads_with_figures_on_right_pages_are_told_once() -> None:
    pages = [[(300, f"Words {n}"), *([(40, "Form 10-K 2018")] * (n % 2))] for n in range(20)]
    assert words(printed(pages)).count("Form 10-K 2018") == 1


def test_a_page_of_running_heads_alone_keeps_them() -> None:
    pages = [[(40, "Rules"), (400, f"Words {n}"), (810, str(n))] for n in range(1, 7)]
    pages[3] = [(40, "Rules"), (810, "4")]
    assert {block.page for block in printed(pages).blocks} == set(range(1, 7))


LINES = st.sampled_from(("Report {}", "No. {} of May", "Total: {}", "Company", "{}", "Sum {} RUB"))
PAGE = st.lists(
    st.tuples(st.sampled_from(TOP + MIDDLE + BOTTOM), LINES),
    min_size=1,
    max_size=5,
    unique_by=lambda line: line[0],
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PAGE, min_size=3, max_size=9), st.randoms(use_true_random=False))
def test_no_figure_of_its_own_is_lost_and_no_page_is_empty(
    pages: list[list[Print]], chance: Random
) -> None:
    """Five figures make each number its own, and none is that of a page."""
    numbers = iter(chance.sample(range(10_000, 99_999), 60))
    filled = [[(at, line.format(next(numbers))) for at, line in page] for page in pages]
    found = printed(filled)
    text = words(found)
    for figure in re.findall(r"\d{5}", " ".join(line for page in filled for _, line in page)):
        assert figure in text
    assert {block.page for block in found.blocks} == set(range(1, len(pages) + 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(PAGE, min_size=3, max_size=9))
def test_like_lines_with_page_numbers_leave_no_page_empty(pages: list[list[Print]]) -> None:
    filled = [[(at, line.format(n)) for at, line in page] for n, page in enumerate(pages, 1)]
    found = printed(filled)
    assert {block.page for block in found.blocks} == set(range(1, len(pages) + 1))
    for at, page in enumerate(filled, 1):
        text = "\n".join(block.text for block in found.blocks if block.page == at)
        named = [line for _, line in page if not line.isdecimal() and line != "Company"]
        assert all(line in text for line in named)
