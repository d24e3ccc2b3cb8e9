import errno
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.chat.conversation import AnswerState, Message
from app.domain.errors import (
    AnswerMissing,
    ConversationMissing,
    DamagedTranscript,
    FileMissing,
    OtherExport,
    StorageDenied,
    StorageFull,
)
from app.domain.events import ConversationsChanged
from tests.services.conftest import House


@pytest.fixture
def talk(house: House) -> str:
    """A conversation of two questions about one document; its id."""
    house.services.library.add([house.file("pump.txt", "The oil filter lasts 500 hours.")])
    conversation = house.services.conversations.begin("How long does the oil filter last?")
    house.ask("How long does the oil filter last?", conversation)
    house.ask("And how long does the oil last?", conversation)
    return conversation


def out(house: House, name: str) -> Path:
    house.files.mkdir(exist_ok=True)
    return house.files / name


def bare(path: Path) -> dict[str, object]:
    """A file without ids, parents by their places."""
    found: dict[str, object] = json.loads(path.read_bytes())
    turns = found["messages"]
    assert isinstance(turns, list)
    places = {each.pop("id"): place for place, each in enumerate(turns)}
    for each in turns:
        each["parent"] = None if each["parent"] is None else places[each["parent"]]
    return found


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [(".md", b"# "), (".docx", b"PK\3\4"), (".pdf", b"%PDF-"), (".json", b"{"), (".PDF", b"%PDF-")],
)
def test_the_suffix_chooses_the_format(house: House, talk: str, suffix: str, begins: bytes) -> None:
    path = out(house, f"talk{suffix}")
    house.services.transcripts.export(talk, path, "ru")
    assert path.read_bytes().startswith(begins)
    assert [each.name for each in house.files.iterdir() if each.name.startswith(".")] == []


def test_another_suffix_is_refused(house: House, talk: str) -> None:
    with pytest.raises(OtherExport):
        house.services.transcripts.export(talk, out(house, "talk.odt"), "ru")
    with pytest.raises(ConversationMissing):
        house.services.transcripts.export("nobody", out(house, "talk.md"), "ru")


def test_one_answer_has_its_question(house: House, talk: str) -> None:
    messages = house.services.conversations.messages(talk)
    path = out(house, "one.md")
    house.services.transcripts.export(talk, path, "ru", messages[3].id)
    text = path.read_text("utf-8")
    assert "> And how long does the oil last?" in text
    assert "> How long does the oil filter last?" not in text
    assert "Вопрос 1" in text
    house.services.transcripts.export(talk, out(house, "one.json"), "ru", messages[1].id)
    assert [each["id"] for each in json.loads(out(house, "one.json").read_bytes())["messages"]] == [
        messages[0].id,
        messages[1].id,
    ]
    for wrong in (messages[0].id, 10**9):
        with pytest.raises(AnswerMissing):
            house.services.transcripts.export(talk, path, "ru", wrong)


def test_out_and_in_and_out_again(house: House, talk: str) -> None:
    transcripts, conversations = house.services.transcripts, house.services.conversations
    heard: list[object] = []
    house.services.events.subscribe(ConversationsChanged, heard.append)
    first = out(house, "first.json")
    transcripts.export(talk, first, "en")
    new = [transcripts.import_file(first), transcripts.import_file(first)]
    assert heard == [ConversationsChanged(each) for each in new]
    assert len({talk, *new}) == 3
    titles = {each.id: each.title for each in conversations.all()}
    assert titles[new[0]] == titles[new[1]] == titles[talk]
    for each in new:
        again = out(house, f"{each}.json")
        transcripts.export(each, again, "en")
        assert bare(again) == bare(first)
    assert str(house.files) not in first.read_text("utf-8")
    without = [_numbered(conversations.messages(each)) for each in (talk, *new)]
    assert without[0] == without[1] == without[2]
    house.ask("And again?", new[0])
    assert len(conversations.messages(talk)) == 4


def _numbered(messages: list[Message]) -> list[tuple[object, ...]]:
    """Where documents lie on this computer is not exported."""
    sources = [[(e.number, replace(e.segment, path="")) for e in m.sources] for m in messages]
    return [
        (m.speaker, m.text, m.state, own, m.citations, m.computed)
        for m, own in zip(messages, sources, strict=True)
    ]


def test_branches_survive(house: House, talk: str) -> None:
    path = out(house, "talk.json")
    house.services.transcripts.export(talk, path, "en")
    file = json.loads(path.read_bytes())
    turns = file["messages"]
    turns[3]["state"] = "writing"
    turns.append(turns[1] | {"id": 999, "text": "Another answer", "parent": turns[0]["id"]})
    path.write_text(json.dumps(file))
    new = house.services.transcripts.import_file(path)
    again = out(house, "again.json")
    house.services.transcripts.export(new, again, "en")
    found = bare(again)["messages"]
    assert isinstance(found, list)
    assert [each["parent"] for each in found] == [None, 0, 1, 2, 0]
    assert found[3]["state"] == AnswerState.STOPPED


def test_nothing_of_a_damaged_file_is_kept(house: House, talk: str) -> None:
    path = out(house, "talk.json")
    house.services.transcripts.export(talk, path, "en")
    file = json.loads(path.read_bytes())
    file["messages"][3]["parent"] = 12345
    path.write_text(json.dumps(file))
    before = house.services.conversations.all()
    with pytest.raises(DamagedTranscript):
        house.services.transcripts.import_file(path)
    with pytest.raises(FileMissing):
        house.services.transcripts.import_file(path.with_name("none.json"))
    with pytest.raises(FileMissing):
        house.services.transcripts.import_file(house.files)
    assert house.services.conversations.all() == before


def test_a_full_disk_leaves_what_was_there(
    house: House, talk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = out(house, "talk.md")
    path.write_text("what was there")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull):
        house.services.transcripts.export(talk, path, "en")
    assert path.read_text() == "what was there"
    assert [each.name for each in house.files.iterdir()].count("talk.md") == 1
    assert not [each for each in house.files.iterdir() if each.name.startswith(".tmp")]


def test_where_nothing_can_be_written(house: House, talk: str) -> None:
    with pytest.raises(StorageDenied):
        house.services.transcripts.export(talk, house.files / "none" / "talk.md", "en")
    assert not (house.files / "none").exists()
    folder = out(house, "folder.md")
    folder.mkdir()
    with pytest.raises(StorageDenied):
        house.services.transcripts.export(talk, folder, "en")
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="no modes there")
def test_readers_may_export_and_only_they_can_read_it(
    open_house: Callable[..., House], tmp_path: Path
) -> None:
    house = open_house("Rita")
    conversation = house.services.conversations.begin("Why?")
    house.ask("Why?", conversation)
    path = tmp_path / "talk.json"
    house.services.transcripts.export(conversation, path, "en")
    assert path.stat().st_mode & 0o077 == 0
