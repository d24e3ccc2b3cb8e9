"""Words with ligatures of TeX's fonts, and print over other print."""

import pytest

from app.documents.pdf.ligatures import with_ligatures
from app.documents.pdf.pdf import read
from tests.samples import make_printed


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("the signi\x1ccation of", "the signification of"),
        ("will not su\x1ece", "will not suffice"),
        ("e\x0ecient \x0cles \x0dow o\x0b", "efficient files flow off"),
        ("the ra\x0fe", "the raffle"),
        ("12 \x0c 34", "12 \x0c 34"),
        ("\u0627\x0c\u0646", "\u0627\x0c\u0646"),
        ("plain", "plain"),
    ],
)
def test_ligatures(written: str, read_as: str) -> None:
    assert with_ligatures(written) == read_as


@pytest.mark.parametrize("shift", [0.0, 20.0])
def test_lines_over_each_other_keep_their_words(shift: float) -> None:
    words = [
        (100.0, 92.0, "Text the first time", 24.0, False),
        (100.0 + shift, 94.0, "Notes the second time", 24.0, False),
    ]
    found = " ".join(block.text for block in read(make_printed(words), "a.pdf").blocks)
    assert found == "Text the first time Notes the second time"
