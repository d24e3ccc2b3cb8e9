"""White or tiny print of an RTF is left out and told of; white on a ground stays."""

import pytest

from app.documents.text.rtf import read
from app.domain.library.documents import ReadDocument
from app.domain.library.reading import UnreadPart, UnreadReason

COLOURS = r"{\colortbl;\red255\green255\blue255;\red20\green40\blue90;\red250\green252\blue255;}"


def letter(body: str) -> ReadDocument:
    return read(rf"{{\rtf1\ansi{COLOURS}Rent is due.\par {body}}}".encode(), "a.rtf")


@pytest.mark.parametrize(
    "body",
    [
        r"{\cf1 Told}\par",
        r"\cf3 Told\par",
        r"{\fs2 Told}\par",
        r"{\highlight2\highlight0\cf1 Told}\par",
        r"\pard\cbpat2 \pard\cf1 Told\par",
        r"{\footnote \cf1 Told}\par",
    ],
)
def test_print_that_nobody_sees_is_left_out_and_told(body: str) -> None:
    document = letter(body)
    assert [block.text for block in document.blocks] == ["Rent is due."]
    assert document.reading.hidden == 1
    assert document.reading.unread == (UnreadPart(UnreadReason.UNSEEN),)


@pytest.mark.parametrize(
    "body",
    [
        r"{\cf2 Told}\par",
        r"{\cf1\chcbpat2 Told}\par",
        r"\pard\cbpat2\cf1 Told\par",
        r"\trowd\clcbpat2\cellx900\cellx1800\pard\intbl{\cf1 Told}\cell{\cf1 2}\cell\row",
        r"{\cf1\plain Told}\par",
        r"{\fs8 Told}\par",
    ],
)
def test_what_is_seen_stays(body: str) -> None:
    document = letter(body)
    assert "Told" in "\n".join(block.text for block in document.blocks)
    assert document.reading.complete
