"""What a window or a command holds: before unlocking a Start, after it Services."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.engines.base import Engines
from app.paths import Paths
from app.services.administration.audit_log import AuditLog
from app.services.administration.losses import LossService
from app.services.administration.members import MemberService
from app.services.administration.rights import RightsService
from app.services.administration.storage import StorageService
from app.services.assistants.service import AssistantService
from app.services.assistants.templates import TemplateService
from app.services.backups.restoring import RestoreService
from app.services.backups.taking import BackupService
from app.services.chat.adapter_compare import AdapterCompare
from app.services.chat.service import ChatService
from app.services.conversations.auxiliary import AuxiliaryService
from app.services.conversations.service import ConversationService
from app.services.conversations.transcripts import TranscriptService
from app.services.datasets.service import DatasetService
from app.services.department.service import DepartmentService
from app.services.events import Events
from app.services.exams.blind import BlindComparisons
from app.services.exams.service import ExamService
from app.services.health.profile_checks import ProfileChecks
from app.services.health.proof import Proof
from app.services.health.service import HealthService
from app.services.interface.acts import InterfaceService
from app.services.jobs import Post, Worker
from app.services.library.attachments import Attachments
from app.services.library.databases import DatabaseService
from app.services.library.relocating import Relocating
from app.services.library.service import LibraryService
from app.services.library.watching import WatchingService
from app.services.memory.notes import NoteService
from app.services.memory.recall import Recall
from app.services.memory.summaries import SummaryService
from app.services.memory.summary_files import SummaryFiles
from app.services.models.adapter_packages import AdapterPackages
from app.services.models.adapters import AdapterService
from app.services.models.inference import Inference
from app.services.models.model_import import ModelImport
from app.services.models.servers import ModelServers
from app.services.models.service import ModelService
from app.services.profiles.policies import PolicyService
from app.services.profiles.preferences import PreferenceService
from app.services.profiles.profiles import ProfileService
from app.services.retrieval.passage_sets import PassageSets
from app.services.retrieval.service import RetrievalService
from app.services.salvage.service import SalvageService
from app.services.statistics.service import StatisticsService
from app.services.training.service import TrainingService
from app.services.transfers.assistants import AssistantTransfers
from app.services.transfers.collections import TransferService

#: The threads of an open profile.
WORKER_NAMES = (
    "answers",
    "background",
    "reading",
    "indexing",
    "reading-ahead",
    "attaching",
    "attaching-ahead",
)


@dataclass(frozen=True)
class Administration:
    """Who works here, what they may read and do, what they did, what was lost, the backups, what
    proves all of it, what takes room, and who looks whether all is well."""

    members: MemberService
    rights: RightsService
    policies: PolicyService
    losses: LossService
    log: AuditLog
    backups: BackupService
    proof: Proof
    storage: StorageService
    doctor: ProfileChecks


@dataclass(frozen=True)
class Services:
    """Everything behind the lock. After `close` nothing of it is left in memory; `warm` loads the
    models ahead. `medium` is where the workspace lies, if nobody can write there: what is asked and
    chosen is gone with `close`."""

    name: str
    engines: Engines
    chat: ChatService
    conversations: ConversationService
    assistants: AssistantService
    exams: ExamService
    blind: BlindComparisons
    assistant_files: AssistantTransfers
    sets: PassageSets
    attachments: Attachments
    templates: TemplateService
    auxiliary: AuxiliaryService
    transcripts: TranscriptService
    summaries: SummaryService
    summary_files: SummaryFiles
    notes: NoteService
    recall: Recall
    library: LibraryService
    watching: WatchingService
    relocating: Relocating
    databases: DatabaseService
    transfers: TransferService
    statistics: StatisticsService
    retrieval: RetrievalService
    models: ModelService
    imports: ModelImport
    model_servers: ModelServers
    adapters: AdapterService
    packages: AdapterPackages
    compare: AdapterCompare
    training: TrainingService
    datasets: DatasetService
    inference: Inference
    preferences: PreferenceService
    profiles: ProfileService
    administration: Administration
    department: DepartmentService
    interface: InterfaceService
    events: Events
    answers: Worker
    background: Worker
    reading: Worker
    indexing: Worker
    attaching: Worker
    warm: Callable[[], None]
    close: Callable[[], None]
    medium: Path | None = None


@dataclass(frozen=True)
class Start:
    """What exists before anybody has logged in. `prepare` loads libraries while a password is typed
    or its key derived, and returns at once. `open(name, password, post)` unlocks a profile, with
    the errors of Vault.unlock. `end` what outlives a lock: trainings that run are saved."""

    paths: Paths
    profiles: ProfileService
    health: HealthService
    restores: RestoreService
    salvage: SalvageService
    prepare: Callable[[], None]
    open: Callable[[str, str, Post], Services]
    end: Callable[[], None]


#: Begins in a workspace; wiring.start, or a test's own.
Begin = Callable[[Paths], Start]
