"""larets dataset: the contract, with a model that writes rows at once."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.engines.base import Engines
from app.engines.fake import fake_engines
from app.services.session import Begin
from tests.cli.conftest import Run, runner
from tests.services.datasets.row_models import NAMES, RowModel, document


@pytest.fixture
def begin(quick: Callable[[Engines], Begin]) -> Begin:
    return quick(fake_engines(RowModel()))


@pytest.fixture
def run(begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    made = runner(begin, tmp_path / "data", capsys)
    made("profile", "create", "Anna")
    for place, name in enumerate(NAMES[:4]):
        (tmp_path / f"{name}.txt").write_text(document(place), "utf-8")
    made("add", *(tmp_path / f"{name}.txt" for name in NAMES[:4]))
    return made


def questions(file: Path) -> list[str]:
    return [json.loads(line)["question"] for line in file.read_text("utf-8").splitlines()]


def test_build_and_check(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    built = run("dataset", "build", "--out", file, "--rows", 6)
    assert built.code == 0, built.err
    assert set(built.json) == {"rows", "rejected", "tokens"}
    assert (built.json["rows"], built.json["rejected"]) == (6, {})
    assert set(built.json["tokens"]) == {"total", "longest", "answers", "mean"}
    assert len(questions(file)) == 6
    checked = run("dataset", "check", file).json
    assert {name: checked[name] for name in built.json} == built.json
    assert checked["unanswered"] == 1
    assert checked["groups"] == 4
    assert set(checked["warnings"]) == {
        "personal-data", "long-answer", "other-language", "near-duplicate"
    }  # fmt: skip
    assert "tokens: total" in run("dataset", "check", file, as_json=False).out


def test_a_build_goes_on_with_its_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    run("dataset", "build", "--out", file, "--rows", 3)
    first = questions(file)
    assert run("dataset", "build", "--out", file, "--rows", 8).json["rows"] == 8
    assert questions(file)[:3] == first
    assert len(set(questions(file))) == 8
    assert run("dataset", "build", "--out", file, "--rows", 5).json["rows"] == 8


def test_chosen_documents(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    chosen = run("documents", "list").json["documents"][0]["id"]
    run("dataset", "build", "--out", file, "--rows", 2, "--documents", chosen)
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert {row["group"] for row in rows} == {chosen}
    missing = run("dataset", "build", "--out", file, "--documents", "nothing")
    assert missing.error == "document-missing"


def test_what_fails(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    assert run("dataset", "build", "--out", file, "--from-chats").error == "no-rows"
    assert run("dataset", "check", file).error == "file-missing"
    other = tmp_path / "a.csv"
    other.write_text("one,two\n1,2\n", "utf-8")
    assert run("dataset", "check", other).error == "other-row-format"
