"""The styles of the DOCX: one table, applied to python-docx's template."""

from dataclasses import dataclass
from typing import Any

from app.documents.export.docx_xml import border, drop, element, put, shade

FONT, MONO = "Calibri", "Consolas"
INK, MUTED, ACCENT, GOLD = "1B1E20", "5F666A", "1F6F5C", "8F6114"
LINE, SOFT = "D9D9D3", "F3F3EF"
#: Twentieths of a point: the hanging number of a source.
_HANG = 480


@dataclass(frozen=True, slots=True)
class _Style:
    """Sizes in points, `line` in heights of a line; `keep` with what follows on one page."""

    name: str
    size: float
    color: str = INK
    before: float = 0
    after: float = 0
    line: float = 1.1
    bold: bool = False
    italic: bool = False
    keep: bool = False
    font: str = FONT


_STYLES = (
    _Style("Normal", 11, after=6, line=1.2),
    _Style("Title", 22, after=2, bold=True),
    _Style("Subtitle", 10, MUTED, after=4),
    _Style("Note", 9, MUTED, after=6, italic=True),
    _Style("Heading 1", 10, ACCENT, before=20, after=4, bold=True, keep=True),
    _Style("Heading 2", 10, ACCENT, before=10, after=4, bold=True, keep=True),
    _Style("Heading 3", 14, before=10, after=4, bold=True, keep=True),
    _Style("Heading 4", 12.5, before=10, after=4, bold=True, keep=True),
    _Style("Heading 5", 11.5, before=8, after=4, bold=True, keep=True),
    _Style("Heading 6", 11, before=8, after=4, bold=True, keep=True),
    _Style("Question", 12, after=8, line=1.15, bold=True),
    _Style("State", 10.5, MUTED, after=6, italic=True),
    _Style("Quote", 11, MUTED, after=6, line=1.2, italic=True),
    _Style("List Paragraph", 11, after=3, line=1.2),
    _Style("Code", 9.5, before=4, after=10, font=MONO),
    _Style("Cell", 10, before=2, after=2),
    _Style("Sources", 10, MUTED, before=12, after=3, bold=True, keep=True),
    _Style("Source", 9.5, after=4),
    _Style("Origin", 9, MUTED, after=4),
    _Style("Footer", 8.5, MUTED),
)


def apply(document: Any, language: str) -> None:
    """Give an empty document our styles; `language` as "ru-RU", for the spelling check."""
    for style in _STYLES:
        _apply(document.styles, style)
    for lang in document.styles.element.iter(_tag("w:lang")):
        for name in ("w:val", "w:eastAsia"):
            lang.set(_tag(name), language)
    _frame(document.styles, "Code", ("top", "left", "bottom", "right"), SOFT, SOFT)
    _frame(document.styles, "Question", ("left",), ACCENT, "")
    _frame(document.styles, "Quote", ("left",), LINE, "")
    source = document.styles["Source"].element.get_or_add_pPr()
    put(source, element("w:ind", {"w:left": str(_HANG), "w:hanging": str(_HANG)}))
    for name in ("Question", "Quote"):
        put(document.styles[name].element.get_or_add_pPr(), element("w:ind", {"w:left": "160"}))


def _apply(styles: Any, wanted: _Style) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    if wanted.name not in styles:
        styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    style = styles[wanted.name]
    drop(style.element, "w:tabs", "w:pBdr", "w:contextualSpacing", "w:caps", "w:spacing", "w:kern")
    style.font.size, style.font.color.rgb = Pt(wanted.size), RGBColor.from_string(wanted.color)
    style.font.bold, style.font.italic = wanted.bold, wanted.italic
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(wanted.before), Pt(wanted.after)
    layout.line_spacing, layout.keep_with_next = wanted.line, wanted.keep
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(_tag(f"w:{script}"), wanted.font)


def _frame(styles: Any, name: str, sides: tuple[str, ...], color: str, ground: str) -> None:
    properties = styles[name].element.get_or_add_pPr()
    put(properties, element("w:pBdr", None, *(border(side, color, 18) for side in sides)))
    if ground:
        put(properties, shade(ground))


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
