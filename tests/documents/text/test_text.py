import contextlib
import os
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.reading.reader import DocumentSource, known_suffixes, read
from app.domain.errors import (
    DamagedFile,
    DocumentError,
    EmptyDocument,
    FileDenied,
    FileMissing,
    UnknownFormat,
)
from app.domain.library.documents import BlockKind, ReadDocument

RUSSIAN = (
    "Компания основана в апреле 1936 года.\nОна работает до сих пор.\n\nВторой абзац о флоте.\n"
)


def read_text(data: bytes, name: str = "sample.txt") -> ReadDocument:
    return read(DocumentSource(name, data=data))


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_encodings(encoding: str) -> None:
    document = read_text(RUSSIAN.encode(encoding))
    assert [(b.text, b.line) for b in document.blocks] == [
        ("Компания основана в апреле 1936 года.\nОна работает до сих пор.", 1),
        ("Второй абзац о флоте.", 4),
    ]


def test_western_encoding() -> None:
    text = "Le café était fermé; l'été dernier, à côté de l'hôtel, une élève a été reçue."
    assert read_text(text.encode("cp1252")).blocks[0].text == text


def test_long_lines_are_paragraphs_each() -> None:
    line = "Очень длинная строка. " * 20
    document = read_text(f"{line}\nКороткая.\n{line}".encode())
    assert [block.line for block in document.blocks] == [1, 2, 3]


def test_wiki_headings() -> None:
    blocks = read_text("Начало.\n\n== История ==\nТекст.\n=== Флот ===\n".encode()).blocks
    assert [(b.kind, b.level, b.text, b.line) for b in blocks] == [
        (BlockKind.PARAGRAPH, 0, "Начало.", 1),
        (BlockKind.HEADING, 1, "История", 3),
        (BlockKind.PARAGRAPH, 0, "Текст.", 4),
        (BlockKind.HEADING, 2, "Флот", 5),
    ]


def test_hostile_lines_take_linear_time() -> None:
    started = time.monotonic()
    read_text(b"= a" + b" " * 200_000 + b"b\n" + b"<!--" * 20_000)
    read_text(b"---\n" + b"a: b\n" * 50_000, "a.md")
    assert time.monotonic() - started < 20


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DamagedFile):
        read_text(b"\x7fELF\x02\x01\x01" + b"\0" * 9 + bytes(range(1, 200)))
    with pytest.raises(EmptyDocument):
        read_text(b"")
    with pytest.raises(EmptyDocument):
        read_text(b" \n\n ")
    with pytest.raises(FileMissing):
        read(DocumentSource("gone.txt", str(tmp_path / "gone.txt")))
    with pytest.raises(DamagedFile):
        read(DocumentSource("folder.txt", str(tmp_path)))


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("text")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied", os.fspath(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileDenied):
        read(DocumentSource("closed.txt", str(path)))


def test_unknown_suffix() -> None:
    assert read_text(b"Some words.", "notes.log").blocks[0].text == "Some words."
    for data in (
        b"PK\x03\x04rest",
        bytes(range(1, 32)) * 9,
    ):
        with pytest.raises(UnknownFormat):
            read_text(data, "thing.bin")
    with pytest.raises(DamagedFile):
        read_text(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "thing.bin")
    assert {".pdf", ".docx", ".txt", ".md"} <= known_suffixes()


def test_markdown() -> None:
    source = """---
title: front
---
# Title *here*

A [link](http://x.y) and `code`
on two lines ![picture](http://z/p.png).

- one
  - two

| a | b |
|---|---|
| 1 | **2** |

```py
x = 1
```
"""
    document = read_text(source.encode(), "sample.md")
    assert document.title == "Title here"
    assert [(b.kind, b.level, b.text, b.line) for b in document.blocks] == [
        (BlockKind.HEADING, 1, "Title here", 4),
        (BlockKind.PARAGRAPH, 0, "A link and code\non two lines picture.", 6),
        (BlockKind.LIST_ITEM, 1, "one", 9),
        (BlockKind.LIST_ITEM, 2, "two", 10),
        (BlockKind.TABLE, 0, "a | b\n1 | 2", 12),
        (BlockKind.CODE, 0, "x = 1", 16),
    ]


@given(st.text())
def test_every_word_of_a_text_is_kept(text: str) -> None:
    try:
        document = read_text(text.encode("utf-8", "replace"))
    except DocumentError:
        return
    letters = [sign for sign in text if sign.isascii() and sign.isalnum()]
    kept = [sign for b in document.blocks for sign in b.text if sign.isascii() and sign.isalnum()]
    assert kept == letters or not text.isascii()


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.pdf", "a.docx", "a.bin"]))
def test_any_bytes_give_blocks_or_a_document_error(data: bytes, name: str) -> None:
    with contextlib.suppress(DocumentError):
        assert read_text(data, name).blocks


@pytest.mark.parametrize("code", ["cp037", "cp500"])
@pytest.mark.parametrize("line_end", [b"\x25", b"\x15"])
def test_text_from_a_mainframe(code: str, line_end: bytes) -> None:
    text = "Bulletin 12, pump NP-42 [A]: the bolts get 45 Nm!\n\nCheck them after 50 hours [B]."
    data = text.encode(code).replace("\n".encode(code), line_end)
    document = read(DocumentSource("a.txt", data=data))
    assert "\n\n".join(block.text for block in document.blocks) == text


def test_a_line_without_an_end_is_read_in_bounded_memory_and_whole() -> None:
    words = "word and another, "
    data = (words * (8_000_000 // len(words))).encode()
    tracemalloc.start()
    try:
        document = read(DocumentSource("a.txt", data=data))
        assert tracemalloc.get_traced_memory()[1] < 6 * len(data)
    finally:
        tracemalloc.stop()
    assert max(len(block.text) for block in document.blocks) <= 100_000
    assert " ".join(block.text for block in document.blocks) == data.decode().strip()
