"""Print on slides and in OpenDocument that nobody sees is left out and told; what is seen stays."""

import io
from collections.abc import Callable
from typing import Any

import pptx
import pytest
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from app.documents.office import odf, slides
from app.domain.library.documents import ReadDocument
from app.domain.library.reading import UnreadPart, UnreadReason

WHITE, NIGHT = RGBColor(255, 255, 255), RGBColor(0x1F, 0x38, 0x64)
PLACE = (Inches(1), Inches(2), Inches(5), Inches(1))
Draw = Callable[[Any], None]


def shown(draw: Draw) -> ReadDocument:
    """A slide with a title and what `draw` puts on it."""
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "Rent is due."
    draw(slide)
    stream = io.BytesIO()
    made.save(stream)
    return slides.read(stream.getvalue(), "a.pptx")


def text_of(document: ReadDocument) -> str:
    return "\n".join(block.text for block in document.blocks)


def told(slide: Any, place: tuple[int, ...] = PLACE) -> Any:
    run = slide.shapes.add_textbox(*place).text_frame.paragraphs[0].add_run()
    run.text = "Told"
    return run.font


def dark(slide: Any) -> Any:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *PLACE)
    shape.fill.solid()
    shape.fill.fore_color.rgb = NIGHT
    return shape


def white(slide: Any) -> None:
    told(slide).color.rgb = WHITE


def of_the_theme(slide: Any) -> None:
    told(slide).color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


def tiny(slide: Any) -> None:
    told(slide).size = Pt(1)


def off_the_slide(slide: Any) -> None:
    told(slide, (Inches(11), Inches(2), Inches(3), Inches(1)))


def in_its_shape_colour(slide: Any) -> None:
    run = dark(slide).text_frame.paragraphs[0].add_run()
    run.text, run.font.color.rgb = "Told", NIGHT


def on_a_dark_slide(slide: Any) -> None:
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = NIGHT
    told(slide).color.rgb = NIGHT


def switched_off(slide: Any) -> None:
    told(slide)
    slide.shapes[-1]._element.nvSpPr.cNvPr.set("hidden", "1")


def without_a_colour(slide: Any) -> None:
    told(slide).fill.background()


def as_good_as_clear(slide: Any) -> None:
    font = told(slide)
    font.color.rgb = NIGHT
    colour = font._element.find(".//{*}srgbClr")
    colour.append(parse_xml(f'<a:alpha {nsdecls("a")} val="1000"/>'))


def white_on_a_dark_shape(slide: Any) -> None:
    dark(slide)
    white(slide)


def white_in_a_dark_shape(slide: Any) -> None:
    run = dark(slide).text_frame.paragraphs[0].add_run()
    run.text, run.font.color.rgb = "Told", WHITE


def white_on_a_dark_slide(slide: Any) -> None:
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = NIGHT
    white(slide)


def partly_off(slide: Any) -> None:
    told(slide, (Inches(9), Inches(2), Inches(3), Inches(1)))


@pytest.mark.parametrize(
    "draw",
    [
        white, of_the_theme, tiny, off_the_slide, in_its_shape_colour, on_a_dark_slide,
        switched_off, without_a_colour, as_good_as_clear,
    ],
)  # fmt: skip
def test_what_nobody_sees_on_a_slide_is_left_out_and_told(draw: Draw) -> None:
    document = shown(draw)
    assert text_of(document) == "Rent is due."
    assert document.reading.hidden == 1
    assert document.reading.unread == (UnreadPart(UnreadReason.UNSEEN, page=1),)


@pytest.mark.parametrize(
    "draw", [white_on_a_dark_shape, white_in_a_dark_shape, white_on_a_dark_slide, partly_off]
)
def test_what_is_seen_on_a_slide_stays(draw: Draw) -> None:
    document = shown(draw)
    assert "Told" in text_of(document)
    assert document.reading.complete


def letter(print_style: str, around: str = "", cell: str = "", raw: str = "") -> ReadDocument:
    """A flat text whose span "Told" has properties of print, in a paragraph or in a cell; or with
    `raw` in its place."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"),
            ("fo", "xsl-fo-compatible"),
        )
    )  # fmt: skip
    body = '<text:p text:style-name="P"><text:span text:style-name="T">Told</text:span></text:p>'
    body = raw or body
    if cell:
        cells = f'<table:table-cell table:style-name="C">{body}</table:table-cell>' * 2
        body = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    text = (
        f'<office:document {names} office:mimetype="application/vnd.oasis.opendocument.text">'
        '<office:automatic-styles><style:style style:name="T" style:family="text">'
        f"<style:text-properties {print_style}/></style:style>"
        '<style:style style:name="P" style:family="paragraph">'
        f"<style:paragraph-properties {around}/></style:style>"
        '<style:style style:name="C" style:family="table-cell">'
        f"<style:table-cell-properties {cell}/></style:style></office:automatic-styles>"
        f"<office:body><office:text><text:p>Rent is due.</text:p>{body}"
        "</office:text></office:body></office:document>"
    )
    return odf.read(text.encode(), "a.fodt")


@pytest.mark.parametrize(
    ("style", "around"),
    [
        ('fo:color="#ffffff"', ""),
        ('fo:color="#fdfdfd"', 'fo:background-color="transparent"'),
        ('fo:font-size="1pt"', ""),
        ('text:display="none"', ""),
        ('fo:color="#003366"', 'fo:background-color="#003366"'),
        ('fo:color="#003366" fo:background-color="#003366"', ""),
    ],
)
def test_what_nobody_sees_in_a_text_is_left_out_and_told(style: str, around: str) -> None:
    document = letter(style, around)
    assert text_of(document) == "Rent is due."
    assert document.reading.unread == (UnreadPart(UnreadReason.UNSEEN),)


def test_a_section_that_is_not_displayed_is_left_out_and_told() -> None:
    section = '<text:section text:display="none"><text:p>Told</text:p></text:section>'
    flat = letter("", raw=section)
    assert text_of(flat) == "Rent is due."
    assert flat.reading.unread == (UnreadPart(UnreadReason.UNSEEN),)


@pytest.mark.parametrize(
    ("style", "around", "cell"),
    [
        ('fo:color="#ffffff"', 'fo:background-color="#003366"', ""),
        ('fo:color="#ffffff"', "", 'fo:background-color="#003366"'),
        ('fo:color="#ffffff" fo:background-color="#003366"', "", ""),
        ('fo:color="#c0c0c0" fo:font-size="5pt"', "", ""),
    ],
)
def test_what_is_seen_in_a_text_stays(style: str, around: str, cell: str) -> None:
    document = letter(style, around, cell)
    assert "Told" in text_of(document)
    assert document.reading.complete
