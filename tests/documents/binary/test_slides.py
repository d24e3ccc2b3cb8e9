"""Shows of PowerPoint 97 to 2003."""

import time
from pathlib import Path

import pytest

from app.documents.reading.reader import DocumentSource, read
from app.domain.errors import DamagedFile, DocumentError, EmptyDocument, PasswordNeeded
from app.domain.library.documents import BlockKind, ReadDocument
from app.domain.library.reading import UnreadReason
from tests.documents.binary.compound import compound
from tests.documents.binary.shows import (
    BODY,
    NOTES,
    OTHER,
    TITLE,
    Slide,
    group,
    record,
    reference,
    shape,
    show,
    table,
    text,
)

FILES = Path(__file__).parents[1] / "files"


def opened(data: bytes, name: str = "a.ppt") -> ReadDocument:
    return read(DocumentSource(name, data=data))


def told(data: bytes, name: str = "a.ppt") -> list[tuple[int | None, str]]:
    return [(block.page, block.text) for block in opened(data, name).blocks]


def test_a_show_of_another_program() -> None:
    document = opened((FILES / "deck.ppt").read_bytes())
    assert [(block.page, block.text) for block in document.blocks] == [
        (1, "Итоги литейного цеха"),
        (1, "Доклад начальника смены"),
        (2, "Выпуск"),
        (2, "Отлито 386 тонн"),
        (2, "Брак 2,7 процента"),
        (2, "Заметки: Начать с благодарности смене Горшкова."),
        (2, "Заметки: Затем цифры."),
        (3, "План"),
        (3, "Печь номер четыре остановить 19 мая"),
        (3, "Цех | План | Факт\nЛитейный | 410 | 386\nОбрубной |  | 95"),
        (3, "Подпись: Ольга Ведерникова"),
        (4, "Plain English slide"),
        (4, "Budget is 91,400 euros"),
        (4, "Café naïve"),
        (4, "Notes: Ask for questions."),
    ]
    assert (document.pages, document.title) == (4, "Итоги литейного цеха")
    assert [b.page for b in document.blocks if b.kind is BlockKind.HEADING] == [1, 2, 3, 4]


@pytest.mark.parametrize("name", ["a.pps", "a.pot", "a.pptx", "a.doc", "a.pdf", "a"])
def test_it_is_read_under_any_name(name: str) -> None:
    assert (2, "Отлито 386 тонн") in told((FILES / "deck.ppt").read_bytes(), name)


def test_texts_in_the_list_of_slides() -> None:
    listed = [
        text(TITLE, "План"),
        text(BODY, "Печь №4\rостановить\vв мае"),
        text(BODY, "caf\xe9", packed=True),
    ]
    slide = Slide([shape(reference(1), top=300), shape(reference(0)), shape(reference(9))], listed)
    document = opened(show([slide, Slide([shape(text(OTHER, "Второй"))])]))
    assert [(b.kind, b.text, b.page) for b in document.blocks] == [
        (BlockKind.HEADING, "План", 1),
        (BlockKind.LIST_ITEM, "Печь №4", 1),
        (BlockKind.LIST_ITEM, "остановить\nв мае", 1),
        (BlockKind.PARAGRAPH, "Второй", 2),
    ]


def test_shapes_from_top_to_bottom_and_what_runs_left_out() -> None:
    shapes = [
        shape(text(OTHER, "ниже"), top=900),
        shape(text(OTHER, "справа"), top=210, left=500),
        shape(
            text(
                OTHER,
                "слева",
            ),
            top=260,
            left=10,
        ),
        shape(text(TITLE, "Заголовок"), top=2000),
        shape(text(OTHER, "17"), placeholder=8),
        shape(text(OTHER, "Подвал"), placeholder=9),
    ]
    assert [said for _, said in told(show([Slide(shapes)]))] == [
        "Заголовок", "слева", "справа", "ниже",
    ]  # fmt: skip


def test_slides_that_were_deleted_are_left_out() -> None:
    slides = [Slide([shape(text(OTHER, said))], gone=said == "нет") for said in ("да", "нет", "и")]
    assert told(show(slides)) == [(1, "да"), (2, "и")]


def test_notes_and_tables() -> None:
    rows = [["Цех", "План"], ["Литейный", "410"], ["Обрубной", ""]]
    slide = Slide(
        [table(rows, top=500), shape(text(TITLE, "Т"))],
        notes=[shape(text(NOTES, "Сказать о сроке.")), shape(text(OTHER, "3"))],
    )
    assert told(show([slide])) == [
        (1, "Т"),
        (1, "Цех | План\nЛитейный | 410\nОбрубной | "),
        (1, "Заметки: Сказать о сроке."),
    ]


def test_pictures_are_told_of() -> None:
    picture = group(0xF004, record(0xF00A, bytes(8), 75))
    document = opened(show([Slide([shape(text(OTHER, "x"))]), Slide([picture, picture])]))
    assert document.reading.skipped_pictures == 2
    (part,) = document.reading.unread
    assert (part.code, part.page, part.count) == (UnreadReason.PICTURE_FORMAT, 2, 2)


def test_a_password() -> None:
    with pytest.raises(PasswordNeeded):
        opened(show([Slide([shape(text(OTHER, "x"))])], locked=True))
    with pytest.raises(PasswordNeeded):
        opened(compound({"EncryptedSummary": b"x", "PowerPoint Document": b"x"}))


def test_what_is_no_show() -> None:
    with pytest.raises(EmptyDocument):
        opened(show([Slide([])]))
    for streams in ({"PP40": b"x"}, {"PowerPoint Document": b"x"}):
        with pytest.raises(DamagedFile):
            opened(compound(streams))


def test_edits_in_a_circle() -> None:
    slides = [Slide([shape(text(OTHER, "x" * 5000))])]
    for last in (1, 8, 5000, 2**31, 2**32 - 1):
        try:
            opened(show(slides, last=last))
        except DocumentError as error:
            assert isinstance(error, DamagedFile)  # noqa: PT017


def test_slides_that_are_the_same_again_and_again() -> None:
    """A thousand entries that name one slide of a megabyte."""
    slides = [Slide([shape(text(OTHER, "x" * 500_000))]), *[Slide([])] * 30]
    began = time.monotonic()
    with pytest.raises(DamagedFile):
        opened(show(slides, places=dict.fromkeys(range(12, 42), 16)))
    assert time.monotonic() - began < 10


def test_groups_within_groups() -> None:
    inner = shape(text(OTHER, "inmost"))
    for _ in range(3000):
        inner = record(0xF003, inner, holds=True)
    with pytest.raises(EmptyDocument):
        opened(show([Slide([inner])]))


def test_every_word_changed() -> None:
    whole = show([Slide([shape(text(OTHER, "Текст")), table([["а", "б"]])])])
    began = time.monotonic()
    for at in range(512, len(whole), 53):
        data = bytearray(whole)
        data[at : at + 4] = b"\xff\xff\xff\x7f"
        try:
            opened(bytes(data))
        except DocumentError:
            continue
    assert time.monotonic() - began < 20
