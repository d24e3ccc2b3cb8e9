"""Equations of DOCX on one line: what follows a power or an index is no part of it."""

import pytest
from lxml import etree

from app.documents.word.docx_text import text_of

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def run(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def script(kind: str, base: str, small: str) -> str:
    tag = "sub" if kind == "sSub" else "sup"
    return f"<m:{kind}><m:e>{run(base)}</m:e><m:{tag}>{run(small)}</m:{tag}></m:{kind}>"


@pytest.mark.parametrize(
    ("equation", "told"),
    [
        (script("sSub", "β", "t") + script("sSub", "x", "t"), "β_t x_t"),
        (script("sSup", "x", "2") + run("y"), "x^2 y"),
        (script("sSub", "x", "1") + run("+y"), "x_1+y"),
        (script("sSub", "σ", "2006,2007") + run("σ"), "σ_(2006,2007)σ"),
        (run("ab") + run("c"), "abc"),
    ],
)
def test_what_follows_an_index(equation: str, told: str) -> None:
    paragraph = etree.fromstring(f"<w:p {NAMES}><m:oMath>{equation}</m:oMath></w:p>")
    assert text_of(paragraph) == told
