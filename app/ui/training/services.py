"""What the view reaches of an open profile, and what it shows of it."""

from dataclasses import dataclass

from app.domain.chat.assistants import Assistant
from app.domain.models.adapter_files import Trust
from app.domain.models.adapters import Adapter, AdapterCard
from app.domain.training.training import Training, TrainingState
from app.services.assistants.service import AssistantService
from app.services.chat.adapter_compare import AdapterCompare
from app.services.datasets.service import DatasetService
from app.services.events import Events
from app.services.library.service import LibraryService
from app.services.models.adapter_packages import AdapterPackages
from app.services.models.adapters import AdapterService
from app.services.training.service import TrainingService
from app.ui.acts import Acts


@dataclass(frozen=True)
class TrainingServices:
    """Everything that the view reaches."""

    training: TrainingService
    datasets: DatasetService
    adapters: AdapterService
    packages: AdapterPackages
    compare: AdapterCompare
    assistants: AssistantService
    library: LibraryService
    events: Events
    reading: Acts
    background: Acts
    answers: Acts

    @property
    def may_train(self) -> bool:
        """Whether the role allows to train adapters and to switch them."""
        return self.training.allowed

    @property
    def trains_here(self) -> bool:
        """Whether the part of the program that trains is installed."""
        return bool(self.training.forms())


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


def look(services: TrainingServices) -> TrainingOverview:
    """Databases are asked: off the window thread."""
    trainings, adapters = tuple(services.training.all()), tuple(services.adapters.all())
    made = {training.adapter for training in trainings}
    return TrainingOverview(
        trainings=trainings,
        guests=tuple(_guest(services, adapter) for adapter in adapters if adapter.id not in made),
        adapters=adapters,
        assistants=tuple(services.assistants.all()),
    )


def _guest(services: TrainingServices, adapter: Adapter) -> Guest:
    card = services.packages.card(adapter)
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
    return Guest(stands_for, adapter, services.packages.trust(adapter), card)


#: States in which examples and settings may still be changed.
CHANGEABLE = frozenset({TrainingState.DRAFT, TrainingState.FAILED})
