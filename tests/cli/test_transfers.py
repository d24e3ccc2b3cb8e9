"""larets collection export and import: from one data folder into another."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.engines.base import Engines
from app.engines.fake import FakeChat, fake_engines
from app.services.session import Begin
from tests.cli.conftest import Run, runner

PASSPHRASE = "seven green lamps over water"


@pytest.fixture
def begin(quick: Callable[[Engines], Begin]) -> Begin:
    return quick(fake_engines(FakeChat(lambda turns: "Every 500 hours [1].")))


@pytest.fixture
def run(begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    made = runner(begin, tmp_path / "data", capsys)
    assert made("profile", "create", "Anna", "--role", "administrator").code == 0
    pump = tmp_path / "pump.txt"
    pump.write_text("Change the oil filter every 500 hours. The pump delivers 120 litres.")
    assert made("add", pump).code == 0
    return made


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n")
    return path


def test_a_collection_comes_to_another_data_folder(
    run: Run,
    begin: Begin,
    passphrase: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "library.larets"
    sent = run("collection", "export", "Library", file, "--passphrase-file", passphrase).json
    assert (sent["collection"], sent["documents"], sent["bytes"]) == (
        "Library", 1, file.stat().st_size,
    )  # fmt: skip
    there = runner(begin, tmp_path / "there", capsys)
    assert there("profile", "create", "Boris").code == 0
    said = there("collection", "import", file, "--name", "Sent", "--passphrase-file", passphrase)
    assert said.json == {**sent, "collection": "Sent", "sender": said.json["sender"],
                         "vectors": "kept"}  # fmt: skip
    assert said.json["sender"] == {**sent["sender"], "member": None}
    fingerprint = sent["sender"]["fingerprint"]
    assert said.err.startswith(f"Signed by Anna, {fingerprint} (unknown here)\n")
    hits = there("search", "oil filter", "--collection", "Sent").json["hits"]
    assert [Path(hit["path"]).name for hit in hits] == ["pump.txt"]
    acts = [each["act"] for each in there("audit", "list").json["entries"]]
    assert "import-collection" in acts


def test_a_wrong_passphrase_a_taken_name_and_another_file_are_told(
    run: Run, passphrase: Path, tmp_path: Path
) -> None:
    file = tmp_path / "library.larets"
    assert run("collection", "export", "Library", file, "--passphrase-file", passphrase).code == 0
    wrong = tmp_path / "wrong"
    wrong.write_text("another passphrase")
    take = ("collection", "import")
    assert run(*take, file, "--passphrase-file", wrong).error == "wrong-passphrase"
    taken = run(*take, file, "--passphrase-file", passphrase)
    assert taken.json["error"]["code"] == "name-taken"
    assert run(*take, passphrase, "--passphrase-file", passphrase).error == "not-a-transfer"
    assert run(*take, tmp_path / "none", "--passphrase-file", wrong).error == "file-missing"


def test_a_weak_passphrase_writes_nothing(run: Run, tmp_path: Path) -> None:
    weak, file = tmp_path / "weak", tmp_path / "library.larets"
    weak.write_text("12345678")
    said = run("collection", "export", "Library", file, "--passphrase-file", weak)
    assert said.error == "weak-password"
    assert not file.exists()
