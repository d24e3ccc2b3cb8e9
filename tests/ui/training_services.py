"""Services of a training in memory, on real workers: what the page is tried on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.domain.chat.assistants import Assistant
from app.domain.chat.conversation import AnswerState, Citation, Message, Speaker
from app.domain.events import (
    AdaptersChanged,
    AssistantsChanged,
    Event,
    TrainingMoved,
    TrainingsChanged,
)
from app.domain.library.documents import Collection, Document, DocumentState
from app.domain.models.adapter_files import AdapterFile, Trust
from app.domain.models.adapters import Adapter, AdapterCard
from app.domain.progress import Control, Progress
from app.domain.training.row_formats import RowColumns, RowFile, RowFormat
from app.domain.training.row_summary import RowSummary, summary
from app.domain.training.rows import Row, RowFault, Rows, RowWarning
from app.domain.training.training import (
    Estimate,
    Preset,
    Report,
    RunStatus,
    Training,
    TrainingSettings,
    TrainingState,
    WeightForm,
)
from app.services.chat.adapter_compare import Both
from app.services.events import Events
from app.services.jobs import Worker
from app.ui.acts import Acts
from app.ui.language import Language
from app.ui.main_thread import MainThread
from app.ui.training.services import TrainingServices

GIGABYTE = 1 << 30


@dataclass
class FakeTrainings:
    publish_event: Callable[[Event], None]
    kept: dict[str, Training] = field(default_factory=dict)
    stored: dict[str, list[Row]] = field(default_factory=dict)
    estimated: Estimate = field(
        default_factory=lambda: Estimate(300, 210_000, (2400.0, 4200.0), 7 * GIGABYTE, 8 * GIGABYTE)
    )
    report: Report = field(default_factory=lambda: Report(1.3, 0.9, 2e-5, 0.02))
    failure: Exception | None = None
    acts: list[str] = field(default_factory=list)
    allowed: bool = True
    discard: Callable[[str], object] = lambda _: None
    offered: tuple[WeightForm, ...] = (WeightForm.PACKED, WeightForm.DENSE)

    def forms(self) -> tuple[WeightForm, ...]:
        return self.offered

    def put(self, training: Training, rows: Sequence[Row] = ()) -> Training:
        numbered = [replace(each, id=number) for number, each in enumerate(rows, 1)]
        self.kept[training.id] = training
        self.stored[training.id] = numbered
        self._count(training.id)
        return self.kept[training.id]

    def move(self, key: str, status: RunStatus, state: TrainingState | None = None) -> None:
        """As the child process would."""
        training = self.kept[key]
        self.kept[key] = replace(training, status=status, state=state or training.state)
        self.publish_event(TrainingMoved(key) if state is None else TrainingsChanged())

    def _count(self, key: str) -> None:
        count = sum(each.used for each in self.stored[key])
        self.kept[key] = replace(self.kept[key], rows=count)

    def _turn(self, key: str, **changes: object) -> None:
        self.kept[key] = replace(self.kept[key], **changes)  # type: ignore[arg-type]
        self.publish_event(TrainingsChanged())

    def all(self) -> list[Training]:
        known = [self._synced(training) for training in list(self.kept)]
        return sorted(known, key=lambda each: -each.created)

    def create(self, name: str) -> Training:
        if self.failure:
            raise self.failure
        made = Training(f"t{len(self.kept)}", name, "base", "tiny · Q4_K_M", len(self.kept) + 10.0)
        self.put(made)
        self.publish_event(TrainingsChanged())
        return made

    def rename(self, training: str, name: str) -> None:
        self._turn(training, name=name)

    def remove(self, training: str) -> None:
        self.discard(self.kept[training].adapter)
        del self.kept[training], self.stored[training]
        self.publish_event(TrainingsChanged())

    def choose(self, training: str, preset: Preset, settings: TrainingSettings) -> None:
        self._turn(training, preset=preset, settings=settings)

    def rows(self, training: str) -> list[Row]:
        return list(self.stored[training])

    def add_rows(self, training: str, rows: Sequence[Row]) -> None:
        first = len(self.stored[training]) + 1
        self.stored[training] += [replace(each, id=first + n) for n, each in enumerate(rows)]
        self._count(training)
        self.publish_event(TrainingsChanged())

    def change_row(self, training: str, row: Row) -> None:
        rows = self.stored[training]
        self.stored[training] = [row if each.id == row.id else each for each in rows]

    def use_rows(self, training: str, rows: Sequence[int], *, used: bool) -> None:
        self.stored[training] = [
            replace(each, used=used) if each.id in rows else each for each in self.stored[training]
        ]
        self._count(training)
        self.publish_event(TrainingsChanged())

    def token_view(self, row: Row) -> tuple[str, str]:
        passages = "\n".join(each.text for each in row.passages)
        return f"<user>\n{passages}\n{row.question}\n<assistant>\n", f"{row.answer}<end>"

    def estimate(self, training: str, control: Control) -> Estimate:
        if self.failure:
            raise self.failure
        return self.estimated

    def start(self, training: str) -> None:
        self._turn(training, state=TrainingState.RUNNING, trouble=None)

    def pause(self, training: str) -> None:
        self._turn(training, state=TrainingState.PAUSED)

    def finish(self, training: str) -> None:
        self.acts.append(f"finish {training}")

    def cancel(self, training: str) -> None:
        self._turn(training, state=TrainingState.DRAFT, status=RunStatus())

    def _synced(self, training: str) -> Training:
        """A run that has done its steps is over."""
        found = self.kept[training]
        running = found.state == TrainingState.RUNNING
        if running and found.status.steps and found.status.step >= found.status.steps:
            self._turn(training, state=TrainingState.TRAINED)
        return self.kept[training]

    def again(self, training: str) -> Training:
        old = self.kept[training]
        made = self.create(old.name + " again")
        self.add_rows(made.id, self.stored[training])
        self.choose(made.id, old.preset, old.settings)
        return self.kept[made.id]

    def publish(self, training: str, control: Control) -> Training:
        self.acts.append(f"publish {training}")
        if self.failure:
            raise self.failure
        control.report(Progress(1, 2, "Question"))
        self._turn(training, state=TrainingState.DONE, report=self.report, adapter=f"a-{training}")
        return self.kept[training]


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

    def put(self, key: str, name: str, scale: float = 0.0, signer: str = "") -> None:
        self.kept[key] = Adapter(key, name, "base", 84 << 20, 1.0, scale, signer=signer)

    def discard(self, adapter: str) -> None:
        del self.kept[adapter]
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
    trainings: FakeTrainings
    datasets: FakeDatasets
    adapters: FakeAdapters
    packages: FakePackages
    compare: FakeCompare
    assistants: FakeAssistants
    services: TrainingServices
    workers: list[Worker]

    def close(self) -> None:
        self.services.events.close()
        for worker in self.workers:
            worker.close()
        self.main_thread.close()

    @property
    def idle(self) -> bool:
        return not any(worker.jobs() for worker in self.workers)


def make_services(language: Language, *, may_train: bool = True) -> FakeServices:
    main_thread = MainThread()
    post = main_thread.post
    events = Events(post)
    trainings, datasets = FakeTrainings(events.publish, allowed=may_train), FakeDatasets()
    adapters, assistants = FakeAdapters(events.publish), FakeAssistants(events.publish)
    trainings.discard = lambda key: adapters.kept.pop(key, None)
    packages, compare = FakePackages(adapters), FakeCompare()
    workers = [Worker(name, post) for name in ("reading", "background", "answers")]
    fakes: dict[str, Any] = {
        "training": trainings, "datasets": datasets, "adapters": adapters, "packages": packages,
        "compare": compare, "assistants": assistants, "library": FakeLibrary(),
    }  # fmt: skip
    acts: dict[str, Any] = {worker._name: Acts(worker, language) for worker in workers}
    services = TrainingServices(events=events, **acts, **fakes)
    return FakeServices(
        main_thread, trainings, datasets, adapters, packages, compare, assistants, services, workers
    )
