"""How an answer's Markdown stands on the screen, finished and while it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextFormat, QTextTable
from pytestqt.qtbot import QtBot

from app.domain.chat.conversation import Citation
from app.ui.chat.transcript.answer_document import AnswerDocument
from app.ui.chat.transcript.unfinished import settled
from app.ui.theme import LIGHT


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It is **bo", "It is **bo**"),
        ("It is **bold** and `co", "It is **bold** and `co`"),
        ("As said [1", "As said"),
        ("As said [1].", "As said [1]."),
        ("Text\n\n| a | b", "Text\n"),
        ("Text\n\n| a | b |\n|--", "Text\n"),
        ("Text\n\n| a | b |\n|---|---|\n| 1", "Text\n\n| a | b |\n|---|---|\n| 1"),
        ("```python\nprint(1", "```python\nprint(1\n```"),
        ("```\na\n```\nAfter **it", "```\na\n```\nAfter **it**"),
        ("**", ""),
        ("", ""),
    ],
)
def test_what_is_open_is_closed_for_the_moment(written: str, shown: str) -> None:
    assert settled(written) == shown


@given(st.text("ab*`~|[]-\n 1", max_size=60))
def test_it_shows_hardly_less_than_was_written(written: str) -> None:
    letters = [sign for sign in written if sign in "ab"]
    kept = [sign for sign in settled(written) if sign in "ab"]
    table = written.rpartition("\n\n")[2].count("|")
    assert kept == letters or table or "[" in written


def color_at(document: AnswerDocument, word: str) -> str:
    place = document.toPlainText().index(word)
    cursor = QTextCursor(document)
    cursor.setPosition(place + 1)
    return cursor.charFormat().foreground().color().name().upper()


def test_code_is_coloured_where_its_language_is_named(qtbot: QtBot) -> None:
    document = AnswerDocument(LIGHT)
    code = "def days():\n    # leave\n    return 28"
    document.show_answer(f"As code:\n\n```python\n{code}\n```\n\n```\ndef plain\n```\n", ())
    assert color_at(document, "def days") == LIGHT.accent
    assert color_at(document, "# leave") == LIGHT.muted
    assert color_at(document, "28") == LIGHT.danger
    assert color_at(document, "def plain") == LIGHT.text
    assert code.splitlines()[0] in document.toPlainText()
    document.show_answer("```nosuchlanguage\ndef x\n```", ())
    assert color_at(document, "def x") == LIGHT.text


def test_tables_and_headings_are_drawn(qtbot: QtBot) -> None:
    document = AnswerDocument(LIGHT)
    document.show_answer("# Leave\n\n| Years | Days |\n|---|---|\n| 1 | 28 |\n", ())
    (table,) = [e for e in document.rootFrame().childFrames() if isinstance(e, QTextTable)]
    assert (table.rows(), table.columns()) == (2, 2)
    assert table.format().borderCollapse()
    cursor = QTextCursor(document)
    cursor.setPosition(1)
    assert cursor.charFormat().font().pixelSize() == 17
    assert cursor.blockFormat().property(QTextFormat.Property.HeadingLevel) == 1


def test_plain_text_has_numbers_for_chips(qtbot: QtBot) -> None:
    document = AnswerDocument(LIGHT)
    document.show_answer("**28 days** [1].", (Citation(1, 13, "28 days", 0, 7, True),))
    assert document.plain().replace("  ", " ").strip() == "28 days [1]."
