"""Rows, trainings, and what comes of them."""

from app.engines.base import Engines
from app.services.assistants.prompts import Prompts
from app.services.chat.answer_writer import AnswerWriter
from app.services.datasets.row_chats import RowChats
from app.services.datasets.row_files import RowFiles
from app.services.datasets.row_writer import RowWriter
from app.services.datasets.service import DatasetService
from app.services.models.adapter_packages import AdapterPackages
from app.services.training.estimate import Estimator
from app.services.training.examples import ExampleWriter
from app.services.training.report import Comparison
from app.services.training.runs import TrainingRuns
from app.services.training.service import TrainingParts, TrainingService
from app.store.chat.conversations import ConversationStore
from app.store.chat.messages import MessageStore
from app.wiring.base import Base
from app.wiring.library import LibraryParts
from app.wiring.models import Models


def build_training(
    base: Base,
    parts: Models,
    writer: AnswerWriter,
    prompts: Prompts,
    engines: Engines,
    runs: TrainingRuns,
) -> TrainingService:
    parts_of_training = TrainingParts(
        models=parts.models,
        adapters=parts.adapters,
        inference=parts.inference,
        preferences=parts.preferences,
        runs=runs,
        estimator=Estimator(engines),
        writer=ExampleWriter(prompts),
        comparison=Comparison(writer),
    )
    store = base.unlocked.trainings()
    return TrainingService(store, parts_of_training, base.access, base.events, base.record)


def build_packages(base: Base, parts: Models) -> AdapterPackages:
    unlocked = base.unlocked
    return AdapterPackages(
        parts.adapters, parts.models, unlocked.trainings(), unlocked.signers(), base.access,
        base.record,
    )  # fmt: skip


def build_datasets(
    base: Base,
    parts: Models,
    library: LibraryParts,
    files: RowFiles,
) -> DatasetService:
    prompts, profile = Prompts(base.paths.resources), base.unlocked.database
    return DatasetService(
        RowWriter(parts.inference, library.retrieval, library.collections.shown, prompts),
        RowChats(ConversationStore(profile), MessageStore(profile)),
        files,
        ExampleWriter(prompts),
        parts.inference,
        base.access,
    )
