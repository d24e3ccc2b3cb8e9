"""Print of a PDF that nobody sees is left out, page by page, and told of; what is seen stays."""

from collections.abc import Callable
from typing import Any

import pymupdf
import pytest

from app.documents.pdf.pdf import read
from app.domain.library.documents import ReadDocument
from app.domain.library.reading import UnreadPart, UnreadReason

WHITE, NIGHT, AT = (1, 1, 1), (0.1, 0.2, 0.4), (72, 130)
PLACE = pymupdf.Rect(60, 110, 300, 145)
HONEST = "The rent of the hall is 120 euros a day and is paid before the first of the month. " * 2
Draw = Callable[[Any], None]


def drawn(draw: Draw) -> ReadDocument:
    """A page with honest lines, and what `draw` puts on it."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_textbox((72, 200, 500, 400), HONEST)
    draw(page)
    return read(document.tobytes(), "a.pdf")


def text_of(document: ReadDocument) -> str:
    return " ".join(block.text for block in document.blocks)


def white(page: Any) -> None:
    page.insert_text(AT, "Told here", color=WHITE)


def nearly_white(page: Any) -> None:
    page.insert_text(AT, "Told here", color=(0.97, 0.96, 0.97))


def without_ink(page: Any) -> None:
    page.insert_text(AT, "Told here", render_mode=3)


def transparent(page: Any) -> None:
    page.insert_text(AT, "Told here", fill_opacity=0.01)


def tiny(page: Any) -> None:
    page.insert_text(AT, "Told here", fontsize=1.2)


def covered(page: Any) -> None:
    page.insert_text(AT, "Told here")
    page.draw_rect(PLACE, fill=WHITE, color=None)


def covered_by_a_picture(page: Any) -> None:
    page.insert_text(AT, "Told here")
    blank = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 240, 35), False)
    blank.clear_with(255)
    page.insert_image(PLACE, pixmap=blank)


def in_a_hidden_note(page: Any) -> None:
    page.add_text_annot(AT, "Told here").set_flags(2)


def in_a_layer_that_is_off(page: Any) -> None:
    layer = page.parent.add_ocg("off", on=False)
    page.insert_text(AT, "Told here", oc=layer)


def on_its_own_colour(page: Any) -> None:
    page.draw_rect(PLACE, fill=NIGHT, color=None)
    page.insert_text(AT, "Told here", color=NIGHT)


def white_across_a_rule(page: Any) -> None:
    page.draw_line((60, 127), (300, 127), color=(0, 0, 0))
    white(page)


def white_between_close_lines(page: Any) -> None:
    page.insert_text((72, 117), "pgyqj pgyqj", fontsize=11)
    page.insert_text((72, 143), "bdfhkl bdfhkl", fontsize=11)
    white(page)


def beyond_the_cut_page(page: Any) -> None:
    page.insert_text((500, 40), "Told here")
    page.set_cropbox(pymupdf.Rect(0, 60, 590, 800))


def white_on_a_turned_page(page: Any) -> None:
    white(page)
    page.set_rotation(90)


UNSEEN = [
    white, nearly_white, without_ink, transparent, tiny, covered, on_its_own_colour,
    white_across_a_rule, white_between_close_lines, white_on_a_turned_page,
    covered_by_a_picture,
    in_a_hidden_note,
]  # fmt: skip


def white_on_dark(page: Any) -> None:
    page.draw_rect(PLACE, fill=NIGHT, color=None)
    white(page)


def white_on_dark_turned(page: Any) -> None:
    white_on_dark(page)
    page.set_rotation(270)


def small_white_on_dark(page: Any) -> None:
    page.draw_rect(PLACE, fill=NIGHT, color=None)
    page.insert_text(AT, "Told here", color=WHITE, fontsize=4)


def highlighted(page: Any) -> None:
    page.insert_text(AT, "Told here")
    page.draw_rect(PLACE, fill=(1, 1, 0), color=None, fill_opacity=0.4)


def over_a_picture(page: Any) -> None:
    """As recognition lays text over a scan."""
    scan = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 240, 35), False)
    scan.clear_with(240)
    page.insert_image(PLACE, pixmap=scan)
    page.insert_text(AT, "Told here", render_mode=3)


def over_outlines(page: Any) -> None:
    """As a program writes whose letters are drawn."""
    for x in range(72, 118, 4):
        page.draw_line((x, 122), (x + 2, 130), color=(0, 0, 0))
    page.insert_text(AT, "Told here", render_mode=3)


def outlined(page: Any) -> None:
    page.insert_text(AT, "Told here", color=(0, 0, 0), fill=WHITE, render_mode=2)


def in_a_shaded_cell(page: Any) -> None:
    page.draw_rect(PLACE, fill=(0.9, 0.9, 0.95), color=(0, 0, 0))
    page.insert_text(AT, "Told here")


def a_pale_mark(page: Any) -> None:
    page.insert_text(AT, "Told here", color=(0.85, 0.85, 0.85))


SEEN = [
    white_on_dark, white_on_dark_turned, small_white_on_dark, highlighted, over_a_picture,
    over_outlines, outlined, in_a_shaded_cell, a_pale_mark,
]  # fmt: skip


@pytest.mark.parametrize("draw", UNSEEN)
def test_what_nobody_sees_is_left_out_and_told(draw: Draw) -> None:
    document = drawn(draw)
    assert "The rent of the hall" in text_of(document)
    assert "Told" not in text_of(document)
    assert document.reading.hidden == 1
    assert document.reading.unread == (UnreadPart(UnreadReason.UNSEEN, page=1),)


@pytest.mark.parametrize("draw", SEEN)
def test_what_is_seen_stays(draw: Draw) -> None:
    document = drawn(draw)
    assert "Told" in text_of(document)
    assert not document.reading.hidden


@pytest.mark.parametrize("draw", [beyond_the_cut_page, in_a_layer_that_is_off])
def test_what_no_reader_of_pdf_shows_is_not_read(draw: Draw) -> None:
    assert "Told" not in text_of(drawn(draw))
