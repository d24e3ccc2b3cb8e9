"""The contract of every command, with engines that are quick."""

import json
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

from app import paths
from app.cli.main import main
from app.domain.chat.assistants import Assistant, Tone
from app.engines.base import Engines
from app.engines.fake import FakeChat, fake_engines
from app.engines.turns import Turn
from app.paths import Paths
from app.services.session import Begin
from tests.cli.conftest import PASSWORD, Run, runner
from tests.samples import make_pdf


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def _reply(turns: Sequence[Turn]) -> str:
    """A query where a table is described, else the same answer to everything."""
    if "CREATE TABLE sheet" in turns[0].text:
        return "SELECT sum(revenue) FROM sheet WHERE region = 'north'"
    return "The oil filter is changed every 500 hours [1]."


@pytest.fixture
def begin(quick: Callable[[Engines], Begin]) -> Begin:
    return quick(fake_engines(FakeChat(_reply)))


@pytest.fixture
def run(begin: Begin, data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    made = runner(begin, data, capsys)
    created = made("profile", "create", "Anna", "--role", "reader").json
    assert set(created) == {"profile", "role", "recovery_key"}
    assert (created["profile"], created["role"]) == ("Anna", "administrator")
    return made


@pytest.fixture
def pump(tmp_path: Path) -> Path:
    path = tmp_path / "pump.txt"
    path.write_text("Change the oil filter every 500 hours. The pump delivers 120 litres.")
    return path


def secret(tmp_path: Path, text: str) -> Path:
    path = tmp_path / f"secret of {len(text)}"
    path.write_text(text)
    return path


def test_profiles(run: Run, tmp_path: Path) -> None:
    other = secret(tmp_path, "another password")
    created = run("profile", "create", "Egor", "--profile", "Anna", "--new-password-file", other)
    assert (created.json["role"], created.code) == ("editor", 0)
    both = [{"profile": "Anna", "role": "administrator"}, {"profile": "Egor", "role": "editor"}]
    assert run("profile", "list", password=None).json == {"profiles": both, "proven": False}
    proven = run("profile", "list", "--profile", "Egor", password=other).json
    assert proven == {"profiles": both, "proven": True}
    assert run("profile", "create", "egor", "--profile", "Anna").error == "profile-exists"
    assert run("models", "list").error == "profile-missing", "two to choose from"
    denied = run("profile", "delete", "Anna", "--profile", "Egor", password=other)
    assert denied.error == "access-denied"
    assert run("profile", "delete", "Egor", "--profile", "Anna").json == {"profile": "Egor"}
    assert [each["profile"] for each in run("profile", "list").json["profiles"]] == ["Anna"]


def test_a_password_is_changed(run: Run, tmp_path: Path) -> None:
    new = secret(tmp_path, "a new password")
    short = secret(tmp_path, "short")
    assert run("profile", "passwd", "--new-password-file", short).error == "weak-password"
    assert run("profile", "passwd", "--new-password-file", new).json == {"profile": "Anna"}
    assert run("models", "list").error == "wrong-password"
    assert run("models", "list", password=new).code == 0


def test_wrong_passwords_and_files(run: Run, tmp_path: Path) -> None:
    wrong = secret(tmp_path, "wrong")
    assert run("models", "list", password=wrong).error == "wrong-password"
    assert run("models", "list", password=wrong).error == "wrong-password"
    assert run("models", "list", password=wrong).error == "too-many-attempts"
    assert run("models", "list", password=tmp_path / "none").error == "file-missing"
    assert run("models", "list", "--profile", "Olga").error == "profile-missing"


def test_models(run: Run, tmp_path: Path) -> None:
    listed = run("models", "list").json
    assert set(listed) == {"models"}
    assert all(
        set(each) == {"name", "kind", "architecture", "size", "sha256", "context_length", "in_use"}
        for each in listed["models"]
    )
    assert [(each["name"], each["kind"], each["in_use"]) for each in listed["models"]] == [
        ("fake-chat", "chat", True),
        ("fake-embedder", "embedding", True),
    ]
    file = tmp_path / "Mine.gguf"
    file.write_bytes(b"GGUF mine")
    run("models", "add", file)
    used = {each["name"]: each["in_use"] for each in run("models", "use", "mine").json["models"]}
    assert used == {"mine": True, "fake-chat": False, "fake-embedder": True}
    assert run("models", "remove", "mine").error == "model-in-use"
    assert run("models", "use", "none").error == "model-missing"
    file.write_bytes(b"no model")
    assert run("models", "add", file).error == "damaged-model"


def test_a_model_is_used_where_it_lies(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "stick" / "Big.gguf"
    file.parent.mkdir()
    file.write_bytes(b"GGUF big")
    names = [each["name"] for each in run("models", "add", file, "--reference").json["models"]]
    assert "big" in names
    assert run("models", "verify").json["models"][0]["intact"]
    run("models", "remove", "big")
    assert file.exists()


def test_adapters(run: Run, tmp_path: Path) -> None:
    assert run("adapters", "list").json == {"adapters": []}
    file = tmp_path / "manner.gguf"
    file.write_bytes(b"GGUF adapter")
    (added,) = run("adapters", "import", file, "--name", "Our manner").json["adapters"]
    assert set(added) == {
        "name", "base", "base_model", "size", "scale", "in_use", "lineage", "version", "signer",
        "trust", "gain",
    }  # fmt: skip
    assert (added["name"], added["base_model"], added["in_use"]) == (
        "Our manner", "fake-chat", False,
    )  # fmt: skip
    (used,) = run("adapters", "use", "Our manner", "--scale", 0.5).json["adapters"]
    assert (used["scale"], used["in_use"]) == (0.5, True)
    (off,) = run("adapters", "off").json["adapters"]
    assert not off["in_use"]
    run("adapters", "export", "Our manner", tmp_path / "out.gguf", "--plain")
    assert (tmp_path / "out.gguf").read_bytes() == b"GGUF adapter"
    assert run("adapters", "use", "none").error == "adapter-missing"
    assert run("adapters", "remove", "Our manner").json == {"adapters": []}
    file.write_bytes(b"nothing")
    assert run("adapters", "import", file).error == "damaged-adapter"


def test_adapters_are_signed(
    run: Run, begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare, file = tmp_path / "manner.gguf", tmp_path / "manner.larets-adapter"
    bare.write_bytes(b"GGUF adapter")
    imported = run("adapters", "import", bare, "--name", "Our manner")
    assert "not signed" in imported.err
    run("adapters", "export", "Our manner", file)
    assert file.read_bytes().endswith(b"GGUF adapter")
    again = run("adapters", "import", file, "--name", "Again")
    assert "Signed by this workspace: " in again.err
    found = {each["name"]: each for each in again.json["adapters"]}
    assert (found["Again"]["trust"], found["Our manner"]["trust"]) == ("own", "unsigned")
    assert found["Again"]["signer"] in again.err
    assert "own " in run("adapters", "list", as_json=False).out
    (tmp_path / "elsewhere").mkdir()
    elsewhere = runner(begin, tmp_path / "elsewhere" / "data", capsys)
    elsewhere("profile", "create", "Olga")
    refused = elsewhere("adapters", "import", file)
    assert refused.error == "unknown-signer"
    assert found["Again"]["signer"] in refused.json["error"]["message"]
    (taken,) = elsewhere("adapters", "import", file, "--accept-signer").json["adapters"]
    assert (taken["name"], taken["trust"], taken["in_use"]) == ("Our manner", "known", False)
    assert len(elsewhere("adapters", "import", file).json["adapters"]) == 2, "known from now on"


def test_an_assistant_gets_an_adapter(run: Run, begin: Begin, data: Path, tmp_path: Path) -> None:
    _assistants(begin, data)
    bare = tmp_path / "manner.gguf"
    bare.write_bytes(b"GGUF adapter")
    run("adapters", "import", bare)
    lent = run("adapters", "use", "manner", "--scale", 0.5, "--assistant", "warm").json
    assert not lent["adapters"][0]["in_use"], "nobody else speaks with it"
    brief, warm = run("assistants", "list").json["assistants"]
    assert (brief["adapter"], warm["adapter"], warm["strength"]) == (None, "manner", 0.5)
    run("adapters", "off", "--assistant", "Warm")
    assert run("assistants", "list").json["assistants"][1]["adapter"] is None
    assert run("adapters", "use", "manner", "--assistant", "no").error == "assistant-missing"
    assert run("adapters", "use", "no", "--assistant", "Warm").error == "adapter-missing"


def test_the_reading_report_is_printed(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "plan.dwg").write_bytes(b"AC1032")
    with ZipFile(folder / "parts.zip", "w") as package:
        package.writestr("rent.txt", "The rent is 212 000 roubles a month.")
        package.writestr("plan.dwg", "AC1032")
    added = run("add", folder)
    assert added.json["left_out"] == {".dwg": 1}
    assert "1 × .dwg" in added.err
    listed = {each["name"]: each["reading"] for each in run("documents", "list").json["documents"]}
    assert listed["rent.txt"]["complete"]
    assert listed["rent.txt"]["reasons"] == []
    assert listed["rent.txt"]["characters"] > 30
    assert listed["parts.zip"] == {
        "complete": False,
        "pages": {"text": 0, "recognised": 0, "unreadable": 0},
        "pictures": {"recognised": 0, "skipped": 0},
        "attachments": {"read": 1, "refused": 1},
        "hidden": 0,
        "formulas_not_calculated": 0,
        "characters": 0,
        "confidence": None,
        "reasons": [
            {
                "part": "plan.dwg",
                "page": None,
                "count": 1,
                "code": "part-format",
                "message": "plan.dwg: a format that Larets does not read. Save it as PDF or as text"
                " and add that file.",
            }
        ],
    }
    found = run("search", "rent").json["hits"][0]
    assert found["read_in_part"] is False


def test_documents(run: Run, pump: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no PDF")
    added = run("add", pump, bad)
    assert added.code == 0
    assert set(added.json) >= {"documents", "seconds", "pages_per_second", "passages_per_second"}
    good, failed = added.json["documents"]
    assert set(good) >= {"path", "id", "state", "pages", "passages"}
    assert (good["path"], good["state"], good["pages"], good["passages"]) == (
        str(pump),
        "indexed",
        None,
        1,
    )
    assert "error" not in good
    assert (failed["state"], failed["error"]["code"]) == ("failed", "damaged-file")
    assert "pump.txt" in added.err, "progress goes to standard error"
    listed = run("documents", "list").json["documents"]
    assert {each["id"] for each in listed} == {good["id"], failed["id"]}
    run("documents", "export", good["id"], tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == pump.read_bytes()
    target = tmp_path / "no folder" / "out.txt"
    assert run("documents", "export", good["id"], target).error == "storage-denied"
    assert run("documents", "export", "none", target).error == "document-missing"
    (left,) = run("documents", "remove", good["id"]).json["documents"]
    assert left["id"] == failed["id"]
    assert run("documents", "remove", good["id"]).error == "document-missing"


def test_search(run: Run, pump: Path) -> None:
    assert run("search", "oil filter").json["hits"] == []
    run("add", pump)
    found = run("search", "oil filter", "-k", "3").json
    assert set(found) == {"hits", "milliseconds"}
    (hit,) = found["hits"]
    assert set(hit) >= {
        "rank", "document", "path", "page", "locator", "heading", "text", "start", "end",
        "score", "dense_score", "keyword_score",
    }  # fmt: skip
    assert (hit["rank"], hit["path"], hit["text"]) == (1, str(pump), pump.read_text())
    assert (hit["start"], hit["end"]) == (0, len(pump.read_text()))


def test_an_answer_that_was_computed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("Region,Revenue\nNorth,120\nSouth,340\nNorth,80\n")
    (document,) = run("add", tmp_path / "sales.csv").json["documents"]
    question = "How much revenue does the North region have?"
    answered = run("ask", question).json
    assert answered["computed"] == {
        "query": "SELECT sum(revenue) FROM sheet WHERE region = 'north'",
        "columns": ["sum(revenue)"],
        "rows": [[200]],
        "cells": "A2:B2, A4:B4",
        "sheet": "",
        "document": document["id"],
    }
    assert [each["number"] for each in answered["passages"]] == [1]
    assert answered["passages"][0]["locator"] == "sales.csv › A1:B4"
    said = run("ask", question, as_json=False)
    assert "Computed [2]: SELECT sum(revenue)" in said.out


def test_ask(run: Run, pump: Path) -> None:
    run("add", pump)
    answered = run("ask", "When is the oil filter changed?").json
    assert set(answered) == {
        "answer", "abstained", "citations", "passages", "computed", "conversation", "timings",
        "kind", "confirmed", "quote", "looked_at",
    }  # fmt: skip
    assert (answered["kind"], answered["confirmed"]) == ("lookup", True)
    assert set(answered["looked_at"]) == {"of", "read"}
    assert answered["answer"] == "The oil filter is changed every 500 hours [1]."
    assert answered["abstained"] is False
    (citation,) = answered["citations"]
    assert set(citation) == {
        "number", "document", "path", "page", "locator", "quote", "supported",
    }  # fmt: skip
    assert citation["supported"] is True
    assert citation["quote"] == "Change the oil filter every 500 hours."
    assert citation["path"] == answered["passages"][0]["path"] == str(pump)
    assert set(answered["timings"]) == {
        "retrieve_ms", "first_token_ms", "total_ms", "prompt_tokens", "reused_tokens",
        "generated_tokens", "tokens_per_second", "first_useful_ms",
    }  # fmt: skip
    again = run("ask", "And then?", "--conversation", answered["conversation"]).json
    assert again["conversation"] == answered["conversation"]


def test_bench_retrieval(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    text = "Change the oil filter every 500 hours."
    (folder / "pump.txt").write_text(text)
    (folder / "roof.txt").write_text("Slates are laid from the eaves upwards.")
    row = {"question": "When is the oil filter changed?", "answer": "500", "context": text}
    questions = folder / "qa.json"
    questions.write_text(json.dumps([row | {"document": "pump.txt"}]))
    plain = run("bench", "retrieval", questions).json
    segments = tmp_path / "segments.jsonl"
    found = run("bench", "retrieval", questions, "--segments", segments).json
    assert set(found) == set(plain) == {
        "n", "passage", "document", "found_at_tokens", "latency_ms", "index_seconds",
    }  # fmt: skip
    assert found["found_at_tokens"] == {"250": 1.0, "500": 1.0, "1000": 1.0, "2000": 1.0}
    (line,) = [json.loads(each) for each in segments.read_text("utf-8").splitlines()]
    assert line["question"] == 0
    first = line["segments"][0]
    assert set(first) == {"text", "document", "page", "score", "passages"}
    assert (first["text"], first["document"]) == (text, "pump.txt")
    assert first["passages"] == [text]


def test_an_empty_library_answers_nothing(run: Run) -> None:
    answered = run("ask", "Anything?").json
    assert answered["abstained"] is True
    assert answered["citations"] == answered["passages"] == []


@pytest.fixture
def recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """The data for text recognition, wherever the tests run."""
    monkeypatch.setattr("app.documents.pictures.ocr.data_folder", lambda: Path("there"))


@pytest.mark.usefixtures("recognition", "begun_process")
def test_doctor(run: Run, data: Path, pump: Path) -> None:
    run("add", pump)
    said = run("doctor")
    assert said.code == 0
    assert said.json["well"] is True
    assert {"memory", "models-kit", "originals"} <= names_of(said.json["checks"])
    assert all({"name", "passed", "fact"} == set(check) for check in said.json["checks"])
    assert all(check["fact"] for check in said.json["checks"])
    (original,) = data.glob("collections/*/files/*")
    original.write_bytes(b"damaged")
    said = run("doctor")
    assert said.code == 1
    assert said.json["well"] is False
    (ill,) = [check for check in said.json["checks"] if not check["passed"]]
    assert (ill["name"], ill["fact"]) == ("originals", "0 of 1 originals are intact.")
    assert ill["remedy"].startswith("Add the damaged documents again")
    told = run("doctor", as_json=False)
    assert "FAIL Documents: 0 of 1 originals are intact." in told.out
    assert "→ Add the damaged documents again" in told.out


def names_of(checks: list[dict[str, str]]) -> set[str]:
    return {check["name"] for check in checks}


@pytest.mark.usefixtures("recognition", "begun_process")
def test_doctor_before_there_is_anything(
    begin: Begin, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = runner(begin, data, capsys)("doctor", password=None)
    assert (said.code, said.json["well"], said.json["profiles"]) == (0, True, [])
    assert {"data-folder", "disk-space", "libraries", "no-profile"} <= names_of(said.json["checks"])
    assert not data.exists()


@pytest.mark.usefixtures("recognition", "begun_process")
def test_doctor_with_several_profiles_names_them(run: Run, tmp_path: Path) -> None:
    other = secret(tmp_path, "another password")
    run("profile", "create", "Egor", "--profile", "Anna", "--new-password-file", other)
    said = run("doctor")
    assert (said.code, said.json["profiles"]) == (0, ["Anna", "Egor"])
    (told,) = [check["fact"] for check in said.json["checks"] if check["name"] == "profiles"]
    assert "Anna, Egor" in told
    assert "--profile NAME" in told
    assert "originals" not in names_of(said.json["checks"])
    assert "originals" in names_of(run("doctor", "--profile", "Anna").json["checks"])
    assert run("doctor", "--profile", "Egor").error == "wrong-password"
    refused = run("models", "list")
    assert refused.error == "profile-missing"
    assert "Anna, Egor" in refused.json["error"]["message"]


@pytest.mark.usefixtures("recognition", "begun_process")
def test_doctor_of_one_profile_whose_password_nobody_can_be_asked_for(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    said = run("doctor", password=None)
    assert said.code == 0
    assert "profiles" in names_of(said.json["checks"])


@pytest.mark.parametrize(
    ("file", "copy"),
    [("workspace.json", "workspace.copy.json"), ("workspace.db", "spare/workspace.db")],
)
def test_doctor_tells_of_damage(run: Run, data: Path, file: str, copy: str) -> None:
    (data / copy).unlink()
    (data / file).write_bytes(b"x" * 8192)
    said = run("doctor")
    assert said.code == 1
    (ill,) = [check for check in said.json["checks"] if check["name"] == "opening"]
    assert file in ill["fact"]
    assert "no-profile" not in names_of(said.json["checks"])
    assert "backup" in ill["remedy"]


def test_doctor_writes_a_report_and_says_what_it_holds(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.zip"
    said = run("doctor", "--bundle", file)
    assert said.json["bundle"] == str(file)
    with zipfile.ZipFile(file) as archive:
        held = {info.filename: info.file_size for info in archive.infolist()}
    assert {part["name"]: part["bytes"] for part in said.json["holds"]} == held
    assert set(held) >= {"versions.json", "hardware.json", "checks.json"}
    assert all(name in said.err for name in held)
    assert said.err.index("checks.json") < said.err.index(str(file))
    refused = run("doctor", "--bundle", tmp_path / "none" / "report.zip")
    assert refused.json["error"]["code"] == "storage-denied"


def test_text_for_people(run: Run, pump: Path) -> None:
    said = run("add", pump, as_json=False)
    assert "indexed" in said.out
    assert "{" not in said.out
    said = run("ask", "When is the oil filter changed?", as_json=False)
    assert "every 500 hours [1]." in said.out
    said = run("models", "use", "none", as_json=False)
    assert (said.code, said.out) == (1, "")
    assert "none" in said.err


def test_damage_is_told_in_words(run: Run, data: Path) -> None:
    (data / "spare" / "workspace.db").unlink()
    (data / "workspace.db").write_bytes(b"x" * 8192)
    said = run("models", "list")
    assert said.error == "damaged-data"
    assert "workspace.db" in said.err


@pytest.mark.usefixtures("recognition", "begun_process")
def test_a_damaged_part_is_told_by_every_command_until_it_is_acknowledged(
    run: Run, data: Path
) -> None:
    run("models", "list")
    (data / "workspace.db").write_bytes(b"x" * 8192)
    for _ in range(2):
        said = run("models", "list")
        assert said.code == 0
        assert "workspace.db" in said.err
    assert run("doctor").code == 1
    assert run("doctor", "--acknowledge").code == 0
    assert run("models", "list").err == ""


def test_who_may_read_what(run: Run, data: Path, tmp_path: Path) -> None:
    boris = tmp_path / "boris"
    boris.write_text("Boris's password")
    run("profile", "create", "Boris", "--role", "reader", "--new-password-file", boris)
    run("collection", "create", "Salaries", "--private", "--profile", "Anna")

    def seen() -> list[str]:
        told = run("collection", "list", "--profile", "Boris", password=boris).json
        return [each["name"] for each in told["collections"]]

    assert "Salaries" not in seen()
    run("collection", "share", "Salaries", "Boris", "--profile", "Anna")
    assert "Salaries" in seen()
    refused = run(
        "profile", "role", "Boris", "administrator", "--profile", "Boris",
        password=boris,
    )  # fmt: skip
    assert refused.error == "access-denied"
    assert run("profile", "role", "Anna", "reader", "--profile", "Anna").error == (
        "last-administrator"
    )
    acts = [each["act"] for each in run("audit", "list", "--profile", "Anna").json["entries"]]
    assert {"create-profile", "create-collection", "share-collection", "refused"} <= set(acts)
    assert run("audit", "verify", "--profile", "Anna").json["well"] is True
    file = tmp_path / "log.csv"
    run("audit", "export", file, "--containing", "salaries", "--profile", "Anna")
    assert len(file.read_text().splitlines()) == 3


def test_policies(run: Run, tmp_path: Path) -> None:
    assert run("policy", "set", "nothing", "on").error == "unknown-policy"
    assert run("policy", "set", "export", "perhaps").error == "policy-value"
    assert run("policy", "set", "auto-lock", "9999").error == "policy-value"
    told = {
        row["key"]: row["value"] for row in run("policy", "set", "export", "off").json["policies"]
    }
    assert (told["export"], told["local-interface"]) == ("off", "off")
    again = {row["key"]: row["value"] for row in run("policy", "list").json["policies"]}
    assert again == told


def test_what_takes_room_is_told_and_what_nothing_needs_removed(run: Run, tmp_path: Path) -> None:
    aside = tmp_path / "data" / "set-aside" / "old"
    aside.parent.mkdir()
    aside.write_bytes(b"x" * 1000)
    told = {row["kind"]: row for row in run("storage").json["storage"]}
    assert (told["aside"]["bytes"], told["aside"]["removable"]) == (1000, True)
    assert told["conversations"]["bytes"] > 0
    assert not told["conversations"]["removable"]
    cleaned = run("storage", "--clean", "aside").json
    assert cleaned["freed"] == 1000
    assert not aside.exists()
    (entry,) = run("audit", "list", "--containing", "clean-up").json["entries"]
    assert entry["subject"] == "aside, 1000"


def test_the_least_length_holds_for_a_changed_password_too(run: Run, tmp_path: Path) -> None:
    run("policy", "set", "password-length", "25")
    short = tmp_path / "short"
    short.write_text("blue lamp over water")
    assert run("profile", "passwd", "--new-password-file", short).error == "weak-password"
    assert run("models", "list").code == 0, "the password before still opens it"


def test_a_bug_shows_no_traceback_and_no_words_of_the_user(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("words of the user")

    monkeypatch.setattr("app.cli.commands.models._row", fail)
    said = run("models", "list")
    assert said.error == "unexpected"
    assert "words of the user" not in said.out + said.err
    assert "Traceback" in run("models", "list", "--debug").err


def test_a_stick_that_is_pulled_out_is_told_in_words(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pull(*_: object) -> None:
        data.rename(data.with_name("away"))
        raise FileNotFoundError(str(data / "workspace.db"))

    monkeypatch.setattr("app.cli.commands.models._row", pull)
    assert run("models", "list").error == "data-unreachable"


def test_common_options_stand_before_or_after(
    run: Run, begin: Begin, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = secret(tmp_path, PASSWORD)
    options = ["--data-dir", str(data), "--password-file", str(file), "--profile", "Anna", "--json"]
    outputs = []
    for words in (
        [*options, "models", "list"],
        ["models", *options, "list"],
        ["models", "list", *options],
        [*options[:2], "models", *options[2:4], "list", *options[4:]],
    ):
        capsys.readouterr()
        assert main(words, begin) == 0
        outputs.append(capsys.readouterr().out)
    assert len(set(outputs)) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["search"],
        ["search", "x", "-k", "0"],
        ["ask", "x", "--max-tokens", "many"],
        ["nonsense"],
        ["models"],
        ["models", "list", "--unknown"],
        ["profile", "create", "Anna", "--role", "king"],
        ["documents", "remove"],
        ["models", "list", "--password", "in the open"],
    ],
)
def test_wrong_usage(words: list[str], begin: Begin, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words, begin)
    assert caught.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "usage" in said.err


def test_no_command_is_wrong_usage_too(begin: Begin, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], begin) == 2
    assert capsys.readouterr().out == ""


def test_a_missing_workspace_is_not_made_by_looking(
    begin: Begin, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = runner(begin, data, capsys)
    assert run("models", "list").error == "profile-missing"
    assert run("profile", "list").json == {"profiles": [], "proven": False}
    assert not data.exists()


@pytest.mark.slow
def test_bench_index(run: Run) -> None:
    values = run("bench", "index", "--vectors", 1500, "--dimensions", 32).json
    assert values["recall@10"] >= 0.97
    assert values["file_size"] > 1500 * 64
    for name in ("search_ms", "exact_ms", "graph_ms", "words_ms", "hybrid_ms", "bare_ms"):
        assert 0 < values[name]["p50"] <= values[name]["p95"]
    assert values["hybrid_ratio"] > 0
    assert values["build_seconds"] > 0
    assert values["memory"] >= 0


def test_collections(run: Run, tmp_path: Path) -> None:
    made = run("collection", "create", "Договоры")
    assert [each["name"] for each in made.json["collections"]] == ["Library", "Договоры"]
    assert run("collection", "create", "договоры").error == "name-taken"
    (tmp_path / "a.txt").write_text("The oil filter is changed every 500 hours.")
    (tmp_path / "b.txt").write_text("The oil filter is kept in the store room.")
    run("add", tmp_path / "a.txt")
    run("add", tmp_path / "b.txt", "--collection", "Договоры")
    listed = run("documents", "list", "--collection", "Договоры").json["documents"]
    assert [each["name"] for each in listed] == ["b.txt"]
    hits = run("search", "oil filter", "--collection", "Договоры").json["hits"]
    assert {Path(each["path"]).name for each in hits} == {"b.txt"}
    assert len(run("search", "oil filter").json["hits"]) == 2
    assert run("documents", "list", "--collection", "none").error == "collection-missing"
    run("collection", "rename", "Договоры", "Contracts")
    left = run("collection", "delete", "Contracts").json["collections"]
    assert [(each["name"], each["documents"]) for each in left] == [("Library", 1)]
    assert len(run("search", "oil filter").json["hits"]) == 1


def test_watched_folders(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "a.txt").write_text("The oil filter is changed every 500 hours.")
    (folder / "b.md").write_text("Not wanted.")
    said = run("folders", "watch", folder, "--include", "*.txt", "--removal", "remove").json
    assert (said["queued"], said["documents"]) == (1, 1)
    assert said["folders"][0]["include"] == ["*.txt"]
    (folder / "a.txt").unlink()
    (folder / "c.txt").write_text("Another one.")
    assert run("folders", "scan").json["missing"] == 1
    assert run("folders", "scan").json["removed"] == 1
    assert run("folders", "unwatch", folder).json == {"folders": []}
    assert run("folders", "watch", tmp_path / "none").error == "folder-unreachable"


def test_a_database_file_is_added_by_its_address(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "shop.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE parts (title TEXT, price REAL)")
        connection.execute("INSERT INTO parts VALUES ('M8 nut', 12.5)")
    connection.close()
    rows = run("add", f"sqlite:///{path}").json["documents"]
    assert {each["name"] for each in rows} == {"shop.sqlite", "parts.csv"}
    assert run("add", "oracle://u@h/x").error == "database-refused"


@pytest.mark.slow
def test_bench_ingest(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "added"
    folder.mkdir()
    (folder / "a.txt").write_text("Words of the first file.")
    (folder / "b.pdf").write_bytes(make_pdf(["One page.", "Another page."]))
    (folder / "c.pdf").write_bytes(b"no PDF")
    values = run("bench", "ingest", folder).json
    assert (values["documents"], values["failed"], values["pages"]) == (2, 1, 2)
    assert values["passages"] >= 2
    assert values["characters"] > len("Words of the first file.One page.Another page.")
    assert set(values["stage_share"]) == {"reading", "embedding", "storing", "waiting"}
    assert sum(values["stage_share"].values()) == pytest.approx(1, abs=0.001)
    assert all(share > 0 for share in values["stage_share"].values())
    for name in (
        "seconds", "pages_per_second", "passages_per_second", "characters_per_second",
        "reading_pages_per_second", "peak_memory", "embedding_floor_passages_per_second",
        "ratio_to_floor",
    ):  # fmt: skip
        assert values[name] > 0, name
    assert run("bench", "ingest", folder, "--limit", 1).json["documents"] == 1


def _assistants(begin: Begin, data: Path) -> tuple[str, str]:
    """The ids of two that were made in the window."""
    services = begin(Paths(data, data, paths.find().resources)).open(
        "Anna", PASSWORD, lambda _: None
    )
    (collection,) = services.library.collections()
    brief = Assistant("", "Brief", tone=Tone.BRIEF, max_tokens=64, collections=(collection.id,))
    made = services.assistants.create(brief), services.assistants.create(Assistant("", "Warm"))
    services.close()
    return made[0].id, made[1].id


def test_assistants(run: Run, begin: Begin, data: Path) -> None:
    assert run("assistants", "list").json == {"assistants": []}
    _assistants(begin, data)
    brief, warm = run("assistants", "list").json["assistants"]
    assert set(brief) == {
        "id", "name", "icon", "tone", "instruction", "language", "temperature", "max_tokens",
        "collections", "adapter", "strength", "adapters", "variables",
    }  # fmt: skip
    assert (brief["name"], brief["tone"], brief["adapter"]) == ("Brief", "brief", None)
    assert (brief["collections"], warm["collections"]) == (["Library"], [])
    assert "Brief" in run("assistants", "list", as_json=False).out


def test_an_assistant_answers(run: Run, begin: Begin, data: Path, pump: Path) -> None:
    run("add", pump)
    brief, warm = _assistants(begin, data)
    question = "When is the oil filter changed?"
    conversation = run("ask", question, "--assistant", "brief").json["conversation"]

    def answered_by() -> tuple[str, int]:
        resources = paths.find().resources
        services = begin(Paths(data, data, resources)).open("Anna", PASSWORD, lambda _: None)
        answer = services.conversations.messages(conversation)[-1]
        sent = services.conversations.prompt(answer.id)
        assistant = services.conversations.one(conversation).assistant
        services.close()
        assert sent is not None
        return assistant, sent.max_tokens

    assert answered_by() == (brief, 64)
    run("ask", question, "--conversation", conversation)
    assert answered_by() == (brief, 64), "it stays"
    run("ask", question, "--conversation", conversation, "--max-tokens", 80)
    assert answered_by() == (brief, 80)
    run("ask", question, "--conversation", conversation, "--assistant", "Warm")
    assert answered_by() == (warm, 512)
    assert run("ask", question, "--assistant", "Nobody").error == "assistant-missing"
    gone = run("ask", question, "--assistant", "Warm", "--conversation", "none")
    assert gone.error == "conversation-missing"


def test_bench_answers(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    text = "Change the oil filter every 500 hours."
    (folder / "pump.txt").write_text(text)
    (folder / "roof.txt").write_text("Slates are laid from the eaves upwards.")
    row = {"question": "When is the oil filter changed?", "answer": "500 hours", "context": text}
    questions = folder / "qa.json"
    questions.write_text(json.dumps([row | {"document": "pump.txt"}]))
    rows = tmp_path / "rows.jsonl"
    found = run("bench", "answers", questions, "--rows", rows, "--peers").json
    assert {
        "n", "exact_match", "f1", "contains", "quote_contains", "abstained", "gold_found",
        "gold_cited", "citation_precision", "citation_recall", "confirmed", "invented",
        "first_useful_ms", "first_token_ms", "total_ms", "prompt_tokens", "peers",
    } <= set(found)  # fmt: skip
    assert (found["n"], found["contains"], found["gold_cited"]) == (1, 1.0, 1.0)
    assert found["peers"]["plain"]["contains"] == 1.0
    lines = [json.loads(each) for each in rows.read_text("utf-8").splitlines()]
    assert [each["by"] for each in lines[:2]] == ["larets", "plain"]
    away = run("bench", "answers", questions, "--away").json
    assert (away["n"], away["gold_found"]) == (1, 0.0)
