"""Hidden text of a DOCX is left out, and the reading report says where there was some."""

import io

import docx
import pytest

from app.documents.word.docx import read


def document(*paragraphs: list[tuple[str, bool | None]]) -> bytes:
    """Paragraphs of runs: a text and whether it is hidden."""
    made = docx.Document()
    for runs in paragraphs:
        paragraph = made.add_paragraph()
        for text, hidden in runs:
            paragraph.add_run(text).font.hidden = hidden
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("paragraphs", "count"),
    [
        ([[("The rent ", None), ("of old ", True), ("is paid", None)]], 1),
        ([[("The rent ", None), ("a", True), ("b", True)], [("c", True)], [("d", None)]], 2),
        ([[("The rent ", False), (" ", True)]], 0),
        ([[("The rent", None)]], 0),
    ],
)
def test_paragraphs_with_hidden_text_are_counted(
    paragraphs: list[list[tuple[str, bool | None]]], count: int
) -> None:
    found = read(document(*paragraphs), "a.docx")
    assert found.reading.hidden == count
    text = " ".join(block.text for block in found.blocks)
    assert "The rent" in text
    assert "of old" not in text
