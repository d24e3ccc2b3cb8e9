"""The comparison of what was read with what independent readers see."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from app.bench import reading
from app.bench.independent.seen import Seen
from app.documents.reading.sandbox import Sandbox
from tests.samples import make_docx, make_pdf


def test_words_that_a_line_end_cut_are_not_missed() -> None:
    theirs = Seen("The exam-\nination of\npumps")
    assert reading.compared("The examination of pumps", theirs) == ((), ())


def test_what_one_side_alone_has() -> None:
    missed, garbled = reading.compared("rent 212 thirty", Seen("rent 340 warehouse"))
    assert missed == ("warehouse",)
    assert garbled == ("thirty",)


@pytest.mark.parametrize(
    "theirs", ["П О СТАНОВЛЯЮ", "П О С Т А Н О В Л Я Ю", "\n".join("ПОСТАНОВЛЯЮ")]
)
def test_letters_that_are_printed_apart_are_one_word(theirs: str) -> None:
    assert reading.garbled("ПОСТАНОВЛЯЮ", Seen(theirs)) == ()


def test_words_of_the_reader_are_not_garbled() -> None:
    assert reading.compared("Вложения: смета", Seen("смета"))[1] == ()


def test_what_stands_beside_the_text_is_neither_missed_nor_garbled() -> None:
    assert reading.compared("Annual report: rent", Seen("rent", "Annual report\nSheet1")) == (
        (),
        (),
    )


@pytest.mark.parametrize(
    ("ours", "wrong"),
    [
        ("the warehuose closes", "warehuose"),  # letters changed places
        ("the warehousecloses", "warehousecloses"),  # the space between was lost
        ("the ware house closes", "ware house"),  # a space came between
        ("the warewarehouse closes", "warewarehouse"),  # letters doubled
        ("the wаrehouse closes", "wаrehouse"),  # a Cyrillic letter for a Latin one
        ("the warehouse closés", "closés"),
    ],
)
def test_a_word_that_was_made_wrong_is_garbled(ours: str, wrong: str) -> None:
    theirs = Seen("the warehouse closes", "Sheet1\nThe warehouse")
    assert set(reading.compared(ours, theirs)[1]) == set(wrong.split())


def test_text_in_a_wrong_encoding_is_garbled() -> None:
    spoiled = "склад закрыт".encode().decode("cp1251")
    assert reading.compared(spoiled, Seen("склад закрыт"))[1] != ()


@pytest.mark.parametrize(
    ("ours", "theirs", "wrong"),
    [
        ("the activ- ity", "the activ-\nity", ("activ", "ity")),  # the hyphen was left
        ("the activinterpreting", "the activ-\nity\ninterpreting", ("activinterpreting",)),
        ("a warehousecloses", "a warehouse\ncloses", ("warehousecloses",)),
        ("the loan-to-value", "the loan-to-\nvalue", ()),
        ("rent at six", "rentat six", ("at", "rent")),
        ("the rent 1", "the rent1", ()),
        ("the ren", "the rent1", ("ren",)),
    ],
)
def test_words_at_the_end_of_a_line(ours: str, theirs: str, wrong: tuple[str, ...]) -> None:
    assert reading.compared(ours, Seen(theirs))[1] == wrong


def _measured(folder: Path, tmp_path: Path) -> dict[str, Any]:
    arguments = Namespace(folder=folder, rows=tmp_path / "rows.jsonl")
    return reading.measure(lambda _: pytest.fail("stored"), arguments, lambda _: None)


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(make_pdf(["The warehouse closes at six in the evening."]))
    (folder / "b.docx").write_bytes(make_docx([("Normal", "Кворум составляет две трети голосов.")]))
    (folder / "c.pdf").write_bytes(b"no PDF")
    found = _measured(folder, tmp_path)
    assert (found["files"], found["read"], found["refused"]) == (3, 2, 1)
    assert (found["words_missed"], found["words_garbled"]) == (0.0, 0.0)
    assert set(found["by_format"]) == {".pdf", ".docx"}
    assert len((tmp_path / "rows.jsonl").read_text("utf-8").splitlines()) == 3


def test_a_reader_that_loses_words_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(make_pdf(["The warehouse closes at six", "The rent is paid"]))
    whole = Sandbox.sections

    def first_page(self: Sandbox, *given: Any) -> Any:
        from dataclasses import replace

        for section in whole(self, *given):
            yield replace(section, blocks=section.blocks[:1])

    monkeypatch.setattr(Sandbox, "sections", first_page)
    assert _measured(folder, tmp_path)["words_missed"] > 0.2
