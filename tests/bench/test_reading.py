"""The comparison of what was read with what independent readers see."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from app.bench import reading
from app.documents.reading.sandbox import Sandbox
from tests.samples import make_docx, make_pdf


def test_words_that_a_line_end_cut_are_not_missed() -> None:
    assert reading.compared("The examination of pumps", "The exam-\nination of\npumps") == ((), ())


def test_what_one_side_alone_has() -> None:
    missed, garbled = reading.compared("rent 212 thirty", "rent 340 warehouse")
    assert missed == ("warehouse",)
    assert garbled == ("thirty",)


def test_letters_that_stand_without_a_gap_are_there() -> None:
    assert reading.compared("ПОСТАНОВЛЯЮ", "П О СТАНОВЛЯЮ")[0] == ()


def test_words_of_the_reader_are_not_garbled() -> None:
    assert reading.compared("Вложения: смета", "смета")[1] == ()


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
