"""Colours for code in answers, by Pygments, where the fence names a language."""

from collections.abc import Iterator
from itertools import groupby

from PySide6.QtGui import (
    QColor,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from app.ui.theme import Colors

#: Longer code stays plain: lexers of some languages take more than linear time.
_MOST = 20_000


def colour(document: QTextDocument, colors: Colors) -> None:
    """Every fenced stretch of a document, in place."""
    for language, blocks in _fenced(document):
        text = "\n".join(block.text() for block in blocks)
        if language and len(text) <= _MOST:
            _colour(document, blocks[0].position(), text, language, colors)


def _fenced(document: QTextDocument) -> Iterator[tuple[str, list[QTextBlock]]]:
    """Each stretch of code with the language that its fence names, "" for none."""
    blocks, block = list[QTextBlock](), document.begin()
    while block.isValid():
        blocks.append(block)
        block = block.next()
    for language, run in groupby(blocks, _language):
        if language is not None:
            yield language, list(run)


def _language(block: QTextBlock) -> str | None:
    layout = block.blockFormat()
    if not layout.hasProperty(QTextFormat.Property.BlockCodeFence):
        return None
    return str(layout.property(QTextFormat.Property.BlockCodeLanguage) or "")


def _colour(document: QTextDocument, start: int, text: str, language: str, colors: Colors) -> None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language.split()[0].lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return
    cursor = QTextCursor(document)
    for offset, kind, value in lexer.get_tokens_unprocessed(text):
        if (color := _color(str(kind), colors)) and value.strip():
            cursor.setPosition(start + offset)
            cursor.setPosition(start + offset + len(value), QTextCursor.MoveMode.KeepAnchor)
            drawn = QTextCharFormat()
            drawn.setForeground(QColor(color))
            cursor.mergeCharFormat(drawn)


def _color(kind: str, colors: Colors) -> str:
    for part, color in (
        ("Comment", colors.muted),
        ("Keyword", colors.accent),
        ("Operator.Word", colors.accent),
        ("String", colors.gold),
        ("Number", colors.danger),
        ("Name.Function", colors.accent),
        ("Name.Class", colors.accent),
        ("Name.Tag", colors.accent),
        ("Name.Attribute", colors.gold),
    ):
        if part in kind:
            return color
    return ""
