"""Columns of prose keep their edge where first lines, hanging lists, single numbers and tables over
the page stand beside it."""

from itertools import pairwise

import pymupdf
import pytest

from app.documents.pdf.pdf import read
from tests.samples import make_printed

LEFT, RIGHT, SIZE, STEP = 54.0, 317.0, 9.0, 11.0
SIGNS = "abcdefghijklmn"
Word = tuple[float, float, str, float, bool]


def column(
    x: float, top: float, lines: list[str], indented: frozenset[int] = frozenset()
) -> list[Word]:
    """Lines one below the other; the indented ones begin further right."""
    return [
        (x + 14 * (at in indented), top + STEP * at, line, SIZE, False)
        for at, line in enumerate(lines)
    ]


def prose(mark: str) -> list[str]:
    """Lines that end inside of a word: the next begins with its other half."""
    lines = [
        f"{mark}{sign}ing in this sentence of the line goes on with be{mark}{sign}-"
        for sign in SIGNS
    ]
    return [*lines[:-1], "the last line ends in a word that is whole and in a stop."]


def whole(found: str, mark: str) -> bool:
    """Whether every word that a line end cuts is whole."""
    pairs = pairwise(SIGNS[:-1])
    return all(f"be{mark}{one}{mark}{after}ing in this" in found for one, after in pairs)


def text_of(words: list[Word]) -> str:
    return "\n".join(block.text for block in read(make_printed(words), "columns.pdf").blocks)


@pytest.mark.parametrize("indented", [frozenset(range(3, 9)), frozenset(range(1, 14, 2))])
def test_indented_lines_make_no_column_of_their_own(indented: frozenset[int]) -> None:
    words = column(LEFT, 100, prose("left")) + column(RIGHT, 100, prose("right"), indented)
    found = text_of(words)
    assert whole(found, "left")
    assert whole(found, "right")
    assert "|" not in found


@pytest.mark.parametrize("hanging", [2, 3])
def test_a_hanging_list_keeps_the_edge_of_its_column(hanging: int) -> None:
    marked = frozenset(at for at in range(14) if at % hanging)
    words = column(LEFT, 100, prose("left")) + column(RIGHT, 100, prose("right"), marked)
    found = text_of(words)
    assert whole(found, "left")
    assert whole(found, "right")


@pytest.mark.parametrize("last", ["2006.", "35"])
def test_a_number_as_the_last_line_is_no_row_of_a_table(last: str) -> None:
    right = [*prose("more")[6:], last, *prose("right")[8:]]
    found = text_of(column(LEFT, 100, prose("left")) + column(RIGHT, 100, right))
    assert whole(found, "left")


@pytest.mark.parametrize("rows", [8, 20])
def test_a_table_over_the_page_leaves_the_columns_below(rows: int) -> None:
    table = [
        (x, 60 + STEP * row, text, SIZE, False)
        for row in range(rows)
        for x, text in ((LEFT, f"benchmark number {row}"), (330.0, "12.5"), (420.0, "1.07"))
    ]
    top = 60 + STEP * (rows + 3)
    words = column(LEFT, top, prose("left")) + column(RIGHT, top, prose("right"))
    found = text_of([*table, *words])
    assert "benchmark number 3 | 12.5 | 1.07" in found
    assert whole(found, "left")
    assert whole(found, "right")


@pytest.mark.parametrize("gutter", [9.0, 12.0])
def test_a_narrow_gutter_that_some_lines_reach(gutter: float) -> None:
    full = "a line of the column on the left that reaches up to it"
    long = [full if at % 4 else full[:-8] for at in range(42)]
    width = max(pymupdf.get_text_length(line, fontsize=SIZE) for line in long)
    found = text_of(
        column(LEFT, 100, long) + column(LEFT + width + gutter, 100, 3 * prose("right"))
    )
    assert whole(found, "right")
    assert "|" not in found


@pytest.mark.parametrize("shift", [4.9, 5.5, 6.5])
def test_lines_of_two_columns_need_not_stand_in_a_row(shift: float) -> None:
    words = column(LEFT, 100, prose("left")) + column(RIGHT, 100 + shift, prose("right"))
    found = text_of(words)
    assert whole(found, "left")
    assert whole(found, "right")


@pytest.mark.parametrize(
    ("foot", "head", "size", "whole"),
    [
        ("of the ware-", "house and its gate", SIZE, "of the warehouse and its gate"),
        ("the inter-", "national rules", SIZE, "the international rules"),
        ("the loan-to-", "value ratio of it", SIZE, ""),
        ("of the ware-", "House rules of it", SIZE, ""),
        ("of the ware-", "house and its gate", 7.0, ""),  # what goes on is not in small print
    ],
)
def test_a_word_that_the_foot_of_a_column_divides(
    foot: str, head: str, size: float, whole: str
) -> None:
    left = [*prose("left")[:-1], f"this is where the left column ends, with the half {foot}"]
    right = [f"{head} begin the column on the right side", *prose("right")]
    words = [
        (x, y, line, size if line is left[-1] else SIZE, bold)
        for x, y, line, _, bold in column(LEFT, 100, left) + column(RIGHT, 100, right)
    ]
    data = make_printed(words)
    blocks = read(data, "columns.pdf").blocks
    (block,) = (block for block in blocks if foot[:-1] in block.text)
    assert (f"the half {whole} begin" in block.text) is bool(whole)
    for box in block.boxes:
        assert block.text[box.start : box.end] == block.text[box.start : box.end].strip()
    assert block.boxes[-1].end == len(block.text)
