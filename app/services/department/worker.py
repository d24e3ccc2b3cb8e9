"""Reads what members added to a department: claims a few documents, reads and embeds them in a
scratch collection of its own, sends what came out, and begins again."""

import io
import secrets
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app import log
from app.documents.reading.sandbox import Sandbox
from app.domain.errors import (
    Cancelled,
    CollectionMissing,
    DamagedData,
    DamagedFile,
    DepartmentUnreachable,
    DocumentMissing,
    StorageDenied,
    StorageFull,
)
from app.domain.library.documents import Collection, Document, DocumentState
from app.domain.progress import Control
from app.services.department.collection import DepartmentCollection
from app.services.department.collections import DepartmentCollections
from app.services.department.membership import MembershipService
from app.services.department.worker_metrics import WorkerMetrics
from app.services.events import Events
from app.services.jobs import Worker
from app.services.library.open_collection import OpenCollection
from app.services.models.service import ModelService
from app.store.department import copying
from app.store.department.queue import Claim, WorkingLine, WorkQueue
from app.store.department.sending import WholeDocument
from app.store.department.server import Transaction
from app.store.department.shared_rows import DocumentFacts
from app.store.library.library import LibraryStore
from app.store.library.reading_queue import Waiting

#: Documents claimed at once: their passages are embedded together, and a kill costs these alone.
_CLAIMED = 8
#: Seconds between two looks at an empty queue, and the longest wait for a server that is away.
_LOOK, _LONGEST_WAIT = 1.0, 30.0
#: What a document is whose original came incomplete.
_DAMAGED = DamagedFile.code
#: Seconds between two looks for what workers left behind.
_BEHIND = 15.0


@dataclass(frozen=True, slots=True)
class Worked:
    """Documents that were read, and those that could not be."""

    indexed: int = 0
    failed: int = 0

    def __add__(self, other: "Worked") -> "Worked":
        return Worked(self.indexed + other.indexed, self.failed + other.failed)


class DepartmentWorker:
    """`folder` is where the scratch collection lies, encrypted with a key that is kept nowhere;
    `sandbox` parses on the thread `ahead`."""

    def __init__(
        self,
        membership: MembershipService,
        collections: DepartmentCollections,
        models: ModelService,
        folder: Path,
        sandbox: Sandbox,
        ahead: Worker,
    ) -> None:
        self._membership, self._collections, self._models = membership, collections, models
        self._folder, self._sandbox, self._ahead = folder, sandbox, ahead
        self._done, self._metrics = Worked(), WorkerMetrics(None, membership.status)

    def run(
        self,
        control: Control,
        tell: Callable[[str, Document], None],
        *,
        until_empty: bool = False,
        metrics: Path | None = None,
    ) -> Worked:
        """Until it is asked to stop, or `until_empty`: nothing waits. `tell` hears of each document
        and its collection's name; figures go into the file `metrics`. A server that goes away is
        waited for, unless `until_empty`. `NoDepartment`, `NoEmbeddingModel`,
        `DepartmentUnreachable`; `StorageDenied`, `StorageFull`: that file cannot be written."""
        self._done, self._metrics = Worked(), WorkerMetrics(metrics, self._membership.status)
        self._metrics.tell(0, 0)
        wait = _LOOK
        while True:
            try:
                with WorkQueue(self._membership.server()).worker() as line:
                    scratch = _Scratch(self._folder, self._models, self._sandbox, self._ahead)
                    try:
                        wait = _LOOK
                        self._work(line, scratch, control, tell, until_empty=until_empty)
                        return self._done
                    finally:
                        scratch.close()
            except DepartmentUnreachable as error:
                if until_empty:
                    raise
                log.failure(error)
                self._membership.close()
                self._note()
                _rest(control, wait)
                wait = min(2 * wait, _LONGEST_WAIT)

    def _work(
        self,
        line: WorkingLine,
        scratch: "_Scratch",
        control: Control,
        tell: Callable[[str, Document], None],
        *,
        until_empty: bool,
    ) -> None:
        looked = 0.0
        model = self._models.embedder().name
        while True:
            if time.monotonic() - looked > _BEHIND:
                line.take_back()
                self._collections.connect()
                looked = time.monotonic()
            self._note()
            claimed = line.claim(model, _CLAIMED)
            if claimed:
                self._done += self._batch(line, claimed, scratch, control, tell)
            elif until_empty:
                return
            else:
                _rest(control, _LOOK)

    def _note(self) -> None:
        """A disk that is full ends no worker: the figures stay behind, and the log says so."""
        try:
            self._metrics.tell(self._done.indexed, self._done.failed)
        except (StorageDenied, StorageFull) as error:
            log.failure(error)

    def _batch(
        self,
        line: WorkingLine,
        claimed: Sequence[Claim],
        scratch: "_Scratch",
        control: Control,
        tell: Callable[[str, Document], None],
    ) -> Worked:
        """What was claimed together; asked to stop, it gives back what it has not finished."""
        done = Worked()
        try:
            coming = [each for claim in claimed if (each := self._fetched(line, claim, scratch))]
            scratch.read(control)
            told: list[tuple[str, Document]] = []
            with self._membership.server().transaction() as connection:
                for each in coming:
                    done += self._send(connection, line, each, scratch, told)
            for collection, document in told:
                tell(collection, document)
        except (Cancelled, KeyboardInterrupt):
            line.give_back()
            raise
        finally:
            scratch.clear()
        return done

    def _fetched(self, line: WorkingLine, claim: Claim, scratch: "_Scratch") -> "_Coming | None":
        """None where it was removed meanwhile, or does not open with the key that this worker has:
        then it has failed."""
        try:
            opened = self._collections.one(claim.collection)
            facts = opened.sending.opened(claim.id, claim.sealed)
        except (CollectionMissing, DamagedData) as error:
            log.failure(error)
            line.fail(claim.id)
            return None
        try:
            content = opened.store.original(claim.id)
        except DocumentMissing:
            return None
        except DamagedData as error:
            log.failure(error)
            told = (("name", facts.name),)
            return _Coming(claim, opened, replace(facts, error=_DAMAGED, error_facts=told), "")
        return _Coming(claim, opened, facts, scratch.put(facts, content))

    def _send(
        self,
        connection: Transaction,
        line: WorkingLine,
        coming: "_Coming",
        scratch: "_Scratch",
        told: list[tuple[str, Document]],
    ) -> Worked:
        main, parts = scratch.found(coming.local)
        failed = main is None or bool(main.error)
        document = coming.failed(main) if main is None or failed else coming.read(main, scratch)
        state = DocumentState.FAILED if failed else DocumentState.INDEXED
        sending, claimed = coming.opened.sending, coming.claim.id
        if not sending.finish(connection, claimed, line.number, document, state.value):
            return Worked()
        ids = {coming.local: coming.claim.id}
        for part in parts:
            whole = copying.whole(scratch.store, part, ids.get(part.container, coming.claim.id))
            if made := sending.put_into(connection, whole):
                ids[part.id] = made
        if main is not None:
            told.append((coming.opened.shared.name, main))
        return Worked(failed=1) if failed else Worked(indexed=1)


@dataclass(frozen=True, slots=True)
class _Coming:
    """A claimed document; `local` is its id in the scratch collection, "" for one that could not be
    fetched whole."""

    claim: Claim
    opened: DepartmentCollection
    facts: DocumentFacts
    local: str

    def read(self, main: Document, scratch: "_Scratch") -> WholeDocument:
        whole = copying.whole(scratch.store, main)
        kept = replace(
            whole.facts, path=self.facts.path, parts=self.facts.parts, tags=self.facts.tags
        )
        return replace(whole, facts=kept, original=b"")

    def failed(self, main: Document | None) -> WholeDocument:
        facts = self.facts
        if main is not None:
            facts = replace(facts, error=main.error, error_facts=main.error_facts)
        return WholeDocument(facts, main.size if main else 0, (), ())


class _Scratch:
    """A collection of this computer that lives as long as a worker."""

    def __init__(self, folder: Path, models: ModelService, sandbox: Sandbox, ahead: Worker) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self._folder = folder
        self.store = LibraryStore(folder, secrets.token_bytes(32))
        nobody = Events(lambda call: None)
        self._opened = OpenCollection(
            Collection("scratch", "scratch"), self.store, models, sandbox, ahead, nobody,
            lambda act, subject: None,
        )  # fmt: skip

    def put(self, facts: DocumentFacts, content: bytes) -> str:
        """Queue a file; its id here."""
        kept = self.store.originals.keep(io.BytesIO(content))
        waiting = Waiting(
            facts.path, facts.name, kept.size, facts.modified, kept.name, sha256=kept.sha256
        )
        (added,) = self.store.queue.add([waiting], time.time())
        return added

    def read(self, control: Control) -> None:
        """Read and embed all that waits. `Cancelled`, `NoEmbeddingModel`."""
        self._opened.ingest(control)

    def found(self, local: str) -> tuple[Document | None, list[Document]]:
        """A document, and all that was taken out of it, outer ones first; nothing for ""."""
        if not local:
            return None, []
        known = {each.id: each for each in self.store.documents()}
        parts, inside = [], {local}
        while more := [e for e in known.values() if e.container in inside and e not in parts]:
            parts += more
            inside |= {each.id for each in more}
        return known.get(local), [each for each in parts if each.state is DocumentState.INDEXED]

    def clear(self) -> None:
        """Everything goes; the next batch begins empty."""
        for each in self.store.documents():
            if not each.container:
                self._opened.forget(each.id)

    def close(self) -> None:
        """With every trace."""
        self._opened.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _rest(control: Control, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        control.check()
        time.sleep(0.1)
