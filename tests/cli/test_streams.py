"""Terminals, pipes and files of every encoding: a sentence or a result, never a traceback."""

import codecs
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.engines.base import Engines
from app.engines.fake import FakeChat, fake_engines
from app.services.session import Begin
from tests.cli.conftest import PASSWORD, Run, runner

_ENTRY = [sys.executable, "-m", "app"]


def _started(
    data: Path, *words: str, env: dict[str, str] | None = None, stdin: int | None = None
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [*_ENTRY, "--data-dir", str(data), *words],
        capture_output=True,
        timeout=120,
        env=env,
        stdin=stdin,
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(quick: Callable[[Engines], Begin], data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    made = runner(quick(fake_engines(FakeChat(lambda turns: "words [1]."))), data, capsys)
    assert made("profile", "create", "Anna").code == 0
    return made


@pytest.fixture
def russian(run: Run, data: Path) -> Path:
    """A workspace whose collection has a name that few encodings hold."""
    assert run("collection", "create", "Договоры — «№ 5» 🙂").code == 0
    return data


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "cp1251", "utf-8"])
def test_any_encoding_of_the_output_does(russian: Path, encoding: str) -> None:
    secret = russian.with_name("password")
    environment = os.environ | {"PYTHONIOENCODING": encoding, "LC_ALL": "C"}
    words = ("collection", "list", "--password-file", str(secret))
    said = _started(russian, *words, "--json", env=environment)
    assert b"Traceback" not in said.stderr
    assert said.returncode == 0, said.stderr
    names = [each["name"] for each in json.loads(said.stdout.decode(encoding))["collections"]]
    assert "Договоры — «№ 5» 🙂" in names
    told = _started(russian, *words, env=environment)
    assert (told.returncode, b"Traceback" in told.stderr) == (0, False)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="pipes close in another way there")
def test_a_pipe_that_is_closed_ends_it_quietly(russian: Path) -> None:
    secret = russian.with_name("password")
    process = subprocess.Popen(
        [*_ENTRY, "--data-dir", str(russian), "collection", "list",
         "--password-file", str(secret)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read()
    assert process.wait(timeout=120) == 1
    assert told == b""
    process.stderr.close()


@pytest.mark.slow
def test_without_a_terminal_it_says_what_to_do(russian: Path) -> None:
    said = _started(russian, "collection", "list", "--json", stdin=subprocess.DEVNULL)
    assert said.returncode == 1
    assert json.loads(said.stdout)["error"]["code"] == "no-terminal"
    assert b"Traceback" not in said.stderr


@pytest.mark.parametrize(
    "content",
    [
        f"{PASSWORD}\n".encode("utf-8-sig"),
        f"{PASSWORD}\r\nnext".encode(),
        codecs.BOM_UTF16_LE + PASSWORD.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + f"{PASSWORD}\r\n".encode("utf-16-be"),
    ],
)
def test_a_password_file_of_any_editor(run: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "secret"
    file.write_bytes(content)
    assert run("collection", "list", password=file).code == 0


def test_a_password_file_of_a_russian_windows(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes("зелёный чайник на полке".encode("cp1251"))
    made = run("profile", "create", "Борис", "--new-password-file", file, "--profile", "Anna")
    assert made.code == 0
    told = tmp_path / "same"
    told.write_text("зелёный чайник на полке", "utf-8")
    assert run("collection", "list", "--profile", "Борис", password=told).code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names of text alone")
def test_a_name_that_is_no_text_stops_nothing(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "plain.txt").write_text("The boiler is checked in May.")
    strange = os.fsencode(folder) + b"/\xcf\xf0\xe8.txt"
    with open(strange, "wb") as file:
        file.write(b"words")
    outside = tmp_path / "outside.txt"
    outside.write_text("not of this folder")
    (folder / "link.txt").symlink_to(outside)
    said = run("add", folder)
    assert said.code == 0
    assert said.json["left_out"] == {"(name is not UTF-8)": 1, "(link out of the folder)": 1}
    assert [Path(each["path"]).name for each in said.json["documents"]] == ["plain.txt"]
    assert "outside.txt" not in said.out
    assert run("add", os.fsdecode(strange)).error == "unreadable-name"
