"""Superscripts and subscripts of a PDF keep their meaning in plain text."""

import pymupdf
import pytest

from app.documents.pdf.pdf import read
from app.documents.pictures.scripts import lowered, raised

#: Sizes and shifts in ems, up positive, as programs print them.
WORD_UP, LIBRE_UP, TEX_UP, LOW_UP = (0.65, 0.33), (0.58, 0.33), (0.7, 0.413), (0.64, 0.45)
WORD_DOWN, TEX_DOWN = (0.65, -0.14), (0.7, -0.15)
PLAIN = (1.0, 0.0)


def line(*pieces: tuple[str, tuple[float, float]], em: float = 11) -> str:
    """What is read from a line of pieces of (text, (size, shift)), set one after the other."""
    document = pymupdf.open()
    page, x = document.new_page(), 72.0
    page.insert_font(fontname="F0", fontbuffer=pymupdf.Font("cjk").buffer)
    font = pymupdf.Font("cjk")
    for text, (size, shift) in pieces:
        page.insert_text((x, 100 - shift * em), text, fontsize=size * em, fontname="F0")
        x += font.text_length(text, fontsize=size * em)
    page.insert_text((72, 100 + 1.2 * em), "The line below.", fontsize=em, fontname="F0")
    data = document.tobytes()
    document.close()
    return read(data, "scripts.pdf").blocks[0].text.removesuffix(" The line below.")


@pytest.mark.parametrize("up", [WORD_UP, LIBRE_UP, TEX_UP, LOW_UP])
@pytest.mark.parametrize(
    ("before", "script", "after", "text"),
    [
        ("Давление 10", "6", " Па", "Давление 10⁶ Па"),
        ("масса 3·10", "-4", " кг", "масса 3·10⁻⁴ кг"),
        ("поток 5×10", "–12", " A", "поток 5×10⁻¹² A"),
        ("площадь 25 м", "2", ".", "площадь 25 м²."),
        ("скорость 3 м·с", "-1", " до", "скорость 3 м·с⁻¹ до"),
        ("ions Ca", "2+", " in", "ions Ca²⁺ in"),
        ("степень 2", "0,5", " и", "степень 2^(0,5) и"),
        ("смотри сноску", "12", " внизу", "смотри сноску 12 внизу"),
        ("see the note", "(1)", " below", "see the note (1) below"),
        ("Comirnaty", "(a)", " sales", "Comirnaty (a) sales"),
        ("term (a+b)", "2", " is", "term (a+b)² is"),
        ("EPS (diluted)", "1,4", " rose", "EPS (diluted) 1,4 rose"),
        ("конец фразы.", "3", " Далее", "конец фразы. 3 Далее"),
        ("sales of 1,234", "1", " in", "sales of 1,234 ¹ in"),
        ("the 1", "st", " of May", "the 1st of May"),
        ("при 25", "o", "C днём", "при 25°C днём"),
    ],
)
def test_superscripts(
    up: tuple[float, float], before: str, script: str, after: str, text: str
) -> None:
    assert line((before, PLAIN), (script, up), (after, PLAIN)) == text


@pytest.mark.parametrize("down", [WORD_DOWN, TEX_DOWN])
def test_subscripts(down: tuple[float, float]) -> None:
    assert line(("вода H", PLAIN), ("2", down), ("O чиста", PLAIN)) == "вода H₂O чиста"
    assert line(("сила P", PLAIN), ("max", down), (" равна", PLAIN)) == "сила Pmax равна"


def test_both_on_one_line() -> None:
    pieces = (("CO", PLAIN), ("2", WORD_DOWN), (", 5 м", PLAIN), ("3", LOW_UP), (" газа", PLAIN))
    assert line(*pieces) == "CO₂, 5 м³ газа"


def test_the_mark_before_a_footnote_stands_apart() -> None:
    assert line(("1", WORD_UP), ("Без учёта налога", PLAIN)) == "1 Без учёта налога"


def test_an_exponent_in_two_fonts_is_one() -> None:
    assert "10" + raised("−", "10") + raised("4", "10⁻") == "10⁻⁴"


def test_what_is_no_script_stays_as_it_is() -> None:
    assert raised("TM", "Brand") == "TM"
    assert raised("*", "word") == "*"
    assert lowered("2", "word ") == "2"
