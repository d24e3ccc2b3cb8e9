"""The file that can be imported again: a round trip, and whatever somebody made of it."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.export import transcript_json
from app.domain.chat.conversation import AnswerState
from app.domain.chat.exported import Whole
from app.domain.errors import DamagedTranscript, LaretsError, NewerTranscript, TranscriptTooLarge
from tests.documents.export.turns import NOON, sample

#: As version 1 wrote it, with all that had no value left out: it must be read for ever.
OLD = """{
  "schema": "larets-conversation", "version": 1, "title": "Отпуск", "created": 1795262400.0,
  "messages": [
    {"id": 7, "parent": null, "speaker": "user", "text": "Сколько?", "created": 1795262400.0,
     "state": "done"},
    {"id": 8, "parent": 7, "speaker": "assistant", "text": "28 [1].", "created": 1795262401.0,
     "state": "done", "model": "m", "searched": "Сколько дней?",
     "sources": [{"number": 1, "segment": {"document": "d", "name": "п.pdf", "path": "/п.pdf",
       "text": "Дней: 28.", "header": "п", "locator": {"start": 0, "end": 9, "page": 2},
       "best": {"start": 0, "end": 9, "page": 2}, "passages": [4], "score": 0.5,
       "dense_score": null, "keyword_score": 0.25}}],
     "citations": [{"number": 1, "at": 2, "quote": "Дней: 28.", "quote_start": 0, "quote_end": 9,
       "supported": true}],
     "timings": {"retrieve_ms": 1.5}},
    {"id": 9, "parent": 7, "speaker": "assistant", "text": "Ещё", "created": 1795262402.0,
     "state": "writing"}
  ]
}"""


def whole(language: str) -> Whole:
    """Of the sample, the second answer a branch of the first question."""
    turns = [replace(each, id=at) for at, each in enumerate(sample(language).turns, start=5)]
    parents = [None, 5, 6, 5, 8, 9]
    pairs = zip(turns, parents, strict=True)
    placed = tuple(replace(each, parent=parent) for each, parent in pairs)
    return Whole(sample(language).title, NOON, placed)


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    found = json.loads(OLD)
    change(found)
    return json.dumps(found).encode()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_is_written_comes_back(language: str) -> None:
    data = transcript_json.write(whole(language))
    assert transcript_json.read(data, "a.json") == whole(language)
    plain = json.loads(data)
    assert (plain["schema"], plain["version"]) == ("larets-conversation", 1)
    assert [each["parent"] for each in plain["messages"]] == [None, 5, 6, 5, 8, 9]
    assert plain["messages"][1]["sources"][0]["segment"]["best"]["page"] == 12


def test_the_first_version_is_read() -> None:
    found = transcript_json.read(OLD.encode(), "a.json")
    asked, answered, cut = found.messages
    assert [each.parent for each in found.messages] == [None, 7, 7]
    assert (asked.text, answered.searched) == ("Сколько?", "Сколько дней?")
    assert answered.citations[0].supported
    assert answered.sources[0].segment.best.page == 2
    assert cut.state == AnswerState.STOPPED


def test_a_newer_version_is_told_from_damage() -> None:
    data = changed(lambda file: file.update(version=2, messages="something else by then"))
    with pytest.raises(NewerTranscript) as caught:
        transcript_json.read(data, "a.json")
    assert caught.value.facts == {"name": "a.json", "found": 2}


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.update(schema="something else"),
        lambda file: file.update(version=0),
        lambda file: file.pop("title"),
        lambda file: file.update(created="today"),
        lambda file: file.update(created=1e300),
        lambda file: file.update(created=-1),
        lambda file: file["messages"][0].update(parent=12),
        lambda file: file["messages"][0].update(parent=7),
        lambda file: file["messages"][0].update(parent=8),
        lambda file: file["messages"][1].update(id=7),
        lambda file: file["messages"][1].update(speaker="system"),
        lambda file: file["messages"][1].update(state="perfect"),
        lambda file: file["messages"][1].update(text=5),
        lambda file: file["messages"][1].update(sources=[{"number": 1}]),
        lambda file: file["messages"][1].update(created=float("nan")),
    ],
)
def test_what_does_not_hang_together_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(DamagedTranscript):
        transcript_json.read(changed(change), "a.json")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe{}", b'{"x":' * 100_000, OLD.encode()[:-40],
        OLD.replace("28 [1].", "\\ud800").encode(), OLD.encode().replace(b"28", b"\xff"),
    ],
)  # fmt: skip
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedTranscript):
        transcript_json.read(data, "a.json")


def test_a_file_can_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcript_json, "MOST_BYTES", 1000)
    with pytest.raises(TranscriptTooLarge):
        transcript_json.read(OLD.encode(), "a.json")


@pytest.mark.parametrize(
    "forged",
    [{"quote": "Дней: 99."}, {"number": 3}, {"quote_start": -9}, {"quote_end": 10**6}],
)
def test_support_that_was_forged_does_not_count(forged: dict[str, object]) -> None:
    data = changed(lambda file: file["messages"][1]["citations"][0].update(forged))
    (citation,) = transcript_json.read(data, "a.json").messages[1].citations
    assert not citation.supported
    assert citation.quote == ""


@given(at=st.integers(0, len(OLD.encode()) - 1), byte=st.integers(0, 255))
def test_any_other_byte_is_read_or_refused(at: int, byte: int) -> None:
    data = bytearray(OLD.encode())
    data[at] = byte
    try:
        found = transcript_json.read(bytes(data), "a.json")
    except LaretsError:
        return
    assert transcript_json.read(transcript_json.write(found), "a.json") == found
