"""Models: which there are, which is in use, and the open ones. Loads late and once."""

import hashlib
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import msgspec

from app.domain.errors import (
    DamagedModel,
    FileMissing,
    ModelInUse,
    NoChatModel,
    NoEmbeddingModel,
    StorageDenied,
    StorageFull,
)
from app.domain.events import ModelsChanged
from app.domain.models import Model, ModelKind
from app.domain.progress import Control, NoControl, Progress
from app.domain.roles import Act
from app.engines.base import BareSpeed, ChatModel, Embedder, Engines, Turn
from app.paths import Paths
from app.services.access import Access
from app.services.events import Events
from app.store.files import disk_errors
from app.store.models import ModelStore

_BLOCK = 1 << 20
#: Bytes that stay free on the disk after a copy.
_SPARE = 1 << 28
#: What is chosen when nobody chose: the kit's starter before the small one that is for tests.
_PREFERRED = ("qwen2.5-coder-1.5b-instruct-q4_k_m", "multilingual-e5-small")


class _Manifest(msgspec.Struct):
    """model.json beside a model of the kit, written last when the kit was built."""

    name: str
    kind: ModelKind
    files: dict[str, str]


class ModelService:
    def __init__(
        self, paths: Paths, store: ModelStore, engines: Engines, access: Access, events: Events
    ) -> None:
        self._paths = paths
        self._store = store
        self._engines = engines
        self._access = access
        self._events = events
        self._lock = threading.Lock()
        self._chat: tuple[str, ChatModel] | None = None
        self._embedder: Embedder | None = None

    def discover(self) -> None:
        """Register models that lie in the kit and in the workspace, forget those that are gone.

        One that was moved stays chosen; a damaged one is passed over, for it must keep nobody out.
        """
        for folder in (self._paths.kit, self._paths.models):
            for manifest in sorted(folder.glob("*/model.json")):
                with suppress(DamagedModel, OSError, ValueError, msgspec.DecodeError):
                    self._look_at(manifest)
        for model in self._store.all():
            if not Path(model.path).exists():
                self._store.forget(model.name)
        self._choose_defaults()

    def _look_at(self, path: Path) -> None:
        manifest = msgspec.json.decode(path.read_bytes(), type=_Manifest)
        known = next((each for each in self._store.all() if each.name == manifest.name), None)
        if known is None or not Path(known.path).exists():
            self._register(manifest, path.parent, known is not None and known.in_use)

    def _register(self, manifest: _Manifest, folder: Path, in_use: bool) -> None:
        weights = max(manifest.files, key=lambda name: (folder / name).stat().st_size)
        if manifest.kind == ModelKind.CHAT:
            facts = self._engines.inspect(str(folder / weights))
            architecture, context, path = facts.architecture, facts.context_length, folder / weights
        else:
            architecture, context, path = "bert", 512, folder
        size = sum((folder / name).stat().st_size for name in manifest.files)
        self._store.keep(
            Model(
                manifest.name, manifest.kind, str(path), architecture, size,
                manifest.files[weights], context, in_use,
            )
        )  # fmt: skip

    def _choose_defaults(self) -> None:
        models = self._store.all()
        for kind in (ModelKind.CHAT, ModelKind.EMBEDDING):
            present = [each for each in models if each.kind == kind]
            if present and not any(each.in_use for each in present):
                self._store.use(min(present, key=lambda each: each.name not in _PREFERRED))

    def all(self) -> list[Model]:
        return self._store.all()

    def in_use(self, kind: ModelKind) -> Model | None:
        return self._store.in_use(kind)

    def add(self, path: Path, control: Control | None = None) -> Model:
        """Copy a GGUF file into the workspace and register it. `DamagedModel`, `FileMissing`,
        `StorageFull`, `AccessDenied`."""
        self._access.require(Act.CHANGE_MODELS)
        if not path.is_file():
            raise FileMissing(name=path.name)
        with path.open("rb") as file:
            if file.read(4) != b"GGUF":
                raise DamagedModel(name=path.name)
        facts = self._engines.inspect(str(path))
        name = path.stem.lower()
        target = self._paths.models / name / path.name
        sha256 = _copy(path, target, control or NoControl())
        model = Model(
            name, ModelKind.CHAT, str(target), facts.architecture, facts.size, sha256,
            facts.context_length, any(each.name == name and each.in_use for each in self.all()),
        )  # fmt: skip
        self._store.keep(model)
        self._choose_defaults()
        self._events.publish(ModelsChanged())
        return self._store.named(model.name)

    def use(self, name: str) -> Model:
        """Answer, or embed, with this model from now on. `ModelMissing`, `AccessDenied`."""
        self._access.require(Act.CHANGE_MODELS)
        model = self._store.named(name)
        self._store.use(model)
        with self._lock:
            if model.kind == ModelKind.EMBEDDING:
                self._embedder = None
        self._events.publish(ModelsChanged())
        return replace(model, in_use=True)

    def remove(self, name: str) -> None:
        """Forget a model; delete it if it lies in this workspace. `ModelInUse`, `ModelMissing`."""
        self._access.require(Act.CHANGE_MODELS)
        model = self._store.named(name)
        if model.in_use:
            raise ModelInUse(name=name)
        self._store.forget(name)
        path = Path(model.path)
        if self._paths.models in path.parents:
            shutil.rmtree(path.parent if path.is_file() else path)
        self._events.publish(ModelsChanged())

    def verify(self, control: Control | None = None) -> dict[str, bool]:
        """Hash every model's weights anew: name → still what was registered."""
        return {
            each.name: _hash(_weights(each), control or NoControl()) == each.sha256
            for each in self._store.all()
        }

    def chat(self) -> tuple[ChatModel, Model]:
        """The chat model in use, loaded. Only from the inference thread. `NoChatModel`,
        `DamagedModel`."""
        model = self._store.in_use(ModelKind.CHAT)
        if model is None:
            raise NoChatModel
        if self._chat is None or self._chat[0] != model.sha256:
            self.unload_chat()
            self._chat = (model.sha256, self._engines.open_chat(model.path))
        return self._chat[1], model

    def measure_bare(self, turns: Sequence[Turn], count: int) -> BareSpeed:
        """What llama.cpp itself does with the model in use, ours unloaded for the while."""
        _, model = self.chat()
        self.unload_chat()
        return self._engines.measure_bare(model.path, turns, count)

    def unload_chat(self) -> None:
        if self._chat is not None:
            self._chat[1].close()
            self._chat = None

    def embedder(self) -> Embedder:
        """The embedding model in use, from any thread. `NoEmbeddingModel`, `DamagedModel`."""
        model = self._store.in_use(ModelKind.EMBEDDING)
        if model is None:
            raise NoEmbeddingModel
        with self._lock:
            if self._embedder is None:
                self._embedder = self._engines.open_embedder(model.path)
            return self._embedder

    def close(self) -> None:
        """Give the memory back. After both workers have ended."""
        self.unload_chat()
        self._embedder = None


def _weights(model: Model) -> Path:
    path = Path(model.path)
    return path if path.is_file() else path / "model.safetensors"


def _blocks(path: Path, control: Control) -> Iterator[bytes]:
    size, done = path.stat().st_size, 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            control.check()
            done += len(block)
            control.report(Progress(done, size, path.name))
            yield block


def _hash(path: Path, control: Control) -> str:
    digest = hashlib.sha256()
    for block in _blocks(path, control):
        digest.update(block)
    return digest.hexdigest()


def _copy(source: Path, target: Path, control: Control) -> str:
    """Copy through a temporary name; the SHA-256 of what was copied. On failure nothing is left."""
    digest = hashlib.sha256()
    temporary = target.with_name(f".tmp-{target.name}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(target.parent).free < source.stat().st_size + _SPARE:
            raise StorageFull(path=str(target.parent))
        with disk_errors(target.parent), temporary.open("wb") as out:
            for block in _blocks(source, control):
                digest.update(block)
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(target)
    except OSError as error:
        raise StorageDenied(path=str(target.parent)) from error
    finally:
        temporary.unlink(missing_ok=True)
        with suppress(OSError):  # only an empty folder goes
            target.parent.rmdir()
    return digest.hexdigest()
