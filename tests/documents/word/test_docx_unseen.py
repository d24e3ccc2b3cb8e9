"""Print in the colour of what lies behind it, or tiny, is left out of a DOCX and told of."""

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from app.documents.word.docx import read
from app.domain.library.documents import ReadDocument
from app.domain.library.reading import UnreadPart, UnreadReason

WHITE, NIGHT = RGBColor(255, 255, 255), RGBColor(0x1F, 0x38, 0x64)
Change = Callable[[Any, Any], None]


def written(change: Change) -> ReadDocument:
    """A document with "Rent is due." and a run "Told" that `change` is told of."""
    made = docx.Document()
    made.add_paragraph("Rent is due.")
    change(made, made.add_paragraph().add_run("Told"))
    stream = io.BytesIO()
    made.save(stream)
    return read(stream.getvalue(), "a.docx")


def shaded(element: Any, fill: str, pattern: str = "clear", colour: str = "auto") -> None:
    element.append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="{pattern}" w:color="{colour}" w:fill="{fill}"/>')
    )


def white(made: Any, run: Any) -> None:
    run.font.color.rgb = WHITE


def nearly_white(made: Any, run: Any) -> None:
    run.font.color.rgb = RGBColor(0xFC, 0xFC, 0xFD)


def tiny(made: Any, run: Any) -> None:
    run.font.size = Pt(1)


def of_a_style(made: Any, run: Any) -> None:
    style = made.styles.add_style("Pale", 1)
    style.font.color.rgb = WHITE
    made.styles.add_style("Paler", 1).base_style = style
    run._parent.style = "Paler"


def in_the_head_of_the_pages(made: Any, run: Any) -> None:
    white(made, made.sections[0].header.paragraphs[0].add_run("Told to all pages"))
    run.text = ""


def no_longer_highlighted(made: Any, run: Any) -> None:
    white(made, run)
    run._r.rPr.append(parse_xml(f'<w:highlight {nsdecls("w")} w:val="none"/>'))


def without_a_filling(made: Any, run: Any) -> None:
    name = "http://schemas.microsoft.com/office/word/2010/wordml"
    filling = f'<w14:textFill xmlns:w14="{name}"><w14:noFill/></w14:textFill>'
    run._r.get_or_add_rPr().append(parse_xml(filling))


def on_its_own_shade(made: Any, run: Any) -> None:
    run.font.color.rgb = NIGHT
    shaded(run._r.get_or_add_rPr(), "1F3864")


def in_a_plain_cell(made: Any, run: Any) -> None:
    white(made, cell_of(made, "Table Grid").paragraphs[0].add_run("Told"))
    run.text = ""


def cell_of(made: Any, style: str) -> Any:
    table = made.add_table(rows=2, cols=2, style=style)
    table.cell(1, 1).text = "2"
    return table.cell(0, 0)


def in_a_dark_cell(made: Any, run: Any) -> None:
    cell = cell_of(made, "Table Grid")
    shaded(cell._tc.get_or_add_tcPr(), "1F3864")
    white(made, cell.paragraphs[0].add_run("Told"))


def in_a_table_of_a_dark_style(made: Any, run: Any) -> None:
    white(made, cell_of(made, "Medium Grid 3 Accent 1").paragraphs[0].add_run("Told"))


def on_a_dark_paragraph(made: Any, run: Any) -> None:
    white(made, run)
    shaded(run._parent._p.get_or_add_pPr(), "auto", "solid", "333333")


def highlighted(made: Any, run: Any) -> None:
    white(made, run)
    run.font.highlight_color = WD_COLOR_INDEX.BLUE


def small_and_pale(made: Any, run: Any) -> None:
    run.font.size, run.font.color.rgb = Pt(4), RGBColor(0xBF, 0xBF, 0xBF)


@pytest.mark.parametrize(
    "change",
    [
        white,
        nearly_white,
        tiny,
        of_a_style,
        on_its_own_shade,
        in_a_plain_cell,
        in_the_head_of_the_pages,
        without_a_filling,
        no_longer_highlighted,
    ],
)
def test_what_nobody_sees_is_left_out_and_told(change: Change) -> None:
    document = written(change)
    text = "\n".join(block.text for block in document.blocks)
    assert "Rent is due." in text
    assert "Told" not in text
    assert document.reading.hidden == 1
    assert document.reading.unread == (UnreadPart(UnreadReason.UNSEEN),)


@pytest.mark.parametrize(
    "change",
    [
        in_a_dark_cell,
        in_a_table_of_a_dark_style,
        on_a_dark_paragraph,
        highlighted,
        small_and_pale,
    ],
)
def test_what_is_seen_stays(change: Change) -> None:
    document = written(change)
    assert "Told" in "\n".join(block.text for block in document.blocks)
    assert document.reading.complete
