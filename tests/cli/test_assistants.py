"""Test questions and versions of assistants on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.exams.blind import Preference, Variant
from app.domain.progress import NoControl
from app.engines.base import Engines
from app.engines.fake import FakeChat, fake_engines
from app.paths import Paths
from app.services.session import Begin
from tests.cli.conftest import PASSWORD, Run
from tests.services.conftest import RESOURCES

PUMP = "The pump delivers 120 litres. Change the oil filter every 500 hours."
ASKED = "When is the oil filter changed?"


@pytest.fixture
def pump(run: Run, tmp_path: Path) -> Run:
    """A library, and two assistants that answer alike."""
    file = tmp_path / "pump.txt"
    file.write_text(PUMP)
    run("add", file)
    for name in ("Manuals", "Quick"):
        run("assistants", "create", name)
    return run


def test_questions_are_added_listed_removed_and_imported(pump: Run, tmp_path: Path) -> None:
    added = pump("assistants", "questions", "add", "manuals", ASKED, "--answer", "500 hours")
    asked = {
        "question": ASKED, "answer": "500 hours", "document": "", "pages": [], "abstain": False,
    }  # fmt: skip
    assert added.json == {"assistant": "Manuals", "questions": [asked]}
    file = tmp_path / "questions.json"
    file.write_text(json.dumps([{"question": "Who?", "abstain": True}]))
    imported = pump("assistants", "questions", "import", "Manuals", file).json
    assert (imported["added"], len(imported["questions"])) == (1, 2)
    left = pump("assistants", "questions", "remove", "Manuals", 1).json["questions"]
    assert [each["question"] for each in left] == ["Who?"]
    gone = pump("assistants", "questions", "remove", "Manuals", 7)
    assert gone.error == "exam-question-missing"
    nothing = pump("assistants", "questions", "add", "Manuals", "What?")
    assert nothing.error == "expects-nothing"
    assert pump("assistants", "questions", "list", "No").error == "assistant-missing"
    told = pump("assistants", "questions", "list", "Manuals", as_json=False)
    assert told.out == "1. Who?  → no answer\n"


def test_a_test_prints_what_passed_and_what_changed(pump: Run, tmp_path: Path) -> None:
    assert pump("assistants", "test", "Manuals").error == "no-exam-questions"
    for words in ("500 hours", "900 hours"):
        pump("assistants", "questions", "add", "Manuals", ASKED, "--answer", words)
    first = pump("assistants", "test", "Manuals", "--compare").json
    assert (first["n"], first["passed"], first["better"]) == (2, 1, None)
    again = pump("assistants", "test", "Manuals", "--compare").json
    assert (again["better"], again["worse"], again["same"], again["changed"]) == (0, 0, 2, [])
    right, wrong = again["rows"]
    assert (right["passed"], wrong["failed"], wrong["missing"]) == (True, ["words"], ["900"])
    assert right["cited"] == [{"document": "pump.txt", "page": None}]
    assert again["model"] == "fake-chat"
    told = pump("assistants", "test", "Manuals", as_json=False)
    assert "FAILED  When is the oil filter changed?\n        without 900" in told.out
    assert "1 of 2 passed." in told.out
    assert "[2/2] When is the oil filter changed?" in told.err
    file = tmp_path / "questions.json"
    file.write_text(json.dumps([{"question": ASKED, "document": "pump.txt"}]))
    other = pump("assistants", "test", "Quick", "--questions", file).json
    assert (other["n"], other["passed"]) == (1, 1)
    assert "better" not in other


def test_two_are_tested_side_by_side(pump: Run) -> None:
    pump("assistants", "questions", "add", "Manuals", ASKED, "--answer", "500 hours")
    duel = pump("assistants", "test", "Manuals", "--against", "Quick").json
    assert (duel["wins"], duel["losses"], duel["ties"], duel["wins_95"]) == (0, 0, 1, [0.0, 1.0])
    assert (duel["against"]["assistant"], duel["against"]["passed"]) == ("Quick", 1)
    assert duel["rows"][0]["other"]["passed"]
    assert pump("assistants", "test", "Manuals", "--against", "No").error == "assistant-missing"
    gone = pump("assistants", "test", "Manuals", "--against-version", 9)
    assert gone.error == "version-missing"
    told = pump("assistants", "test", "Manuals", "--against-version", 1, as_json=False)
    assert "Wins: 0, losses: 0, ties: 1" in told.out


def test_versions_are_listed_and_rolled_back(pump: Run, tmp_path: Path) -> None:
    (tmp_path / "manner.gguf").write_bytes(b"GGUF adapter")
    pump("adapters", "import", tmp_path / "manner.gguf")
    pump("adapters", "use", "manner", "--assistant", "Manuals")
    told = pump("assistants", "versions", "Manuals").json
    rows = [(row["version"], row["by"], row["changed"]) for row in told["versions"]]
    assert rows == [(2, "Anna", ["adapters"]), (1, "Anna", [])]
    back = pump("assistants", "rollback", "Manuals", "--version", 1).json
    assert [row["version"] for row in back["versions"]] == [3, 2, 1]
    assert pump("assistants", "list").json["assistants"][0]["adapters"] == []
    assert pump("assistants", "rollback", "Manuals", "--version", 9).error == "version-missing"
    lines = pump("assistants", "versions", "Manuals", as_json=False).out.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("3  ")
    assert lines[0].endswith("Anna  adapters")


def test_one_is_made_from_a_template_put_away_and_travels(run: Run, tmp_path: Path) -> None:
    keys = [each["key"] for each in run("assistants", "templates").json["templates"]]
    assert keys[:2] == ["hr", "contracts"]
    (made,) = run("assistants", "create", "Our law", "--template", "legal").json["assistants"]
    assert (made["name"], made["icon"], made["tone"]) == ("Our law", "scale", "formal")
    assert "article" in made["instruction"]
    assert run("assistants", "create", "X", "--template", "no").error == "template-missing"
    file = tmp_path / "law.json"
    run("assistants", "export", "our law", file)
    taken = run("assistants", "import", file).json
    assert taken == {
        "assistant": "Our law 2", "missing_collections": [], "missing_adapters": [],
        "missing_values": [],
    }  # fmt: skip
    file.write_text("{}")
    assert run("assistants", "import", file).error == "not-an-assistant"
    left = run("assistants", "archive", "Our law 2").json["assistants"]
    assert [each["name"] for each in left] == ["Our law"]
    away = run("assistants", "list", "--archived").json["assistants"]
    assert [each["name"] for each in away] == ["Our law 2"]
    assert len(run("assistants", "unarchive", "Our law 2").json["assistants"]) == 2


def _prefer(begin: Begin, data: Path) -> None:
    """What somebody chooses in the window: an assistant twice, and neither once."""
    begun = begin(Paths(data, data, RESOURCES))
    services = begun.open("Anna", PASSWORD, lambda call: call())
    manuals = services.assistants.named("Manuals")
    for preference in (Preference.FIRST, Preference.FIRST, Preference.ALIKE):
        found = services.blind.ask(ASKED, Variant(manuals.id, manuals.name), Variant(), NoControl())
        first = found.variants if found.variants[0].assistant else found.variants[::-1]
        services.blind.judge((first[0], first[1]), preference)
    services.close()
    begun.end()


def test_what_was_preferred_without_names_is_listed_and_forgotten(
    pump: Run, quick: Callable[[Engines], Begin], tmp_path: Path
) -> None:
    assert pump("assistants", "compare", as_json=False).out == "Nothing was compared yet.\n"
    _prefer(quick(fake_engines(FakeChat())), tmp_path / "data")
    (row,) = pump("assistants", "compare").json["comparisons"]
    assert {row["one"]["assistant"], row["other"]["assistant"]} == {"Manuals", None}
    assert (row["wins"], row["losses"], row["ties"], row["alike"], row["bad"]) == (2, 0, 1, 1, 0)
    assert row["wins_95"] == [0.342, 1.0]
    told = pump("assistants", "compare", as_json=False).out
    assert "wins 2, losses 0, ties 1; of those that differ 34% to 100% are won" in told
    assert pump("assistants", "compare", "--reset").json == {"comparisons": []}
