"""larets salvage, out of data folders that were really damaged."""

import hashlib
import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.chat.conversation import Message, Speaker
from app.domain.memory.summaries import Note
from app.store.chat.conversations import ConversationStore
from app.store.chat.messages import MessageStore
from app.store.memory.notes import NoteStore
from app.store.vault.vault import Vault
from tests.cli.conftest import PASSWORD, Run

PAGE = 4096
#: Long enough for pages that hold passages of one document alone.
TALKS = 60
WORDS = [f"Pump NP-{number} delivers {number} litres. " * 60 for number in range(40)]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workspace of the first test stays for the others."""
    return tmp_path_factory.mktemp("salvage") / "data"


@pytest.fixture
def data(tmp_path: Path, run: Run, kept: Path) -> Path:
    """Forty documents, sixty conversations of two turns, as many notes."""
    made = tmp_path / "data"
    if not kept.exists():
        folder = tmp_path / "originals"
        folder.mkdir()
        for number, words in enumerate(WORDS):
            (folder / f"pump {number}.txt").write_text(words)
        run("add", folder)
        talk(made)
        shutil.copytree(made, kept)
    shutil.rmtree(made)
    shutil.copytree(kept, made)
    return made


def talk(data: Path) -> None:
    anna = Vault(data).unlock("Anna", PASSWORD)
    turns, notes = MessageStore(anna.database), NoteStore(anna.database)
    for number in range(TALKS):
        key = ConversationStore(anna.database).create(f"Pump {number}?")
        asked = turns.append(key, Message(0, Speaker.USER, f"Pump {number}?", float(number)))
        answer = f"Pump {number} delivers {number} litres. " * 30
        turns.append(key, Message(0, Speaker.ASSISTANT, answer, 1.0, parent=asked.id))
        notes.keep([Note(f"note {number}", f"Note {number} on pumps. " * 20, 1.0, True)])
    anna.close()


def collection(data: Path) -> Path:
    """That of the library, the largest."""
    found = (data / "collections").glob("*/collection.db")
    return max(found, key=lambda path: path.stat().st_size)


def profile(data: Path) -> Path:
    return next((data / "profiles").glob("*.db"))


def flip_middle(path: Path, share: float = 0.15) -> None:
    """A byte in every page of a stretch from the middle on."""
    content = bytearray(path.read_bytes())
    pages = len(content) // PAGE
    for page in range(pages // 2, pages // 2 + max(1, int(pages * share))):
        content[page * PAGE + 200] ^= 1
    path.write_bytes(content)


def cut_end(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3 + 5])


def state(data: Path) -> dict[str, str]:
    """Of every file but the technical log and the locks, which hold nothing of a user."""
    files = (each for each in data.rglob("*") if each.is_file())
    return {
        each.relative_to(data).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in files
        if "log" not in each.parts and not each.name.endswith("lock")
    }


def salvaged(run: Run, data: Path, to: Path) -> dict[str, Any]:
    before = state(data)
    said = run("salvage", to, "--language", "en")
    assert said.code == 0, said.err
    assert state(data) == before
    told = json.loads((to / "salvage.json").read_text())
    assert {"saved": told["saved"], "lost": told["lost"]}.items() <= said.json.items()
    return dict(told)


def of_kind(told: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [row for row in told["saved"] if row["kind"] == kind]


def documents(told: dict[str, Any], to: Path) -> dict[str, str]:
    """Contents of the originals that were saved, by their names."""
    rows = of_kind(told, "document")
    return {row["name"] or row["file"]: (to / row["file"]).read_text() for row in rows}


def lost(told: dict[str, Any], kind: str) -> dict[str, str]:
    return {row["name"]: row["reason"] for row in told["lost"] if row["kind"] == kind}


def test_a_whole_workspace_comes_out_whole(run: Run, data: Path, tmp_path: Path) -> None:
    to = tmp_path / "saved"
    told = salvaged(run, data, to)
    assert told["lost"] == []
    assert sorted(documents(told, to).values()) == sorted(WORDS)
    assert len(of_kind(told, "conversation")) == len(of_kind(told, "note")) == TALKS
    assert "Pump 3 delivers 3 litres." in (to / "conversations" / "Pump 3_.md").read_text()
    assert "Note 59 on pumps." in (to / "note.md").read_text()
    for path in to.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert {each.name for each in to.iterdir()} == {
        "documents",
        "conversations",
        "note.md",
        "salvage.json",
    }


@pytest.mark.parametrize("damage", [flip_middle, cut_end])
def test_a_damaged_collection_gives_every_original(
    run: Run, data: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    damage(collection(data))
    assert run("documents", "list").json["documents"] == []
    to = tmp_path / "saved"
    told = salvaged(run, data, to)
    assert sorted(documents(told, to).values()) == sorted(WORDS)
    assert len(of_kind(told, "conversation")) == TALKS
    named = {row["name"] for row in of_kind(told, "document")} - {""}
    nameless = {Path(path).name for path in lost(told, "document")}
    assert named | nameless <= {f"pump {number}.txt" for number in range(40)}


def test_a_collection_without_its_database_gives_originals_without_names(
    run: Run, data: Path, tmp_path: Path
) -> None:
    collection(data).unlink()
    to = tmp_path / "saved"
    told = salvaged(run, data, to)
    assert sorted(documents(told, to).values()) == sorted(WORDS)
    assert lost(told, "part") == {"collection.db": "missing"}


@pytest.mark.parametrize("damage", ["flipped", "cut", "deleted", "refused by the system"])
def test_a_lost_original_is_named_and_its_text_saved(
    run: Run, data: Path, tmp_path: Path, damage: str
) -> None:
    original = sorted((collection(data).parent / "files").iterdir())[7]
    content = bytearray(original.read_bytes())
    content[len(content) // 2] ^= 1
    if damage in ("deleted", "refused by the system"):
        original.unlink()
        if damage != "deleted":
            original.mkdir()  # reading it is an error of the system, as a bad sector is
    else:
        original.write_bytes(content if damage == "flipped" else content[:-20])
    to = tmp_path / "saved"
    told = salvaged(run, data, to)
    assert len(documents(told, to)) == 39
    reason = "missing" if damage == "deleted" else "damaged"
    (name,) = lost(told, "document")
    assert lost(told, "document") == {name: reason}
    (text,) = of_kind(told, "text")
    assert text["name"] == name
    number = name.removeprefix("pump ").removesuffix(".txt")
    assert f"Pump NP-{number} delivers {number} litres." in (to / text["file"]).read_text()


@pytest.mark.parametrize("damage", [flip_middle, cut_end])
@pytest.mark.parametrize("opened_before", [False, True])
def test_a_damaged_profile_gives_what_is_left_or_its_copy(
    run: Run,
    data: Path,
    tmp_path: Path,
    damage: Callable[[Path], None],
    opened_before: bool,
) -> None:
    """Whether the damage was met by an opening, which puts the database aside, or was not."""
    for spare in (data / "spare").glob(profile(data).name):
        spare.unlink()
    damage(profile(data))
    if opened_before:
        run("conversations", "list")
        assert list((data / "set-aside").glob(f"{profile(data).name}.*"))
    to = tmp_path / "saved"
    told = salvaged(run, data, to)
    assert len(documents(told, to)) == 40
    talks = of_kind(told, "conversation")
    assert 10 < len(talks) <= TALKS
    whole = [row for row in talks if "litres" in (to / row["file"]).read_text()]
    assert len(whole) + sum(row["count"] for row in told["lost"]) >= TALKS * 0.9
    assert told["lost"]


def test_the_copy_of_a_profile_makes_good_what_is_damaged(
    run: Run, data: Path, tmp_path: Path
) -> None:
    profile(data).unlink()
    told = salvaged(run, data, tmp_path / "saved")
    assert len(of_kind(told, "conversation")) == TALKS


def test_what_may_not_be_exported_is_not_salvaged(run: Run, data: Path, tmp_path: Path) -> None:
    assert run("policy", "set", "export", "off").code == 0
    assert run("salvage", tmp_path / "saved").error == "forbidden-by-policy"
    assert not list((tmp_path / "saved").iterdir())


def test_salvage_refuses_a_folder_in_use_and_the_data_folder(
    run: Run, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "mine.txt").write_text("mine")
    assert run("salvage", tmp_path / "used").error == "folder-not-empty"
    assert run("salvage", data / "saved").error == "storage-denied"


def test_nobody_salvages_what_he_may_not_read(run: Run, data: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The merger is signed on 3 May.")
    run("collection", "create", "Board", "--private")
    run("--profile", "Anna", "--collection", "Board", "add", tmp_path / "secret.txt")
    run("profile", "create", "Boris", "--role", "reader")
    flip_middle(collection(data))
    for profile_name in ("Anna", "Boris"):
        to = tmp_path / profile_name
        assert run("--profile", profile_name, "salvage", to).code == 0
        everything = b"".join(each.read_bytes() for each in to.rglob("*") if each.is_file())
        assert (b"merger" in everything) is (profile_name == "Anna")
        assert b"Pump NP-7 delivers" in everything


def test_a_collection_whose_list_of_tables_is_hit_gives_its_originals(
    run: Run, data: Path, tmp_path: Path
) -> None:
    content = bytearray(collection(data).read_bytes())
    content[100] ^= 1
    collection(data).write_bytes(content)
    to = tmp_path / "saved"
    told = salvaged(run, data, to)
    assert sorted(documents(told, to).values()) == sorted(WORDS)
    assert [row for row in told["lost"] if row["kind"] == "part"] == [
        {"kind": "part", "name": "collection.db", "reason": "damaged", "collection": "Library",
         "count": 1}
    ]  # fmt: skip
