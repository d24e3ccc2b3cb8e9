"""larets summaries, with engines that are quick."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from app.engines.base import Engines
from app.engines.fake import FakeChat, fake_engines
from app.engines.turns import Turn
from app.services.session import Begin
from tests.cli.conftest import Run, runner

QUESTION = "How often is the oil filter changed?"
SAID = "The oil filter is changed every 500 hours."
FIELDS = {"id", "created", "conversation", "title", "text", "pending"}


def reply(turns: Sequence[Turn]) -> str:
    if "as one JSON object" not in turns[-1].text:
        return f"{SAID} [1]"
    told = {"title": "Oil filter", "key": [{"turn": 1, "text": SAID}], "decisions": [], "open": []}
    return json.dumps(told)


@pytest.fixture
def run(
    tmp_path: Path, quick: Callable[[Engines], Begin], capsys: pytest.CaptureFixture[str]
) -> Run:
    made = runner(quick(fake_engines(FakeChat(reply))), tmp_path / "data", capsys)
    made("profile", "create", "Anna")
    return made


@pytest.fixture
def talk(run: Run, tmp_path: Path) -> str:
    pump = tmp_path / "pump.txt"
    pump.write_text("Change the oil filter every 500 hours. The pump delivers 120 litres.")
    run("add", pump)
    return str(run("ask", QUESTION).json["conversation"])


def test_what_waits_is_written(run: Run, talk: str) -> None:
    (waiting,) = run("summaries", "list").json["summaries"]
    assert set(waiting) >= FIELDS
    assert (waiting["conversation"], waiting["pending"]) == (talk, True)
    (written,) = run("summaries", "write").json["summaries"]
    assert (written["title"], written["pending"]) == ("Oil filter", False)
    assert SAID in written["text"]
    assert run("summaries", "list").json["summaries"] == [written]
    assert run("summaries", "write").json == {"summaries": []}


def test_one_conversation_alone(run: Run, talk: str) -> None:
    run("ask", "How much does the pump deliver?")
    (written,) = run("summaries", "write", "--conversation", talk).json["summaries"]
    assert written["conversation"] == talk
    assert run("summaries", "write", "--conversation", "nobody").error == "conversation-missing"


def test_none(run: Run) -> None:
    assert run("summaries", "list").json == {"summaries": []}
    assert run("summaries", "list", as_json=False).out == "No summaries.\n"


def test_export(run: Run, talk: str, tmp_path: Path) -> None:
    run("summaries", "write")
    text, data = tmp_path / "all.md", tmp_path / "all.json"
    assert run("summaries", "export", text).json == {"summaries": 1, "file": str(text)}
    assert text.read_text("utf-8").startswith("# Oil filter\n")
    run("summaries", "export", data)
    (kept,) = json.loads(data.read_text("utf-8"))["summaries"]
    assert kept["digest"]["title"] == "Oil filter"
    assert run("summaries", "export", tmp_path / "all.xyz").error == "other-export"
    assert run("summaries", "export", text, "--id", "nobody").error == "summary-missing"
