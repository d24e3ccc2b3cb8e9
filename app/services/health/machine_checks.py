"""Is everything well before a profile is open? The folder, the computer, libraries and the kit."""

import importlib
import os
import platform
import shutil
import stat
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path

from app import log
from app.domain.models.machine import Machine
from app.engines.parts import has_training
from app.paths import Paths
from app.services.health import offline_checks
from app.services.health.check import Check, tried
from app.store.stand_in import is_read_only
from app.store.storage import leftovers

_GB = 1 << 30
#: Bytes that should be free on the disk and in memory.
_LEAST_DISK, _LEAST_MEMORY = _GB, _GB
#: Loaded but not used here, or, where loading takes seconds, looked for.
_LOADED, _FOUND = ("sqlcipher3", "pymupdf", "tokenizers"), ("transformers", "peft")


class MachineChecks:
    """`survey` asks the library that runs models what the computer offers."""

    def __init__(self, paths: Paths, survey: Callable[[], Machine]) -> None:
        self._paths = paths
        self._survey = cache(survey)  # several checks tell of one look

    def run(self) -> Iterator[Check]:
        """One after the other, each within seconds; nothing is made or changed."""
        for name in self._looks():
            yield self.one(name)

    def one(self, name: str) -> Check:
        """That check alone."""
        return tried(name, self._looks()[name])

    def _looks(self) -> dict[str, Callable[[], Check]]:
        return {
            "system": _system,
            "data-folder": partial(_data_folder, self._paths.data),
            "permissions": partial(_permissions, self._paths.data),
            "leftovers": partial(_leftovers, self._paths.data),
            "disk-space": partial(_disk_space, self._paths.data),
            "memory": _memory,
            "sockets": offline_checks.sockets,
            "network": offline_checks.network,
            "native-sockets": offline_checks.native,
            "isolation": offline_checks.interfaces,
            "private-memory": offline_checks.memory,
            "libraries": self._libraries,
            "training-part": _training_part,
            "computing": self._computing,
            "graphics": self._graphics,
            "text-recognition": _text_recognition,
            "models-kit": partial(_models_kit, self._paths),
        }

    def _libraries(self) -> Check:
        loads: dict[str, log.Fact] = {name: _loads(name) for name in _LOADED}
        loads["llama_cpp"] = _works(self._survey)
        if has_training():
            loads |= {name: find_spec(name) is not None for name in _FOUND}
        missing = [name for name, loaded in loads.items() if not loaded]
        return Check("libraries", not missing, loads, {"missing": ", ".join(missing)})

    def _computing(self) -> Check:
        """Which code computes answers on this processor, and why this."""
        machine = self._survey()
        shown = {"processor": machine.processor, "features": ", ".join(machine.features) or "—"}
        if not machine.variant:
            return Check("computing", True, shown=shown)
        return Check("computing-variant", True, shown=shown | {"variant": machine.variant})

    def _graphics(self) -> Check:
        machine = self._survey()
        if (device := machine.graphics) is not None:
            return Check("graphics", True, shown={"device": device.description or device.name})
        return Check("no-graphics" if machine.graphics_built else "no-graphics-built", True)


def _system() -> Check:
    shown = {"system": platform.platform(), "python": platform.python_version()}
    return Check("system", True, shown=shown)


def _data_folder(data: Path) -> Check:
    """Whether it can be written to, or made."""
    if is_read_only(data):
        return Check("read-only-folder", True, shown={"path": str(data)})
    writable = os.access(_nearest(data), os.W_OK | os.X_OK) and not data.is_file()
    return Check("data-folder", writable, {"made": data.is_dir()}, {"path": str(data)})


def _permissions(data: Path) -> Check:
    """Whether anybody else may change what lies there. Windows inherits rights instead."""
    if os.name == "nt" or not data.is_dir():
        return Check("permissions", True, {"mode": 700})
    mode = stat.S_IMODE(data.stat().st_mode)
    others_write = bool(mode & (stat.S_IWGRP | stat.S_IWOTH))
    return Check("permissions", not others_write, {"mode": int(f"{mode:o}")}, {"path": str(data)})


def _leftovers(data: Path) -> Check:
    """Half-written files that a kill or a power cut left."""
    count = len(leftovers(data))
    return Check("leftovers", not count, {"count": count})


def _disk_space(data: Path) -> Check:
    free = shutil.disk_usage(_nearest(data)).free
    return Check("disk-space", free > _LEAST_DISK, {"free": round(free / _GB, 1)})


def _memory() -> Check:
    import psutil

    memory = psutil.virtual_memory()
    facts: dict[str, log.Fact] = {
        "free": round(memory.available / _GB, 1),
        "total": round(memory.total / _GB, 1),
    }
    return Check("memory", memory.available > _LEAST_MEMORY, facts)


def _training_part() -> Check:
    return Check("training-part" if has_training() else "no-training-part", True)


def _text_recognition() -> Check:
    from app.documents.pictures.ocr import data_folder

    return Check("text-recognition", data_folder() is not None)


def _models_kit(paths: Paths) -> Check:
    """Models of the kit, and those that were imported into the workspace."""
    kit, own = (len(list(each.glob("*/model.json"))) for each in (paths.kit, paths.models))
    if paths.kit == paths.models:  # the user's own workspace holds the kit
        own = 0
    facts: dict[str, log.Fact] = {"kit": kit, "own": own}
    return Check("models-kit", bool(kit or own), facts, {"path": str(paths.kit)})


def _nearest(folder: Path) -> Path:
    """The folder, or the first above it that exists."""
    return next((place for place in (folder, *folder.parents) if place.is_dir()), Path(os.sep))


def _loads(name: str) -> bool:
    return _works(lambda: importlib.import_module(name))


def _works(act: Callable[[], object]) -> bool:
    try:
        act()
    except Exception as error:  # noqa: BLE001  a library that does not load is what is looked for
        log.failure(error)
        return False
    return True
