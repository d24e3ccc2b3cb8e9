"""The sample library is what its texts say, and says the same every time."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import sample_library

TEXTS = sorted(each for each in sample_library.TEXTS.glob("*/*.*"))


def test_every_text_has_its_document() -> None:
    made = {(each.parent.name, sample_library.make(each)[0]) for each in TEXTS}
    there = {(each.parent.name, each.name) for each in sample_library.LIBRARY.glob("*/*")}
    assert len(made) == len(TEXTS)
    assert made <= there


@pytest.mark.parametrize("source", TEXTS[:13], ids=lambda each: str(each.name))
def test_the_same_text_makes_the_same_bytes(source: Path) -> None:
    assert sample_library.make(source) == sample_library.make(source)


def test_formulas_have_their_values() -> None:
    from openpyxl import load_workbook

    facts = {
        "title": "Prices",
        "sheets": [{"name": "One", "widths": [9], "rows": [["Price"], [["=2*3", 6]]]}],
    }
    data = sample_library.xlsx(facts)
    values = [load_workbook(BytesIO(data), data_only=only)["One"]["A2"].value for only in (0, 1)]
    assert values == ["=2*3", 6]
    with zipfile.ZipFile(BytesIO(data)) as book:
        assert {each.date_time for each in book.infolist()} == {(2026, 5, 4, 9, 0, 0)}


def test_a_value_without_its_formula_is_an_error() -> None:
    with pytest.raises(ValueError, match="B2"):
        sample_library._with_value(b'<c r="A1"><f>1</f><v></v></c>', "B2", 1)
