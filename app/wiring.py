"""The only place that builds objects: start() before unlocking, open_profile() after."""

from collections.abc import Callable
from dataclasses import dataclass

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
from app.store.conversations import ConversationStore
from app.store.models import ModelStore
from app.store.passage_index import PassageIndex
from app.store.vault import Unlocked, Vault

FIRST_COLLECTION = "Library"


@dataclass(frozen=True)
class Start:
    """What exists before anybody has logged in."""

    paths: Paths
    vault: Vault
    profiles: ProfileService


@dataclass(frozen=True)
class Services:
    """Everything behind the lock. `close` and nothing of it is left."""

    name: str
    chat: ChatService
    library: LibraryService
    retrieval: RetrievalService
    models: ModelService
    profiles: ProfileService
    doctor: DoctorService
    events: Events
    answers: Worker
    background: Worker
    reading: Worker
    warm: Callable[[], None]
    close: Callable[[], None]


def real_engines() -> Engines:
    from app.engines import embedder, llama

    return Engines(
        open_chat=llama.Llama, open_embedder=embedder.SentenceEmbedder, inspect=llama.inspect
    )


def start(paths: Paths) -> Start:
    vault = Vault(paths.data)
    return Start(paths, vault, ProfileService(vault))


def open_profile(
    start: Start, name: str, password: str, post: Post, engines: Engines | None = None
) -> Services:
    """Unlock a profile and build what it may use. The errors of Vault.unlock."""
    unlocked = start.vault.unlock(name, password)
    try:
        return _build(start, unlocked, post, engines or real_engines())
    except BaseException:
        unlocked.close()
        raise


def _build(start: Start, unlocked: Unlocked, post: Post, engines: Engines) -> Services:
    events = Events(post)
    access = Access(unlocked.role)

    def record(act: str, subject: str) -> None:
        unlocked.audit.record(unlocked.profile, act, subject)

    models = ModelService(start.paths, ModelStore(unlocked.workspace), engines, access, events)
    models.discover()
    collection = _first_collection(unlocked)
    library_store = unlocked.open_collection(collection)
    opened = OpenCollection(collection.id, library_store, PassageIndex(library_store.database))
    # Two parser processes: looking at a page must not wait for a file that is being added.
    sandbox, viewing = Sandbox(), Sandbox()
    retrieval = RetrievalService([opened], models, Retrieval())
    answers, background, reading = (
        Worker(name, post) for name in ("answers", "background", "reading")
    )

    def warm() -> None:
        """Load what the first question and the first file would have to wait for."""
        sandbox.warm()
        if models.in_use(ModelKind.EMBEDDING):
            models.embedder()

    def close() -> None:
        stopped = [worker.close() for worker in (answers, background, reading)]
        sandbox.close()
        viewing.close()
        if all(stopped):  # a model that is still computing must not be freed under it
            models.close()
        library_store.close()
        unlocked.close()

    return Services(
        name=unlocked.name,
        chat=ChatService(
            ConversationStore(unlocked.database), retrieval, models,
            Prompts(start.paths.resources), access, events, record,
        ),
        library=LibraryService(opened, models, sandbox, viewing, access, record, events),
        retrieval=retrieval,
        models=models,
        profiles=ProfileService(start.vault, unlocked),
        doctor=DoctorService(start.paths, models, library_store, unlocked),
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
