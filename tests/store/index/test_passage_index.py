from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.library.documents import Locator, Passage
from app.stems import normal, stems
from app.store.index import words
from app.store.index.passage_index import PassageIndex, telling
from app.store.index.stored_vectors import StoredVectors
from app.store.library.library import LibraryStore
from tests.store.rows import queued

TEXTS = [
    "Изотопы углерода отличаются числом нейтронов.",
    "Чёрный ящик самолёта на самом деле оранжевый.",
    "Замо́к висит на воротах, за́мок стоит на холме.",
    "The pump NP-42 is lubricated every 500 hours.",
    "Lubricating oil for pumps is kept in the store.",
    "Ёлки и подъезд",
    "Изотопов много, а углерод один; изотопы изотопов.",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryStore]:
    opened = LibraryStore(tmp_path_factory.mktemp("index") / "collection", b"i" * 32)
    save(opened, TEXTS)
    yield opened
    opened.close()


def save(store: LibraryStore, texts: list[str]) -> list[int]:
    document = queued(store, "/a")
    pieces = [Passage(text, "", Locator(0, len(text))) for text in texts]
    random = np.random.default_rng(1)
    vectors = random.normal(size=(len(texts), 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return store.save(document, b"x", pieces, vectors.astype(np.float16))


def found(store: LibraryStore, question: str, limit: int = 10) -> list[str]:
    hits = PassageIndex(store.database).by_words(question, limit)
    passages = store.passages(hit.passage for hit in hits)
    return [passages[hit.passage].passage.text for hit in hits]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("изотопами", 0),
        ("Какие бывают самолёты?", 1),
        ("черного", 1),
        ("замок", 2),
        ("lubrication", 4),
        ("np-42", 3),
        ("елка", 5),
        ("ЁЛКОЙ", 5),
        ("подъезды", 5),
    ],
)
def test_words_are_found_by_their_stems(store: LibraryStore, question: str, place: int) -> None:
    assert TEXTS[place] in found(store, question)


def test_passages_with_all_words_come_before_those_with_any(store: LibraryStore) -> None:
    hits = found(store, "Сколько нейтронов у изотопов углерода?")
    assert hits[0] == TEXTS[0]
    assert TEXTS[6] in hits


def test_a_phrase_in_quotes_is_taken_as_it_stands(store: LibraryStore) -> None:
    assert found(store, 'Where is "kept in the store"?')[0] == TEXTS[4]
    assert found(store, "«углерод один»")[0] == TEXTS[6]


@pytest.mark.parametrize(
    "question",
    [
        "", "???", "и в на", '"', '""', "«??»", '"--"', "AND OR NOT NEAR(", "a:b*c^d", "'; --",
        "изотоп\0", "(((", "stems : x", "{}", "🙂", '"изотоп', "-углерод", "col:*",
    ],
)  # fmt: skip
def test_no_question_breaks_the_search(store: LibraryStore, question: str) -> None:
    found(store, question)


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=60)
def test_no_text_breaks_the_search(store: LibraryStore, question: str) -> None:
    found(store, question)
    found(store, f'"{question}" пункт «{question}»')


def test_the_number_of_hits_is_limited(store: LibraryStore) -> None:
    assert len(found(store, "изотопы насос pump oil углерод store", 2)) == 2


def test_scores_descend(store: LibraryStore) -> None:
    scores = [hit.score for hit in PassageIndex(store.database).by_words("изотопы углерода", 9)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 2


def test_meaning_gives_the_exact_order(store: LibraryStore) -> None:
    index = PassageIndex(store.database)
    query = np.random.default_rng(2).normal(size=32).astype(np.float32)
    query /= np.linalg.norm(query)
    everything = index.by_meaning(query, 100)
    assert len(everything) == len(TEXTS)
    scores = [hit.score for hit in everything]
    assert scores == sorted(scores, reverse=True)
    assert max(abs(score) for score in scores) <= 1.001
    assert index.by_meaning(query, 3) == everything[:3]


def test_each_vector_is_nearest_to_itself(store: LibraryStore) -> None:
    index = PassageIndex(store.database)
    ((ids, vectors),) = StoredVectors(store.database).blocks(32)
    assert len(ids) == len(TEXTS)
    for key, vector in zip(ids, vectors, strict=True):
        assert index.by_meaning(vector.astype(np.float32), 1)[0].passage == key


def test_what_came_and_went_is_seen(tmp_path: Path) -> None:
    store = LibraryStore(tmp_path, b"i" * 32)
    index = PassageIndex(store.database)
    query = np.ones(32, np.float32)
    assert index.by_meaning(query, 5) == []
    assert index.by_words("углерод", 5) == []
    ids = save(store, TEXTS[:2])
    assert index.by_meaning(query, 5) == [], "read once"
    index.added(ids)
    assert {hit.passage for hit in index.by_meaning(query, 5)} == set(ids)
    index.removed(store.remove(store.documents()[0].id))
    assert index.by_meaning(query, 5) == []
    assert index.by_words("углерод", 5) == []
    store.close()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Углеро\u0301д", "углерод"), ("ВСЁ", "все"), ("и\u0306", "й"), ("ﬁle", "file"), ("за́", "за")],
)
def test_writings_of_one_word_are_one(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_grave_stress_is_dropped_too() -> None:
    assert normal("вод\u0430\u0300") == "вода"


def test_stems_leave_out_words_without_meaning() -> None:
    assert stems("What is the pump for?") == ["pump"]
    assert stems("Чем отличаются от насосов насосы?")[1:] == ["насос", "насос"]


def test_a_keyword_score_is_a_share_of_the_best_possible(store: LibraryStore) -> None:
    index = PassageIndex(store.database)
    (best, *_) = index.by_words("изотопы углерода", 9)
    unknown = index.by_words("изотопы углерода в квазарах галактики", 9)[0]
    assert 0 < unknown.score < best.score <= 1
    assert unknown.passage == best.passage


def test_cosines_are_those_of_the_search(store: LibraryStore) -> None:
    index = PassageIndex(store.database)
    query = np.eye(32, dtype=np.float32)[3]
    hits = {hit.passage: hit.score for hit in index.by_meaning(query, 100)}
    wanted = [*list(hits)[2:5], 10**6]
    found = index.cosines(query, wanted)
    assert set(found) == set(wanted[:3])
    for passage, cosine in found.items():
        assert cosine == pytest.approx(hits[passage], abs=1e-6)
    assert index.cosines(query, []) == {}


def test_frequent_words_are_left_out_of_a_large_collection(tmp_path: Path) -> None:
    large = LibraryStore(tmp_path / "large", b"i" * 32)
    try:
        save(large, [f"Договор номер {number} о поставке" for number in range(2100)])
        save(large, ["Договор об аренде помещения"])
        hits = PassageIndex(large.database).by_words("договор аренды", 50)
        assert len(hits) == 1
        assert len(PassageIndex(large.database).by_words("договор", 50)) == 50
    finally:
        large.close()


def test_of_many_words_the_rarest_are_scored() -> None:
    terms = ["common", "rare", "frequent", "rarer", "never"]
    counts = {"common": 4000, "rare": 900, "frequent": 30_000, "rarer": 700}
    assert telling(terms, counts, 100_000) == ["rare", "rarer", "never"]
    assert telling(terms, counts, 1999) == terms
    assert telling(["frequent"], counts, 100_000) == ["frequent"]
    assert telling(["common", "common2"], {"common": 9000, "common2": 9500}, 100_000) == ["common"]


def test_counts_are_remembered_until_documents_come_or_go(tmp_path: Path) -> None:
    store = LibraryStore(tmp_path, b"i" * 32)
    index = PassageIndex(store.database)
    index.added(save(store, ["насос и масло"]))
    before = index.by_words("насос масло", 5)[0].score
    assert index.by_words("насос масло", 5)[0].score == before
    index.added(save(store, ["насос", "насос", "насос"]))
    fresh = PassageIndex(store.database).by_words("насос масло", 5)
    assert index.by_words("насос масло", 5) == fresh
    assert fresh[0].score != before
    store.close()


@given(st.text(alphabet="abdeilnstyабвеийнстяё -12", max_size=80), st.text(max_size=60))
@settings(deadline=None)
def test_counted_terms_are_those_of_the_stems(text: str, question: str) -> None:
    terms = list(dict.fromkeys(stems(f"{question} {text[:30]}")))
    own = stems(text)
    counts, length = words.counted(text, terms, [])
    assert counts == {each: own.count(each) for each in terms if each in own}
    assert length == len(own)


@pytest.mark.parametrize("word", ["dying", "tying", "lying", "skies", "early", "ёлками", "news"])
def test_a_stem_begins_as_its_word_does(word: str) -> None:
    (own,) = stems(word)
    assert own[0] == normal(word)[0]
    assert words.counted(f"a {word} b", [own], [])[0] == {own: 1}
