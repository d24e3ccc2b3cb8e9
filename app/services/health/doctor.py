"""Is everything well? Each check is a value with a verdict; wording is the caller's."""

import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app import offline
from app.domain.errors import LaretsError
from app.domain.models.model import ModelKind
from app.paths import Paths
from app.services.library.open_collections import OpenCollections
from app.services.models.service import ModelService
from app.store.vault.vault import Unlocked

_LEAST_FREE = 1 << 30


@dataclass(frozen=True, slots=True)
class Check:
    """`name` of the check, whether it passed, and a fact in a few words."""

    name: str
    passed: bool
    fact: str


class DoctorService:
    def __init__(
        self, paths: Paths, models: ModelService, collections: OpenCollections, unlocked: Unlocked
    ) -> None:
        self._paths = paths
        self._models = models
        self._collections = collections
        self._unlocked = unlocked

    def checks(self) -> Iterator[Check]:
        """One after the other; reading whole databases may take seconds."""
        yield Check("system", True, f"{platform.platform()}, Python {platform.python_version()}")
        free = shutil.disk_usage(self._paths.data).free
        yield Check("disk-space", free > _LEAST_FREE, f"{free >> 30} GB free")
        yield Check("network", True, f"refused attempts: {offline.refused()}")
        yield self._integrity("workspace-database", self._unlocked.workspace.verify)
        yield self._integrity("profile-database", self._unlocked.database.verify)
        for opened in self._collections:
            yield self._integrity("collection-database", opened.store.database.verify)
        yield Check("audit-log", self._unlocked.audit.intact(), "chain of seals")
        yield Check(
            "generation", self._unlocked.integrity_ok, "nothing was put back to an earlier state"
        )
        yield from self._originals()
        for kind in (ModelKind.CHAT, ModelKind.EMBEDDING):
            model = self._models.in_use(kind)
            yield Check(f"{kind.value}-model", model is not None, model.name if model else "none")

    def _integrity(self, name: str, verify: Callable[[], None]) -> Check:
        try:
            verify()
        except LaretsError as error:
            return Check(name, False, error.code)
        return Check(name, True, "intact")

    def _originals(self) -> Iterator[Check]:
        damaged = held = 0
        for opened in self._collections:
            for document in opened.store.documents():
                if not document.passages:
                    continue
                held += 1
                try:
                    for _ in opened.store.original_parts(document.id):
                        pass
                except LaretsError:
                    damaged += 1
        yield Check("originals", not damaged, f"{held - damaged} of {held} intact")
