import pytest

from app.domain.errors import NoEmbeddingModel
from app.domain.library.cells import Cells
from app.domain.library.documents import Document
from app.domain.models.model import Calibration
from tests.services.conftest import House

PARAGRAPHS = [
    f"Paragraph number {n} speaks of {word}. " + "Filler words stand here. " * 40
    for n, word in enumerate(["zebras", "giraffes", "lions", "NP-42", "turtles"])
]


@pytest.fixture
def animals(house: House) -> Document:
    path = house.file("animals.txt", "\n\n".join(PARAGRAPHS))
    house.services.library.add([path, house.file("other.txt", "Something else entirely.")])
    return house.services.library.documents()[-1]


def test_the_passage_that_answers_is_the_best(house: House, animals: Document) -> None:
    found = house.services.retrieval.find("Which paragraph speaks of lions?")
    best = found.segments[0]
    assert best.name == "animals.txt"
    assert "lions" in best.text
    assert found.milliseconds > 0


def test_a_code_is_found_by_its_letters(house: House, animals: Document) -> None:
    assert "NP-42" in house.services.retrieval.find("NP-42").segments[0].text


def test_neighbours_are_merged_and_offsets_are_exact(house: House, animals: Document) -> None:
    (document,) = [
        each for each in house.services.library.documents() if each.name == "animals.txt"
    ]
    blocks = house.services.library.read_again(document.id).blocks
    canonical = "\n\n".join(block.text for block in blocks)
    for segment in house.services.retrieval.find("lions", 10).segments:
        if segment.document == document.id:
            place = segment.locator
            assert segment.text == canonical[place.start : place.end]
            assert place.start <= segment.best.start < segment.best.end <= place.end
            assert len(segment.parts) == len(segment.passages)
            assert segment.part_at(segment.best.start - place.start) == segment.best


def test_rows_of_a_table_are_merged_with_their_cells(house: House) -> None:
    rows = [f"{n};bolt number {n} of the {'blue' if n % 2 else 'red'} store" for n in range(400)]
    house.services.library.add([house.file("bolts.csv", "\n".join(["Article;Text", *rows]))])
    (document,) = house.services.library.documents()
    blocks = house.services.library.read_again(document.id).blocks
    canonical = "\n\n".join(block.text for block in blocks)
    lines = ["Article | Text", *(row.replace(";", " | ") for row in rows)]
    segments = house.services.retrieval.find("bolt number of the blue store", 10).segments
    merged = [each for each in segments if len(each.passages) > 1 and "Table" not in each.text]
    assert merged
    for segment in merged:
        place, found = segment.locator, Cells.parse(segment.locator.cells)
        assert segment.text == canonical[place.start : place.end]
        assert found is not None
        assert segment.text.split("\n") == lines[found.top - 1 : found.bottom]
        assert segment.header == "bolts\nArticle | Text"


def test_a_table_needs_less_evidence() -> None:
    """Its rows share few words with a question about all of them."""
    needed = Calibration(0.72, 0.2, 0.6, 0.27, 0.45).needed
    assert needed(same_language=True, in_table=True) < needed(same_language=True, in_table=False)
    assert needed(same_language=False, in_table=True) == needed(same_language=False, in_table=False)


def test_no_passage_stands_in_two_segments(house: House, animals: Document) -> None:
    segments = house.services.retrieval.find("paragraph words", 10).segments
    ids = [each for segment in segments for each in segment.passages]
    assert len(ids) == len(set(ids)) >= 5
    assert [each.score for each in segments] == sorted(
        (each.score for each in segments), reverse=True
    )


def test_the_number_of_segments_is_limited(house: House, animals: Document) -> None:
    assert len(house.services.retrieval.find("paragraph", 1).segments) == 1


def test_an_empty_library_finds_nothing(house: House) -> None:
    found = house.services.retrieval.find("anything")
    assert (found.segments, found.sufficient) == ((), False)


def test_a_removed_embedding_model(house: House) -> None:
    (house.paths.kit / "fake-embedder" / "model.json").unlink()
    (house.paths.kit / "fake-embedder" / "model.safetensors").unlink()
    (house.paths.kit / "fake-embedder").rmdir()
    house.services.models.discover()
    with pytest.raises(NoEmbeddingModel):
        house.services.retrieval.find("anything")


def test_copies_are_named_once(house: House, animals: Document) -> None:
    text = "\n\n".join(PARAGRAPHS)
    house.services.library.add(
        [
            house.file("animals (copy).txt", text + "\n\nPrinted later."),
            house.file("animals 2.txt", text.replace("number 2", "number 7")),
        ]
    )
    found = house.services.retrieval.find("Which paragraph speaks of lions?", 20).segments
    lions = [each for each in found if "lions" in each.text]
    assert len({each.text for each in found}) == len(found)
    assert any("animals (copy).txt" in (each.name, *each.also_in) for each in lions)
    assert any(each.name == "animals 2.txt" for each in lions), "another number is another fact"
