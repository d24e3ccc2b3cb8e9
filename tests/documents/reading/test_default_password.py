"""Workbooks that Excel encrypted with the password that it tries by itself."""

import io

import openpyxl
import pytest

from app.documents.reading import default_password
from app.documents.reading.reader import DocumentSource, read, tables
from app.domain.errors import PasswordNeeded

TRIED = "VelvetSweatshop"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Pump", "Flow"])
    sheet.append(["KN-17", 340])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def encrypted(password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook())).encrypt(password, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def protected() -> bytes:
    return encrypted(TRIED)


@pytest.mark.parametrize("name", ["Pumps.xlsx", "Pumps.xls", "Pumps"])
def test_it_is_read_whatever_it_is_called(protected: bytes, name: str) -> None:
    source = DocumentSource(name, data=protected)
    assert "KN-17" in " ".join(block.text for block in read(source).blocks)
    if name != "Pumps":
        assert tables(source)


def test_one_with_a_password_of_somebody_is_not() -> None:
    data = encrypted("another")
    assert default_password.opened(data) == data
    with pytest.raises(PasswordNeeded):
        read(DocumentSource("Pumps.xlsx", data=data))


def test_what_breaks_is_left_to_the_reader_of_its_format(protected: bytes) -> None:
    for place in range(600, len(protected), len(protected) // 40):
        damaged = bytearray(protected)
        damaged[place] ^= 0xFF
        opened = default_password.opened(bytes(damaged))
        assert opened == bytes(damaged) or opened.startswith(b"PK")
    assert default_password.opened(b"PK\x03\x04 no") == b"PK\x03\x04 no"
    assert default_password.opened(protected[:3000]) == protected[:3000]
