"""How an answer to a test question is judged."""

import re
from dataclasses import dataclass

from app.domain.chat import citations
from app.domain.chat.conversation import AnswerState, Message, Segment
from app.domain.exams import expected_words
from app.domain.exams.questions import ExamQuestion, Part

#: The number of a citation is no word of the answer.
_MARK = re.compile(r"\[\d+(?:\s*,\s*\d+)*\]")


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A document by its name, and a page of it (1-based), None in formats without pages."""

    document: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """`failed` are the expected parts that the answer lacks, `missing` the words; `cited` is what
    supports it. `milliseconds` from the question to the end of the answer."""

    question: ExamQuestion
    failed: tuple[Part, ...]
    answer: str
    abstained: bool
    missing: tuple[str, ...]
    cited: tuple[CitedPlace, ...]
    milliseconds: float

    @property
    def passed(self) -> bool:
        return not self.failed


def mark(question: ExamQuestion, answer: Message, milliseconds: float) -> MarkedAnswer:
    """What an answer has of what is expected; an abstention has neither words nor sources."""
    abstained = answer.state is AnswerState.ABSTAINED
    text = "" if abstained else _MARK.sub(" ", answer.text)
    cited = () if abstained else _places(answer)
    missing = expected_words.missing(text, question.answer)
    has = {
        Part.WORDS: expected_words.contains(text, question.answer),
        Part.SOURCE: any(_is_expected(question, place) for place in cited),
        Part.ABSTAINED: abstained,
    }
    return MarkedAnswer(
        question,
        tuple(part for part in question.expected if not has[part]),
        citations.marked(answer.text, answer.citations),
        abstained,
        missing if Part.WORDS in question.expected else (),
        cited,
        milliseconds,
    )


def _places(answer: Message) -> tuple[CitedPlace, ...]:
    """Every page that a cited segment reaches."""
    found = [
        CitedPlace(source.segment.name, page)
        for source in answer.cited
        for page in _pages(source.segment)
    ]
    return tuple(dict.fromkeys(found))


def _pages(segment: Segment) -> list[int | None]:
    return [part.page for part in segment.parts or (segment.locator,)]


def _is_expected(question: ExamQuestion, place: CitedPlace) -> bool:
    if place.document.casefold() != question.document.casefold():
        return False
    return not question.pages or place.page in question.pages
