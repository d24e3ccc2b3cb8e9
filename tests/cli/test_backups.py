"""larets backup and larets restore, from the first snapshot to a workspace that answers again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.engines.base import Engines
from app.engines.fake import FakeChat, fake_engines
from app.services.session import Begin
from tests.cli.conftest import Run, runner


@pytest.fixture
def begin(quick: Callable[[Engines], Begin]) -> Begin:
    return quick(fake_engines(FakeChat(lambda turns: "Every 500 hours [1].")))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(begin: Begin, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    made = runner(begin, data, capsys)
    assert made("profile", "create", "Anna", "--role", "administrator").code == 0
    pump = tmp_path / "pump.txt"
    pump.write_text("Change the oil filter every 500 hours. The pump delivers 120 litres.")
    assert made("add", pump).code == 0
    return made


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def test_from_a_snapshot_to_a_workspace_that_finds_again(
    run: Run, begin: Begin, backup: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = run("backup", "create", backup).json
    assert {"snapshot", "files", "bytes", "new_bytes", "seconds"} <= set(made)
    listed = run("backup", "list", backup).json["snapshots"]
    assert [(each["id"], each["files"]) for each in listed] == [(made["snapshot"], made["files"])]
    verified = run("backup", "verify", backup).json
    assert (verified["well"], verified["checked_bytes"] > 0) == (True, True)
    elsewhere = tmp_path / "elsewhere"
    planned = run("restore", backup, "--to", elsewhere, "--dry-run").json
    assert planned["restored"]["target"] == str(elsewhere)
    assert not elsewhere.exists()
    done = run("restore", backup, "--to", elsewhere).json
    assert set(done) == {"restored", "skipped"}
    again = runner(begin, elsewhere, capsys)
    assert again("search", "oil filter").json["hits"]
    acts = [each["act"] for each in again("audit", "list").json["entries"]]
    assert "restore" in acts
    assert "backup" in [each["act"] for each in run("audit", "list").json["entries"]]


def test_over_the_workspace_at_hand(run: Run, backup: Path, data: Path) -> None:
    run("backup", "create", backup)
    assert run("collection", "create", "Later").code == 0
    done = run("restore", backup).json
    assert Path(done["restored"]["before"]).is_dir()
    names = [each["name"] for each in run("collection", "list").json["collections"]]
    assert names == ["Library"]
    assert all(check["name"] != "losses" for check in run("doctor").json["checks"])


def test_one_collection_and_what_cannot_be_put_back_alone(
    run: Run, backup: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("backup", "create", backup)
    done = run("restore", backup, "--only", "collection:Library").json
    names = [each["name"] for each in run("collection", "list").json["collections"]]
    assert names == ["Library", done["restored"]["as"]]
    refused = run("restore", backup, "--only", "collection:No").json["error"]
    assert refused["code"] == "not-in-backup"
    refused = run("restore", backup, "--only", "profile:Boris").json["error"]
    assert (refused["code"], "--to" in refused["hint"]) == ("others-profile", True)
    with pytest.raises(SystemExit):
        run("restore", backup, "--only", "model:m")


def test_a_profile_whose_database_was_lost_has_its_conversations_again(
    run: Run, backup: Path, data: Path
) -> None:
    first = run("ask", "How often is the oil filter changed?").json["conversation"]
    assert run("backup", "create", backup).code == 0
    later = run("ask", "How much does the pump deliver?").json["conversation"]
    nothing = run("restore", backup, "--only", "profile:Anna").json["restored"]
    assert nothing["conversations"] == 0, "what is there stays as it is"
    for database in (data / "profiles").glob("*.db*"):
        database.write_bytes(b"damaged " * 1000)
    for spare in (data / "spare").rglob("*"):
        if spare.is_file():
            spare.unlink()
    assert run("conversations", "list").json["conversations"] == []
    done = run("restore", backup, "--only", "profile:anna").json["restored"]
    assert (done["as"], done["conversations"]) == ("Anna", 1)
    told = [each["id"] for each in run("conversations", "list").json["conversations"]]
    assert told == [first] != [later]
    assert run("ask", "And the pump?", "--conversation", first).code == 0


def test_damage_is_an_exit_code_and_needs_no_password_to_be_found(run: Run, backup: Path) -> None:
    run("backup", "create", backup)
    pack = next(backup.glob("packs/*/*"))
    pack.write_bytes(pack.read_bytes()[:-1])
    for said in (run("backup", "verify", backup), run("backup", "verify", backup, password=None)):
        assert said.code == 1
        assert said.json["well"] is False
        assert said.json["damage"][0]["what"].startswith("packs/")


def test_refusals_are_told_in_words(run: Run, backup: Path, data: Path, tmp_path: Path) -> None:
    assert run("backup", "create", data / "inside").error == "backup-inside"
    run("backup", "create", backup)
    assert run("restore", backup, "--to", data).error == "folder-not-empty"
    assert run("restore", backup, "--snapshot", "zz").error == "snapshot-missing"
    assert run("backup", "list", tmp_path / "nothing").error == "folder-unreachable"
    wrong = tmp_path / "wrong"
    wrong.write_text("not her password")
    assert run("restore", backup, password=wrong).error == "wrong-password"
    assert run("profile", "create", "Boris", "--role", "editor").code == 0
    assert run("backup", "create", backup, "--profile", "Boris").error == "access-denied"
    assert run("restore", backup, "--profile", "Boris").error == "profile-missing"


def test_a_new_password_ends_no_backups(run: Run, backup: Path, tmp_path: Path) -> None:
    assert run("backup", "create", backup).code == 0
    new = tmp_path / "new password"
    new.write_text("another password of the tests")
    assert run("profile", "passwd", "--new-password-file", new).code == 0
    assert run("backup", "create", backup, password=new).code == 0
    assert len(run("backup", "list", backup, password=new).json["snapshots"]) == 2
