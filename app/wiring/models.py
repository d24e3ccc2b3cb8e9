"""Models, adapters, and the inference that uses them."""

from dataclasses import dataclass

from app.engines.base import Engines
from app.services.models.adapters import AdapterService
from app.services.models.inference import Inference
from app.services.models.model_import import ModelImport
from app.services.models.service import ModelService
from app.services.profiles.preferences import PreferenceService
from app.store.models.models import ModelStore
from app.store.settings import SettingsStore
from app.wiring.base import Base


@dataclass(frozen=True)
class Models:
    """Everything about models behind the lock."""

    models: ModelService
    imports: ModelImport
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
    inference = Inference(models, store, adapters, preferences, engines, events)
    return Models(models, imports, adapters, preferences, inference)
