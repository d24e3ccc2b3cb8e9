"""What the bundle holds beside the modules that PyInstaller finds, and what is left out."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from PyInstaller.depend.bindepend import get_imports
from PyInstaller.utils.hooks import collect_submodules, copy_metadata

from app.services.health.report import PACKAGES

Entry = tuple[str, str, str]  # place in the bundle, source, kind: a row of PyInstaller's tables

ROOT = Path(__file__).resolve().parents[2]

#: Modules that some library would use if it were there, and Larets never does.
EXCLUDED = [
    "tkinter", "IPython", "matplotlib",  # drawing and shells of pyqtgraph and torch
    "pytest", "_pytest", "py", "hypothesis", "mypy", "setuptools", "pip",  # tools of the workshop
    "torch.utils.tensorboard", "hf_xet",  # reports to a browser, downloads
    "PySide6.QtTest", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtNetwork",
    "langchain_core", "llama_index", "app.bench.peers",  # peers that `larets bench` measures
    "bitsandbytes",  # 125 MB for NVIDIA cards alone
]  # fmt: skip

#: Packages of the second part, which lies beside the program and may be left out: torch, what
#: trains and what computes with models that llama.cpp does not know. They lie there as bytecode.
TRAINING = (
    "torch", "torchgen", "functorch", "transformers", "sentence_transformers", "peft", "accelerate",
    "scipy", "sklearn", "scikit_learn", "joblib", "threadpoolctl", "sympy", "mpmath", "networkx",
    "huggingface_hub", "regex", "fsspec", "narwhals",
)  # fmt: skip

#: Those that read their own source: transformers looks for its files, torch compiles its functions.
#: They keep it beside the bytecode, which the models of transformers, of which two are used at a
#: time, go without.
READ_AS_SOURCE = ("torch", "transformers")

#: Parts of the bundle's folders that are tests, headers, tools, or drivers of screens and networks
#: that no laptop has.
_LEFT_OUT = (
    "torch/test/", "torch/include/", "torch/share/",
    "torch/lib/libtorchbind_test", "torch/lib/libjitbackend_test", "torch/lib/libaoti_custom_ops",
    "torch/lib/libbackend_with_compiler",
    "PySide6/Qt/plugins/egldeviceintegrations/", "PySide6/Qt/plugins/generic/",
    "PySide6/Qt/plugins/networkinformation/", "PySide6/Qt/plugins/tls/",
    "PySide6/Qt/plugins/platforms/libqeglfs", "PySide6/Qt/plugins/platforms/libqlinuxfb",
    "PySide6/Qt/plugins/platforms/libqvnc", "PySide6/Qt/plugins/platforms/libqvkkhrdisplay",
    "PySide6/Qt/plugins/platforms/libqminimal", "PySide6/Qt/plugins/platformthemes/libqgtk3",
    "resources/i18n/larets_ru.ts",
    "pytest", "hypothesis-", "bitsandbytes-", "pyinstaller",
)  # fmt: skip
#: Of torch's programs, tests for the most part, it looks for one when it is imported.
_TORCH_PROGRAMS, _MANAGER = "torch/bin/", "/torch_shm_manager"
#: Qt's own texts, for the languages of the program alone.
_TRANSLATIONS = "PySide6/Qt/translations/"
_LANGUAGES = ("qtbase_ru", "qtbase_en", "qt_ru", "qt_en")

#: How PyInstaller's tables name a link to another file of the bundle.
_LINK = "SYMLINK"

#: Where build.py has unpacked the llama.cpp that goes in.
LLAMA = "LARETS_BUNDLE_LLAMA"


def search_path() -> list[str]:
    """The chosen llama.cpp before the one that is installed."""
    return [os.environ[LLAMA], str(ROOT)]


def data() -> list[tuple[str, str]]:
    found = [(str(ROOT / "resources"), "resources")]
    for package in PACKAGES:  # the report of `doctor` names their versions
        if package != "bitsandbytes":
            found += copy_metadata(package)
    return found


def binaries() -> list[tuple[str, str]]:
    """llama.cpp loads its backends itself, so no table of imports names them."""
    folder = Path(os.environ[LLAMA]) / "llama_cpp" / "lib"
    found = [(str(file), "llama_cpp/lib") for file in sorted(folder.iterdir()) if file.is_file()]
    for file in sorted(folder.glob("backends/*/*")):
        found.append((str(file), f"llama_cpp/lib/backends/{file.parent.name}"))
    return found


def hidden_imports() -> list[str]:
    """Readers, migrations and commands are imported by name; so is what speaks to PostgreSQL."""
    found: list[str] = collect_submodules("app", filter=lambda name: name not in EXCLUDED)
    named = ("sqlalchemy.dialects.postgresql.psycopg", "psycopg_binary._psycopg")
    return [*found, *named, *collect_submodules("psycopg")]


def is_training(name: str) -> bool:
    """Whether what lies under that name at the top of the bundle belongs to the second part: a
    package, its libraries ("scipy.libs") or what is told of it ("torch-2.13.0.dist-info")."""
    return re.split(r"[.-]", name, maxsplit=1)[0] in TRAINING


def kept(binaries: Iterable[Entry], data: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Both tables without what is left out, nor the libraries that only that needed."""
    binaries = [row for row in binaries if _stays(row[0])]
    return list(_without_orphans(binaries)), [row for row in data if _stays(row[0])]


def _stays(place: str) -> bool:
    place = PurePosixPath(*Path(place).parts).as_posix()
    if place.startswith(_TRANSLATIONS):
        return PurePosixPath(place).name.startswith(_LANGUAGES)
    if place.startswith(_TORCH_PROGRAMS):
        return place.endswith(_MANAGER)
    return not place.startswith(_LEFT_OUT) and not _is_second_llama(place)


def _is_second_llama(place: str) -> bool:
    """The tables of imports find llama.cpp's libraries once more, in the environment."""
    return place.startswith(("libggml", "libllama", "libmtmd"))


def _without_orphans(binaries: Sequence[Entry]) -> list[Entry]:
    """Without libraries of the system that no other file of the table asks for."""
    if sys.platform != "linux":
        return list(binaries)
    links = {row[0] for row in binaries if row[2] == _LINK}
    asked = {
        row[0]: set() if row[0] in links else {name for name, _path in get_imports(row[1])}
        for row in binaries
    }
    kept = list(binaries)
    while True:
        wanted = {name for row in kept for name in asked[row[0]]}
        fewer = [row for row in kept if not _is_library(row) or Path(row[0]).name in wanted]
        if len(fewer) == len(kept):
            return kept
        kept = fewer


def _is_library(row: Entry) -> bool:
    """One that was found on this system because another needs it; Python's own stays."""
    place = Path(row[0])
    return place.parent == Path() and ".so" in place.name and not _is_python(place.name)


def _is_python(name: str) -> bool:
    return name.startswith("libpython") or "cpython" in name or "abi3" in name
