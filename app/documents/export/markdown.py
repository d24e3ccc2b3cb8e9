"""A document as Markdown. What the answer wrote is escaped where a reader would make it live."""

import re
from itertools import pairwise

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
from app.documents.export.layout import (
    Answer,
    ExportedComputation,
    ExportedQuestion,
    Layout,
    Reference,
)

#: Signs that mean something in CommonMark or GitHub's dialect, addresses that become links there.
_SIGNS = re.compile(r"[\\`*\[\]<>|~$]|&(?=#?\w+;)|(?<!\w)_|_(?!\w)|(?<=\w)@(?=\w)")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp|www)(?=[:.])(.)")
_LINE_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[#+=-]))(.)")
#: Columns of a list's sign, and so of what stands inside of an item.
_WIDTH = 4
#: Headings of answers stand below those of questions, which are at level 2.
_BELOW = 2


def write(layout: Layout) -> bytes:
    """UTF-8, "\\n" at line ends."""
    parts = [f"# {_text(layout.title)}", _text(layout.facts)]
    parts += [f"*{_text(layout.note)}*"] if layout.note else []
    for turn in layout.turns:
        parts += _question(turn) if isinstance(turn, ExportedQuestion) else _answer(turn)
    return ("\n\n".join(filter(None, parts)) + "\n").encode()


def _question(question: ExportedQuestion) -> list[str]:
    asked = "  \n".join(f"> {_paragraph(line)}" for line in question.lines)
    return [f"## {_text(question.label)}", asked]


def _answer(answer: Answer) -> list[str]:
    parts = [f"### {_text(answer.label)}"]
    parts += [f"*{_text(answer.state)}*"] if answer.state else []
    parts += _blocks(answer.blocks)
    parts += _result(answer.result) if answer.result else []
    if answer.references:
        parts.append(f"**{_text(answer.heading)}**")
        parts.append("\n".join(_reference(reference) for reference in answer.references))
    return parts


def _reference(reference: Reference) -> str:
    number = f"{_mark(reference.number)} " if reference.number is not None else ""
    place = f", {_text(reference.place)}" if reference.place else ""
    quotes = "".join(f"  \n  {_paragraph(quote)}" for quote in reference.quotes)
    return f"- {number}**{_text(reference.name)}**{place}{quotes}"


def _result(result: ExportedComputation) -> list[str]:
    below = f"{_text(result.origin)}  \n{_text(result.query)}"
    return [f"**{_text(result.title)}**", _table(result.table), below]


def _blocks(blocks: tuple[Block, ...]) -> list[str]:
    """Items of a list stay together, everything else stands apart."""
    parts: list[str] = []
    for before, block in pairwise((None, *blocks)):
        text = _block(block) if block else ""
        if _joined(before, block):
            parts[-1] += f"\n{text}"
        else:
            parts.append(text)
    return parts


def _joined(before: Block | None, block: Block | None) -> bool:
    """A second list right after a first at the same depth would become part of it."""
    if not isinstance(before, Item) or not isinstance(block, Item):
        return False
    return before.sequence == block.sequence or before.depth != block.depth


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * min(block.level + _BELOW, 6)} {_inline(block.runs)}"
    if isinstance(block, Paragraph):
        text = _inline(block.runs)
        text = "\n".join(f"> {line}" for line in text.split("\n")) if block.quoted else text
        return _indented(text, block.depth)
    if isinstance(block, Item):
        return _item(block)
    if isinstance(block, Code):
        return _indented(_fenced(block.text), block.depth)
    return "---" if isinstance(block, Rule) else _table(block)


def _item(item: Item) -> str:
    """Neighbouring lists have signs of their own: they would become one."""
    bullet, bracket = "-." if item.sequence % 2 else "*)"
    sign = bullet if item.number is None else f"{item.number}{bracket}"
    room = " " * _WIDTH * (item.depth - 1)
    inner = _inline(item.runs).replace("\n", f"\n{' ' * _WIDTH * item.depth}")
    return f"{room}{sign:<{_WIDTH - 1}} {inner}".rstrip()


def _indented(text: str, depth: int) -> str:
    room = " " * _WIDTH * depth
    return "\n".join(f"{room}{line}" for line in text.split("\n"))


def _fenced(text: str) -> str:
    longest = max((len(each) for each in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _table(table: ExportedTable) -> str:
    head, *rows = [[_cell(runs) for runs in row] for row in table.rows]
    dashes = ["---:" if right else "---" for right in table.right]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, dashes, *rows))


def _cell(runs: Runs) -> str:
    """On one line; a bar would end it even in code."""
    inner = (_run(run).replace("|", "\\|") if run.code else _run(run) for run in runs)
    return "".join(inner).replace("\\\n", " ").replace("\n", " ")


def _inline(runs: Runs) -> str:
    """Several lines where the text has hard breaks, none of which begins anything."""
    text = "".join(map(_run, runs)).strip()
    return "\n".join(_harmless(line) for line in text.split("\n"))


def _paragraph(text: str) -> str:
    return _harmless(_text(text))


def _harmless(line: str) -> str:
    """Without a sign at its beginning that would make it a heading or a list."""
    return _LINE_START.sub(r"\1\\\2", line.lstrip(" \t"))


def _run(run: TextRun) -> str:
    if run.mark:
        return f" {_mark(run.text)}"
    if run.code:
        longest = max((len(each) for each in re.findall("`+", run.text)), default=0)
        fence = "`" * (longest + 1)
        room = " " if run.text.startswith("`") or run.text.endswith("`") else ""
        return f"{fence}{room}{run.text}{room}{fence}"
    text = _text(run.text).replace("\n", "\\\n")
    for wanted, sign in ((run.struck, "~~"), (run.italic, "*"), (run.bold, "**")):
        text = _wrapped(text, sign) if wanted else text
    return text


def _mark(number: int | str) -> str:
    """With its brackets escaped: before a parenthesis or a colon they would begin a link."""
    return f"\\[{number}\\]"


def _wrapped(text: str, sign: str) -> str:
    """The sign next to a letter: beside a space it would stand for itself."""
    inner = text.strip()
    if not inner:
        return text
    before, _, after = text.partition(inner)
    return f"{before}{sign}{inner}{sign}{after}"


def _text(text: str) -> str:
    escaped = _SIGNS.sub(r"\\\g<0>", text)
    return _ADDRESS.sub(r"\1\\\2", escaped)
