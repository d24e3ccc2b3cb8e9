"""Test questions in a file, as `larets bench answers` reads them: a JSON list of
{"question", "answer"?, "document"? or "file"?, "page"? or "pages"?, "abstain"?}."""

from pathlib import Path

import msgspec

from app.domain.errors import DamagedFile, ExpectsNothing, FileMissing
from app.domain.exams.questions import ExamQuestion


class _Entry(msgspec.Struct):
    question: str
    answer: str | int | float = ""
    document: str = ""
    file: str = ""
    page: int | None = None
    pages: list[int] | None = None
    abstain: bool = False

    def question_of(self) -> ExamQuestion:
        pages = [*(self.pages or ()), *([self.page] if self.page else ())]
        document = self.document or self.file
        words = str(self.answer)
        return ExamQuestion(self.question, words, document, tuple(pages), self.abstain).tidied()


def read(path: Path) -> tuple[ExamQuestion, ...]:
    """`FileMissing`, `DamagedFile`, `ExpectsNothing`."""
    try:
        entries = msgspec.json.decode(path.read_bytes(), type=list[_Entry])
    except OSError as error:
        raise FileMissing(name=path.name) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedFile(name=path.name) from error
    return tuple(checked(entry.question_of()) for entry in entries)


def checked(question: ExamQuestion) -> ExamQuestion:
    """The same, if an answer can pass and can fail it. `ExpectsNothing`."""
    if not question.question or not question.expected:
        raise ExpectsNothing(name=question.question)
    return question
