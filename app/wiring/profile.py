"""A profile: opened with everything behind the lock, and closed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app import log
from app.documents.reading.sandbox import Sandbox
from app.domain.models.model import ModelKind
from app.domain.roles import Act
from app.engines.base import Engines
from app.paths import Paths
from app.services.administration.audit_log import AuditLog
from app.services.administration.losses import LossService
from app.services.administration.members import MemberService
from app.services.administration.rights import RightsService
from app.services.administration.storage import StorageService
from app.services.assistants.prompts import Prompts
from app.services.backups.taking import BackupService
from app.services.chat.adapter_compare import AdapterCompare
from app.services.chat.sheet_questions import SheetQuestions
from app.services.conversations.retention import Retention
from app.services.datasets.row_files import RowFiles
from app.services.events import Events
from app.services.health.profile_checks import ProfileChecks
from app.services.health.proof import Proof
from app.services.interface.acts import InterfaceService
from app.services.jobs import Post, Worker, only_logged
from app.services.memory.summary_files import SummaryFiles
from app.services.models.service import ModelService
from app.services.profiles.access import Access
from app.services.profiles.policies import PolicyService
from app.services.profiles.profiles import ProfileService
from app.services.session import WORKER_NAMES, Administration, Services
from app.services.training.runs import TrainingRuns
from app.services.training.service import TrainingService
from app.services.transfers.collections import TransferService
from app.store.settings import SettingsStore
from app.store.vault.policies import PolicyStore
from app.store.vault.unlocked import Unlocked
from app.store.vault.vault import Vault
from app.wiring.base import Base
from app.wiring.chat import (
    ChatParts,
    build_assistant_transfers,
    build_blind,
    build_chat,
    build_exams,
)
from app.wiring.interface import build_interface
from app.wiring.library import LibraryParts, build_library
from app.wiring.models import Models, build_models
from app.wiring.relays import Relays
from app.wiring.training import build_datasets, build_packages, build_training


def build(
    paths: Paths, vault: Vault, unlocked: Unlocked, post: Post, engines: Engines, runs: TrainingRuns
) -> Services:
    base, policies = _base(paths, unlocked, post)
    parts = build_models(base, engines)
    sandboxes = parsing, viewing, attached = _sandboxes()
    workers = answers, background, reading, indexing, ahead, attaching, afterwards = _workers(post)
    library = build_library(base, parts, viewing, (parsing, ahead), (attached, afterwards))
    prompts, sheets = _prompts(base, library)
    chat = _chat(base, parts, library, prompts, sheets, policies)
    interface = build_interface(base, parts, library, chat)
    training = build_training(base, parts, chat.writer, prompts, engines, runs)
    return Services(
        name=unlocked.name,
        engines=engines,
        chat=chat.chat,
        conversations=chat.conversations,
        assistants=chat.assistants,
        exams=build_exams(base, parts, library, chat),
        blind=build_blind(base, parts, library, chat),
        assistant_files=build_assistant_transfers(base, parts, library, chat),
        sets=chat.sets,
        templates=chat.templates,
        auxiliary=chat.auxiliary,
        transcripts=chat.transcripts,
        summaries=chat.memory.summaries,
        summary_files=SummaryFiles(paths.resources, base.record),
        notes=chat.memory.notes,
        recall=chat.memory.recall,
        library=library.library,
        watching=library.watching,
        relocating=library.relocating,
        databases=library.databases,
        transfers=_transfers(base, library, parts, policies),
        statistics=chat.statistics,
        retrieval=library.retrieval,
        models=parts.models,
        imports=parts.imports,
        model_servers=parts.servers,
        adapters=parts.adapters,
        packages=build_packages(base, parts),
        compare=AdapterCompare(library.retrieval, chat.writer, base.access),
        training=training,
        datasets=build_datasets(base, parts, library, RowFiles(viewing)),
        inference=parts.inference,
        preferences=parts.preferences,
        profiles=ProfileService(vault, unlocked, policies, base.access),
        administration=_administration(base, vault, policies, library, parts, interface),
        department=library.department,
        interface=interface,
        events=base.events,
        answers=answers,
        background=background,
        reading=reading,
        indexing=indexing,
        attaching=attaching,
        attachments=chat.attachments,
        warm=lambda: _warm(parts.models, parsing, ahead),
        close=_Opened(base, engines, workers, sandboxes, parts, sheets, library, training).close,
    )


def _prompts(base: Base, library: LibraryParts) -> tuple[Prompts, SheetQuestions]:
    prompts = Prompts(base.paths.resources)
    return prompts, SheetQuestions(library.library.tables, prompts, base.events)


def _chat(
    base: Base,
    parts: Models,
    library: LibraryParts,
    prompts: Prompts,
    sheets: SheetQuestions,
    policies: PolicyService,
) -> ChatParts:
    """Without the conversations that a policy keeps no longer."""
    chat = build_chat(base, parts, library, prompts, sheets)
    kept = SettingsStore(base.unlocked.database)
    Retention(chat.conversations, kept, policies.now, base.record).apply()
    return chat


def _workers(post: Post) -> tuple[Worker, ...]:
    """In the order of their names."""
    return tuple(Worker(name, post) for name in WORKER_NAMES)


def _transfers(
    base: Base, library: LibraryParts, parts: Models, policies: PolicyService
) -> TransferService:
    collections = library.collections
    return TransferService(base.unlocked, base.access, collections, parts.models, policies)


def _base(paths: Paths, unlocked: Unlocked, post: Post) -> tuple[Base, PolicyService]:
    policies = PolicyService(PolicyStore(unlocked), _by_role(paths, unlocked), unlocked.record)
    access = Access(unlocked.role, policies.now, _refused(unlocked), paths.medium)
    return Base(paths, unlocked, access, Events(post), Relays()), policies


def _by_role(paths: Paths, unlocked: Unlocked) -> Access:
    """What no policy can take or give."""
    return Access(unlocked.role, refused=_refused(unlocked), medium=paths.medium)


def _refused(unlocked: Unlocked) -> Callable[[Act], None]:
    """What was refused stands in the audit log."""
    return lambda act: unlocked.record("refused", act.value)


def _sandboxes() -> tuple[Sandbox, Sandbox, Sandbox]:
    """A page waits for no file that is read, and that one for no folder."""
    return Sandbox(), Sandbox(), Sandbox()


def _administration(
    base: Base,
    vault: Vault,
    policies: PolicyService,
    library: LibraryParts,
    parts: Models,
    interface: InterfaceService,
) -> Administration:
    unlocked, access = base.unlocked, base.access
    members = MemberService(vault, unlocked, access, policies)
    doctor = ProfileChecks(parts.models, library.collections, unlocked, access)
    return Administration(
        members,
        RightsService(unlocked, access, members),
        policies,
        LossService(unlocked, access),
        AuditLog(unlocked, access),
        BackupService(unlocked, access, library.collections),
        Proof(unlocked, doctor, library.department, parts.servers, lambda: interface.door),
        StorageService(unlocked, access),
        doctor,
    )


def _warm(models: ModelService, sandbox: Sandbox, ahead: Worker) -> None:
    """Load what the first question and the first file would have to wait for."""
    ahead.run(lambda _: sandbox.warm(), on_error=only_logged)
    if models.in_use(ModelKind.EMBEDDING):
        models.embedder()
        models.second_reader()


@dataclass(frozen=True)
class _Opened:
    """What is to be closed with the profile."""

    base: Base
    engines: Engines
    workers: Sequence[Worker]
    sandboxes: Sequence[Sandbox]
    parts: Models
    sheets: SheetQuestions
    library: LibraryParts
    training: TrainingService

    def close(self) -> None:
        """End what runs, give the models' memory back, close every database, forget the keys."""
        self.base.events.close()
        self.training.detach()
        for job in [job for worker in self.workers for job in worker.jobs()]:
            job.cancel()  # all at once, so that the waits below run side by side
        self.engines.end_embedding()
        stopped = [worker.close() for worker in self.workers]
        for sandbox in self.sandboxes:
            sandbox.close()
        if all(stopped):  # a model that is still computing must not be freed under it
            self.parts.inference.unload()
            self.parts.models.close()
        self.engines.end_embedding()  # a job on its way out may have asked once more
        self.sheets.close()
        self.library.department.close()
        self.base.relays.close()
        self.library.collections.close()
        self.base.unlocked.close()
        log.event("locked", idle=all(stopped))
