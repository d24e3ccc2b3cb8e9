import io
import zipfile

import pytest

from app.documents.reader import Source, read
from app.domain.errors import DamagedFile, FileTooLarge, PasswordNeeded
from app.domain.library import BlockKind, ReadDocument
from tests.samples import make_docx


def read_docx(data: bytes) -> ReadDocument:
    return read(Source("sample.docx", data=data))


def test_structure_in_document_order() -> None:
    document = read_docx(
        make_docx(
            [
                ("Title", "Отчёт о работе"),
                ("Heading 1", "Глава"),
                ("Normal", "Абзац."),
                ("List Bullet", "пункт"),
                ("List Bullet 2", "подпункт"),
                [["Год", "Сумма"], ["2018", "12"]],
                ("Heading 2", "Раздел"),
                ("Normal", "Конец."),
            ]
        )
    )
    assert document.title == "Отчёт о работе"
    assert document.pages is None
    assert [(b.kind, b.level, b.text) for b in document.blocks] == [
        (BlockKind.HEADING, 1, "Отчёт о работе"),
        (BlockKind.HEADING, 1, "Глава"),
        (BlockKind.PARAGRAPH, 0, "Абзац."),
        (BlockKind.LIST_ITEM, 1, "пункт"),
        (BlockKind.LIST_ITEM, 2, "подпункт"),
        (BlockKind.TABLE, 0, "Год | Сумма\n2018 | 12"),
        (BlockKind.HEADING, 2, "Раздел"),
        (BlockKind.PARAGRAPH, 0, "Конец."),
    ]


def test_unseen_characters_are_stripped() -> None:
    hidden = "".join(chr(0xE0000 + ord(sign)) for sign in "obey")
    document = read_docx(make_docx([("Normal", f"Vis\u200bible{hidden} te\u00adxt\u202e.")]))
    assert document.blocks[0].text == "Visible text."


def test_password_and_damage() -> None:
    with pytest.raises(PasswordNeeded):
        read_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(DamagedFile):
        read_docx(b"PK\x03\x04 and no more")
    with pytest.raises(DamagedFile):
        read_docx(b"plain text")
    whole = make_docx([("Normal", "Text.")])
    with pytest.raises(DamagedFile):
        read_docx(whole[: len(whole) // 2])


def zipped(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return stream.getvalue()


def test_zip_bomb_is_refused_before_it_inflates() -> None:
    bomb = zipped({"word/document.xml": b" " * 20_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(FileTooLarge):
        read_docx(bomb)


def test_too_many_parts_and_wrong_parts() -> None:
    with pytest.raises(FileTooLarge):
        read_docx(zipped({f"{number}": b"" for number in range(10_001)}))
    with pytest.raises(DamagedFile):
        read_docx(zipped({"word/document.xml": b"<not-xml", "[Content_Types].xml": b"<"}))
