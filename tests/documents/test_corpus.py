"""Every real file at hand through the real sandbox: text, exact offsets, a place for each passage.

`LARETS_CORPUS=all` takes all of the shared data instead of a few of each folder.
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.documents.reading.reader import is_archive, known_suffixes
from app.documents.reading.sandbox import Sandbox
from app.documents.source import DocumentSource
from app.domain.library.documents import BLOCK_BREAK, Passage, ReadDocument
from app.domain.retrieval import passages
from tests.samples import shared_data

pytestmark = pytest.mark.slow

FILES = Path(__file__).parent / "files"
OF_A_FOLDER = 4
#: Formats whose passages have a page, or cells.
PAGED, CELLED = {".pdf"}, {".csv", ".xlsx", ".xls", ".ods"}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    box = Sandbox()
    yield box
    box.close()


def counted(texts: list[str]) -> list[int]:
    return [len(each) // 3 for each in texts]


def checked(sandbox: Sandbox, path: Path) -> None:
    text, pieces, origin = "", [], 0
    for section in sandbox.sections(DocumentSource(path.name, str(path))):
        assert section.blocks
        assert all(each.text.strip() for each in section.blocks)
        pieces += passages.split(section, path.name, counted, origin=origin)
        part = passages.canonical_text(section)
        text = text + BLOCK_BREAK + part if text else part
        origin = len(text) + len(BLOCK_BREAK)
        check_places(path, section, pieces)
    assert pieces
    assert all(each.text == text[each.locator.start : each.locator.end] for each in pieces)
    said = "".join("".join(each.text.split()) for each in pieces)
    assert said == "".join(text.split()), "something is left out, or there twice"


def check_places(path: Path, section: ReadDocument, pieces: list[Passage]) -> None:
    if path.suffix in PAGED:
        assert all(1 <= (each.locator.page or 0) <= (section.pages or 0) for each in pieces)
    if path.suffix in CELLED:
        assert any(each.locator.cells for each in pieces)


def _named(path: Path) -> str:
    return path.name


SAMPLES = sorted(FILES.iterdir())


@pytest.mark.parametrize("path", [e for e in SAMPLES if not is_archive(e.name)], ids=_named)
def test_a_sample(sandbox: Sandbox, path: Path) -> None:
    checked(sandbox, path)


@pytest.mark.parametrize("path", [e for e in SAMPLES if is_archive(e.name)], ids=_named)
def test_an_archive(sandbox: Sandbox, path: Path) -> None:
    parts = list(sandbox.parts(DocumentSource(path.name, str(path))))
    assert any(part.data for part in parts)
    assert all(not part.data for part in parts if part.refused)


def test_real_documents(sandbox: Sandbox) -> None:
    """All failures are told together."""
    everything = os.environ.get("LARETS_CORPUS") == "all"
    failed: list[str] = []
    for folder in sorted({each.parent for each in shared_data().rglob("*") if each.is_file()}):
        files = sorted(
            each for each in folder.iterdir()
            if each.suffix in known_suffixes() - {".json"} and each.name != "README.md"
        )  # fmt: skip
        chosen = (
            files if everything else random.Random(1).sample(files, min(OF_A_FOLDER, len(files)))
        )
        for path in chosen:
            try:
                checked(sandbox, path)
            except Exception as error:  # noqa: BLE001  told below
                failed.append(f"{path.parent.name}/{path.name}: {type(error).__name__} {error}")
    assert not failed, "\n".join(failed)
