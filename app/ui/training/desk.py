"""What the view asks for, as Protocols: the services of an open profile, or a test's own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.domain.chat.assistants import Assistant
from app.domain.library.documents import Collection, Document
from app.domain.models.adapter_files import AdapterFile, Trust
from app.domain.models.adapters import Adapter, AdapterCard
from app.domain.progress import Control
from app.domain.training.row_formats import RowColumns, RowFile
from app.domain.training.row_summary import RowSummary
from app.domain.training.rows import Row, Rows
from app.domain.training.training import (
    Estimate,
    Preset,
    Training,
    TrainingSettings,
    TrainingState,
    WeightForm,
)
from app.services.events import Events
from app.services.models.adapter_compare import Both
from app.ui.acts import Acts


class Trainings(Protocol):
    @property
    def allowed(self) -> bool: ...
    def all(self) -> list[Training]: ...
    def sync_run_state(self, training: str) -> Training: ...
    def create(self, name: str) -> Training: ...
    def again(self, training: str) -> Training: ...
    def rename(self, training: str, name: str) -> None: ...
    def remove(self, training: str) -> None: ...
    def choose(self, training: str, preset: Preset, settings: TrainingSettings) -> None: ...
    def rows(self, training: str) -> list[Row]: ...
    def add_rows(self, training: str, rows: Sequence[Row]) -> None: ...
    def change_row(self, training: str, row: Row) -> None: ...
    def use_rows(self, training: str, rows: Sequence[int], *, used: bool) -> None: ...
    def token_view(self, row: Row) -> tuple[str, str]: ...
    def forms(self) -> tuple[WeightForm, ...]: ...
    def estimate(self, training: str, control: Control) -> Estimate: ...
    def start(self, training: str) -> None: ...
    def pause(self, training: str) -> None: ...
    def finish(self, training: str) -> None: ...
    def cancel(self, training: str) -> None: ...
    def publish(self, training: str, control: Control) -> Training: ...


class Datasets(Protocol):
    def from_documents(
        self,
        documents: Sequence[str],
        count: int,
        control: Control,
        keep: Callable[[Row], None],
        known: Sequence[Row] = (),
    ) -> Rows: ...
    def from_chats(self, known: Sequence[Row] = ()) -> Rows: ...
    def recognise(self, path: Path, control: Control | None = None) -> RowFile: ...
    def read(
        self, path: Path, mapping: RowColumns | None = None, control: Control | None = None
    ) -> Rows: ...
    def looked_over(self, rows: Sequence[Row]) -> RowSummary: ...


class Adapters(Protocol):
    def all(self) -> list[Adapter]: ...
    def set_strengths(self, strengths: Mapping[str, float]) -> None: ...
    def discard(self, adapter: str) -> None: ...


class Packages(Protocol):
    def export(self, name: str, path: Path) -> None: ...
    def look(self, path: Path) -> AdapterFile: ...
    def take(self, path: Path, name: str = "", accepted: str = "") -> Adapter: ...
    def trust(self, adapter: Adapter) -> Trust: ...
    def card(self, adapter: Adapter) -> AdapterCard: ...


class Compare(Protocol):
    def ask(self, question: str, adapter: str, strength: float, control: Control) -> Both: ...


class Assistants(Protocol):
    def all(self) -> list[Assistant]: ...
    def change(self, assistant: Assistant) -> object: ...


class Library(Protocol):
    def collections(self) -> list[Collection]: ...
    def documents(self, collection: str | None = None) -> list[Document]: ...


@dataclass(frozen=True)
class TrainingServices:
    """Everything that the view reaches."""

    training: Trainings
    datasets: Datasets
    adapters: Adapters
    packages: Packages
    compare: Compare
    assistants: Assistants
    library: Library
    events: Events
    reading: Acts
    background: Acts
    answers: Acts

    @property
    def may_train(self) -> bool:
        """Whether the role allows to train adapters and to switch them."""
        return self.training.allowed


@dataclass(frozen=True)
class Version:
    """Another adapter of the same lineage; `gain` is by how much its held-out loss had fallen,
    None where its report is gone."""

    adapter: Adapter
    gain: float | None


@dataclass(frozen=True)
class Guest:
    """An adapter that came as a file, shown as what a training elsewhere has made."""

    training: Training
    adapter: Adapter
    trust: Trust
    card: AdapterCard


@dataclass(frozen=True)
class TrainingOverview:
    """What the view shows besides the rows of the chosen training."""

    trainings: tuple[Training, ...] = ()
    guests: tuple[Guest, ...] = ()
    adapters: tuple[Adapter, ...] = ()
    assistants: tuple[Assistant, ...] = ()

    def training(self, key: str) -> Training | None:
        """One that was begun here, or what stands for a guest's."""
        guest = self.guest(key)
        own = (training for training in self.trainings if training.id == key)
        return guest.training if guest else next(own, None)

    def guest(self, key: str) -> Guest | None:
        return next((guest for guest in self.guests if guest.training.id == key), None)

    def adapter(self, training: Training) -> Adapter | None:
        """What came of a training, as long as it is kept."""
        return next((adapter for adapter in self.adapters if adapter.id == training.adapter), None)

    def users(self, training: Training) -> tuple[Assistant, ...]:
        """Those that speak with what came of a training."""
        key = training.adapter
        return tuple(e for e in self.assistants if key and e.strength(key) is not None)

    def versions(self, adapter: Adapter) -> tuple[Version, ...]:
        """Its earlier ones, the newest first."""
        reports = {
            training.adapter: training.report for training in self.trainings if training.report
        }
        line = (adapter.lineage, adapter.signer)
        own = [e for e in self.adapters if adapter.lineage and (e.lineage, e.signer) == line]
        earlier = sorted((e for e in own if e.version < adapter.version), key=lambda e: -e.version)
        found = ((each, reports.get(each.id)) for each in earlier)
        return tuple(Version(each, report.gain if report else None) for each, report in found)


def look(desk: TrainingServices) -> TrainingOverview:
    """Databases are asked, and runs that ended are taken note of: off the window thread."""
    known = desk.training.all()
    for each in known:
        if each.state == TrainingState.RUNNING:
            desk.training.sync_run_state(each.id)
    trainings, adapters = tuple(desk.training.all()), tuple(desk.adapters.all())
    made = {training.adapter for training in trainings}
    return TrainingOverview(
        trainings=trainings,
        guests=tuple(_guest(desk, adapter) for adapter in adapters if adapter.id not in made),
        adapters=adapters,
        assistants=tuple(desk.assistants.all()),
    )


def _guest(desk: TrainingServices, adapter: Adapter) -> Guest:
    card = desk.packages.card(adapter)
    stands_for = Training(
        id=adapter.id,
        name=adapter.name,
        base=adapter.base,
        model=card.model,
        created=adapter.created,
        state=TrainingState.DONE,
        preset=card.preset,
        rows=card.rows,
        adapter=adapter.id,
        report=card.report,
    )
    return Guest(stands_for, adapter, desk.packages.trust(adapter), card)


#: States in which examples and settings may still be changed.
CHANGEABLE = frozenset({TrainingState.DRAFT, TrainingState.FAILED})
