"""The only place that builds objects: start() before unlocking, its open() after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.documents.sandbox import Sandbox
from app.domain.library import Collection
from app.domain.models import ModelKind
from app.domain.settings import PromptBudget, Reranking, Retrieval
from app.engines.base import Engines
from app.paths import Paths
from app.services.access import Access
from app.services.adapter_compare import AdapterCompare
from app.services.adapter_packages import AdapterPackages
from app.services.adapters import AdapterService
from app.services.answering import Answering
from app.services.asides import AsideService
from app.services.assistants import AssistantService
from app.services.attachments import Attachments
from app.services.chat import ChatService
from app.services.conversations import ConversationService
from app.services.databases import DatabaseService
from app.services.datasets import DatasetService
from app.services.doctor import DoctorService
from app.services.events import Events
from app.services.followup import FollowUp
from app.services.inference import Inference
from app.services.jobs import Post, Worker
from app.services.library import LibraryService
from app.services.manner import Manners
from app.services.model_import import ModelImport
from app.services.models import ModelService
from app.services.notes import NoteService
from app.services.passage_sets import PassageSets
from app.services.passages import PassageFinder
from app.services.preferences import PreferenceService
from app.services.profiles import ProfileService
from app.services.prompt import PromptBuilder
from app.services.prompts import Prompts
from app.services.recall import Recall
from app.services.reranking import RerankingService
from app.services.retrieval import OpenCollection, RetrievalService
from app.services.row_chats import RowChats
from app.services.row_files import RowFiles
from app.services.row_writer import RowWriter
from app.services.session import WORKER_NAMES, Services, Start
from app.services.sheet_questions import SheetQuestions
from app.services.shelf import Shelf
from app.services.shelves import Shelves
from app.services.summaries import SummaryService
from app.services.summary_files import SummaryFiles
from app.services.summary_writer import SummaryWriter
from app.services.templates import TemplateService
from app.services.training import Bench, TrainingService
from app.services.training_bench import TrainingBench
from app.services.training_estimate import Estimator
from app.services.training_examples import ExampleWriter
from app.services.training_report import Comparison
from app.services.training_runs import TrainingRuns
from app.services.transcripts import TranscriptService
from app.services.watching import WatchingService
from app.store.assistants import AssistantStore
from app.store.conversations import ConversationStore
from app.store.memory_vectors import MemoryVectors
from app.store.message_search import MessageSearch
from app.store.messages import MessageStore
from app.store.models import ModelStore
from app.store.notes import NoteStore
from app.store.passage_index import PassageIndex
from app.store.passage_sets import PassageSetStore
from app.store.settings import SettingsStore
from app.store.summaries import SummaryStore
from app.store.templates import SharedTemplateStore, TemplateStore
from app.store.vault import Unlocked, Vault

FIRST_COLLECTION = "Library"


def real_engines() -> Engines:
    from app.engines import bare_loop, embedder, hardware, opening, reranker, trainer, trial

    return Engines(
        survey=hardware.survey,
        open_chat=opening.open_chat,
        open_embedder=embedder.SentenceEmbedder,
        open_reranker=reranker.CrossEncoderReranker,
        inspect=trial.try_model,
        try_adapter=trial.try_adapter,
        open_bare=bare_loop.LlamaBareLoop,
        require_trainable=trainer.require_trainable,
        start_training=trainer.Trainer,
        start_plain_training=trainer.plain_trainer,
    )


def start(paths: Paths, engines: Engines | None = None) -> Start:
    vault = Vault(paths.data)
    vault.tidy()
    chosen = engines or real_engines()
    runs = TrainingRuns(chosen.start_training)

    def open_profile(name: str, password: str, post: Post) -> Services:
        unlocked = vault.unlock(name, password)
        try:
            return _build(paths, vault, unlocked, post, chosen, runs)
        except BaseException:
            unlocked.close()
            raise

    return Start(paths, ProfileService(vault), open_profile, runs.close)


@dataclass(frozen=True)
class _Base:
    """What the services behind the lock are built on."""

    paths: Paths
    unlocked: Unlocked
    access: Access
    events: Events

    def record(self, act: str, subject: str) -> None:
        self.unlocked.audit.record(self.unlocked.profile, act, subject)


def _build(
    paths: Paths,
    vault: Vault,
    unlocked: Unlocked,
    post: Post,
    engines: Engines,
    runs: TrainingRuns,
) -> Services:
    base = _Base(paths, unlocked, Access(unlocked.role), Events(post))
    parts = _models(base, engines)
    sandboxes = Sandbox(), Sandbox(), Sandbox()  # a page waits for no file, nor that for a folder
    workers = [Worker(name, post) for name in WORKER_NAMES]
    answers, background, reading, indexing, ahead, attaching, attaching_ahead = workers
    shelves = _shelves(base, parts, (sandboxes[0], ahead), (sandboxes[2], attaching_ahead))
    reranking = RerankingService(parts.models, Reranking())
    retrieval = RetrievalService(shelves.opened, parts.models, Retrieval(), reranking)
    library = LibraryService(shelves, sandboxes[1], base.access, unlocked.opened())
    prompts = Prompts(paths.resources)
    sheets = SheetQuestions(library.tables, prompts, base.events)
    talk = _talk(base, parts, shelves, retrieval, prompts, sheets)
    training = _training(base, parts, talk.answering, prompts, engines, runs)
    return Services(
        name=unlocked.name,
        whole=unlocked.whole,
        chat=talk.chat,
        conversations=talk.conversations,
        assistants=talk.assistants,
        sets=talk.sets,
        templates=talk.templates,
        asides=talk.asides,
        transcripts=talk.transcripts,
        summaries=talk.memory.summaries,
        summary_files=SummaryFiles(paths.resources, base.record),
        notes=talk.memory.notes,
        recall=talk.memory.recall,
        library=library,
        watching=WatchingService(shelves, base.access),
        databases=DatabaseService(shelves, base.access),
        retrieval=retrieval,
        models=parts.models,
        imports=parts.imports,
        adapters=parts.adapters,
        packages=_packages(base, parts),
        compare=AdapterCompare(retrieval, talk.answering, base.access),
        training=training,
        datasets=_datasets(base, parts, retrieval, shelves, RowFiles(sandboxes[1])),
        inference=parts.inference,
        preferences=parts.preferences,
        profiles=ProfileService(vault, unlocked),
        doctor=DoctorService(paths, parts.models, shelves, unlocked),
        events=base.events,
        answers=answers,
        background=background,
        reading=reading,
        indexing=indexing,
        attaching=attaching,
        attachments=talk.attachments,
        warm=lambda: _warm(parts.models, sandboxes[0], ahead),
        close=lambda: _close(_Open(base, workers, sandboxes, parts, sheets, shelves, training)),
    )


def _warm(models: ModelService, sandbox: Sandbox, ahead: Worker) -> None:
    """Load what the first question and the first file would have to wait for."""
    ahead.run(lambda _: sandbox.warm())
    if models.in_use(ModelKind.EMBEDDING):
        models.embedder()


@dataclass(frozen=True)
class _Talk:
    """Everything about conversations behind the lock."""

    chat: ChatService
    conversations: ConversationService
    assistants: AssistantService
    sets: PassageSets
    templates: TemplateService
    asides: AsideService
    transcripts: TranscriptService
    attachments: Attachments
    answering: Answering
    memory: "_Memory"


def _talk(
    base: _Base,
    parts: "_Models",
    shelves: Shelves,
    retrieval: RetrievalService,
    prompts: Prompts,
    sheets: SheetQuestions,
) -> _Talk:
    profile, unlocked = base.unlocked.database, base.unlocked
    prompt = PromptBuilder(prompts, PromptBudget())
    answering = Answering(parts.models, parts.inference, prompt, unlocked.states(), sheets)
    messages = MessageStore(profile)
    attachments = Attachments(shelves, parts.models, base.access)

    def forget(conversation: str) -> None:
        answering.forget(conversation)
        attachments.forget(conversation)
        memory.summaries.forget(conversation)

    conversations = ConversationService(
        ConversationStore(profile), messages, MessageSearch(profile), base.events, forget
    )
    memory = _memory(base, parts, conversations, prompts)
    conversations.purge()
    assistants = AssistantService(AssistantStore(unlocked.workspace), base.access, base.events)
    sets = PassageSets(PassageSetStore(profile), shelves.opened, parts.models)
    follow_up = FollowUp(parts.inference, prompts)
    finder = PassageFinder(retrieval, follow_up, sets, attachments, memory.recall)
    manners = Manners(assistants, prompts)
    chat = ChatService(
        messages, conversations, finder, answering, manners, base.access, base.record
    )
    transcripts = TranscriptService(
        conversations, messages, assistants, base.access, base.record, base.paths.resources
    )
    templates = TemplateService(
        TemplateStore(profile), SharedTemplateStore(unlocked.workspace), base.access, base.events
    )
    asides = AsideService(parts.inference, prompts, conversations, parts.preferences)
    return _Talk(
        chat, conversations, assistants, sets, templates, asides, transcripts, attachments,
        answering, memory,
    )  # fmt: skip


@dataclass(frozen=True)
class _Memory:
    """What is kept of conversations."""

    summaries: SummaryService
    notes: NoteService
    recall: Recall


def _memory(
    base: _Base, parts: "_Models", conversations: ConversationService, prompts: Prompts
) -> _Memory:
    profile = base.unlocked.database
    store, notes = SummaryStore(profile), NoteService(NoteStore(profile), base.events)
    summaries = SummaryService(
        store, SummaryWriter(parts.inference, prompts), conversations, base.events,
        written=lambda summary: recall.take_in(summary),
    )  # fmt: skip
    summaries.purge()
    recall = Recall(summaries, notes, MemoryVectors(profile), parts.models, prompts)
    return _Memory(summaries, notes, recall)


def _training(
    base: _Base,
    parts: "_Models",
    answering: Answering,
    prompts: Prompts,
    engines: Engines,
    runs: TrainingRuns,
) -> TrainingService:
    bench = Bench(
        models=parts.models,
        adapters=parts.adapters,
        inference=parts.inference,
        preferences=parts.preferences,
        runs=runs,
        estimator=Estimator(engines),
        writer=ExampleWriter(prompts),
        comparison=Comparison(answering),
        measuring=TrainingBench(engines),
    )
    store = base.unlocked.trainings()
    return TrainingService(store, bench, base.access, base.events, base.record)


def _packages(base: _Base, parts: "_Models") -> AdapterPackages:
    unlocked = base.unlocked
    return AdapterPackages(
        parts.adapters, parts.models, unlocked.trainings(), unlocked.signers(), base.access,
        base.record,
    )  # fmt: skip


def _datasets(
    base: _Base,
    parts: "_Models",
    retrieval: RetrievalService,
    shelves: Shelves,
    files: RowFiles,
) -> DatasetService:
    prompts, profile = Prompts(base.paths.resources), base.unlocked.database
    return DatasetService(
        RowWriter(parts.inference, retrieval, shelves.opened, prompts),
        RowChats(ConversationStore(profile), MessageStore(profile)),
        files,
        ExampleWriter(prompts),
        parts.inference,
        base.access,
    )


@dataclass(frozen=True)
class _Open:
    """What is to be closed with the profile."""

    base: _Base
    workers: Sequence[Worker]
    sandboxes: Sequence[Sandbox]
    parts: "_Models"
    sheets: SheetQuestions
    shelves: Shelves
    training: TrainingService


def _close(opened: _Open) -> None:
    opened.base.events.close()
    opened.training.detach()
    for job in [each for worker in opened.workers for each in worker.jobs()]:
        job.cancel()  # all at once, so that the waits below run side by side
    stopped = [worker.close() for worker in opened.workers]
    for sandbox in opened.sandboxes:
        sandbox.close()
    if all(stopped):  # a model that is still computing must not be freed under it
        opened.parts.inference.unload()
        opened.parts.models.close()
    opened.sheets.close()
    opened.shelves.close()
    opened.base.unlocked.close()


@dataclass(frozen=True)
class _Models:
    """Everything about models behind the lock."""

    models: ModelService
    imports: ModelImport
    adapters: AdapterService
    preferences: PreferenceService
    inference: Inference


def _models(base: _Base, engines: Engines) -> _Models:
    paths, access, events = base.paths, base.access, base.events
    store = ModelStore(base.unlocked.workspace)
    models = ModelService(paths, store, engines, access, events)
    models.discover()
    imports = ModelImport(paths, store, models, engines, access, events)
    adapters = AdapterService(base.unlocked.adapters(), models, engines, access, events)
    preferences = PreferenceService(SettingsStore(base.unlocked.database), events)
    inference = Inference(models, store, adapters, preferences, engines, events)
    return _Models(models, imports, adapters, preferences, inference)


def _shelves(
    base: _Base,
    parts: _Models,
    parsing: tuple[Sandbox, Worker],
    attaching: tuple[Sandbox, Worker],
) -> Shelves:
    """Each pair parses what is added: to the library, to a conversation."""

    def opening(sandbox: Sandbox, ahead: Worker) -> Callable[[Collection], Shelf]:
        def opened(collection: Collection) -> Shelf:
            library = base.unlocked.open_collection(collection)
            index = PassageIndex(library.database, library.snapshot)
            found = OpenCollection(collection.id, library, index)
            return Shelf(collection, found, parts.models, sandbox, ahead, base.events, base.record)

        return opened

    return Shelves(
        base.unlocked, opening(*parsing), opening(*attaching), FIRST_COLLECTION, base.events
    )
