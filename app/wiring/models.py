"""Models, adapters, and the inference that uses them."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.domain.models.servers import ServerPlace
from app.engines.base import Engines
from app.processes.relay import Spoken, Way
from app.services.models.adapters import AdapterService
from app.services.models.inference import Inference
from app.services.models.model_import import ModelImport
from app.services.models.servers import ModelServers
from app.services.models.service import ModelService
from app.services.profiles.preferences import PreferenceService
from app.store.models.models import ModelStore
from app.store.models.servers import ModelServerStore
from app.store.settings import SettingsStore
from app.wiring.base import Base
from app.wiring.relays import Relays


@dataclass(frozen=True)
class Models:
    """Everything about models behind the lock."""

    models: ModelService
    imports: ModelImport
    servers: ModelServers
    adapters: AdapterService
    preferences: PreferenceService
    inference: Inference


def build_models(base: Base, engines: Engines) -> Models:
    paths, access, events = base.paths, base.access, base.events
    store = ModelStore(base.unlocked.workspace)
    models = ModelService(paths, store, engines, access, events)
    models.discover()
    imports = ModelImport(paths, store, models, engines, access, events)
    adapters = AdapterService(base.unlocked.adapters(), models, engines, access, events)
    preferences = PreferenceService(SettingsStore(base.unlocked.database), events)
    servers = ModelServers(
        store, ModelServerStore(base.unlocked.workspace), engines, access, events,
        partial(_way, base.relays), base.record,
    )  # fmt: skip
    inference = Inference(models, store, servers, adapters, preferences, engines, events)
    return Models(models, imports, servers, adapters, preferences, inference)


def _way(relays: Relays, place: ServerPlace, root: str) -> str:
    """The local socket at which a way to that server ends. `OSError`."""
    way = Way(place.host, place.port, place.protected, root, spoken=Spoken.HTTP)
    return str(Path(relays.open(way)) / way.name)
