"""The DOCX as paper: page, lists, tables, footer, and how a run looks."""

import re
from datetime import UTC, datetime
from typing import Any

from app.documents.export import docx_styles as styles
from app.documents.export.blocks import TextRun
from app.documents.export.docx_xml import border, element, put, shade
from app.domain.text.shortening import shortened

#: Centimetres of a line, characters of the title in the footer.
_WIDTH, _TITLE = 16.0, 70
#: Twentieths of a point: one level of a list.
_STEP = 360
_LEVELS = 9
#: Of python-docx's template; without it a table begins left of the text.
_CELL_MARGIN = "108"
_BULLETS = "•–▪"


class Paper:
    """An empty A4 document in `language` ("ru-RU")."""

    def __init__(self, title: str, language: str) -> None:
        import docx

        self.document: Any = docx.Document()
        styles.apply(self.document, language)
        self._ids = {style.name: style.style_id for style in self.document.styles}
        self._page()
        self._properties(title, language)
        self._numbering = self.document.part.numbering_part.element
        for each in list(self._numbering):
            self._numbering.remove(each)
        for number in (_BULLET, _DECIMAL):
            self._numbering.append(_definition(number))
        self._lists = 0

    def _page(self) -> None:
        from docx.shared import Cm

        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.3)
        section.footer_distance = Cm(1.2)

    def _properties(self, title: str, language: str) -> None:
        facts = self.document.core_properties
        facts.title, facts.language = title[:255], language
        facts.author = facts.last_modified_by = facts.comments = ""
        facts.created = facts.modified = datetime.now(UTC)

    def footer(self, title: str, words: str) -> None:
        """The title at the left, `words` with {page} and {pages} at the right."""
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Cm

        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{shortened(title, _TITLE)}\t")
        for piece in re.split(r"({pages?})", words):
            field = {"{page}": "PAGE", "{pages}": "NUMPAGES"}.get(piece)
            run = paragraph.add_run("1" if field else piece)
            if field:
                holder = element("w:fldSimple", {"w:instr": field})
                paragraph._p.replace(run._r, holder)
                holder.append(run._r)

    # -- paragraphs -------------------------------------------------------------------------------

    def style(self, paragraph: Any, name: str) -> None:
        """python-docx itself looks through all styles, each time."""
        paragraph._p.style = self._ids[name]

    def indent(self, paragraph: Any, depth: int) -> None:
        if depth:
            properties = paragraph._p.get_or_add_pPr()
            put(properties, element("w:ind", {"w:left": str(_STEP * depth)}))

    def new_list(self, depth: int, first: int | None) -> int:
        """A list at `depth` from 1, with bullets or numbered from `first`; for `number`."""
        self._lists += 1
        kind = _BULLET if first is None else _DECIMAL
        made = element(
            "w:num", {"w:numId": str(self._lists)}, element("w:abstractNumId", {"w:val": str(kind)})
        )
        if first is not None:
            start = element("w:startOverride", {"w:val": str(first)})
            level = {"w:ilvl": str(_level(depth))}
            made.append(element("w:lvlOverride", level, start))
        self._numbering.append(made)
        return self._lists

    def number(self, paragraph: Any, depth: int, which: int) -> None:
        properties = paragraph._p.get_or_add_pPr()
        level = element("w:ilvl", {"w:val": str(_level(depth))})
        put(properties, element("w:numPr", None, level, element("w:numId", {"w:val": str(which)})))

    def rule(self) -> None:
        paragraph = self.document.add_paragraph()
        line = element("w:pBdr", None, border("bottom", styles.LINE, 6, 1))
        put(paragraph._p.get_or_add_pPr(), line)

    def turn(self, paragraph: Any) -> None:
        """Make a paragraph run from right to left."""
        put(paragraph._p.get_or_add_pPr(), element("w:bidi"))

    def align_right(self, paragraph: Any) -> None:
        put(paragraph._p.get_or_add_pPr(), element("w:jc", {"w:val": "right"}))

    def dress(self, made: Any, run: TextRun, *, backwards: bool) -> None:
        """Give a run of python-docx the look of ours."""
        from docx.shared import RGBColor

        if run.bold:
            made.bold = True
        if run.italic:
            made.italic = True
        if run.struck:
            made.font.strike = True
        if run.code:
            made.font.name = styles.MONO
        if run.mark:
            made.font.superscript = True
            made.font.color.rgb = RGBColor.from_string(styles.GOLD)
        if backwards:
            made.font.rtl = True

    # -- tables -----------------------------------------------------------------------------------

    def table(self, rows: int, columns: int) -> Any:
        """An empty table with thin lines, its first row shaded and repeated on every page."""
        from docx.oxml.ns import qn

        made = self.document.add_table(rows, columns)
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        lines = element("w:tblBorders", None, *(border(side, styles.LINE, 4, 0) for side in sides))
        width = made._tbl.tblPr.find(qn("w:tblW"))
        width.addnext(lines)
        width.addnext(element("w:tblInd", {"w:w": _CELL_MARGIN, "w:type": "dxa"}))
        for cell in made.rows[0].cells:
            cell._tc.get_or_add_tcPr().append(shade(styles.SOFT))
        head = made.rows[0]._tr.get_or_add_trPr()
        head.append(element("w:tblHeader"))
        for row in made.rows:
            row._tr.get_or_add_trPr().insert(0, element("w:cantSplit"))
        return made

    def after_table(self) -> None:
        """Some air; Word also joins tables that nothing parts."""
        from docx.shared import Pt

        layout = self.document.add_paragraph().paragraph_format
        layout.space_after, layout.line_spacing = Pt(0), Pt(8)


#: Names of the two kinds of list.
_BULLET, _DECIMAL = 0, 1


def _definition(number: int) -> Any:
    made = element("w:abstractNum", {"w:abstractNumId": str(number)})
    made.append(element("w:multiLevelType", {"w:val": "hybridMultilevel"}))
    for level in range(_LEVELS):
        text = f"%{level + 1}." if number == _DECIMAL else _BULLETS[level % len(_BULLETS)]
        place = {"w:left": str(_STEP * (level + 1)), "w:hanging": str(_STEP)}
        made.append(
            element(
                "w:lvl",
                {"w:ilvl": str(level)},
                element("w:start", {"w:val": "1"}),
                element("w:numFmt", {"w:val": "decimal" if number == _DECIMAL else "bullet"}),
                element("w:lvlText", {"w:val": text}),
                element("w:lvlJc", {"w:val": "left"}),
                element("w:pPr", None, element("w:ind", place)),
            )
        )
    return made


def _level(depth: int) -> int:
    return min(depth, _LEVELS) - 1
