"""The sample library: all of it is read, and each planted question finds the document it is of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import paths, wiring
from app.documents.pictures import ocr
from app.documents.reading.reader import DocumentSource, read
from app.domain.library.documents import DocumentState
from app.domain.roles import Role
from app.services.session import Services
from app.ui.library.sample_library import sample_library

SAMPLES = paths.find().resources / "samples"
DOCUMENTS = sorted(SAMPLES.glob("*/*"))
PASSWORD = "strongbox of the test"
#: The documents that answer, in the order of the questions.
ANSWERING = {
    "ru": (
        {"Положение об отпусках.pdf"},
        {"Акт приёмки склада № 3.pdf"},
        {"Тарифы склада 2026.xlsx"},
        {f"Договор аренды АП-{number}.docx" for number in (31, 32)},
        {
            f"Акт осмотра. {each}.pdf"
            for each in ("Кран козловой № 1", "Погрузчик № 4", "Причал № 2", "Стеллажи склада № 1")
        },
        {"Перенос первой партии насосов.eml"},
    ),
    "en": (
        {"Employee handbook.pdf"},
        {"Warehouse B acceptance.pdf"},
        {"Storage price list 2026.xlsx"},
        {f"Forklift hire FH-{number}.docx" for number in (207, 208)},
        {
            f"Inspection report, {each}.pdf"
            for each in ("gantry crane 1", "forklift 4", "quay 2", "racks in warehouse A")
        },
        {"Minutes of the safety meeting.docx"},
    ),
}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda each: f"{each.parent.name}-{each.stem}")
def test_each_document_is_read_completely(path: Path) -> None:
    if ocr.data_folder() is None:
        pytest.skip("no recognition data: run packaging/recognition_kit.py")
    found = read(DocumentSource(path.name, str(path)))
    assert found.blocks
    assert found.reading.complete


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_library_is_a_dozen_and_small(language: str) -> None:
    files = list((SAMPLES / language).iterdir())
    assert len(files) >= 12
    assert sum(each.stat().st_size for each in files) < 1_500_000
    assert len(sample_library(SAMPLES, language).questions) == len(ANSWERING[language]) == 6


@pytest.fixture(scope="module", params=["ru", "en"])
def filled(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    embedding_model: Path,
) -> Iterator[tuple[str, Services]]:
    """A language, and a profile that holds its library."""
    folder = tmp_path_factory.mktemp("samples")
    (folder / "kit").mkdir()
    (folder / "kit" / "embedding").symlink_to(embedding_model)
    start = wiring.start(paths.Paths(folder / "data", folder / "kit", paths.find().resources))
    start.profiles.create("Anna", PASSWORD, Role.ADMINISTRATOR)
    services = start.open("Anna", PASSWORD, lambda call: call())
    report = services.library.add([SAMPLES / request.param])
    assert {each.state for each in report.documents} == {DocumentState.INDEXED}
    yield request.param, services
    services.close()
    start.end()


@pytest.mark.model
def test_each_question_finds_its_documents(filled: tuple[str, Services]) -> None:
    language, services = filled
    questions = sample_library(SAMPLES, language).questions
    for question, answering in zip(questions, ANSWERING[language], strict=True):
        segments = services.retrieval.find(question, 8).segments
        assert segments[0].name in answering, question
        assert answering <= {each.name for each in segments}, question
