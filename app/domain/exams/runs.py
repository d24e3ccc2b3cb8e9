"""A run over test questions, what it stood on, and what is better or worse than another."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.chat.assistants import Assistant
from app.domain.exams.marking import MarkedAnswer
from app.domain.intervals import wilson


class Condition(StrEnum):
    """What answers depend on, besides the question."""

    PROGRAM = "program"
    MODEL = "model"
    ADAPTERS = "adapters"
    PROMPT = "prompt"
    PARAMETERS = "parameters"
    COLLECTIONS = "collections"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Conditions:
    """`model` is the chat model's name and `sha256` that of its file, `embedding` the name of the
    embedding model, "" without one; `adapters` by name with their strengths; `library` is a digest
    of the documents that are searched."""

    program: str
    model: str
    sha256: str
    adapters: tuple[tuple[str, float], ...]
    assistant: Assistant
    documents: int
    passages: int
    library: str
    embedding: str = ""

    def changed_since(self, earlier: "Conditions") -> tuple[Condition, ...]:
        own, other = self._by_condition(), earlier._by_condition()
        return tuple(each for each in Condition if own[each] != other[each])

    def _by_condition(self) -> dict[Condition, object]:
        told = self.assistant
        return {
            Condition.PROGRAM: self.program,
            Condition.MODEL: (self.sha256, self.embedding),
            Condition.ADAPTERS: self.adapters,
            Condition.PROMPT: (told.instruction, told.variables, told.tone, told.language),
            Condition.PARAMETERS: (told.temperature, told.max_tokens),
            Condition.COLLECTIONS: told.collections,
            Condition.DOCUMENTS: self.library,
        }


@dataclass(frozen=True, slots=True)
class ExamRun:
    """`assistant` is an id, `moment` when it ended, in seconds since 1970 (UTC)."""

    id: str
    assistant: str
    moment: float
    conditions: Conditions
    answers: tuple[MarkedAnswer, ...]

    @property
    def passed(self) -> int:
        return sum(answer.passed for answer in self.answers)


class Outcome(StrEnum):
    """Of a question beside its other answer; NEW has none."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class ComparedAnswer:
    """An answer, and the other one to the same question with the same expectations."""

    answer: MarkedAnswer
    other: MarkedAnswer | None

    @property
    def outcome(self) -> Outcome:
        """By how many of the expected parts are lacking."""
        if self.other is None:
            return Outcome.NEW
        own, other = len(self.answer.failed), len(self.other.failed)
        if own == other:
            return Outcome.SAME
        return Outcome.BETTER if own < other else Outcome.WORSE


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run beside another, question by question; `changed` is what the answers stood on."""

    rows: tuple[ComparedAnswer, ...]
    changed: tuple[Condition, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the share of better answers among those that differ."""
        better, worse = self.count(Outcome.BETTER), self.count(Outcome.WORSE)
        return wilson(better, better + worse)


def compared(run: ExamRun, other: ExamRun | None) -> Comparison:
    """Without another run every question is new."""
    if other is None:
        return Comparison(tuple(ComparedAnswer(each, None) for each in run.answers), ())
    answers = {each.question: each for each in other.answers}
    rows = tuple(ComparedAnswer(each, answers.get(each.question)) for each in run.answers)
    return Comparison(rows, run.conditions.changed_since(other.conditions))


def earlier(runs: Sequence[ExamRun], than: ExamRun) -> ExamRun | None:
    """The newest run before one that has a question in common with it, None without one."""
    asked = {answer.question for answer in than.answers}
    before = [
        run
        for run in runs
        if run.moment < than.moment and asked.intersection(each.question for each in run.answers)
    ]
    return max(before, key=lambda run: run.moment, default=None)
