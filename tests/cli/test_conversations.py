"""larets conversations, with engines that are quick."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

QUESTION = "How often is the oil filter changed?"


@pytest.fixture
def talk(run: Run, tmp_path: Path) -> str:
    pump = tmp_path / "pump.txt"
    pump.write_text("Change the oil filter every 500 hours. The pump delivers 120 litres.")
    run("add", pump)
    conversation = str(run("ask", QUESTION).json["conversation"])
    run("ask", "Why so often?", "--conversation", conversation)
    return conversation


def test_list(run: Run) -> None:
    assert run("conversations", "list").json == {"conversations": []}
    assert run("conversations", "list", as_json=False).out == "No conversations.\n"


def test_export_and_import(run: Run, talk: str, tmp_path: Path) -> None:
    (row,) = run("conversations", "list").json["conversations"]
    assert (row["id"], row["title"]) == (talk, QUESTION)
    assert set(row) == {"id", "title", "created", "changed"}
    path = tmp_path / "talk.json"
    assert run("conversations", "export", talk, path).json == {
        "conversation": talk,
        "file": str(path),
    }
    new = run("conversations", "import", path).json["conversation"]
    listed = run("conversations", "list").json["conversations"]
    assert {each["id"]: each["title"] for each in listed} == {talk: QUESTION, new: QUESTION}
    again = run("conversations", "import", path, as_json=False)
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith("Imported as ")


def test_one_answer_in_a_language(run: Run, talk: str, tmp_path: Path) -> None:
    path = tmp_path / "answer.md"
    run("conversations", "export", talk, path, "--answer", 2, "--language", "ru")
    text = path.read_text("utf-8")
    assert "> Why so often?" in text
    assert QUESTION not in text.partition("\n")[2]
    assert "**Источники**" in text
    run("conversations", "export", talk, path, "--answer", 1, "--language", "en")
    assert "**Sources**" in path.read_text("utf-8")


def test_what_goes_wrong(run: Run, talk: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.pdf"
    assert run("conversations", "export", "nobody", path).error == "conversation-missing"
    assert run("conversations", "export", talk, path, "--answer", 3).error == "answer-missing"
    assert run("conversations", "export", talk, tmp_path / "a.xls").error == "other-export"
    assert run("conversations", "export", talk, tmp_path / "no" / "a.md").error == "storage-denied"
    assert run("conversations", "import", path).error == "file-missing"
    path.write_text("{}")
    assert run("conversations", "import", path).error == "damaged-transcript"
    path.write_text(json.dumps({"schema": "larets-conversation", "version": 9}))
    assert run("conversations", "import", path).error == "newer-transcript"
