"""larets statistics, with engines that are quick."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run


@pytest.fixture
def asked(run: Run, tmp_path: Path) -> Run:
    pump = tmp_path / "pump.txt"
    pump.write_text("Change the oil filter every 500 hours. The pump delivers 120 litres.")
    run("add", pump)
    run("ask", "How often is the oil filter changed?")
    return run


def test_nothing_was_asked(run: Run) -> None:
    assert run("statistics", as_json=False).out == "No questions.\n"
    told = run("statistics").json
    assert (told["questions"], told["days"], told["total_ms"]) == (0, [], None)


def test_figures_as_text_and_json(asked: Run) -> None:
    told = asked("statistics").json
    assert (told["questions"], told["answered"]) == (1, 1)
    assert told["first_useful_ms"]["answers"] == told["total_ms"]["answers"] == 1
    assert [(each["name"], each["answers"]) for each in told["documents"]] == [("pump.txt", 1)]
    assert told["unanswered"] == []
    assert "Questions: 1 (1 answered" in asked("statistics", as_json=False).out
    assert asked("statistics", "--since", "2999-01-01").json["questions"] == 0
    assert asked("statistics", "--assistant", "Nobody").error == "assistant-missing"


def test_a_file(asked: Run, tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    assert asked("statistics", "--out", path).json["file"] == str(path)
    assert load_workbook(path).sheetnames[0] in ("Overview", "Обзор")
    with pytest.raises(SystemExit):
        asked("statistics", "--out", tmp_path / "figures.pdf")
