"""Is everything well behind the lock? Databases, the sealed log, originals, models in use."""

from collections.abc import Callable, Iterator

from app import log
from app.domain.errors import LaretsError
from app.domain.models.model import ModelKind
from app.services.health.check import Check, tried
from app.services.health.repairs import ProfileRepairs
from app.services.library.open_collections import OpenCollections
from app.services.models.service import ModelService
from app.services.profiles.access import Access
from app.store.vault.unlocked import Unlocked


class ProfileChecks:
    """Of an open profile; `repairs` are for what failed."""

    def __init__(
        self,
        models: ModelService,
        collections: OpenCollections,
        unlocked: Unlocked,
        access: Access,
    ) -> None:
        self.repairs = ProfileRepairs(collections, unlocked, access)
        self._models = models
        self._collections = collections
        self._unlocked = unlocked

    def run(self) -> Iterator[Check]:
        """One after the other; reading whole databases may take seconds."""
        yield from self.sealed()
        yield self.losses()
        yield self.witness()
        yield self._originals()
        yield tried("search-index", self._search_index)
        for kind in (ModelKind.CHAT, ModelKind.EMBEDDING):
            model = self._models.in_use(kind)
            shown = {"model": model.name if model else ""}
            yield Check(f"{kind.value}-model", model is not None, shown=shown)

    def sealed(self) -> Iterator[Check]:
        """Every page of every database, and the audit log from its beginning."""
        yield _intact("workspace-database", self._unlocked.workspace.verify)
        yield _intact("profile-database", self._unlocked.database.verify)
        for opened in self._collections:
            yield _intact("collection-database", opened.store.database.verify)
        yield Check("audit-log", self._unlocked.audit.intact(self._unlocked.roster()))

    def witness(self) -> Check:
        """Whether it is noticed when the whole folder is put back."""
        kept = self._unlocked.sealed.witness.is_kept
        return Check("witness" if kept else "no-witness", True)

    def losses(self) -> Check:
        """What was lost or put back, by kind; the parts are for the screen alone."""
        losses = self._unlocked.losses()
        kinds = ", ".join(sorted({each.kind.value for each in losses}))
        parts = ", ".join(sorted({each.name or each.part for each in losses}))
        facts: dict[str, log.Fact] = {"count": len(losses), "kinds": log.Code(kinds or "none")}
        return Check("generation", not losses, facts, {"parts": parts})

    def one(self, name: str) -> Check | None:
        """That check alone; None for one that is not made here."""
        return tried(name, self._search_index) if name == "search-index" else None

    def _search_index(self) -> Check:
        unfit = [each.collection.name for each in self._collections if not each.store.words_fit()]
        return Check("search-index", not unfit, {"count": len(unfit)}, {"names": ", ".join(unfit)})

    def _originals(self) -> Check:
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
        return Check("originals", not damaged, {"intact": held - damaged, "held": held})


def _intact(name: str, verify: Callable[[], None]) -> Check:
    try:
        verify()
    except LaretsError as error:
        return Check(name, False, {"code": log.Code(error.code)})
    return Check(name, True)
