"""What the view asks for, as Protocols: the services of an open profile, or a test's own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from app.domain.adapters import Adapter
from app.domain.assistants import Assistant
from app.domain.library import Collection, Document
from app.domain.progress import Control
from app.domain.rows import Row, Rows, RowWarning
from app.domain.training import Estimate, Preset, Training, TrainingSettings
from app.services.events import Events
from app.services.jobs import Worker


class Trainings(Protocol):
    def all(self) -> list[Training]: ...
    def create(self, name: str) -> Training: ...
    def rename(self, training: str, name: str) -> object: ...
    def remove(self, training: str) -> object: ...
    def settings(self, training: str, preset: Preset, settings: TrainingSettings) -> object: ...
    def rows(self, training: str) -> list[Row]: ...
    def add_rows(self, training: str, rows: Sequence[Row]) -> object: ...
    def change_row(self, training: str, row: Row) -> object: ...
    def drop_rows(self, training: str, row_ids: Sequence[int], used: bool) -> object: ...
    def token_view(self, training: str, row: Row) -> tuple[str, str]: ...
    def estimate(self, training: str, control: Control) -> Estimate: ...
    def start(self, training: str) -> object: ...
    def pause(self, training: str) -> object: ...
    def resume(self, training: str) -> object: ...
    def cancel(self, training: str) -> object: ...
    def publish(self, training: str, control: Control) -> object: ...


class Columns(Protocol):
    """Which columns of a file are the question and the answer."""

    @property
    def question(self) -> str: ...
    @property
    def answer(self) -> str: ...


class RowFile(Protocol):
    """A file of rows before it is read; see domain.row_formats."""

    @property
    def format(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def sample(self) -> tuple[Row, ...]: ...
    @property
    def mapping(self) -> Columns | None: ...


class RowSummary(Protocol):
    """`warned` has a set a row, in order."""

    @property
    def warned(self) -> tuple[frozenset[RowWarning], ...]: ...


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
    def recognise(self, path: Path) -> RowFile: ...
    def read(self, path: Path, mapping: Any = None, control: Control | None = None) -> Rows: ...
    def looked_over(self, rows: Sequence[Row]) -> RowSummary: ...


@dataclass(frozen=True)
class Version:
    """An earlier state of an adapter; `gain` is by how much its held-out loss had fallen."""

    number: int
    created: float
    gain: float


class Adapters(Protocol):
    def all(self) -> list[Adapter]: ...
    def set_strengths(self, strengths: dict[str, float]) -> object: ...
    def versions(self, adapter: str) -> list[Version]: ...
    def roll_back(self, adapter: str, number: int) -> object: ...


class Assistants(Protocol):
    def all(self) -> list[Assistant]: ...
    def change(self, assistant: Assistant) -> object: ...


class Library(Protocol):
    def collections(self) -> list[Collection]: ...
    def documents(self, collection: str | None = None) -> list[Document]: ...


@dataclass(frozen=True)
class Desk:
    """Everything that the view reaches. `columns` makes a mapping for `datasets.read`;
    `may_train`: the role allows to train; `may_switch`: to change which adapters speak."""

    trainings: Trainings
    datasets: Datasets
    adapters: Adapters
    assistants: Assistants
    library: Library
    events: Events
    reading: Worker
    background: Worker
    answers: Worker
    columns: Callable[[str, str], Columns]
    may_train: bool = True
    may_switch: bool = True


@dataclass(frozen=True)
class Overview:
    """What the view shows besides the rows of the chosen training."""

    trainings: tuple[Training, ...] = ()
    adapters: tuple[Adapter, ...] = ()
    assistants: tuple[Assistant, ...] = ()
    versions: tuple[Version, ...] = ()

    def training(self, key: str) -> Training | None:
        return next((each for each in self.trainings if each.id == key), None)

    def adapter(self, training: Training) -> Adapter | None:
        """What came of a training, as long as it is kept."""
        return next((each for each in self.adapters if each.id == training.adapter), None)

    def users(self, training: Training) -> tuple[Assistant, ...]:
        """Those that speak with what came of a training."""
        key = training.adapter
        return tuple(each for each in self.assistants if key and each.adapter == key)


def look(desk: Desk, chosen: str) -> Overview:
    """Databases are asked: off the window thread. `chosen` is the id of a training, or ""."""
    found = Overview(
        trainings=tuple(desk.trainings.all()),
        adapters=tuple(desk.adapters.all()),
        assistants=tuple(desk.assistants.all()),
    )
    training = found.training(chosen)
    if training is None or not training.adapter:
        return found
    versions = tuple(desk.adapters.versions(training.adapter))
    return Overview(found.trainings, found.adapters, found.assistants, versions)
