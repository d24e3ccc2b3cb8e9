"""What a model reads is chosen sentence by sentence."""

from app.domain.chat.conversation import Segment, SentenceScore, Source, TextSpan
from app.domain.evidence.excerpts import chosen
from app.domain.evidence.quotation import best_stretch, quotation
from app.domain.library.documents import Locator
from app.domain.text.sentences import sentences

TEXT = "One says little. Two says more. Three answers it. Four goes on. Five ends. Six is last."


def segment(text: str, scores: list[float], score: float = 0.5) -> Segment:
    place = Locator(0, len(text))
    told = tuple(
        SentenceScore(start, end, value)
        for (start, end), value in zip(sentences(text), scores, strict=True)
    )
    return Segment(
        "d", "a", "a", text, "Head", place, place, (1,), score, None, None, sentences=told
    )


def words(text: str) -> int:
    return len(text.split())


def read(segments: list[Segment], budget: int, least: int = 1) -> list[str]:
    choice = chosen(segments, budget, words, least)
    return [Source(1, segments[place], choice.stretches[place]).read for place in choice.read]


def test_the_best_sentence_is_read_with_those_around_it() -> None:
    found = read([segment(TEXT, [0, 0.1, 0.9, 0.1, 0, 0])], 11)
    assert found == ["… Two says more. Three answers it. Four goes on. …"]


def test_what_is_far_apart_is_two_stretches() -> None:
    found = read([segment(TEXT, [0.8, 0, 0, 0, 0, 0.9])], 14)
    assert found == ["One says little. Two says more. … Five ends. Six is last."]


def test_a_budget_that_holds_all_leaves_nothing_out() -> None:
    assert read([segment(TEXT, [0.1] * 6)], 100) == [TEXT]


def test_the_best_sentences_of_all_segments_come_first() -> None:
    weak, strong = segment(TEXT, [0.1] * 6, 0.6), segment("Here it is.", [0.9], 0.5)
    choice = chosen([weak, strong], 8, words, 0)
    assert choice.read == [1]


def test_the_first_segment_is_read_whatever_it_costs() -> None:
    segments = [segment(TEXT, [0.1, 0.2, 0.9, 0, 0, 0]) for _ in range(3)]
    assert chosen(segments, 1, words, 2).read == [0]


def test_the_second_segment_comes_before_more_of_the_first() -> None:
    first, second = segment(TEXT, [0.9] * 6), segment(TEXT, [0.1, 0.2, 0.3, 0, 0, 0])
    assert chosen([first, second], 20, words, 2).read == [0, 1]
    assert chosen([first, second], 20, words, 1).read == [0]


def test_a_segment_without_scores_is_read_whole() -> None:
    assert read([segment(TEXT, [0.0] * 6)], 100)
    bare = Segment("d", "a", "a", TEXT, "", Locator(0, 1), Locator(0, 1), (1,), 0.5, None, None)
    assert read([bare], 100) == [TEXT]


def test_no_segments() -> None:
    assert chosen([], 100, words).read == []


def test_a_quotation_is_the_best_sentence_and_what_fits_around_it() -> None:
    found = quotation([Source(3, segment(TEXT, [0, 0.1, 0.9, 0.1, 0, 0]))])
    assert found is not None
    assert found.number == 3
    assert "Three answers it." in found.text
    assert TEXT[found.start : found.end] == found.text


def test_a_long_quotation_is_one_sentence() -> None:
    long = "A sentence of many words that goes on and on. " * 9
    text = f"{long.strip()} The answer stands here in one more sentence of its own."
    scores = [0.1] * 9 + [0.9]
    found = quotation([Source(1, segment(text, scores))])
    assert found is not None
    assert len(found.text) <= 450
    assert "The answer stands here" in found.text


def test_without_a_second_reader_nothing_is_quoted() -> None:
    bare = Segment("d", "a", "a", TEXT, "", Locator(0, 1), Locator(0, 1), (1,), 0.5, None, None)
    assert quotation([Source(1, bare)]) is None
    assert best_stretch(bare) is None
    assert best_stretch(segment(TEXT, [0, 0, 0.9, 0, 0, 0])) == TextSpan(32, 49)
