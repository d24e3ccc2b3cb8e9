"""Rows by the starter model from a Russian document: their build, not their words. English ones are
learned from in ui/test_training_end_to_end."""

import re
from pathlib import Path

import pytest

from app import wiring
from app.bench.workspace import scratch_profile
from app.domain.chat.refusals import is_refusal
from app.domain.progress import NoControl
from app.domain.text import language
from app.domain.training import row_checks
from app.domain.training.rows import Row
from tests.bench.injection import STARTER
from tests.conftest import EMBEDDING_MODEL, KIT

#: Several, because a processor that rounds differently may have one of them refused.
RUSSIAN = (
    "Столовая завода «Восход» в Самаре открылась в 1957 году. Она кормит за день 640 рабочих и "
    "закрывается в 15:30.\n\nБухгалтерия завода «Восход» принимает отчёты о командировках по "
    "вторникам. За опоздание с отчётом больше чем на 10 дней удерживают аванс.",
    "Отпуск сотрудника завода «Восход» длится 28 календарных дней. Заявление подают за 14 дней до "
    "начала. Отпускные выплачивает касса за 3 дня до отпуска.",
    "Склад завода «Восход» занимает 1200 квадратных метров и закрывается в 18:00. Заведует складом "
    "Пётр Лапин. Груз тяжелее 40 килограммов поднимают вдвоём.",
)


@pytest.mark.model
@pytest.mark.timeout(1200)
def test_the_starter_model_writes_rows(tmp_path: Path) -> None:
    if not any((KIT / STARTER).glob("*.gguf")):
        pytest.skip(f"no {STARTER} in the models kit: packaging/models_kit.py --only {STARTER}")
    if not (EMBEDDING_MODEL / "model.safetensors").is_file():
        pytest.skip(f"no {EMBEDDING_MODEL.name} in the models kit")
    files = [tmp_path / f"восход {number}.txt" for number in range(len(RUSSIAN))]
    for file, text in zip(files, RUSSIAN, strict=True):
        file.write_text(text, "utf-8")
    services = scratch_profile(wiring.start, tmp_path / "workspace")
    kept: list[Row] = []
    try:
        services.models.use(STARTER)
        services.library.add(files)
        services.datasets.from_documents((), 2, NoControl(), kept.append)
    finally:
        services.close()
    assert kept
    for row in kept:
        assert row.question.endswith("?")
        assert not row_checks.leaks(row.question)
        assert language.of(row.question) == language.of(row.answer) == "ru"
        if not row.answered:
            assert is_refusal(row.answer)
            continue
        (place,) = [n for n, e in enumerate(row.passages, 1) if row_checks.holds(e.text, row.quote)]
        assert set(re.findall(r"\[(\d+)\]", row.answer)) == {str(place)}
