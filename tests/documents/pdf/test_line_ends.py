"""What a hyphen at the end of a printed line means."""

import pytest

from app.documents.pdf.pdf import read
from tests.samples import make_printed

PROSE = "words of a paragraph that go on to the edge of the page, as in"


def text_of(first: str, second: str, bold: bool = False) -> str:
    lines = [(PROSE, False), (f"{PROSE} {first}", bold), (f"{second} {PROSE}.", False)]
    words = [(72.0, 90.0 + 13 * at, line, 10.0, b) for at, (line, b) in enumerate(lines)]
    return "\n".join(block.text for block in read(make_printed(words), "a.pdf").blocks)


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("the ware-", "house closes", "warehouse closes"),
        ("the RE-", "QUIRESSTACK functions", "REQUIRESSTACK functions"),
        ("for CO-", "BRA premiums", "COBRA premiums"),
        ("the loan-to-", "value ratio", "loan-to-value ratio"),
        ("at Saint-", "Denis and", "Saint-Denis and"),
        ("with COVID-", "19 and", "COVID-19 and"),
        ("a 5-", "year plan", "5-year plan"),
        ("of 1990-", "1995 and", "1990-1995 and"),
        ("form A-", "TEST and", "A-TEST and"),
        ("the gate -", "closed at six", "gate - closed"),
    ],
)
def test_the_word_is_whole(first: str, second: str, whole: str) -> None:
    assert whole in text_of(first, second)


@pytest.mark.parametrize(("first", "second"), [("frag-", "ments"), ("ex-", "ecuted")])
def test_a_word_is_whole_where_bold_print_ends_in_it(first: str, second: str) -> None:
    assert f"{first[:-1]}{second}" in text_of(first, second, bold=True)
    assert f"{first[:-1]} {second}" not in text_of(first[:-1], second, bold=True)
