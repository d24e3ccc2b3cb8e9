"""Rows, trainings, and what comes of them."""

from app.engines.base import Engines
from app.services.adapter_packages import AdapterPackages
from app.services.answering import Answering
from app.services.datasets import DatasetService
from app.services.prompts import Prompts
from app.services.retrieval import RetrievalService
from app.services.row_chats import RowChats
from app.services.row_files import RowFiles
from app.services.row_writer import RowWriter
from app.services.shelves import Shelves
from app.services.training import Bench, TrainingService
from app.services.training_bench import TrainingBench
from app.services.training_estimate import Estimator
from app.services.training_examples import ExampleWriter
from app.services.training_report import Comparison
from app.services.training_runs import TrainingRuns
from app.store.conversations import ConversationStore
from app.store.messages import MessageStore
from app.wiring.base import Base
from app.wiring.models import Models


def build_training(
    base: Base,
    parts: Models,
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


def build_packages(base: Base, parts: Models) -> AdapterPackages:
    unlocked = base.unlocked
    return AdapterPackages(
        parts.adapters, parts.models, unlocked.trainings(), unlocked.signers(), base.access,
        base.record,
    )  # fmt: skip


def build_datasets(
    base: Base,
    parts: Models,
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
