"""The commands with real models; once as a program of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from app import wiring
from app.paths import Paths
from app.services.session import Begin, Start
from app.wiring.engines import real_engines
from tests.cli.conftest import Run, runner
from tests.habits import ROOT
from tests.samples import make_docx, make_pdf

pytestmark = pytest.mark.model
#: What a computation with torch would leave behind in a process.
TORCH = (
    "torch", "transformers", "sentence_transformers", "peft", "safetensors", "tokenizers",
    "bitsandbytes", "sklearn", "scipy", "pandas",
)  # fmt: skip
PUMP = (
    "The pump NP-42 delivers 120 litres a minute.\nChange the oil filter every 500 hours.",
    "Spare parts are kept in the blue store next to the gate.",
)


@pytest.fixture(scope="module")
def folder(
    tmp_path_factory: pytest.TempPathFactory, chat_model: Path, embedding_model: Path
) -> Path:
    made = tmp_path_factory.mktemp("flow")
    (made / "kit").mkdir()
    (made / "kit" / "chat").symlink_to(chat_model.parent)
    (made / "kit" / "embedding").symlink_to(embedding_model)
    (made / "documents").mkdir()
    (made / "documents" / "pump.pdf").write_bytes(make_pdf(PUMP, "Pump NP-42"))
    (made / "documents" / "travel.docx").write_bytes(
        make_docx([("Heading 1", "Командировки"), ("Normal", "Суточные составляют 1200 рублей.")])
    )
    return made


@pytest.fixture(scope="module")
def begin(folder: Path) -> Iterator[Begin]:
    """Real engines; the embedding model is loaded once for all commands."""
    real = real_engines()
    engines = replace(real, open_embedder=lru_cache(real.open_embedder), end_embedding=lambda: None)

    def started(paths: Paths) -> Start:
        return wiring.start(Paths(paths.data, folder / "kit", paths.resources), engines)

    yield started
    real.end_embedding()


@pytest.fixture
def run(begin: Begin, folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(begin, folder / "data", capsys)


def test_a_workspace_with_documents(run: Run, folder: Path) -> None:
    run("profile", "create", "Anna")
    chosen = run("models", "use", "smollm2-135m-instruct-q4_1")
    assert chosen.code == 0, chosen.err
    models = chosen.json["models"]
    assert {each["name"]: each["in_use"] for each in models} == {
        "smollm2-135m-instruct-q4_1": True,
        "multilingual-e5-small": True,
    }
    verified = run("models", "verify").json["models"]
    assert all(each["intact"] for each in verified)
    added = run("add", folder / "documents").json["documents"]
    assert [(each["name"], each["state"], each["pages"]) for each in added] == [
        ("pump.pdf", "indexed", 2),
        ("travel.docx", "indexed", None),
    ]


def test_search_leads_to_page_and_file(run: Run) -> None:
    best = run("search", "Where are spare parts?").json["hits"][0]
    assert Path(best["path"]).name == "pump.pdf"
    assert best["page"] == 2
    best = run("search", "Каковы суточные?").json["hits"][0]
    assert Path(best["path"]).name == "travel.docx"


def test_a_conversation_goes_on_where_it_was(run: Run) -> None:
    first = run("ask", "How often is the oil filter changed?", "--max-tokens", "40").json
    assert first["answer"]
    assert first["passages"][0]["path"].endswith("pump.pdf")
    assert first["timings"]["generated_tokens"] > 0
    conversation = first["conversation"]
    again = run("ask", "And the pump's litres?", "--conversation", conversation).json
    assert again["timings"]["prompt_tokens"] > first["timings"]["prompt_tokens"]
    numbers = {
        (each["document"], each["start"], each["end"]): each["number"] for each in first["passages"]
    }
    again_numbers = {
        (each["document"], each["start"], each["end"]): each["number"] for each in again["passages"]
    }
    shared = set(numbers) & set(again_numbers)
    assert shared
    assert {each: numbers[each] for each in shared} == {
        each: again_numbers[each] for each in shared
    }


def test_as_a_program(folder: Path) -> None:
    """Nothing but the object on standard output, whatever the libraries have to say."""
    common = ["--data-dir", str(folder / "data"), "--password-file", str(folder / "password")]
    done = subprocess.run(
        [sys.executable, "-m", "app", *common, "search", "oil filter", "--json"],
        cwd=ROOT,
        env=os.environ | {"LARETS_MODELS": str(folder / "kit")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["hits"][0]["page"] == 1
    assert done.stdout.count("\n") == 1
    assert "Warning" not in done.stderr
    assert "Traceback" not in done.stderr


def test_torch_stays_out_of_the_process_of_a_command(folder: Path, tmp_path: Path) -> None:
    """It takes seconds and a gigabyte: the process that embeds has it."""
    (tmp_path / "password").write_text("password of the tests")
    common = ["--data-dir", str(tmp_path / "data"), "--password-file", str(tmp_path / "password")]
    commands = [
        [*common, "profile", "create", "Anna"],
        [*common, "add", str(folder / "documents"), "--json"],
        [*common, "search", "oil filter", "--json"],
        [*common, "ask", "How often is the oil filter changed?", "--max-tokens", "4", "--json"],
    ]
    program = (
        "import sys\n"
        "from app.__main__ import main\n"
        f"for arguments in {commands!r}:\n"
        "    sys.argv[1:] = arguments\n"
        "    assert main() == 0, arguments\n"
        f"print([name for name in {TORCH} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"LARETS_MODELS": str(folder / "kit"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    *_, added, found, answered, loaded = done.stdout.splitlines()
    assert [each["state"] for each in json.loads(added)["documents"]] == ["indexed", "indexed"]
    assert json.loads(found)["hits"][0]["page"] == 1
    assert json.loads(answered)["passages"]
    assert loaded == "[]"
    assert "Warning" not in done.stderr
