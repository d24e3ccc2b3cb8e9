"""Documents of Word 97 to 2003."""

import struct
import time
from pathlib import Path

import pytest

from app.documents.reading.reader import DocumentSource, read
from app.domain.errors import (
    DamagedFile,
    DocumentError,
    EmptyDocument,
    OldWordFormat,
    PasswordNeeded,
)
from app.domain.library.documents import BlockKind, ReadDocument
from app.domain.library.reading import UnreadReason
from tests.documents.binary.compound import TEXT_AT, compound, word

FILES = Path(__file__).parents[1] / "files"


def opened(data: bytes, name: str = "a.doc") -> ReadDocument:
    return read(DocumentSource(name, data=data))


def texts(data: bytes, name: str = "a.doc") -> list[str]:
    return [block.text for block in opened(data, name).blocks]


def test_a_document_of_another_program() -> None:
    document = opened((FILES / "letter.doc").read_bytes())
    told = [block.text for block in document.blocks]
    assert document.title == "Договор поставки угля"
    assert told == [
        "Договор поставки угля",
        "Поставщик отгружает 4200 тонн до 14 марта 2031 года.",
        "Сноска: без учёта влажности.",
        "Цена",
        "Цена тонны 7 350 рублей.",
        "Аванс 30 %.",
        "Аванс платится за пять дней.",
        "Подробнее на странице поставщика, объём 106 Па.",
        "Марка | Зольность | Партия\nДПК | 11,4 | Б-17\nССОМ |  | Б-18",
        "Latin text with naïve “quotes” – and a dash.",
        "Уточнить срок у склада.",
        "Текст у рамки.",
        "Конец.\nВторая строка.",
        "Концевая: протокол 9.",
        "В рамке: склад Восточный.",
        "Черновик, редакция 7",
        "Страница 1",
    ]
    levels = [(b.kind, b.level) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert levels == [(BlockKind.HEADING, 1), (BlockKind.HEADING, 2)]
    items = [b.level for b in document.blocks if b.kind is BlockKind.LIST_ITEM]
    assert items == [1, 1, 2]


@pytest.mark.parametrize("name", ["a.doc", "a.dot", "a.docx", "a.pdf", "a.xls", "a.txt", "a"])
def test_it_is_read_under_any_name(name: str) -> None:
    assert "Цена тонны 7 350 рублей." in texts((FILES / "letter.doc").read_bytes(), name)


def test_pieces_of_both_widths() -> None:
    pieces = [
        ("Caf\xe9 \u201cOpen\u201d\r", True),
        ("Насос КМ-80 😀 стоит\r", False),
        ("x\r", True),
    ]
    assert texts(word(pieces)) == ["Café “Open”", "Насос КМ-80 😀 стоит", "x"]


def test_what_was_deleted_is_left_out() -> None:
    data = word([("kept gone kept\rall gone\rend\r", True)], deleted=[(5, 10), (15, 24)])
    assert texts(data) == ["kept kept", "end"]
    wide = word([("kept gone kept\r", False)], deleted=[(10, 20)])
    assert texts(wide) == ["kept kept"]


def test_fields_say_their_result() -> None:
    inner = "\x13 REF b \x147\x15"
    text = (
        f'См. \x13 HYPERLINK "http://a/" \\l {inner}\x14пункт {inner}\x15 и \x13 XE "у" \x15далее\r'
    )
    assert texts(word([(text, False)])) == ["См. пункт 7 и далее"]
    assert texts(word([("не \x13 конец\rвсё\x15\x15 же\r", False)])) == ["не же"]
    assert texts(word([("не \x13конец\r\x14всё же\r", False)])) == ["не конец", "всё же"]


def test_rows_of_a_table() -> None:
    text = "Цех\x07План\x07\x07Литейный\rстарый\x07\x07\x07после\r"
    marks = [2 * (at + 1) for at in (len("Цех\x07План\x07"), len(text) - len("после\r") - 1)]
    data = word([(text, False)], row_ends=marks)
    assert texts(data) == ["Цех | План\nЛитейный старый | ", "после"]


def test_rows_of_a_table_without_formats() -> None:
    assert texts(word([("Цех\x07План\x07\x07Литейный\x07410\x07\x07после\r", False)])) == [
        "Цех | План\nЛитейный | 410",
        "после",
    ]


def test_signs_of_word() -> None:
    text = "не\x1fраз\x1fрыв\x1eный\x0bстрока\x0cстраница\r\x01\x08\x02\x05\r"
    document = opened(word([(text, False)]))
    assert [block.text for block in document.blocks] == ["неразрыв-ный\nстрока", "страница"]
    assert document.reading.skipped_pictures == 1
    assert [part.code for part in document.reading.unread] == [UnreadReason.PICTURE_FORMAT]


def test_an_empty_cell_is_no_end_of_a_row() -> None:
    text = "а\x07\x07в\x07\x07г\x07\x07\x07\x07"
    data = word([(text, False)], row_ends=[12, 22])
    assert texts(data) == ["а |  | в\nг |  | "]


def test_a_password() -> None:
    with pytest.raises(PasswordNeeded):
        opened(word([("x\r", True)], flags=0x0300))


@pytest.mark.parametrize("version", [0x65, 0x68])
def test_older_word_is_called_so(version: int) -> None:
    with pytest.raises(OldWordFormat):
        opened(word([("x\r", True)], version=version))


@pytest.mark.parametrize("data", [b"\xdb\xa5\x2d\0" + b"x" * 600, b"\x31\xbe\0\0" + b"x" * 600])
def test_word_before_compound_files_is_called_so(data: bytes) -> None:
    with pytest.raises(OldWordFormat):
        opened(data)


def test_what_is_no_document() -> None:
    with pytest.raises(EmptyDocument):
        opened(word([("\r\r", True)]))
    with pytest.raises(DamagedFile):
        opened(compound({"Something": b"x"}))
    with pytest.raises(DamagedFile):
        opened(compound({"WordDocument": b"\xec\xa5\xc1\0"}))


@pytest.mark.parametrize(
    "places", [[0, 2**31], [0, 2**32 - 1], [5, 0], [0, 2**20], [2**31, 2**31 + 3]]
)
def test_lengths_that_lie(places: list[int]) -> None:
    with pytest.raises(DocumentError):
        opened(word([("abc\r", True)], places=places))


def test_pieces_that_say_the_same_again() -> None:
    """A thousand pieces over the same bytes are no text of a thousand times their length."""
    data = bytearray(word([("a" * 60_000, True), *[("b", True)] * 1000]))
    began = time.monotonic()
    table = struct.pack("<I", TEXT_AT * 2 | 0x40000000)
    second = struct.pack("<I", (TEXT_AT + 60_000) * 2 | 0x40000000)
    while (at := data.find(second)) >= 0:
        data[at : at + 4] = table
        second = struct.pack("<I", int.from_bytes(second, "little") + 2)
    opened(bytes(data))
    assert time.monotonic() - began < 5


def test_every_byte_of_the_header_changed() -> None:
    whole = word([("Текст\r", False)], deleted=[(0, 2)], row_ends=[12])
    began = time.monotonic()
    for at in range(512, 512 + 0x2A8, 3):
        data = bytearray(whole)
        data[at : at + 4] = b"\xff\xff\xff\x7f"
        try:
            opened(bytes(data))
        except DocumentError:
            continue
    assert time.monotonic() - began < 20


def test_a_table_of_chains_longer_than_the_file() -> None:
    data = bytearray(word([("x\r", True)]))
    data[44:48] = b"\xff\xff\xff\x7f"
    with pytest.raises(DamagedFile):
        opened(bytes(data))
