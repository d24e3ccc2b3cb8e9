"""Commands on a data folder that nobody can write to: a mount that is really read-only."""

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.engines.base import Engines
from app.engines.fake import FakeChat, fake_engines
from app.services.session import Begin
from tests.cli.conftest import Run, runner
from tests.faults.conftest import small_disk  # noqa: F401  a fixture


def remount(disk: Path) -> None:
    done = subprocess.run(["mount", "-o", "remount,ro", str(disk)], capture_output=True)
    if done.returncode:
        pytest.skip("no mount can be made read-only here")


@pytest.fixture(params=["file system", "bind mount"])
def run(
    request: pytest.FixtureRequest,
    small_disk: Path,  # noqa: F811
    tmp_path: Path,
    quick: Callable[[Engines], Begin],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Run]:
    """In a workspace with a document, which then cannot be written to any more."""
    monkeypatch.setattr("app.store.reserve.PIECE", 64 * 1024)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    begin = quick(fake_engines(FakeChat(lambda _: "Every 500 hours [1].")))
    (tmp_path / "manual.txt").write_text("The oil filter is changed every 500 hours.")
    made = runner(begin, small_disk / "data", capsys)
    made("profile", "create", "Anna")
    made("add", tmp_path / "manual.txt")
    made("ask", "How often is the oil filter changed?")
    if request.param == "file system":
        remount(small_disk)
        yield made
        return
    place = tmp_path / "bound" / "data"
    place.mkdir(parents=True)
    bound = ["mount", "--bind", str(small_disk / "data"), str(place)]
    if subprocess.run(bound, capture_output=True).returncode:
        pytest.skip("no bind mount can be made here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(place)], check=True)
        yield runner(begin, place, capsys)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def test_what_only_reads_works_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    assert [row["name"] for row in run("documents", "list").json["documents"]] == ["manual.txt"]
    assert "500 hours" in run("search", "oil filter").json["hits"][0]["text"]
    answer = run("ask", "How often is the oil filter changed?")
    assert "every 500 hours" in answer.json["answer"].lower()
    assert "read-only medium" in answer.err
    (document,) = run("documents", "list").json["documents"]
    out = tmp_path / "out.txt"
    assert run("documents", "export", document["id"], out).code == 0
    assert out.read_text() == "The oil filter is changed every 500 hours."
    (conversation,) = run("conversations", "list").json["conversations"]
    assert run("conversations", "export", conversation["id"], tmp_path / "talk.md").code == 0
    assert run("audit", "verify").json["well"]
    assert not list((tmp_path / "temporary").iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ("add", "manual.txt"),
        ("documents", "remove", "any"),
        ("collection", "create", "Contracts"),
        ("profile", "create", "Boris"),
        ("profile", "recovery-key"),
        ("policy", "set", "export", "off"),
        ("keys", "create", "CRM"),
        ("conversations", "import", "talk.json"),
    ],
)
def test_what_writes_says_why_not(run: Run, words: tuple[str, ...]) -> None:
    said = run(*words)
    assert said.json["error"]["code"] == "read-only-medium", said.out
    assert "read-only medium" in said.json["error"]["message"]


def test_a_password_cannot_be_changed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new").write_text("another good password")
    said = run("profile", "passwd", "--new-password-file", tmp_path / "new")
    assert said.json["error"]["code"] == "read-only-medium"


def test_a_wrong_password_is_called_wrong(run: Run, tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("not the password")
    assert run("documents", "list", password=tmp_path / "wrong").error == "wrong-password"


def test_the_health_check_tells_of_it_and_calls_it_no_fault(run: Run) -> None:
    said = run("--profile", "Anna", "doctor").json
    assert {"read-only-folder"} <= {row["name"] for row in said["checks"] if row["passed"]}


def test_what_a_kill_left_goes_at_the_next_opening(run: Run, tmp_path: Path) -> None:
    left = tmp_path / "temporary" / "larets-read-only-killed" / "data"
    left.mkdir(parents=True)
    (left / "workspace.db").write_bytes(b"encrypted")
    (left.parent / "stand-in.lock").touch()
    run("documents", "list")
    assert not left.parent.exists()


def test_what_is_damaged_there_can_be_salvaged(run: Run, tmp_path: Path) -> None:
    said = run("salvage", tmp_path / "saved")
    assert said.code == 0
    assert (tmp_path / "saved" / "documents" / "Library" / "manual.txt").exists()
