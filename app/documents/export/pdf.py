"""A document as PDF: HTML of our own, laid out by PyMuPDF's Story with the program's fonts.

Nothing of an answer reaches the layout but escaped text: no tag, no address, no file.
"""

import io
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from app.documents.export.blocks import (
    Block,
    Code,
    ExportedTable,
    Heading,
    Item,
    Paragraph,
    Rule,
    Runs,
    TextRun,
)
from app.documents.export.direction import is_right_to_left
from app.documents.export.layout import (
    Answer,
    ExportedComputation,
    ExportedQuestion,
    Layout,
    Reference,
)
from app.domain.text.shortening import shortened

#: Points: A4, where the text stands, and the footer's two sides.
_PAGE = (0, 0, 595, 842)
_ROOM = (71, 66, 524, 772)
_FOOT_LEFT, _FOOT_RIGHT = (71, 792, 420, 815), (420, 792, 524, 815)
#: A heading so near to the end of a page goes to the next, and one so near before it.
_ALONE = 56
#: Characters that fit into a line, the widest too: of a title, of a text, of code.
_TITLE_WORD, _WORD, _CODE = 20, 36, 80
#: Characters of a title in the footer, of a question in the outline.
_TITLE = 70
#: Headings: questions at 2, answers at 3, those inside of answers below.
_QUESTION_LEVEL, _BELOW, _DEEPEST = 2, 3, 6
_FACES = {
    "Regular": "",
    "Italic": "font-style:italic",
    "SemiBold": "font-weight:bold",
}
#: MuPDF's own font has some pictographs, wrong numbers for their letters, and boxes for the rest.
_PICTOGRAPHS = re.compile("[\U0001f000-\U0001faff\ufe0f\u200d\U000e0000-\U000e007f]")
#: No grounds of colour: MuPDF draws those of a table again on the pages that follow.
_STYLE = """
body { font-family: Inter; font-size: 10pt; line-height: 1.45; color: #1b1e20 }
h1 { font-size: 19pt; line-height: 1.25; margin: 0 0 4pt 0; font-weight: bold }
h2 { font-size: 9pt; color: #1f6f5c; margin: 20pt 0 0 0; font-weight: bold }
h3 { font-size: 9pt; color: #1f6f5c; margin: 10pt 0 3pt 0; font-weight: bold }
h4 { font-size: 13pt; margin: 9pt 0 4pt 0; font-weight: bold }
h5 { font-size: 11.5pt; margin: 8pt 0 3pt 0; font-weight: bold }
h6 { font-size: 10.5pt; margin: 8pt 0 3pt 0; font-weight: bold }
p { margin: 0 0 5pt 0 }
.facts { font-size: 8.5pt; color: #5f666a }
.note, .state { font-size: 8.5pt; color: #5f666a; font-style: italic }
.state { font-size: 9.5pt }
.question { font-size: 11pt; font-weight: bold; padding: 1pt 0 1pt 8pt; margin: 2pt 0 8pt 0;
            border-left: 2pt solid #1f6f5c }
.quoted { color: #5f666a; font-style: italic; padding-left: 8pt; border-left: 2pt solid #d9d9d3 }
.sources { font-size: 9pt; color: #5f666a; font-weight: bold; margin: 10pt 0 3pt 0 }
.source { font-size: 8.5pt; line-height: 1.4; margin: 0 0 4pt 15pt; text-indent: -15pt }
.open { text-indent: 0; margin-left: 0 }
.quote { font-size: 8.5pt; line-height: 1.4; margin: -3pt 0 4pt 15pt; font-style: italic;
         color: #5f666a }
.foot { font-size: 7.5pt; color: #5f666a; margin: 0 }
.origin { font-size: 8pt; color: #5f666a; margin: 0 }
code { font-family: monospace; font-size: 9pt }
pre { font-family: monospace; font-size: 8.5pt; line-height: 1.35; border-left: 2pt solid #d9d9d3;
      padding: 1pt 0 1pt 8pt; margin: 3pt 0 8pt 0; white-space: pre-wrap }
ul, ol { margin: 0 0 5pt 0; padding: 0 0 0 18pt }
li { margin: 0 0 2pt 0 }
table { border-collapse: collapse; width: 100%; margin: 4pt 0 9pt 0; font-size: 9pt;
        line-height: 1.3 }
td, th { border: 0.6pt solid #d9d9d3; padding: 3pt 6pt; text-align: left; vertical-align: top }
th { font-weight: bold }
.right { text-align: right }
sup { font-size: 6.5pt; color: #8f6114 }
hr { border: 0.5pt solid #d9d9d3; margin: 6pt 0 8pt 0 }
"""


def write(layout: Layout, fonts: Path) -> bytes:
    """`fonts` is the folder of Inter's files."""
    import pymupdf

    archive = pymupdf.Archive()
    rules = [_STYLE]
    for face, look in _FACES.items():
        name = f"Inter-{face}.otf"
        # Its contextual forms of brackets and colons have no letters that could be copied again:
        # under another name the table that asks for them is passed over.
        archive.add(((fonts / name).read_bytes().replace(b"GSUB", b"GSUA", 1), name))
        rules.append(f"@font-face {{ font-family: Inter; {look}; src: url({name}) }}")
    return _Printer(layout, "\n".join(rules), archive).printed()


class _Printer:
    """Draws one document: once to count its pages, once for the paper."""

    def __init__(self, layout: Layout, css: str, archive: Any) -> None:
        self._layout = layout
        self._css, self._archive = css, archive
        self._outline: list[tuple[int, str, int]] = []

    def printed(self) -> bytes:
        import pymupdf

        story = self._story(_body(self._layout))
        pages = 0
        more = True
        while more:
            more = _placed(story)
            story.draw(None)  # only drawing goes on to the next page
            pages += 1
        story.reset()
        out = io.BytesIO()
        writer = pymupdf.DocumentWriter(out)
        for page in range(1, pages + 1):
            device = writer.begin_page(pymupdf.Rect(_PAGE))
            _placed(story)
            story.element_positions(lambda place: self._note_heading(place), {"number": page})
            story.draw(device)
            self._foot(device, page, pages)
            writer.end_page()
        writer.close()
        return self._finished(out.getvalue())

    def _story(self, body: str) -> Any:
        import pymupdf

        return pymupdf.Story(html=body, user_css=self._css, archive=self._archive)

    def _foot(self, device: Any, page: int, pages: int) -> None:
        words = self._layout.footer.format(page=page, pages=pages)
        short = shortened(self._layout.title, _TITLE)
        for side, text, room in (("left", short, _FOOT_LEFT), ("right", words, _FOOT_RIGHT)):
            story = self._story(f'<p class="foot" style="text-align:{side}">{_escaped(text)}</p>')
            story.place(room)
            story.draw(device)

    def _note_heading(self, place: Any) -> None:
        if place.heading == _QUESTION_LEVEL and place.open_close & 1:
            questions = [turn for turn in self._layout.turns if isinstance(turn, ExportedQuestion)]
            first = questions[len(self._outline)].lines[0]
            self._outline.append((1, first[:_TITLE] or place.text, place.number))

    def _finished(self, drawn: bytes) -> bytes:
        """With its outline and its facts, without the parts of fonts that it does not use."""
        import pymupdf

        with pymupdf.open("pdf", drawn) as document:
            document.set_toc([list(each) for each in self._outline])
            document.set_metadata({"title": self._layout.title, "creator": "Larets"})
            document.set_language(self._layout.language)
            document.subset_fonts()
            return bytes(document.tobytes(garbage=4, deflate=True))


def _placed(story: Any) -> bool:
    """Lay out a page, without a heading as its last line; whether there is more to come."""
    more = bool(story.place(_ROOM)[0])
    _, top, _, bottom = _ROOM
    headings: list[float] = []
    story.element_positions(lambda place: headings.append(place.rect[1]))
    end = float(bottom)
    for heading in sorted(headings, reverse=True):
        end = heading if end - heading < _ALONE else end
    if more and (top + bottom) / 2 < end < bottom:
        more = bool(story.place((*_ROOM[:3], end - 1))[0])
    return more


def _body(layout: Layout) -> str:
    parts = [f"<h1{_direction(layout.title)}>{_escaped(layout.title, _TITLE_WORD)}</h1>"]
    parts += [f'<p class="facts">{_escaped(layout.facts)}</p>'] if layout.facts else []
    parts += [f'<p class="note">{_escaped(layout.note)}</p>'] if layout.note else []
    for turn in layout.turns:
        parts += _question(turn) if isinstance(turn, ExportedQuestion) else _answer(turn)
    return "\n".join(parts)


def _question(question: ExportedQuestion) -> list[str]:
    asked = "<br/>".join(map(_escaped, question.lines))
    turned = _direction(question.lines[0])
    return [f"<h2>{_escaped(question.label)}</h2>", f'<p class="question"{turned}>{asked}</p>']


def _answer(answer: Answer) -> Iterator[str]:
    yield f"<h3>{_escaped(answer.label)}</h3>"
    if answer.state:
        yield f'<p class="state">{_escaped(answer.state)}</p>'
    yield from _Body().html(answer.blocks)
    if answer.result:
        yield from _result(answer.result)
    if answer.references:
        yield f'<p class="sources" id="label">{_escaped(answer.heading)}</p>'
        for reference in answer.references:
            yield from _reference(reference)


def _reference(reference: Reference) -> Iterator[str]:
    number = f"[{reference.number}] " if reference.number is not None else ""
    place = f" · {_escaped(reference.place)}" if reference.place else ""
    look = "source" if number else "source open"
    yield f'<p class="{look}">{number}<b>{_escaped(reference.name)}</b>{place}</p>'
    for quote in reference.quotes:
        yield f'<p class="quote"{_direction(quote)}>{_escaped(quote)}</p>'


def _result(result: ExportedComputation) -> Iterator[str]:
    yield f'<p class="sources" id="label">{_escaped(result.title)}</p>'
    yield _table(result.table)
    yield f'<p class="origin">{_escaped(result.origin)}</p>'
    yield f'<p class="origin"><code>{_escaped(result.query)}</code></p>'


class _Body:
    """Blocks as HTML; knows which lists are open."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    def html(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, Item):
                yield from self._item(block)
            else:
                yield from self._close(block.depth if isinstance(block, Paragraph | Code) else 0)
                yield _block(block)
        yield from self._close(0)

    def _item(self, item: Item) -> Iterator[str]:
        if len(self._open) >= item.depth and self._open[item.depth - 1][0] != item.sequence:
            yield from self._close(item.depth - 1)
        yield from self._close(item.depth)
        if len(self._open) == item.depth:
            yield "</li>"
        else:
            kind = "ul" if item.number is None else "ol"
            yield "<ul>" if item.number is None else f'<ol start="{item.number}">'
            self._open.append((item.sequence, kind))
        yield f"<li>{_inline(item.runs)}"

    def _close(self, depth: int) -> Iterator[str]:
        while len(self._open) > depth:
            yield f"</li></{self._open.pop()[1]}>"


def _block(block: Heading | Paragraph | Code | ExportedTable | Rule) -> str:
    if isinstance(block, Heading):
        level = min(block.level + _BELOW, _DEEPEST)
        return f"<h{level}>{_inline(block.runs)}</h{level}>"
    if isinstance(block, Paragraph):
        look = ' class="quoted"' if block.quoted else ""
        turned = _direction("".join(run.text for run in block.runs))
        return f"<p{look}{turned}>{_inline(block.runs)}</p>"
    if isinstance(block, Code):
        return f"<pre>{escape(_PICTOGRAPHS.sub('', _folded(block.text)))}</pre>"
    return "<hr/>" if isinstance(block, Rule) else _table(block)


def _table(table: ExportedTable) -> str:
    word = max(_CODE // max(len(table.right), 1) - 4, 2)
    rows = []
    for number, row in enumerate(table.rows):
        name = "td" if number else "th"
        cells = (
            f"<{name}{' class=right' if right else ''}>{_inline(runs, word)}</{name}>"
            for runs, right in zip(row, table.right, strict=False)
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _inline(runs: Runs, word: int = _WORD) -> str:
    return "".join(_run(run, word) for run in runs)


def _run(run: TextRun, word: int) -> str:
    if run.mark:
        return f"<sup>[{_escaped(run.text)}]</sup>"
    text = _escaped(run.text, word).replace("\n", "<br/>")
    looks = ((run.code, "code"), (run.struck, "s"), (run.italic, "i"), (run.bold, "b"))
    for wanted, name in looks:
        text = f"<{name}>{text}</{name}>" if wanted else text
    return text


def _escaped(text: str, word: int = _WORD) -> str:
    """As HTML; a word of more than `word` characters may break, it would leave the page."""
    breakable = re.sub(f"\\S{{{word}}}(?=\\S)", "\\g<0>\u200b", _PICTOGRAPHS.sub("", text))
    return escape(breakable)


def _folded(code: str) -> str:
    """No line longer than the page is wide."""
    return re.sub(f"[^\n]{{{_CODE}}}(?=[^\n])", "\\g<0>\n", code)


def _direction(text: str) -> str:
    return ' dir="rtl"' if is_right_to_left(text) else ""
