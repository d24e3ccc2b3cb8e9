"""A test question: what is asked, and what a good answer has."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Part(StrEnum):
    """What can be expected of an answer: words that stand in it, a document that it cites, or that
    it says that the documents do not answer."""

    WORDS = "words"
    SOURCE = "source"
    ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class ExamQuestion:
    """`answer` are words all of which are expected, "" for none; `document` is the name of what is
    to be cited, on any of its `pages`, none for all. Where `abstain` is expected nothing else is.
    Two that ask and expect the same are equal, whatever their ids."""

    question: str
    answer: str = ""
    document: str = ""
    pages: tuple[int, ...] = ()
    abstain: bool = False
    id: str = field(default="", compare=False)

    @property
    def expected(self) -> tuple[Part, ...]:
        """The parts that an answer is judged by; none of a question that nothing can fail."""
        if self.abstain:
            return (Part.ABSTAINED,)
        wanted = ((Part.WORDS, self.answer), (Part.SOURCE, self.document))
        return tuple(part for part, value in wanted if value)

    def tidied(self) -> "ExamQuestion":
        """In one line each, and without what does not go with the rest."""
        question, answer, document = (
            " ".join(text.split()) for text in (self.question, self.answer, self.document)
        )
        bare = replace(self, question=question, answer="", document="", pages=())
        if self.abstain:
            return bare
        pages = tuple(sorted({page for page in self.pages if page > 0})) if document else ()
        return replace(bare, answer=answer, document=document, pages=pages)
