"""Models: which there are, which is in use, whether they are what they were."""

import hashlib
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import msgspec

from app import log
from app.domain.errors import (
    FileDenied,
    FileMissing,
    ModelChanged,
    ModelInUse,
    NoEmbeddingModel,
    UnusableModel,
)
from app.domain.events import ModelsChanged
from app.domain.models.machine import Machine
from app.domain.models.model import Model, ModelKind, ModelShape, parts
from app.domain.models.placement import Fit, fit
from app.domain.progress import Control, NoControl, Progress
from app.domain.roles import Act, may
from app.engines.base import ChatFormat, Embedder, Engines, Reranker, SecondReader
from app.paths import Paths
from app.services.events import Events
from app.services.models.known_models import KnownModels
from app.services.profiles.access import Access
from app.store.models.models import ModelStore

_BLOCK = 1 << 20
#: What is chosen when nobody chose: the kit's starter before the small one that is for tests.
_PREFERRED = ("qwen2.5-coder-1.5b-instruct-q4_k_m", "multilingual-e5-small")
WEIGHTS = "model.safetensors"


class _Manifest(msgspec.Struct):
    """model.json beside a model of the kit, written last when the kit was built."""

    name: str
    kind: ModelKind
    files: dict[str, str]


class ModelService:
    """The chat model itself is opened by Inference, the embedding model here."""

    def __init__(
        self, paths: Paths, store: ModelStore, engines: Engines, access: Access, events: Events
    ) -> None:
        self._paths = paths
        self._store = store
        self._engines = engines
        self._access = access
        self._events = events
        self._known = KnownModels(paths.resources)
        self._lock = threading.Lock()
        self._embedder: Embedder | None = None
        self._reranker: Reranker | None = None
        self._second_reader: SecondReader | None = None

    def discover(self) -> None:
        """Register models that lie in the kit and in the workspace, forget those that are gone.

        One that was moved stays chosen; a damaged one is passed over, for it must keep nobody out,
        and the log says why.
        One that was only referred to stays known: its stick may come back.
        """
        ours = (self._paths.kit, self._paths.models)
        for folder in ours:
            for manifest in sorted(folder.glob("*/model.json")):
                try:
                    with suppress(OSError, ValueError, msgspec.DecodeError):
                        self._look_at(manifest)
                except (UnusableModel, FileMissing, FileDenied) as error:
                    log.failure(error)
        for model in self._store.all():
            path = Path(model.path)
            gone = not model.is_served and not path.exists()
            if gone and any(folder in path.parents for folder in ours):
                self._store.forget(model.name)
        self.choose_defaults()

    def _look_at(self, path: Path) -> None:
        manifest = msgspec.json.decode(path.read_bytes(), type=_Manifest)
        known = next((model for model in self._store.all() if model.name == manifest.name), None)
        if known is None or not Path(known.path).exists():
            self._register(manifest, path.parent, known is not None and known.in_use)

    def _register(self, manifest: _Manifest, folder: Path, in_use: bool) -> None:
        weights = max(manifest.files, key=lambda name: (folder / name).stat().st_size)
        model = Model(
            manifest.name, manifest.kind, str(folder), "bert", manifest.files[weights],
            ModelShape(sum((folder / name).stat().st_size for name in manifest.files),
                       context_length=512),
            in_use=in_use,
        )  # fmt: skip
        if manifest.kind == ModelKind.CHAT:
            facts = self._engines.inspect(str(folder / weights))
            model = replace(
                model, path=str(folder / weights), architecture=facts.architecture,
                shape=facts.shape, quantisation=facts.quantisation, licence=facts.licence,
                chat_format=encoded_format(facts.chat_format),
            )  # fmt: skip
        self._store.keep(model, stamp="")

    def choose_defaults(self) -> None:
        """See that of each kind one model is in use, if there is any."""
        models = self._store.all()
        for kind in ModelKind:
            known = [model for model in models if model.kind == kind]
            present = [model for model in known if self.present(model)]
            if present and not any(model.in_use for model in known):
                self._store.use(min(present, key=lambda model: model.name not in _PREFERRED))

    def all(self) -> list[Model]:
        """Every model that the workspace knows."""
        return self._store.all()

    def in_use(self, kind: ModelKind) -> Model | None:
        """The model of a kind that is in use, None without one."""
        return self._store.in_use(kind)

    @staticmethod
    def present(model: Model) -> bool:
        """False while the stick or share that it lies on is away; a server is asked when it is
        opened."""
        return model.is_served or all(Path(part).exists() for part in parts(model.path))

    def copied(self, model: Model) -> bool:
        """Whether it lies in this workspace and goes with it."""
        return self._paths.models in Path(model.path).parents

    def shipped(self, model: Model) -> bool:
        """Whether it lies in the kit: removed, it would be found again at the next start."""
        return self._paths.kit in Path(model.path).parents

    def chat_model(self, name: str = "") -> Model | None:
        """The chat model of that name, if it is there, or the one that is in use."""
        for model in self._store.all() if name else ():
            if model.kind == ModelKind.CHAT and model.name == name and self.present(model):
                return model
        return self.in_use(ModelKind.CHAT)

    def chat_models(self) -> tuple[str, ...]:
        """The names of all chat models."""
        return tuple(model.name for model in self._store.all() if model.kind == ModelKind.CHAT)

    def stand_in(self) -> Model | None:
        """The chat model of this computer that answers while a server does not: the largest that
        fits, None without one."""
        known = [
            model
            for model in self._store.all()
            if model.kind == ModelKind.CHAT and not model.is_served and self.present(model)
        ]
        fits = self.fits(known, self._engines.survey())
        known.sort(key=lambda model: (fits[model.name] is not Fit.TOO_LARGE, model.size))
        return known[-1] if known else None

    @property
    def may_change(self) -> bool:
        """Whether this profile's role may add, choose and remove models."""
        return may(self._access.role, Act.CHANGE_MODELS)

    def machine(self) -> Machine:
        """What this computer offers a model. Asks drivers: not on the window's thread."""
        return self._engines.survey()

    def fits(self, models: Sequence[Model], machine: Machine) -> dict[str, Fit]:
        """Chat models of this computer by name: whether the machine is large enough."""
        chat = [model for model in models if model.kind == ModelKind.CHAT and not model.is_served]
        return {model.name: fit(model.shape, machine) for model in chat}

    def use(self, name: str) -> Model:
        """Answer, or embed, with this model from now on. `ModelMissing`, `AccessDenied`."""
        self._access.require(Act.CHANGE_MODELS)
        model = self._store.named(name)
        self._store.use(model)
        with self._lock:
            if model.kind == ModelKind.EMBEDDING:
                self._embedder = None
            elif model.kind == ModelKind.RERANKER:
                self._reranker = None
        self._events.publish(ModelsChanged())
        return replace(model, in_use=True)

    def remove(self, name: str) -> None:
        """Forget a model; delete it if it lies in this workspace. `ModelInUse`, `ModelMissing`."""
        self._access.require(Act.CHANGE_MODELS)
        model = self._store.named(name)
        if model.in_use and model.kind != ModelKind.RERANKER:  # search does without
            raise ModelInUse(name=name)
        self._store.forget(name)
        with self._lock:
            if model.kind == ModelKind.RERANKER:
                self._reranker = None
        if self.copied(model):
            path = Path(model.path)
            shutil.rmtree(path.parent if path.is_file() else path)
        self._events.publish(ModelsChanged())

    def verify(self, control: Control | None = None) -> dict[str, bool]:
        """Hash the weights of every model of this computer anew: name → still what was
        registered."""
        return {
            model.name: self.present(model)
            and hash_files(_weights(model), control or NoControl()) == model.sha256
            for model in self._store.all()
            if not model.is_served
        }

    def require_unchanged(self, model: Model, control: Control) -> None:
        """Before weights are opened: they are those that were added. `ModelChanged`.

        Hashed when size or time of the files are not those of the last time (1.8 GB a second).
        """
        now = stamp(_weights(model))
        if now == self._store.stamp(model.name):
            return
        if hash_files(_weights(model), control) != model.sha256:
            raise ModelChanged(name=model.name)
        self._store.set_stamp(model.name, now)

    def embedder(self) -> Embedder:
        """The embedding model in use, from any thread. `NoEmbeddingModel`, `DamagedModel`,
        `ModelChanged`."""
        model = self._store.in_use(ModelKind.EMBEDDING)
        if model is None:
            raise NoEmbeddingModel
        with self._lock:
            if self._embedder is None:
                self.require_unchanged(model, NoControl())
                self._embedder = self._engines.open_embedder(
                    model.path, self._known.calibration(model)
                )
            return self._embedder

    def reranker(self) -> Reranker | None:
        """The reranker in use, if there is one, from any thread. `DamagedModel`, `ModelChanged`."""
        model = self._store.in_use(ModelKind.RERANKER)
        if model is None or not self.present(model):
            return None
        with self._lock:
            if self._reranker is None:
                self.require_unchanged(model, NoControl())
                self._reranker = self._engines.open_reranker(model.path)
            return self._reranker

    def second_reader(self) -> SecondReader | None:
        """The second reader of the embedding model in use, from any thread; None for a model that
        none was trained for. `NoEmbeddingModel`, `DamagedModel`, `ModelChanged`."""
        model = self._store.in_use(ModelKind.EMBEDDING)
        adapter = self._known.second_reader(model) if model else None
        if adapter is None:
            return None
        embedder = self.embedder()
        with self._lock:
            if self._second_reader is None:
                self._second_reader = embedder.second_reader(str(adapter))
            return self._second_reader

    def close(self) -> None:
        """Give the memory back. After the workers have ended."""
        self._embedder = self._reranker = self._second_reader = None


def _weights(model: Model) -> list[Path]:
    if model.kind == ModelKind.CHAT:
        return [Path(part) for part in parts(model.path)]
    return [Path(model.path) / WEIGHTS]


def encoded_format(chat_format: ChatFormat | None) -> str:
    """As `Model.chat_format` keeps it."""
    return msgspec.json.encode(chat_format).decode() if chat_format else ""


def decoded_format(encoded: str) -> ChatFormat | None:
    return msgspec.json.decode(encoded, type=ChatFormat) if encoded else None


def stamp(files: Sequence[Path]) -> str:
    """Changes when one of the files does."""
    states = [file.stat() for file in files]
    return " ".join(f"{state.st_size}:{state.st_mtime_ns}" for state in states)


def blocks(files: Sequence[Path], control: Control) -> Iterator[tuple[Path, bytes]]:
    """The files' bytes in order, each block with its file; reports Progress. `Cancelled`."""
    size, done = sum(each.stat().st_size for each in files), 0
    for path in files:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                control.check()
                done += len(block)
                control.report(Progress(done, size, path.name))
                yield path, block


def hash_files(files: Sequence[Path], control: Control) -> str:
    """SHA-256 of all of them, one after the other."""
    digest = hashlib.sha256()
    for _, block in blocks(files, control):
        digest.update(block)
    return digest.hexdigest()
