"""A search narrowed to some documents finds exactly what it would find if there were no others."""

import os

import pytest

from app.domain.errors import DocumentMissing
from app.domain.library.documents import Document, Scope
from tests.services.conftest import House

DAY = 86_400.0
WORDS = ["zebra", "giraffe", "lion", "turtle", "pump", "valve"]


@pytest.fixture
def library(house: House) -> dict[str, Document]:
    """Many passages of one kind, so that the few of another would fall out of any top 60."""
    files = []
    for number in range(40):
        text = "\n\n".join(
            f"The {WORDS[(number + part) % 6]} note {part} of file {number}. " + "lion words " * 60
            for part in range(4)
        )
        name = f"note {number:02}.{'md' if number % 4 == 0 else 'txt'}"
        files.append(house.file(name, text))
        os.utime(files[-1], (number * DAY, number * DAY))
    house.services.library.add(files)
    return {each.name: each for each in house.services.library.documents()}


def names(house: House, question: str, scope: Scope) -> set[str]:
    return {each.name for each in house.services.retrieval.find(question, 50, scope).segments}


def test_of_one_document_every_passage_is_found(house: House, library: dict[str, Document]) -> None:
    last = library["note 39.txt"]
    found = house.services.retrieval.find("lion", 50, Scope(documents=frozenset({last.id})))
    assert {each.name for each in found.segments} == {"note 39.txt"}
    ids = {passage for each in found.segments for passage in each.passages}
    assert len(ids) == last.passages


def test_types_dates_and_tags_are_exact(house: House, library: dict[str, Document]) -> None:
    markdown = {name for name in library if name.endswith(".md")}
    assert names(house, "lion", Scope(types=frozenset({"md"}))) == markdown
    first = names(house, "lion", Scope(until=3 * DAY))
    assert first == {"note 00.md", "note 01.txt", "note 02.txt"}
    assert names(house, "lion", Scope(since=39 * DAY)) == {"note 39.txt"}
    chosen = [library["note 05.txt"].id, library["note 06.txt"].id]
    house.services.library.tag(chosen, [" Safety ", "2026"])
    assert names(house, "lion", Scope(tags=frozenset({"Safety"}))) == {"note 05.txt", "note 06.txt"}
    both = Scope(tags=frozenset({"Safety"}), until=5.5 * DAY)
    assert names(house, "lion", both) == {"note 05.txt"}
    assert names(house, "lion", Scope(tags=frozenset({"nobody"}))) == set()


def test_tags_come_and_go(house: House, library: dict[str, Document]) -> None:
    note = library["note 00.md"]
    house.services.library.tag([note.id], ["a", "b", " ", "a"])
    assert house.services.library.document(note.id).tags == ("a", "b")
    house.services.library.tag([note.id], remove=["a"])
    assert {each.tags for each in house.services.library.documents()} == {(), ("b",)}
    house.services.library.remove([note.id])
    assert {each.tags for each in house.services.library.documents()} == {()}
    with pytest.raises(DocumentMissing):
        house.services.library.tag([note.id], ["a"])


def test_an_answer_rests_on_its_scope_alone(house: House, library: dict[str, Document]) -> None:
    from app.domain.progress import NoControl
    from app.services.chat.context import AnswerRequest

    chat = house.services.chat
    settings = AnswerRequest(Scope(types=frozenset({"md"})))
    answer = chat.answer(
        house.services.conversations.begin("lion"), "lion note", NoControl(), settings
    )
    assert answer.sources
    assert all(each.segment.name.endswith(".md") for each in answer.sources)


def test_another_collection_is_out_of_scope(house: House, library: dict[str, Document]) -> None:
    assert names(house, "lion", Scope(collections=frozenset({"another"}))) == set()


def test_a_changed_file_has_its_new_date(house: House, library: dict[str, Document]) -> None:
    path = house.file("note 01.txt", "entirely new words")
    os.utime(path, (90 * DAY, 90 * DAY))
    house.services.library.add([path])
    assert names(house, "words", Scope(since=80 * DAY)) == {"note 01.txt"}
