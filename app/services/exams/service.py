"""Test questions of assistants: kept, and answered as the chat would answer them. Answers are
made on the inference worker thread."""

import hashlib
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app import __version__
from app.domain.chat.assistants import Assistant
from app.domain.errors import ExamQuestionMissing, NoExamQuestions
from app.domain.events import ExamsChanged
from app.domain.exams.marking import MarkedAnswer, mark
from app.domain.exams.questions import ExamQuestion
from app.domain.exams.runs import Conditions, ExamRun
from app.domain.models.model import ModelKind
from app.domain.progress import Control, Progress, Redirected
from app.domain.roles import Act
from app.services.assistants.service import AssistantService
from app.services.chat.context import AnswerRequest
from app.services.chat.service import ChatService
from app.services.events import Events
from app.services.exams import files
from app.services.library.service import LibraryService
from app.services.models.adapters import AdapterService
from app.services.models.service import ModelService
from app.services.profiles.access import Access
from app.store.chat.exams import ExamQuestionStore, ExamRunStore

#: Seconds in which a deletion can be taken back; after them the next start forgets it.
_REGRET = 60.0


@dataclass(frozen=True)
class ExamStores:
    questions: ExamQuestionStore
    runs: ExamRunStore


@dataclass(frozen=True)
class Ground:
    """What answers stand on."""

    library: LibraryService
    models: ModelService
    adapters: AdapterService


class ExamService:
    def __init__(
        self,
        stores: ExamStores,
        assistants: AssistantService,
        chat: ChatService,
        ground: Ground,
        access: Access,
        events: Events,
    ) -> None:
        self._questions, self._runs = stores.questions, stores.runs
        self._chat, self._ground = chat, ground
        self._access, self._events = access, events
        self._questions.purge(time.time() - _REGRET)
        self._runs.keep_only({each.id for each in assistants.every()})

    # -- questions --------------------------------------------------------------------------------

    def questions(self, assistant: str) -> list[ExamQuestion]:
        """Those of an assistant by its id, in the order in which they were added."""
        return self._questions.all(assistant)

    def keep(self, assistant: str, question: ExamQuestion) -> ExamQuestion:
        """Store a new one (id "") or a changed one. `ExpectsNothing`, `AccessDenied`."""
        self._access.require(Act.CHANGE_ASSISTANTS)
        return self._keep(assistant, [files.checked(question.tidied())])[0]

    def take_in(self, assistant: str, path: Path) -> int:
        """Add those of a file that are not there yet; how many. `FileMissing`, `DamagedFile`,
        `ExpectsNothing`, `AccessDenied`."""
        self._access.require(Act.CHANGE_ASSISTANTS)
        known = set(self._questions.all(assistant))
        new = [each for each in dict.fromkeys(files.read(path)) if each not in known]
        return len(self._keep(assistant, new))

    def remove(self, assistant: Assistant, number: int) -> ExamQuestion:
        """The one at a place in the list, from 1; `restore` takes it back. `ExamQuestionMissing`,
        `AccessDenied`."""
        self._access.require(Act.CHANGE_ASSISTANTS)
        known = self._questions.all(assistant.id)
        if not 1 <= number <= len(known):
            raise ExamQuestionMissing(name=assistant.name, number=number)
        self._questions.remove(known[number - 1].id)
        self._events.publish(ExamsChanged(assistant.id))
        return known[number - 1]

    def restore(self, assistant: str, question: ExamQuestion) -> None:
        """`AccessDenied`."""
        self._access.require(Act.CHANGE_ASSISTANTS)
        self._questions.restore(question.id)
        self._events.publish(ExamsChanged(assistant))

    def _keep(self, assistant: str, questions: Sequence[ExamQuestion]) -> list[ExamQuestion]:
        kept = [replace(each, id=each.id or uuid.uuid4().hex) for each in questions]
        self._questions.keep(assistant, kept)
        self._events.publish(ExamsChanged(assistant))
        return kept

    # -- runs -------------------------------------------------------------------------------------

    def runs(self, assistant: str) -> list[ExamRun]:
        """This profile's, the newest first."""
        return self._runs.all(assistant)

    def conditions(self, assistant: Assistant) -> Conditions:
        """What its answers would stand on now."""
        model = self._ground.models.in_use(ModelKind.CHAT)
        embedding = self._ground.models.in_use(ModelKind.EMBEDDING)
        documents = [
            document
            for collection in self._ground.library.collections()
            if not assistant.collections or collection.id in assistant.collections
            for document in self._ground.library.documents(collection.id)
        ]
        told = sorted((each.id, each.size, each.passages, each.modified) for each in documents)
        return Conditions(
            program=__version__,
            model=model.name if model else "",
            sha256=model.sha256 if model else "",
            adapters=self._speaking(assistant, model.sha256 if model else ""),
            assistant=assistant,
            documents=len(documents),
            passages=sum(each.passages for each in documents),
            library=hashlib.sha256(repr(told).encode()).hexdigest(),
            embedding=embedding.name if embedding else "",
        )

    def _speaking(self, assistant: Assistant, base: str) -> tuple[tuple[str, float], ...]:
        """Its own adapters that fit the model, or those that are on anyway."""
        fitting = [each for each in self._ground.adapters.all() if each.base == base]
        scales = {
            each.id: assistant.strength(each.id) if assistant.adapters else each.scale
            for each in fitting
        }
        return tuple((each.name, scale) for each in fitting if (scale := scales[each.id]))

    def ask(self, assistant: Assistant, question: ExamQuestion, control: Control) -> MarkedAnswer:
        """The answer to one question, judged. Earlier conversations have no say, so that everybody
        gets the same. Errors as ChatService.answer_unkept; `Cancelled`."""
        began = time.perf_counter()
        silent = Redirected(control, lambda _: None)
        request = AnswerRequest(remember=False)
        answer = self._chat.answer_unkept(question.question, silent, request, assistant=assistant)
        control.check()
        return mark(question, answer, (time.perf_counter() - began) * 1000)

    def run(
        self, assistant: Assistant, questions: Sequence[ExamQuestion], control: Control
    ) -> ExamRun:
        """Have all answered, one after the other, reporting Progress; nothing of it is kept. Errors
        as `ask`; `NoExamQuestions`."""
        if not questions:
            raise NoExamQuestions(name=assistant.name)
        conditions, answers = self.conditions(assistant), list[MarkedAnswer]()
        for place, question in enumerate(questions):
            control.report(Progress(place, len(questions), question.question))
            answers.append(self.ask(assistant, question, control))
        control.report(Progress(len(questions), len(questions)))
        return ended(conditions, answers)

    def keep_run(self, run: ExamRun) -> None:
        """For later runs to be compared with."""
        self._runs.keep(run)


def ended(conditions: Conditions, answers: Sequence[MarkedAnswer]) -> ExamRun:
    """A run that ends now."""
    return ExamRun(
        uuid.uuid4().hex, conditions.assistant.id, time.time(), conditions, tuple(answers)
    )
