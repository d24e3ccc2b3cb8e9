"""Which sentence is shown at once, and whether it answers by itself."""

from app.domain.chat.conversation import Segment, SentenceScore, Source
from app.domain.evidence.quotation import is_answered, quotation
from app.domain.library.documents import Locator

TEXT = "The rent is 212 000 roubles a month. He pays it on the tenth. The canteen opens at noon."
SENTENCES = ((0, 36), (37, 61), (62, 88))
PLACE = Locator(0, len(TEXT))


def segment(*scores: float) -> Segment:
    """Its sentences as the second reader has scored them."""
    read = tuple(
        SentenceScore(start, end, score)
        for (start, end), score in zip(SENTENCES, scores, strict=True)
    )
    return Segment("d", "Lease", "p", TEXT, "Lease", PLACE, PLACE, (1,), 0.9, 0.9, 0.5,
                   sentences=read)  # fmt: skip


def test_a_sentence_answers_when_it_meets_the_question_and_has_its_words() -> None:
    asked = "What is the rent a month?"
    assert is_answered([segment(0.9, 0.1, 0.1)], asked)
    assert not is_answered([segment(0.4, 0.1, 0.1)], asked)
    assert not is_answered([segment(0.1, 0.1, 0.7)], asked)
    assert not is_answered([], asked)


def test_a_sentence_about_somebody_named_before_has_that_one_too() -> None:
    shown = quotation([Source(1, segment(0.1, 0.9, 0.1))], "When is it paid?")
    assert shown is not None
    assert shown.text == "The rent is 212 000 roubles a month. He pays it on the tenth."
