"""What the panel shows, gathered at once: off the window thread."""

from dataclasses import dataclass

from app.domain.chat.assistants import Assistant
from app.domain.chat.versions import AssistantVersion
from app.domain.exams.questions import ExamQuestion
from app.domain.exams.runs import Comparison, ExamRun, compared, earlier
from app.ui.assistants.overview import AssistantServices


@dataclass(frozen=True)
class ExamOverview:
    """`others` and former `versions` are what the assistant can be compared with."""

    assistant: Assistant
    questions: tuple[ExamQuestion, ...] = ()
    runs: tuple[ExamRun, ...] = ()
    others: tuple[Assistant, ...] = ()
    versions: tuple[AssistantVersion, ...] = ()
    may_change: bool = True

    @property
    def last(self) -> "ExamResult | None":
        """The newest run beside the one before it."""
        if not self.runs:
            return None
        before = earlier(self.runs, self.runs[0])
        return ExamResult(self.runs[0], before, compared(self.runs[0], before))


@dataclass(frozen=True)
class ExamResult:
    """A run beside another: an earlier one, or that of `rival`, in whose words it is named."""

    run: ExamRun
    other: ExamRun | None
    comparison: Comparison
    rival: str = ""


def look(services: AssistantServices, assistant: Assistant) -> ExamOverview:
    known = services.assistants
    return ExamOverview(
        assistant,
        tuple(services.exams.questions(assistant.id)),
        tuple(services.exams.runs(assistant.id)),
        tuple(each for each in known.all() if each.id != assistant.id),
        tuple(each for each in known.versions(assistant.id) if each.assistant != assistant),
        known.may_change,
    )
