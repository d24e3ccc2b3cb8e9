"""What the Training page is tried on: the training service itself over runs that a test scripts,
the services around it in memory, all on real workers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from types import SimpleNamespace
from typing import Any

import msgspec

from app import paths
from app.domain.chat.assistants import Assistant
from app.domain.chat.conversation import AnswerState, Citation, Message, Speaker
from app.domain.errors import NoChatModel
from app.domain.events import AdaptersChanged, AssistantsChanged, Event, TrainingMoved
from app.domain.library.documents import Collection, Document, DocumentState
from app.domain.models.adapter_files import AdapterFile, Trust
from app.domain.models.adapters import Adapter, AdapterCard
from app.domain.models.model import Model, ModelKind, ModelShape
from app.domain.progress import Control, Progress
from app.domain.roles import Role
from app.domain.settings import Preferences
from app.domain.training.row_formats import RowColumns, RowFile, RowFormat
from app.domain.training.row_summary import RowSummary, summary
from app.domain.training.rows import Row, RowFault, Rows, RowWarning
from app.domain.training.training import (
    Estimate,
    Preset,
    Report,
    RunStatus,
    Training,
    TrainingState,
    WeightForm,
)
from app.engines.training_messages import (
    AtStrength,
    Saved,
    TrainingEvent,
    TrainingFinished,
    TrainingTask,
)
from app.services.assistants.prompts import Prompts
from app.services.chat.adapter_compare import Both
from app.services.events import Events
from app.services.jobs import Worker
from app.services.profiles.access import Access
from app.services.training.examples import ExampleWriter
from app.services.training.runs import TrainingRun, TrainingRuns
from app.services.training.service import TrainingParts, TrainingService
from app.store.database import Database
from app.store.models.trainings import TrainingStore
from app.ui.acts import Acts
from app.ui.language import Language
from app.ui.main_thread import MainThread
from app.ui.training.services import TrainingServices

GIGABYTE = 1 << 30
MODEL = Model(
    "tiny · Q4_K_M", ModelKind.CHAT, "tiny.gguf", "llama", "base", ModelShape(GIGABYTE), in_use=True
)
#: What a run here comes to.
FINISHED = TrainingFinished(
    b"GGUF adapter", 300, 2e-5, 1e-5, 1.3, 3.0, (AtStrength(1.0, 0.9, 3.02),)
)


class ScriptedRun:
    """Satisfies `TrainingProcess`: tells what a test has it tell, and obeys at once."""

    def __init__(self) -> None:
        self._told: SimpleQueue[TrainingEvent | None] = SimpleQueue()

    def events(self) -> Iterator[TrainingEvent]:
        while (event := self._told.get()) is not None:
            yield event
            if isinstance(event, Saved | TrainingFinished):
                return

    def pause(self) -> None:
        self._told.put(Saved(60, b"60", paused=True))

    def finish(self) -> None:
        self._told.put(FINISHED)

    def kill(self) -> None:
        self._told.put(None)


@dataclass
class ScriptedEstimator:
    """Stands for `Estimator`: what an estimate comes to is the test's to say."""

    estimated: Estimate = field(
        default_factory=lambda: Estimate(300, 210_000, (2400.0, 4200.0), 7 * GIGABYTE, 8 * GIGABYTE)
    )
    failure: Exception | None = None
    offered: tuple[WeightForm, ...] = (WeightForm.PACKED, WeightForm.DENSE)

    def forms(self) -> tuple[WeightForm, ...]:
        return self.offered

    def require_trainable(self, model: Model) -> None:
        """Every model is."""

    def require_part(self) -> None:
        """It is installed."""

    def is_tight(self, task: TrainingTask) -> bool:
        return False

    def estimate(self, task: TrainingTask, control: Control) -> Estimate:
        if self.failure:
            raise self.failure
        return self.estimated


class ScriptedComparison:
    """Stands for `Comparison`: the adapter answers as the rows want it, the base does not."""

    def answers(
        self, rows: Sequence[Row], adapter: str, strength: float, control: Control
    ) -> list[Message]:
        control.report(Progress(1, 2, "Question"))
        return [_message(row.answer if adapter else "A while.") for row in rows]


class Trainings:
    """The program's own service on a real workspace, over runs that a test tells what to do."""

    def __init__(self, folder: Path, adapters: "FakeAdapters", events: Events, role: Role) -> None:
        self._events = events
        self._database = Database(folder / "workspace.db", b"w" * 32, "workspace")
        self._store = TrainingStore(self._database, folder / "training")
        self._runs = TrainingRuns(lambda task, checkpoint=None: ScriptedRun())
        self.estimator = ScriptedEstimator()
        parts: dict[str, Any] = {
            "models": SimpleNamespace(all=lambda: [MODEL]), "adapters": adapters, "inference": None,
            "preferences": SimpleNamespace(get=Preferences), "runs": self._runs,
            "estimator": self.estimator, "writer": ExampleWriter(Prompts(paths.find().resources)),
            "comparison": ScriptedComparison(),
        }  # fmt: skip
        self.service = TrainingService(
            self._store, TrainingParts(**parts), Access(role), events, lambda *_: None
        )

    def all(self) -> list[Training]:
        return self.service.all()

    def rows(self, training: str) -> list[Row]:
        return self.service.rows(training)

    def put(self, training: Training, rows: Sequence[Row] = ()) -> Training:
        """In whatever state it is: with its run where it goes on, with its result behind one."""
        self._store.create(training)
        self._store.add_rows(training.id, rows)
        kept = replace(training, rows=self._store.count(training.id))
        self._store.keep(kept)
        files = self._store.files(training.id)
        if kept.state == TrainingState.RUNNING:
            run = TrainingRun(kept.id, files, kept.status)
            run.listener = lambda: self._events.publish(TrainingMoved(kept.id))
            self._runs.begin(run, TrainingTask("", kept.base, kept.settings, (), ()), None)
        if kept.state == TrainingState.TRAINED:
            files.keep("result", msgspec.msgpack.encode(FINISHED))
        return kept

    def move(self, training: str, status: RunStatus) -> None:
        """As the child process would."""
        run = self._run(training)
        run.status = status
        run.tell()

    def end(self, training: str) -> None:
        """As a child process that has done its steps."""
        self._run(training).finish()

    def _run(self, training: str) -> TrainingRun:
        run = self._runs.get(training)
        assert run is not None
        return run

    def close(self) -> None:
        self.service.detach()
        self._runs.close()
        self._database.close()


COLUMNS = RowFile(RowFormat.COLUMNS, ("no", "ask", "reply"), (), None)


@dataclass
class FakeDatasets:
    liked: Rows = field(default_factory=lambda: Rows(()))
    written: Rows = field(default_factory=lambda: Rows(()))
    file: RowFile = COLUMNS
    read_rows: Rows = field(default_factory=lambda: Rows((), {RowFault.EMPTY: 2}))
    asked: list[object] = field(default_factory=list)
    hold: Callable[[Control], None] = lambda _: None

    def from_documents(
        self,
        documents: Sequence[str],
        count: int,
        control: Control,
        keep: Callable[[Row], None],
        known: Sequence[Row] = (),
    ) -> Rows:
        self.asked.append((list(documents), count))
        for number, each in enumerate(self.written.rows):
            control.report(Progress(number, count, "leave.pdf"))
            keep(each)
        self.hold(control)
        return self.written

    def from_chats(self, known: Sequence[Row] = ()) -> Rows:
        questions = {each.question for each in known}
        return Rows(tuple(each for each in self.liked.rows if each.question not in questions))

    def recognise(self, path: Path, control: Control | None = None) -> RowFile:
        return self.file

    def read(
        self, path: Path, mapping: RowColumns | None = None, control: Control | None = None
    ) -> Rows:
        self.asked.append(mapping)
        return self.read_rows

    def looked_over(self, rows: Sequence[Row]) -> RowSummary:
        """A question that names a warning has it."""
        warned = [{w for w in RowWarning if w.value in each.question} for each in rows]
        return replace(summary([]), warned=tuple(map(frozenset, warned)))


@dataclass
class FakeAdapters:
    publish_event: Callable[[Event], None]
    kept: dict[str, Adapter] = field(default_factory=dict)
    model: Model | None = MODEL
    failure: Exception | None = None

    def base(self) -> Model:
        if self.model is None:
            raise NoChatModel
        return self.model

    def take_in(self, name: str, base: str, data: bytes) -> Adapter:
        if self.failure:
            raise self.failure
        key = f"a{len(self.kept)}"
        self.put(key, name)
        return self.kept[key]

    def put(self, key: str, name: str, scale: float = 0.0, signer: str = "") -> None:
        self.kept[key] = Adapter(key, name, "base", 84 << 20, 1.0, scale, signer=signer)

    def discard(self, adapter: str) -> None:
        self.kept.pop(adapter, None)
        self.publish_event(AdaptersChanged())

    def all(self) -> list[Adapter]:
        return list(self.kept.values())

    def set_strengths(self, strengths: Mapping[str, float]) -> None:
        self.kept = {
            key: replace(each, scale=strengths.get(key, 0.0)) for key, each in self.kept.items()
        }
        self.publish_event(AdaptersChanged())


@dataclass
class FakePackages:
    adapters: FakeAdapters
    file: AdapterFile = field(default_factory=lambda: AdapterFile("bare.gguf", Trust.UNSIGNED))
    card_: AdapterCard = field(
        default_factory=lambda: AdapterCard(
            "tiny · Q4", 16, 32.0, Preset.BALANCED, 120, "2026-11-21", Report(1.3, 0.9, 2e-5, 0.02)
        )
    )
    failure: Exception | None = None
    acts: list[object] = field(default_factory=list)

    def export(self, name: str, path: Path) -> None:
        self.acts.append((name, path.name))

    def look(self, path: Path) -> AdapterFile:
        if self.failure:
            raise self.failure
        return self.file

    def take(self, path: Path, name: str = "", accepted: str = "") -> Adapter:
        self.acts.append(accepted)
        self.adapters.put("guest", "Their manner", signer=accepted)
        self.adapters.publish_event(AdaptersChanged())
        return self.adapters.kept["guest"]

    def trust(self, adapter: Adapter) -> Trust:
        return Trust.KNOWN if adapter.signer else Trust.UNSIGNED

    def card(self, adapter: Adapter) -> AdapterCard:
        return self.card_ if adapter.signer else replace(self.card_, rank=0, report=None)


@dataclass
class FakeCompare:
    """Waits for `hold` before the adapter's answer."""

    base: Message = field(default_factory=lambda: _message("A while."))
    adapted: Message = field(default_factory=lambda: _message("28 days [1]."))
    hold: Callable[[Control], None] = lambda _: None
    asked: list[object] = field(default_factory=list)

    def ask(self, question: str, adapter: str, strength: float, control: Control) -> Both:
        self.asked.append((question, adapter, strength))
        control.report(Both(self.base))
        self.hold(control)
        return Both(self.base, self.adapted)


def _message(text: str) -> Message:
    citations = tuple(
        Citation(1, 0, text, 0, len(text), supported=True) for _ in range(text.count("[1]"))
    )
    return Message(0, Speaker.ASSISTANT, text, 1.0, AnswerState.DONE, citations=citations)


@dataclass
class FakeAssistants:
    publish_event: Callable[[Event], None]
    kept: dict[str, Assistant] = field(default_factory=dict)

    def all(self) -> list[Assistant]:
        return list(self.kept.values())

    def change(self, assistant: Assistant) -> None:
        self.kept[assistant.id] = assistant
        self.publish_event(AssistantsChanged())


@dataclass
class FakeLibrary:
    names: Sequence[str] = ("leave.pdf", "orders.docx")

    def collections(self) -> list[Collection]:
        return [Collection("c", "Library")]

    def documents(self, collection: str | None = None) -> list[Document]:
        return [
            Document(f"d{n}", name, name, DocumentState.INDEXED, 1, 1, 1, 0.0)
            for n, name in enumerate(self.names)
        ]


@dataclass
class FakeServices:
    """A services with what a test needs to look behind it."""

    main_thread: MainThread
    trainings: Trainings
    datasets: FakeDatasets
    adapters: FakeAdapters
    packages: FakePackages
    compare: FakeCompare
    assistants: FakeAssistants
    services: TrainingServices
    workers: list[Worker]

    def close(self) -> None:
        self.trainings.close()
        self.services.events.close()
        for worker in self.workers:
            worker.close()
        self.main_thread.close()

    @property
    def idle(self) -> bool:
        return not any(worker.jobs() for worker in self.workers)


def make_services(language: Language, folder: Path, *, may_train: bool = True) -> FakeServices:
    main_thread = MainThread()
    post = main_thread.post
    events = Events(post)
    adapters, assistants = FakeAdapters(events.publish), FakeAssistants(events.publish)
    role = Role.EDITOR if may_train else Role.READER
    trainings, datasets = Trainings(folder, adapters, events, role), FakeDatasets()
    packages, compare = FakePackages(adapters), FakeCompare()
    workers = [Worker(name, post) for name in ("reading", "background", "answers")]
    fakes: dict[str, Any] = {
        "training": trainings.service, "datasets": datasets, "adapters": adapters,
        "packages": packages, "compare": compare, "assistants": assistants,
        "library": FakeLibrary(),
    }  # fmt: skip
    acts: dict[str, Any] = {worker._name: Acts(worker, language) for worker in workers}
    services = TrainingServices(events=events, **acts, **fakes)
    return FakeServices(
        main_thread, trainings, datasets, adapters, packages, compare, assistants, services, workers
    )
