"""Words with space between their letters are words; single letters that are none stay single."""

import pymupdf
import pytest

from app.documents.pdf.pdf import read
from app.domain.library.documents import BlockKind

EM = 12.0
FONT = pymupdf.Font("cjk")


def spaced(*lines: tuple[str, float], rotation: int = 0) -> str:
    """What is read from lines of (text, extra points after each character)."""
    document = pymupdf.open()
    page = document.new_page(width=900)
    page.insert_font(fontname="F0", fontbuffer=FONT.buffer)
    for number, (line, extra) in enumerate(lines):
        x = 72.0
        for sign in line:
            page.insert_text((x, 100 + 1.3 * EM * number), sign, fontsize=EM, fontname="F0")
            x += FONT.text_length(sign, fontsize=EM) + extra
    page.set_rotation(rotation)
    data = document.tobytes()
    document.close()
    return " ".join(block.text for block in read(data, "spaced.pdf").blocks)


@pytest.mark.parametrize("extra", [0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0])
def test_spaced_words_are_words(extra: float) -> None:
    assert spaced(("ПОСТАНОВЛЯЮ назначить комиссию КМ-58", extra)) == (
        "ПОСТАНОВЛЯЮ назначить комиссию КМ-58"
    )


@pytest.mark.parametrize("extra", [2.0, 4.0])
def test_spaced_heads_with_signs_and_normal_lines(extra: float) -> None:
    lines = (("ПРИКАЗЫВАЮ:", extra), ("вскрыть шкаф у входа и в цехе", 0.0))
    assert spaced(*lines) == "ПРИКАЗЫВАЮ: вскрыть шкаф у входа и в цехе"
    assert spaced(("The Board RESOLVES", extra), rotation=90) == "The Board RESOLVES"


def test_words_that_were_typed_with_spaces() -> None:
    assert spaced(("П Р И К А З   о   р е м о н т е", 0.0)) == "ПРИКАЗ о ремонте"
    assert spaced(("Суд р е ш и л: взыскать 5 000 рублей", 0.0)) == (
        "Суд решил: взыскать 5 000 рублей"
    )


@pytest.mark.parametrize(
    "line",
    [
        "А. С. Пушкин и М. Ю. Лермонтов",
        "а, б, в, г, д",
        "А Б В Г Д",
        "1 2 3 4 5 6 7",
        "X X X X X",
        "N Y N N Y Y",
        "гласные а о у ы э",
        "a b c d e",
        "и в цехе, и у входа, и с краю",
    ],
)
def test_single_letters_that_are_no_word_stay_single(line: str) -> None:
    assert spaced((line, 0.0)) == line


def test_cells_of_single_letters_stay_cells() -> None:
    document = pymupdf.open()
    page = document.new_page()
    for row, letters in enumerate(("COAT", "MIRA")):
        for column, letter in enumerate(letters):
            page.insert_text((72 + 40 * column, 100 + 16 * row), letter, fontsize=11)
    blocks = read(document.tobytes(), "cells.pdf").blocks
    assert [block.kind for block in blocks] == [BlockKind.TABLE]
    assert all(row.count(" | ") == 3 for row in blocks[0].text.split("\n"))
