"""Workbooks whose styles openpyxl refuses are read for their values, as their formats show them."""

from datetime import date

import pytest

from app.documents.sheets.xlsx import read
from app.domain.errors import DamagedFile
from tests.documents.packages import unzipped, zipped
from tests.samples import cells, make_xlsx

STYLES = "xl/styles.xml"
ROWS: list[list[object]] = [["Name", "Paid", "Share"], ["Anna", date(2024, 1, 31), 0.125]]
SHOWN = {"B2": "dd.mm.yyyy", "C2": "0.0%"}


def with_styles(old: bytes, new: bytes) -> bytes:
    parts = unzipped(make_xlsx({"S": cells("A1", ROWS)}, SHOWN))
    assert old in parts[STYLES]
    parts[STYLES] = parts[STYLES].replace(old, new)
    return zipped(parts)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<xf ", b'<xf countOfFonts="8" '),
        (b"<cellStyle ", b'<cellStyle unknown="1" '),
        (b"<font>", b"<font><unknown/>"),
    ],
)
def test_values_and_their_formats_are_read(old: bytes, new: bytes) -> None:
    found = read(with_styles(old, new), "a.xlsx")
    assert any("Anna | 31.01.2024 | 12.5%" in block.text for block in found.blocks)


def test_styles_that_are_no_xml_are_damage() -> None:
    with pytest.raises(DamagedFile):
        read(with_styles(b"<fonts", b"<<fonts"), "a.xlsx")


def test_styles_in_the_words_of_another_program_have_their_fallback() -> None:
    parts = unzipped(with_styles(b"<cellStyle ", b'<cellStyle unknown="1" '))
    start, rest = parts[STYLES].split(b"<cellXfs", 1)
    inside, end = rest.split(b"</cellXfs>", 1)
    head, *formats = inside.split(b"<xf ")
    names = b'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    twice = [
        b"<mc:AlternateContent %b><mc:Choice Requires='x'><xf %b</mc:Choice><mc:Fallback><xf %b"
        b"</mc:Fallback></mc:AlternateContent>" % (names, each, each)
        for each in formats
    ]
    parts[STYLES] = start + b"<cellXfs" + head + b"".join(twice) + b"</cellXfs>" + end
    found = read(zipped(parts), "a.xlsx")
    assert any("Anna | 31.01.2024 | 12.5%" in block.text for block in found.blocks)
