"""Takes models in, from a file or a folder: copied into the workspace, or used where they lie."""

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.errors import (
    DamagedModel,
    FileMissing,
    NoModelHere,
    ProjectorModel,
    StorageDenied,
    StorageFull,
)
from app.domain.events import ModelsChanged
from app.domain.models.model import Calibration, Model, ModelKind, ModelShape, parts
from app.domain.progress import Control, NoControl
from app.domain.roles import Act
from app.engines.base import Engines
from app.paths import Paths
from app.services.events import Events
from app.services.models.service import (
    WEIGHTS,
    ModelService,
    blocks,
    encoded_format,
    hash_files,
    stamp,
)
from app.services.profiles.access import Access
from app.store.files import disk_errors
from app.store.models.models import ModelStore

#: Bytes that stay free on the disk after a copy.
_SPARE = 1 << 28
#: Of a model's folder: nothing that could hold code or a pickle.
_FOLDER_SUFFIXES = {".json", ".txt", ".safetensors", ".model"}
_EMBEDDING_CONFIG = "modules.json"
#: What a cross-encoder's config.json says that it is.
_RERANKER_MARK = "ForSequenceClassification"


@dataclass(frozen=True, slots=True)
class Weighed:
    """Bytes that a copy would take, and that are free for it."""

    size: int
    free: int


class ModelImport:
    def __init__(
        self,
        paths: Paths,
        store: ModelStore,
        models: ModelService,
        engines: Engines,
        access: Access,
        events: Events,
    ) -> None:
        self._paths = paths
        self._store = store
        self._models = models
        self._engines = engines
        self._access = access
        self._events = events

    def weigh(self, paths: Sequence[Path]) -> Weighed:
        """What copying these files in would take of the disk; a part that is missing takes nothing,
        and is told of when they are added. `FileMissing`, `NoModelHere`."""
        files = {file for path in paths for file in _files(path) if file.exists()}
        try:
            size = sum(file.stat().st_size for file in files)
        except OSError as error:
            raise FileMissing(name=paths[0].name) from error
        free = shutil.disk_usage(self._paths.data).free - _SPARE
        return Weighed(size, max(free, 0))

    def add(self, path: Path, *, copy: bool = True, control: Control | None = None) -> list[Model]:
        """Register the GGUF file, the GGUF files of a folder, or a folder with an embedding model
        or a cross-encoder.

        Each is tried in a child process first. `copy` False leaves it where it is and only
        remembers its hash. An `UnusableModel` of its kind, `FileMissing`, `FileDenied`,
        `NoModelHere`, `StorageFull`, `StorageDenied`, `AccessDenied`, `Cancelled`; models done
        before a failure stay.
        """
        self._access.require(Act.CHANGE_MODELS)
        control = control or NoControl()
        try:
            if (kind := _folder_kind(path)) is not None:
                return [self._add_folder(path, kind, copy, control)]
            return self._add_chats(_gguf_files(path), copy, control)
        finally:
            self._models.choose_defaults()
            self._events.publish(ModelsChanged())

    def _add_chats(self, paths: Sequence[Path], copy: bool, control: Control) -> list[Model]:
        """A projector that lies beside the model that it belongs to is passed over."""
        added: list[Model] = []
        beside: ProjectorModel | None = None
        for path in paths:
            try:
                added.append(self._add_chat(path, copy, control))
            except ProjectorModel as error:
                beside = error
        if beside is not None and not added:
            raise beside
        return added

    def _add_chat(self, path: Path, copy: bool, control: Control) -> Model:
        facts = self._engines.inspect(str(path))
        files = [Path(part) for part in parts(str(path))]
        # A whole model may be called like a part; nobody could find it again under that name.
        if missing := [file for file in files if not file.exists()]:
            raise FileMissing(name=missing[0].name)
        folder = self._paths.models / self._free_name(path.stem.lower())
        sha256, kept = self._taken_in(files, folder, copy, control)
        if known := self._known(sha256):
            return known
        size = sum(each.stat().st_size for each in kept)
        return self._keep(
            Model(
                folder.name, ModelKind.CHAT, str(kept[0]), facts.architecture, sha256,
                replace(facts.shape, size=size),
                facts.quantisation, facts.licence, encoded_format(facts.chat_format),
            ),
            stamp(kept),
        )  # fmt: skip

    def _add_folder(self, path: Path, kind: ModelKind, copy: bool, control: Control) -> Model:
        if not (path / WEIGHTS).is_file():
            raise DamagedModel(name=path.name)
        files = _folder_files(path)
        if kind == ModelKind.EMBEDDING:
            self._engines.open_embedder(str(path), Calibration())
        else:
            self._engines.open_reranker(str(path))
        folder = self._paths.models / self._free_name(path.name.lower())
        sha256 = hash_files([path / WEIGHTS], control)
        if known := self._known(sha256):
            return known
        if copy:
            _copy(files, [folder / file.relative_to(path) for file in files], control)
        kept = folder if copy else path.absolute()
        size = sum(file.stat().st_size for file in files)
        return self._keep(
            Model(
                folder.name, kind, str(kept), "bert", sha256,
                ModelShape(size, context_length=512),
            ),
            stamp([kept / WEIGHTS]),
        )  # fmt: skip

    def _taken_in(
        self, files: Sequence[Path], folder: Path, copy: bool, control: Control
    ) -> tuple[str, list[Path]]:
        """The files' hash, and where they lie from now on; a copy of what is known is undone."""
        if not copy:
            return hash_files(files, control), [file.absolute() for file in files]
        targets = [folder / file.name for file in files]
        sha256 = _copy(files, targets, control)
        if self._known(sha256):
            shutil.rmtree(folder)
        return sha256, targets

    def _keep(self, model: Model, made: str) -> Model:
        self._store.keep(model, made)
        return model

    def _known(self, sha256: str) -> Model | None:
        """The same weights, already here."""
        return next(
            (
                model
                for model in self._store.all()
                if model.sha256 == sha256 and self._models.present(model)
            ),
            None,
        )

    def _free_name(self, wanted: str) -> str:
        taken = {model.name for model in self._store.all()}
        names = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
        return next(
            name for name in names
            if name not in taken and not (self._paths.models / name).exists()
        )  # fmt: skip


def _files(path: Path) -> list[Path]:
    """All that belongs to the models of a file or folder."""
    if _folder_kind(path) is not None:
        return _folder_files(path)
    return [Path(part) for first in _gguf_files(path) for part in parts(str(first))]


def _folder_kind(path: Path) -> ModelKind | None:
    """Of a folder in the form of sentence-transformers; None for anything else."""
    if (path / _EMBEDDING_CONFIG).is_file():
        return ModelKind.EMBEDDING
    try:
        config = (path / "config.json").read_text("utf-8")
    except (OSError, ValueError):
        return None
    return ModelKind.RERANKER if _RERANKER_MARK in config else None


def _folder_files(path: Path) -> list[Path]:
    return sorted(
        each for each in path.rglob("*") if each.is_file() and each.suffix in _FOLDER_SUFFIXES
    )


def _gguf_files(path: Path) -> list[Path]:
    """The file itself, or those of a folder: the first part of each model, any other part only
    where the first is not there."""
    if path.is_file():
        return [_first_part(path)]
    found = [each for each in sorted(path.rglob("*.gguf")) if each == _first_part(each)]
    if not found:
        raise NoModelHere(name=path.name) if path.is_dir() else FileMissing(name=path.name)
    return found


def _first_part(path: Path) -> Path:
    first = Path(parts(str(path))[0])
    return first if first.exists() else path


def _copy(sources: Sequence[Path], targets: Sequence[Path], control: Control) -> str:
    """Copy through a temporary name; the SHA-256 of what was copied. On failure nothing is left."""
    folder = Path(os.path.commonpath([path.parent for path in targets]))
    staged = folder.with_name(f".tmp-{folder.name}")
    digest = hashlib.sha256()
    try:
        staged.mkdir(parents=True)
        needed = sum(path.stat().st_size for path in sources)
        if shutil.disk_usage(staged).free < needed + _SPARE:
            raise StorageFull(path=str(folder.parent))
        with disk_errors(folder.parent):
            for source, target in zip(sources, targets, strict=True):
                _copy_one(source, staged / target.relative_to(folder), digest.update, control)
        staged.replace(folder)
    except OSError as error:
        raise StorageDenied(path=str(folder.parent)) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        with suppress(OSError):  # only an empty folder goes
            folder.parent.rmdir()
    return digest.hexdigest()


def _copy_one(
    source: Path, target: Path, seen: Callable[[bytes], object], control: Control
) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        for _, block in blocks([source], control):
            seen(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
