"""A profile: opened with everything behind the lock, and closed."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.sandbox import Sandbox
from app.domain.models.model import ModelKind
from app.domain.settings import Reranking, Retrieval
from app.engines.base import Engines
from app.paths import Paths
from app.services.assistants.prompts import Prompts
from app.services.chat.sheet_questions import SheetQuestions
from app.services.datasets.row_files import RowFiles
from app.services.events import Events
from app.services.jobs import Post, Worker, log_failure
from app.services.library.databases import DatabaseService
from app.services.library.open_collections import OpenCollections
from app.services.library.service import LibraryService
from app.services.library.watching import WatchingService
from app.services.memory.summary_files import SummaryFiles
from app.services.models.adapter_compare import AdapterCompare
from app.services.models.service import ModelService
from app.services.profiles.access import Access
from app.services.profiles.doctor import DoctorService
from app.services.profiles.profiles import ProfileService
from app.services.retrieval.reranking import RerankingService
from app.services.retrieval.service import RetrievalService
from app.services.session import WORKER_NAMES, Services
from app.services.training.runs import TrainingRuns
from app.services.training.service import TrainingService
from app.store.vault.vault import Unlocked, Vault
from app.wiring.base import Base
from app.wiring.library import build_collections
from app.wiring.models import Models, build_models
from app.wiring.talk import build_talk
from app.wiring.teaching import build_datasets, build_packages, build_training


def build(
    paths: Paths, vault: Vault, unlocked: Unlocked, post: Post, engines: Engines, runs: TrainingRuns
) -> Services:
    base = Base(paths, unlocked, Access(unlocked.role), Events(post))
    parts = build_models(base, engines)
    sandboxes = Sandbox(), Sandbox(), Sandbox()  # a page waits for no file, nor that for a folder
    workers = tuple(Worker(name, post) for name in WORKER_NAMES)
    answers, background, reading, indexing, ahead, attaching, attaching_ahead = workers
    collections = build_collections(
        base, parts, (sandboxes[0], ahead), (sandboxes[2], attaching_ahead)
    )
    reranking = RerankingService(parts.models, Reranking())
    retrieval = RetrievalService(collections.all, parts.models, Retrieval(), reranking)
    library = LibraryService(collections, sandboxes[1], base.access, unlocked.opened())
    sheets = SheetQuestions(library.tables, prompts := Prompts(paths.resources), base.events)
    talk = build_talk(base, parts, collections, retrieval, prompts, sheets)
    training = build_training(base, parts, talk.answering, prompts, engines, runs)
    return Services(
        name=unlocked.name,
        integrity_ok=unlocked.integrity_ok,
        engines=engines,
        chat=talk.chat,
        conversations=talk.conversations,
        assistants=talk.assistants,
        sets=talk.sets,
        templates=talk.templates,
        auxiliary=talk.asides,
        transcripts=talk.transcripts,
        summaries=talk.memory.summaries,
        summary_files=SummaryFiles(paths.resources, base.record),
        notes=talk.memory.notes,
        recall=talk.memory.recall,
        library=library,
        watching=WatchingService(collections, base.access),
        databases=DatabaseService(collections, base.access),
        retrieval=retrieval,
        models=parts.models,
        imports=parts.imports,
        adapters=parts.adapters,
        packages=build_packages(base, parts),
        compare=AdapterCompare(retrieval, talk.answering, base.access),
        training=training,
        datasets=build_datasets(base, parts, retrieval, collections, RowFiles(sandboxes[1])),
        inference=parts.inference,
        preferences=parts.preferences,
        profiles=ProfileService(vault, unlocked),
        doctor=DoctorService(paths, parts.models, collections, unlocked),
        events=base.events,
        answers=answers,
        background=background,
        reading=reading,
        indexing=indexing,
        attaching=attaching,
        attachments=talk.attachments,
        warm=lambda: _warm(parts.models, sandboxes[0], ahead),
        close=lambda: _close(
            _OpenProfile(base, workers, sandboxes, parts, sheets, collections, training)
        ),
    )


def _warm(models: ModelService, sandbox: Sandbox, ahead: Worker) -> None:
    """Load what the first question and the first file would have to wait for."""
    ahead.run(lambda _: sandbox.warm(), on_error=log_failure)
    if models.in_use(ModelKind.EMBEDDING):
        models.embedder()


@dataclass(frozen=True)
class _OpenProfile:
    """What is to be closed with the profile."""

    base: Base
    workers: Sequence[Worker]
    sandboxes: Sequence[Sandbox]
    parts: Models
    sheets: SheetQuestions
    collections: OpenCollections
    training: TrainingService


def _close(opened: _OpenProfile) -> None:
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
    opened.collections.close()
    opened.base.unlocked.close()
