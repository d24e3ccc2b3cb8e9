import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.library.documents import Block, BlockKind, LineBox, ReadDocument
from app.domain.retrieval.passages import (
    Headings,
    _Splitter,
    canonical_text,
    headings_after,
    split,
)
from app.domain.retrieval.spans import BlockSpan


def count(texts: list[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def paragraph(words: int, sign: str = "w", page: int | None = None) -> Block:
    return Block(BlockKind.PARAGRAPH, " ".join([sign] * (words - 1) + [sign + "."]), page)


def heading(text: str, level: int = 1, page: int | None = None) -> Block:
    return Block(BlockKind.HEADING, text, page, level)


def document(*blocks: Block, title: str = "") -> ReadDocument:
    return ReadDocument(tuple(blocks), title)


def test_blocks_are_packed_to_the_target() -> None:
    passages = split(document(*[paragraph(100)] * 4), "a.txt", count)
    assert [len(passage.text.split()) for passage in passages] == [200, 200]


class Counted(list[Any]):
    """Counts what is taken out of it, one by one or in a slice."""

    taken = 0

    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        self.taken += len(found) if isinstance(place, slice) else 1
        return found


@pytest.mark.parametrize("tokens", [0, 1])
def test_of_many_tiny_pieces_each_is_looked_at_a_few_times(tokens: int) -> None:
    blocks = [Block(BlockKind.PARAGRAPH, ".")] * 3000
    splitter = _Splitter(document(*blocks), "a.txt", 220, 400, ())
    atoms = Counted(splitter._atoms([[BlockSpan(0, 1, tokens)] for _ in blocks]))
    groups = splitter._packed(atoms)
    assert sum(len(group.atoms) for group in groups) == len(atoms)
    assert sum(group.tokens for group in groups) == tokens * len(atoms)
    assert atoms.taken <= 3 * len(atoms)


def test_header_names_title_path_and_page() -> None:
    blocks = (heading("Глава", 1, 3), heading("Раздел", 2, 3), paragraph(50, "слово", 3))
    (passage,) = split(document(*blocks), "отчёт.pdf", count)
    assert passage.header == "отчёт › Глава › Раздел › стр. 3"
    assert passage.locator.heading == "Глава › Раздел"
    assert passage.locator.page == 3
    assert passage.text.startswith("Глава\n\nРаздел\n\nслово")
    (passage,) = split(document(paragraph(50, page=2), title="Trade"), "a.pdf", count)
    assert passage.header == "Trade › p. 2"


def test_pages_and_headings_part_passages() -> None:
    blocks = (
        paragraph(60, page=1),
        paragraph(60, page=2),
        heading("Head", page=2),
        paragraph(60, page=2),
    )
    passages = split(document(*blocks), "a", count)
    assert [passage.locator.page for passage in passages] == [1, 2, 2]
    assert passages[2].text.startswith("Head\n\n")


def test_long_paragraph_is_cut_at_sentences() -> None:
    sentence = "Word " * 29 + "end."
    passages = split(document(Block(BlockKind.PARAGRAPH, f"{sentence} " * 20)), "a", count)
    assert len(passages) == 3
    assert all(passage.text.endswith("end.") for passage in passages)


def test_endless_sentence_is_cut_at_words() -> None:
    passages = split(document(Block(BlockKind.PARAGRAPH, "word " * 2000)), "a", count)
    assert max(len(passage.text.split()) for passage in passages) <= 400
    assert min(len(passage.text.split()) for passage in passages) >= 40


def test_long_table_repeats_its_header_beside_the_text() -> None:
    rows = ["Item | 2018 | 2017", *(f"Row number {n} | {n} | {n + 1}" for n in range(150))]
    table = Block(BlockKind.TABLE, "\n".join(rows), page=4)
    passages = split(document(table), "a.pdf", count)
    assert len(passages) > 2
    assert passages[0].header == "a › p. 4"
    assert all(p.header == "a › p. 4\nItem | 2018 | 2017" for p in passages[1:])
    assert [row for passage in passages for row in passage.text.split("\n")] == rows


def test_list_stays_with_its_introduction() -> None:
    items = [Block(BlockKind.LIST_ITEM, "item " * 19 + "end", level=1)] * 5
    blocks = (paragraph(150), paragraph(30, "intro"), *items)
    passages = split(document(*blocks), "a", count)
    assert [passage.text.split()[0] for passage in passages] == ["w", "intro"]


def test_small_passages_join_a_neighbour_of_their_section() -> None:
    passages = split(document(paragraph(210), paragraph(30), paragraph(205)), "a", count)
    assert [len(passage.text.split()) for passage in passages] == [240, 205]


def test_line_of_a_later_part() -> None:
    text = "\n".join("One line of words that ends here." for _ in range(100))
    passages = split(document(Block(BlockKind.PARAGRAPH, text, line=10)), "a", count)
    assert [passage.locator.line for passage in passages][:2] == [10, 10 + 31]


KINDS = st.sampled_from(list(BlockKind))
TEXTS = st.text(alphabet=st.sampled_from("aБ1 .,\n|-\t"), max_size=120) | st.just("word " * 60)


@st.composite
def documents(draw: st.DrawFn) -> ReadDocument:
    blocks = []
    page = draw(st.none() | st.just(1))
    for kind, text in draw(st.lists(st.tuples(KINDS, TEXTS), max_size=12)):
        page = page and page + draw(st.integers(0, 1))
        cut = draw(st.integers(0, len(text)))
        boxes = (LineBox(0, 0, 1, 1, 0, cut), LineBox(0, 1, 1, 2, cut, len(text)))
        blocks.append(Block(kind, text, page, draw(st.integers(0, 3)), None, boxes))
    return ReadDocument(tuple(blocks))


@settings(max_examples=150)
@given(documents(), st.integers(5, 30), st.sampled_from([count, lambda ts: [len(t) for t in ts]]))
def test_passages_are_exact_ordered_and_complete(
    sample: ReadDocument, target: int, counter: object
) -> None:
    assert callable(counter)
    passages = split(sample, "name.txt", counter, target, 2 * target)
    canonical = canonical_text(sample)
    end = 0
    for passage in passages:
        locator = passage.locator
        assert passage.text == canonical[locator.start : locator.end]
        assert passage.text == passage.text.strip() != ""
        assert not canonical[end : locator.start].strip()
        assert locator.start >= end
        end = locator.end
        assert all(0 <= box.start < box.end <= len(passage.text) for box in passage.boxes)
        assert counter([passage.text])[0] <= 2 * target + sum(
            sign.isspace() for sign in passage.text
        )
    assert not canonical[end:].strip()


def test_hostile_text_takes_linear_time() -> None:
    nasty = ("." * 200_000 + "x", "\n" + " " * 200_000 + "x", "1" * 200_000 + "a", "a\n" * 100_000)
    blocks = [Block(BlockKind.PARAGRAPH, text, line=1) for text in nasty]
    blocks.append(Block(BlockKind.TABLE, "a | " + "1" * 200_000 + "x\n" * 3))
    started = time.monotonic()
    split(document(*blocks), "a", lambda texts: [len(text) // 4 + 1 for text in texts])
    assert time.monotonic() - started < 20


def test_a_document_in_sections_is_split_as_a_whole() -> None:
    blocks: list[Block] = []
    for page in range(1, 9):
        if page % 2:
            blocks.append(Block(BlockKind.HEADING, f"Chapter {page}", page, 1))
        blocks += [Block(BlockKind.PARAGRAPH, f"Words of page {page}. " * 40, page)] * 2
    whole = ReadDocument(tuple(blocks), "Title", 8)
    above: Headings = ()
    origin, found = 0, []
    for part in (blocks[:5], blocks[5:10], blocks[10:]):
        section = ReadDocument(tuple(part), "Title", 8)
        found += split(section, "a.pdf", count, origin=origin, above=above)
        origin += len(canonical_text(section)) + 2
        above = headings_after(part, above)
    expected = split(whole, "a.pdf", count)
    assert [each.locator.start for each in found] == [each.locator.start for each in expected]
    assert found == expected
