"""The only place that builds objects: start() before unlocking, its open() after."""

from app.documents.sandbox import Sandbox
from app.domain.library import Collection
from app.domain.models import ModelKind
from app.domain.settings import Retrieval
from app.engines.base import Engines
from app.paths import Paths
from app.services.access import Access
from app.services.chat import ChatService
from app.services.doctor import DoctorService
from app.services.events import Events
from app.services.jobs import Post, Worker
from app.services.library import LibraryService
from app.services.models import ModelService
from app.services.profiles import ProfileService
from app.services.prompts import Prompts
from app.services.retrieval import OpenCollection, RetrievalService
from app.services.session import WORKER_NAMES, Services, Start
from app.store.conversations import ConversationStore
from app.store.models import ModelStore
from app.store.passage_index import PassageIndex
from app.store.vault import Unlocked, Vault

FIRST_COLLECTION = "Library"


def real_engines() -> Engines:
    from app.engines import bare_loop, embedder, hardware, opening, trial

    return Engines(
        survey=hardware.survey,
        open_chat=opening.open_chat,
        open_embedder=embedder.SentenceEmbedder,
        inspect=trial.try_model,
        measure_bare=bare_loop.measure,
    )


def start(paths: Paths, engines: Engines | None = None) -> Start:
    vault = Vault(paths.data)
    chosen = engines or real_engines()

    def open_profile(name: str, password: str, post: Post) -> Services:
        unlocked = vault.unlock(name, password)
        try:
            return _build(paths, vault, unlocked, post, chosen)
        except BaseException:
            unlocked.close()
            raise

    return Start(paths, ProfileService(vault), open_profile)


def _build(
    paths: Paths, vault: Vault, unlocked: Unlocked, post: Post, engines: Engines
) -> Services:
    events = Events(post)
    access = Access(unlocked.role)

    def record(act: str, subject: str) -> None:
        unlocked.audit.record(unlocked.profile, act, subject)

    models = ModelService(paths, ModelStore(unlocked.workspace), engines, access, events)
    models.discover()
    collection = _first_collection(unlocked)
    library_store = unlocked.open_collection(collection)
    opened = OpenCollection(collection.id, library_store, PassageIndex(library_store.database))
    # Two parser processes: looking at a page must not wait for a file that is being added.
    sandbox, viewing = Sandbox(), Sandbox()
    retrieval = RetrievalService([opened], models, Retrieval())
    answers, background, reading = (Worker(name, post) for name in WORKER_NAMES)

    def warm() -> None:
        """Load what the first question and the first file would have to wait for."""
        sandbox.warm()
        if models.in_use(ModelKind.EMBEDDING):
            models.embedder()

    def close() -> None:
        workers = (answers, background, reading)
        for job in [each for worker in workers for each in worker.jobs()]:
            job.cancel()  # all at once, so that the waits below run side by side
        stopped = [worker.close() for worker in workers]
        sandbox.close()
        viewing.close()
        if all(stopped):  # a model that is still computing must not be freed under it
            models.close()
        library_store.close()
        unlocked.close()

    return Services(
        name=unlocked.name,
        whole=unlocked.whole,
        chat=ChatService(
            ConversationStore(unlocked.database), retrieval, models,
            Prompts(paths.resources), access, events, record,
        ),
        library=LibraryService(opened, models, sandbox, viewing, access, record, events),
        retrieval=retrieval,
        models=models,
        profiles=ProfileService(vault, unlocked),
        doctor=DoctorService(paths, models, library_store, unlocked),
        events=events,
        answers=answers,
        background=background,
        reading=reading,
        warm=warm,
        close=close,
    )  # fmt: skip


def _first_collection(unlocked: Unlocked) -> Collection:
    present = unlocked.collections()
    return present[0] if present else unlocked.create_collection(FIRST_COLLECTION)
