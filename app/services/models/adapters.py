"""Adapters: which there are, which speak and how strongly. Their weights are never in the open."""

import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.domain.errors import FileMissing, ModelOnServer, NoChatModel, OtherBaseModel
from app.domain.events import AdaptersChanged
from app.domain.models.adapters import Adapter
from app.domain.models.model import Model, ModelKind
from app.domain.roles import Act
from app.engines.base import AdapterAtScale, Engines
from app.services.events import Events
from app.services.models.service import ModelService
from app.services.profiles.access import Access
from app.store.files import save_for_user
from app.store.models.adapters import AdapterStore

#: Times as strong as trained; more only breaks sentences.
_STRONGEST = 2.0


class AdapterService:
    def __init__(
        self,
        store: AdapterStore,
        models: ModelService,
        engines: Engines,
        access: Access,
        events: Events,
    ) -> None:
        self._store = store
        self._models = models
        self._engines = engines
        self._access = access
        self._events = events

    def all(self) -> list[Adapter]:
        """Every adapter of the workspace, the newest last."""
        return self._store.all()

    def add(self, path: Path, name: str = "") -> Adapter:
        """Take in a bare GGUF adapter for the chat model in use, tried in a child process first.
        `DamagedAdapter`, `OtherBaseModel`, `NoChatModel`, `FileMissing`, `AccessDenied`."""
        self._access.require(Act.CHANGE_MODELS)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise FileMissing(name=path.name) from error
        base = self.base().sha256
        return self.keep_tried(Adapter("", name or path.stem, base, len(data), time.time()), data)

    def keep_tried(self, adapter: Adapter, data: bytes) -> Adapter:
        """Store what was not trained here, under an id and a free name of its own, off; it is tried
        on the model in use in a child process first. `DamagedAdapter`, `OtherBaseModel`,
        `NoChatModel`, `StorageFull`, `AccessDenied`."""
        self._access.require(Act.TRAIN)
        base = self.base()
        if adapter.base != base.sha256:
            raise OtherBaseModel(name=adapter.name)
        tried = AdapterAtScale(adapter.name, data, 1.0, base.sha256)
        self._engines.try_adapter(base.path, tried)
        name = self._free_name(adapter.name)
        kept = replace(adapter, id=uuid.uuid4().hex, name=name, scale=0.0)
        self._store.keep(kept, data)
        self._events.publish(AdaptersChanged())
        return kept

    def take_in(self, name: str, base: str, data: bytes) -> Adapter:
        """The next version of what was trained here, off. `StorageFull`, `AccessDenied`."""
        self._access.require(Act.TRAIN)
        own = [each for each in self._store.all() if each.lineage == name and not each.signer]
        versions = [each.version for each in own]
        version = max(versions, default=0) + 1
        adapter = Adapter(
            id=uuid.uuid4().hex,
            name=self._free_name(name if version == 1 else f"{name} v{version}"),
            base=base,
            size=len(data),
            created=time.time(),
            lineage=name,
            version=version,
        )
        self._store.keep(adapter, data)
        self._events.publish(AdaptersChanged())
        return adapter

    def discard(self, adapter: str) -> None:
        """Delete an adapter by its id, if it is still there. `AccessDenied`."""
        self._access.require(Act.TRAIN)
        for each in self._store.all():
            if each.id == adapter:
                self._store.remove(each)
                self._events.publish(AdaptersChanged())

    def set_strengths(self, strengths: Mapping[str, float]) -> None:
        """How strongly each speaks from the next answer on, by id; those not named are off. Those
        of another model than the one in use have no effect until it is chosen again.
        `AccessDenied`."""
        self._access.require(Act.TRAIN)
        self._choose(strengths)

    def use(self, name: str, scale: float = 1.0) -> Adapter:
        """Let it speak, and no other. `AdapterMissing`, `OtherBaseModel`, `AccessDenied`."""
        self._access.require(Act.CHANGE_MODELS)
        adapter = self._store.named(name)
        if adapter.base != self.base().sha256:
            raise OtherBaseModel(name=name)
        self._choose({adapter.id: scale})
        return self._store.named(name)

    def off(self) -> None:
        """The base model alone."""
        self._access.require(Act.CHANGE_MODELS)
        self._choose({})

    def remove(self, name: str) -> None:
        """Delete the adapter with that name. `AdapterMissing`, `AccessDenied`."""
        self._access.require(Act.CHANGE_MODELS)
        self._store.remove(self._store.named(name))
        self._events.publish(AdaptersChanged())

    def export(self, name: str, path: Path) -> None:
        """Write the bare GGUF adapter, readable by everybody who has the file; signed and with its
        report see AdapterPackages. `AdapterMissing`, `StorageDenied`, `StorageFull`."""
        self._access.require(Act.CHANGE_MODELS)
        save_for_user(path, self._store.weights(self._store.named(name)))

    def named(self, name: str) -> Adapter:
        """The adapter with that name. `AdapterMissing`."""
        return self._store.named(name)

    def weights(self, adapter: Adapter) -> bytes:
        """The GGUF bytes, decrypted in memory. `DamagedData`."""
        return self._store.weights(adapter)

    def base(self) -> Model:
        """The chat model that adapters are for now. `NoChatModel`, `ModelOnServer`."""
        model = self._models.in_use(ModelKind.CHAT)
        if model is None:
            raise NoChatModel
        if model.is_served:
            raise ModelOnServer(name=model.name)
        return model

    def chosen(
        self, base: str, wanted: Sequence[tuple[str, float]] | None = None
    ) -> Sequence[Adapter]:
        """Those that speak with this model file: the `wanted` ones, by id with their scales, else
        those that are on."""
        own = [adapter for adapter in self._store.all() if adapter.base == base]
        if wanted is not None:
            scales = dict(wanted)
            own = [replace(adapter, scale=scales.get(adapter.id, 0.0)) for adapter in own]
        return [adapter for adapter in own if adapter.scale]

    def at_scale(self, adapters: Sequence[Adapter]) -> list[AdapterAtScale]:
        """Adapters, by id and scale, with their weights, decrypted in memory. `DamagedData`."""
        return [
            AdapterAtScale(adapter.name, self._store.weights(adapter), adapter.scale, adapter.base)
            for adapter in adapters
        ]

    def _choose(self, scales: Mapping[str, float]) -> None:
        within = {each: min(max(scale, 0.0), _STRONGEST) for each, scale in scales.items()}
        self._store.set_scales(within)
        self._events.publish(AdaptersChanged())

    def _free_name(self, wanted: str) -> str:
        taken = {adapter.name for adapter in self._store.all()}
        names = [wanted, *(f"{wanted} {number}" for number in range(2, len(taken) + 3))]
        return next(name for name in names if name not in taken)
