"""What the view shows, gathered at once. Drivers and disks are asked: off the window thread."""

from dataclasses import dataclass

from app.domain.models.machine import Machine
from app.domain.models.model import Model, ModelKind, Speed
from app.domain.models.placement import Fit
from app.services.events import Events
from app.services.library.service import LibraryService
from app.services.models.inference import Inference
from app.services.models.model_import import ModelImport
from app.services.models.servers import ModelServers
from app.services.models.service import ModelService
from app.ui.acts import Acts


@dataclass(frozen=True)
class ModelServices:
    """Everything that the view reaches. Drivers and disks are asked on `reading`, imports run on
    `background`, whatever touches the chat model on `answers`."""

    models: ModelService
    imports: ModelImport
    model_servers: ModelServers
    inference: Inference
    library: LibraryService
    events: Events
    reading: Acts
    background: Acts
    answers: Acts


@dataclass(frozen=True)
class Listed:
    """A model and how it stands here. `copied` into the workspace, `shipped` with the program;
    `fit` and `speed` of chat models alone."""

    model: Model
    present: bool
    copied: bool
    shipped: bool
    fit: Fit | None = None
    speed: Speed | None = None


@dataclass(frozen=True)
class ModelsOverview:
    """`documents` that the embedding model in use has read."""

    listed: tuple[Listed, ...]
    machine: Machine
    documents: int
    may_change: bool


def look(services: ModelServices) -> ModelsOverview:
    models = services.models
    known = models.all()
    machine = models.machine()
    fits = models.fits(known, machine)

    def speed(model: Model) -> Speed | None:
        return services.inference.speed(model, machine) if model.kind == ModelKind.CHAT else None

    return ModelsOverview(
        listed=tuple(
            Listed(
                model=model,
                present=models.present(model),
                copied=models.copied(model),
                shipped=models.shipped(model),
                fit=fits.get(model.name),
                speed=speed(model),
            )
            for model in known
        ),
        machine=machine,
        documents=services.library.counts()[0],
        may_change=models.may_change,
    )
