"""A document as DOCX, by python-docx, with Word's own headings, lists, tables and page numbers."""

import io
from typing import Any

from app.documents.export.blocks import (
    Block,
    Code,
    ExportedTable,
    Heading,
    Item,
    Paragraph,
    Runs,
    TextRun,
)
from app.documents.export.direction import is_right_to_left
from app.documents.export.docx_paper import Paper
from app.documents.export.layout import (
    Answer,
    ExportedComputation,
    ExportedQuestion,
    Layout,
    Reference,
)

#: Headings of answers stand below those of questions; Word shows nine levels.
_BELOW, _DEEPEST = 2, 6


def write(layout: Layout) -> bytes:
    return _Writer(layout).written()


class _Writer:
    """Puts one document together; `_paper` knows the XML."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._paper = Paper(layout.title, layout.language)
        self._lists: dict[int, int] = {}

    def written(self) -> bytes:
        self._add("Title", (TextRun(self._layout.title),))
        if self._layout.facts:
            self._add("Subtitle", (TextRun(self._layout.facts),))
        if self._layout.note:
            self._add("Note", (TextRun(self._layout.note),))
        for turn in self._layout.turns:
            if isinstance(turn, ExportedQuestion):
                self._question(turn)
            else:
                self._answer(turn)
        self._paper.footer(self._layout.title, self._layout.footer)
        out = io.BytesIO()
        self._paper.document.save(out)
        return out.getvalue()

    def _question(self, question: ExportedQuestion) -> None:
        self._add("Heading 1", (TextRun(question.label),))
        self._add("Question", (TextRun("\n".join(question.lines)),))

    def _answer(self, answer: Answer) -> None:
        self._lists = {}
        self._add("Heading 2", (TextRun(answer.label),))
        if answer.state:
            self._add("State", (TextRun(answer.state),))
        for block in answer.blocks:
            self._block(block)
        if answer.result:
            self._result(answer.result)
        if answer.references:
            self._add("Sources", (TextRun(answer.heading),))
            for reference in answer.references:
                self._reference(reference)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._add(f"Heading {min(block.level + _BELOW, _DEEPEST)}", block.runs)
        elif isinstance(block, Paragraph):
            added = self._add("Quote" if block.quoted else "Normal", block.runs)
            self._paper.indent(added, block.depth)
        elif isinstance(block, Item):
            added = self._add("List Paragraph", block.runs)
            self._paper.number(added, block.depth, self._list(block))
        elif isinstance(block, Code):
            self._paper.indent(self._add("Code", (TextRun(block.text),)), block.depth)
        elif isinstance(block, ExportedTable):
            self._table(block)
        else:
            self._paper.rule()

    def _list(self, item: Item) -> int:
        """The numbering of its list, which begins with the item's number."""
        if item.sequence not in self._lists:
            self._lists[item.sequence] = self._paper.new_list(item.depth, item.number)
        return self._lists[item.sequence]

    def _result(self, result: ExportedComputation) -> None:
        self._add("Sources", (TextRun(result.title),))
        self._table(result.table)
        self._add(
            "Origin", (TextRun(result.origin), TextRun("\n"), TextRun(result.query, code=True))
        )

    def _reference(self, reference: Reference) -> None:
        number = f"[{reference.number}]\t" if reference.number is not None else ""
        runs = [TextRun(number), TextRun(reference.name, bold=True)]
        if reference.place:
            runs.append(TextRun(f" · {reference.place}"))
        runs += [TextRun(f"\n{quote}", italic=True) for quote in reference.quotes]
        self._add("Source", tuple(runs))

    def _table(self, table: ExportedTable) -> None:
        made = self._paper.table(len(table.rows), len(table.right))
        for number, row in enumerate(table.rows):
            for cell, runs, right in zip(made.rows[number].cells, row, table.right, strict=False):
                shown = tuple(_heavy(run) for run in runs) if number == 0 else runs
                paragraph = cell.paragraphs[0]
                self._paper.style(paragraph, "Cell")
                self._fill(paragraph, shown)
                if right:
                    self._paper.align_right(paragraph)
        self._paper.after_table()

    def _add(self, style: str, runs: Runs) -> Any:
        paragraph = self._paper.document.add_paragraph()
        self._paper.style(paragraph, style)
        self._fill(paragraph, runs)
        return paragraph

    def _fill(self, paragraph: Any, runs: Runs) -> None:
        backwards = is_right_to_left("".join(run.text for run in runs))
        if backwards:
            self._paper.turn(paragraph)
        for run in runs:
            text = f"[{run.text}]" if run.mark else run.text
            self._paper.dress(paragraph.add_run(text), run, backwards=backwards)


def _heavy(run: TextRun) -> TextRun:
    return run if run.mark else TextRun(run.text, True, run.italic, run.code, run.struck)
