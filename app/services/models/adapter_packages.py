"""Adapters as signed files: written with what is known of them, and taken in from others."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.domain.errors import OtherBaseModel, UnknownSigner
from app.domain.models.adapter_files import AdapterFile, Manifest, Trust, fingerprint
from app.domain.models.adapters import Adapter, AdapterCard
from app.domain.models.model import ModelKind
from app.domain.roles import Act
from app.domain.training.training import Preset, Training
from app.services.models import adapter_files
from app.services.models.adapter_files import one_line
from app.services.models.adapters import AdapterService
from app.services.models.service import ModelService
from app.services.profiles.access import Access
from app.store.models.signers import SignerStore
from app.store.models.trainings import TrainingStore

#: For a name of which nothing can be shown on one line.
_UNNAMED = "adapter"


class AdapterPackages:
    def __init__(
        self,
        adapters: AdapterService,
        models: ModelService,
        trainings: TrainingStore,
        signers: SignerStore,
        access: Access,
        record: Callable[[str, str], None],
    ) -> None:
        self._adapters = adapters
        self._models = models
        self._trainings = trainings
        self._signers = signers
        self._access = access
        self._record = record

    def export(self, name: str, path: Path) -> None:
        """Write an adapter by its name to one file that this workspace signs: readable by everybody
        who has the file, with no rows, documents or people in it. `AdapterMissing`,
        `StorageDenied`, `StorageFull`, `AccessDenied`."""
        self._access.require(Act.TRAIN)
        adapter = self._adapters.named(name)
        weights, card = self._adapters.weights(adapter), self.card(adapter)
        manifest = adapter_files.encoded(
            Manifest(
                name=one_line(adapter.name) or _UNNAMED,
                lineage=one_line(adapter.lineage),
                version=adapter.version,
                base=adapter.base,
                size=len(weights),
                sha256=hashlib.sha256(weights).hexdigest(),
                signer=self._signers.own(),
                card=replace(card, model=one_line(card.model)),
            )
        )
        adapter_files.write(path, manifest, self._signers.sign(manifest), weights)
        self._record("adapter-exported", adapter.name)

    def look(self, path: Path) -> AdapterFile:
        """Check a file for the model in use and say whose signature it has; nothing is stored.
        `FileMissing`, `DamagedAdapter`, `OtherBaseModel`, `NoChatModel`."""
        if not adapter_files.is_signed_file(path):
            return AdapterFile(path.name, Trust.UNSIGNED)
        manifest, _ = self._read(path)
        return AdapterFile(path.name, self._signers.trust(manifest.signer), manifest)

    def take(self, path: Path, name: str = "", accepted: str = "") -> Adapter:
        """Take a file in, off, once its weights were tried in a child process. `accepted` is the
        signer that the user agrees to know from now on; only an administrator may, and only one may
        take in what nobody signed. As `look`; `UnknownSigner`, `AccessDenied`."""
        self._access.require(Act.TRAIN)
        if not adapter_files.is_signed_file(path):
            added = self._adapters.add(path, name)
            self._record("adapter-imported", added.name)
            return added
        manifest, weights = self._read(path)
        new = self._signers.trust(manifest.signer) == Trust.UNKNOWN
        if new and accepted != manifest.signer:
            raise UnknownSigner(name=path.name, fingerprint=fingerprint(manifest.signer))
        if new:
            self._access.require(Act.CHANGE_MODELS)
        taken = self._adapters.keep_tried(_adapter(manifest, name), weights)
        if new:
            self._signers.accept(manifest.signer)
            self._record("signer-accepted", fingerprint(manifest.signer))
        self._record("adapter-imported", taken.name)
        return taken

    def trust(self, adapter: Adapter) -> Trust:
        """How far the signature of the file that an adapter came in is trusted; OWN for one that
        was trained here."""
        if adapter.signer:
            return self._signers.trust(adapter.signer)
        return Trust.OWN if self._training(adapter) else Trust.UNSIGNED

    def card(self, adapter: Adapter) -> AdapterCard:
        """What is known of how an adapter was made."""
        if training := self._training(adapter):
            return _told(training)
        if adapter.card:
            return adapter.card
        known = (each for each in self._models.all() if each.kind == ModelKind.CHAT)
        names = {each.sha256: each.name for each in known}
        model = names.get(adapter.base, "")
        return AdapterCard(model, 0, 0.0, Preset.BALANCED, 0, _day(adapter.created))

    # -- details ----------------------------------------------------------------------------------

    def _read(self, path: Path) -> tuple[Manifest, bytes]:
        manifest, weights = adapter_files.read(path)
        if manifest.base != self._adapters.base().sha256:
            raise OtherBaseModel(name=manifest.name)
        return manifest, weights

    def _training(self, adapter: Adapter) -> Training | None:
        known = self._trainings.all()
        return next((training for training in known if training.adapter == adapter.id), None)


def _adapter(manifest: Manifest, name: str) -> Adapter:
    return Adapter(
        id="",
        name=name or manifest.name,
        base=manifest.base,
        size=manifest.size,
        created=time.time(),
        lineage=manifest.lineage,
        version=manifest.version,
        signer=manifest.signer,
        card=manifest.card,
    )


def _told(training: Training) -> AdapterCard:
    """Without the held-out questions: they are rows."""
    settings, report = training.settings, training.report
    return AdapterCard(
        model=training.model,
        rank=settings.rank,
        alpha=settings.alpha,
        preset=training.preset,
        rows=training.rows,
        day=_day(training.created),
        report=replace(report, pairs=()) if report else None,
    )


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()
