"""What a window or a command holds: before unlocking a Start, after it Services."""

from collections.abc import Callable
from dataclasses import dataclass

from app.paths import Paths
from app.services.adapter_compare import AdapterCompare
from app.services.adapter_packages import AdapterPackages
from app.services.adapters import AdapterService
from app.services.asides import AsideService
from app.services.assistants import AssistantService
from app.services.attachments import Attachments
from app.services.chat import ChatService
from app.services.conversations import ConversationService
from app.services.databases import DatabaseService
from app.services.datasets import DatasetService
from app.services.doctor import DoctorService
from app.services.events import Events
from app.services.inference import Inference
from app.services.jobs import Post, Worker
from app.services.library import LibraryService
from app.services.model_import import ModelImport
from app.services.models import ModelService
from app.services.notes import NoteService
from app.services.passage_sets import PassageSets
from app.services.preferences import PreferenceService
from app.services.profiles import ProfileService
from app.services.recall import Recall
from app.services.retrieval import RetrievalService
from app.services.summaries import SummaryService
from app.services.summary_files import SummaryFiles
from app.services.templates import TemplateService
from app.services.training import TrainingService
from app.services.transcripts import TranscriptService
from app.services.watching import WatchingService

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
class Services:
    """Everything behind the lock. `close` and nothing of it is left; `warm` loads ahead; `whole`
    is False when the data is older than when it was last closed."""

    name: str
    whole: bool
    chat: ChatService
    conversations: ConversationService
    assistants: AssistantService
    sets: PassageSets
    attachments: Attachments
    templates: TemplateService
    asides: AsideService
    transcripts: TranscriptService
    summaries: SummaryService
    summary_files: SummaryFiles
    notes: NoteService
    recall: Recall
    library: LibraryService
    watching: WatchingService
    databases: DatabaseService
    retrieval: RetrievalService
    models: ModelService
    imports: ModelImport
    adapters: AdapterService
    packages: AdapterPackages
    compare: AdapterCompare
    training: TrainingService
    datasets: DatasetService
    inference: Inference
    preferences: PreferenceService
    profiles: ProfileService
    doctor: DoctorService
    events: Events
    answers: Worker
    background: Worker
    reading: Worker
    indexing: Worker
    attaching: Worker
    warm: Callable[[], None]
    close: Callable[[], None]


@dataclass(frozen=True)
class Start:
    """What exists before anybody has logged in. `open(name, password, post)` unlocks a profile,
    with the errors of Vault.unlock. `end` what outlives a lock: trainings that run are saved."""

    paths: Paths
    profiles: ProfileService
    open: Callable[[str, str, Post], Services]
    end: Callable[[], None]


#: Begins in a workspace; wiring.start, or a test's own.
Begin = Callable[[Paths], Start]
