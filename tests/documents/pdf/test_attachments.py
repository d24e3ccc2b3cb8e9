"""Files that are attached to a PDF are named in it and read as documents of their own."""

from collections.abc import Sequence

import pymupdf
import pytest

from app.documents.reading.reader import DocumentSource, is_container, parts, read
from app.domain.errors import NoText
from app.domain.library.reading import UnreadReason

SUMS = "Работа,Сумма\nКровля,218400\n".encode()


def letter(
    attached: Sequence[tuple[str, bytes]] = (),
    pinned: Sequence[tuple[str, bytes]] = (),
    text: str = "The sums are attached.",
) -> DocumentSource:
    """A PDF with files attached to it as a whole, and pinned to its page."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), text)
    for number, (name, data) in enumerate(attached):
        document.embfile_add(f"{number} {name}", data, filename=name, ufilename=name)
    for name, data in pinned:
        page.add_file_annot((300, 300), data, name, ufilename=name, desc="")
    data = document.tobytes(garbage=3, deflate=True, use_objstms=1)
    document.close()
    return DocumentSource("letter.pdf", data=data)


def found(source: DocumentSource) -> dict[str, bytes]:
    assert is_container(source.name, source.data or b"")
    return {part.name: part.data for part in parts(source)}


def test_attached_files_are_parts_and_are_named() -> None:
    inner = letter(text="Power 412 kW").data or b""
    source = letter([("смета.csv", SUMS), ("power.pdf", inner)])
    assert found(source) == {"смета.csv": SUMS, "power.pdf": inner}
    assert read(source).blocks[-1].text == "Attachments: смета.csv, power.pdf"
    held = DocumentSource("power.pdf", data=found(source)["power.pdf"])
    assert read(held).blocks[0].text == "Power 412 kW"


def test_files_that_are_pinned_to_a_page_are_parts_and_are_named() -> None:
    source = letter(pinned=[("sums.csv", SUMS)])
    assert found(source) == {"sums.csv": SUMS}
    assert "sums.csv" in [block.text for block in read(source).blocks]


def test_names_that_are_taken_or_lead_elsewhere() -> None:
    source = letter([("a.csv", b"1;2"), ("../x/A.csv", b"3;4")], pinned=[("a.csv", b"5;6")])
    assert found(source) == {"a.csv": b"1;2", "A (2).csv": b"3;4", "a (3).csv": b"5;6"}


def test_a_portfolio_without_text_names_its_files() -> None:
    source = letter([("sums.csv", SUMS)], text="")
    assert [block.text for block in read(source).blocks] == ["Attachments: sums.csv"]
    assert found(source) == {"sums.csv": SUMS}


def test_what_is_no_document_is_named_but_no_part() -> None:
    source = letter([("program.exe", b"MZ")])
    assert [part.refused for part in parts(source)] == [UnreadReason.PART_FORMAT]
    assert "program.exe" in read(source).blocks[-1].text


def test_a_plain_pdf_is_no_container() -> None:
    source = letter()
    assert not is_container(source.name, source.data or b"")
    assert not list(parts(source))
    with pytest.raises(NoText):
        read(letter(text=""))
