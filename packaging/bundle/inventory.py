"""What the bundle was made of: every package with its version, licence and licence texts.

Read from the tables that PyInstaller leaves, so nothing is listed that is not inside, and a file
whose origin is not known is told of.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path

INVENTORY = "inventory.json"
LICENCES = "licences"
#: Licences that a package's own description leaves out.
_UNSAID = {"sqlcipher3": "Zlib"}
_DEBIAN = Path("/usr/share/doc")
_TABLES = ("COLLECT-00.toc", "PYZ-00.toc")

#: Libraries that a package carries compiled in: what they are, their licence, and who carries them.
_INSIDE = (
    ("llama.cpp and ggml", "MIT", "llama_cpp_python"),
    ("Qt", "LGPL-3.0-only", "PySide6_Essentials"),
    ("SQLCipher", "BSD-3-Clause", "sqlcipher3"),
    ("SQLite", "blessing", "sqlcipher3"),
    ("OpenSSL", "Apache-2.0", "cryptography"),
    ("MuPDF", "AGPL-3.0-or-later", "pymupdf"),
    ("Tesseract OCR", "Apache-2.0", "pymupdf"),
    ("OpenBLAS", "BSD-3-Clause", "numpy"),
)


@dataclass(frozen=True)
class Component:
    """`origin` is "pypi", "deb", "python", or "inside" for what another one carries; `bytes` are
    those of its files outside the archive of modules; `texts` are the sources of its licences."""

    name: str
    version: str
    licence: str
    origin: str
    bytes: int = 0
    texts: tuple[str, ...] = field(default=(), compare=False)


def components(work: Path) -> list[Component]:
    """Everything in the bundle that PyInstaller made in this folder, by name."""
    sizes: dict[Component, int] = {}
    for source in _sources(work):
        origin = _origin_of(source)
        if origin is not None:
            sizes[origin] = sizes.get(origin, 0) + _size(source)
    found = [replace(component, bytes=size) for component, size in sizes.items()]
    carried = {component.name: component for component in found}
    for name, licence, carrier in _INSIDE:
        if (by := carried.get(carrier)) is not None:
            found.append(Component(name, f"as in {by.name} {by.version}", licence, "inside"))
    return sorted(found, key=lambda component: component.name.lower())


def write(found: Iterable[Component], program: Path) -> None:
    """The list beside the program, and every licence text in a folder of its package."""
    listed = []
    for component in found:
        listed.append({key: value for key, value in asdict(component).items() if key != "texts"})
        for number, text in enumerate(component.texts):
            folder = program / LICENCES / component.name
            folder.mkdir(parents=True, exist_ok=True)
            same = (folder / Path(text).name).exists()
            shutil.copyfile(text, folder / (f"{number}-" * same + Path(text).name))
    (program / INVENTORY).write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


def _sources(work: Path) -> Iterator[Path]:
    for table in _TABLES:
        for row in _rows(ast.literal_eval((work / table).read_text(encoding="utf-8"))):
            if Path(row[1]).is_absolute():
                yield Path(row[1])


def _rows(content: object) -> Iterator[tuple[str, str, str]]:
    """A table stands somewhere in what PyInstaller remembers of a step; a row has three texts."""
    if (
        isinstance(content, tuple)
        and len(content) == 3
        and all(isinstance(e, str) for e in content)
    ):
        yield content
    elif isinstance(content, (list, tuple)):
        for each in content:
            yield from _rows(each)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _origin_of(source: Path) -> Component | None:
    """The package that a file came from, None for our own."""
    if (owner := _owners().get(source)) is not None:
        return _from_pypi(owner)
    if source.is_relative_to("/usr") or source.is_relative_to("/lib"):
        return _from_debian(source)
    if source.is_relative_to(sys.base_prefix):
        version = ".".join(str(part) for part in sys.version_info[:3])
        return Component("Python", version, "PSF-2.0", "python", texts=_python_licence())
    return None


@cache
def _owners() -> dict[Path, Distribution]:
    return {
        Path(str(distribution.locate_file(file))): distribution
        for distribution in distributions()
        for file in distribution.files or ()
    }


@cache
def _from_pypi(distribution: Distribution) -> Component:
    about = distribution.metadata
    texts = [
        str(distribution.locate_file(file))
        for file in distribution.files or ()
        if "dist-info" in file.parts[0]
        and file.name.lower().startswith(("licen", "copying", "notice", "authors"))
    ]
    expression, plain = (
        "\n".join(about.get_all(field) or []) for field in ("License-Expression", "License")
    )
    licence = expression or _classified(about.get_all("Classifier") or [])
    licence = licence or plain.strip().partition("\n")[0][:80] or _UNSAID.get(about["Name"], "")
    return Component(about["Name"], distribution.version, licence, "pypi", texts=tuple(texts))


def _classified(classifiers: Iterable[str]) -> str:
    names = [text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License ::")]
    return ", ".join(name for name in names if name != "OSI Approved")


@cache
def _from_debian(source: Path) -> Component | None:
    real = source.resolve()
    # Debian 12 knows some libraries below /lib, which is a link to /usr/lib
    for path in (source, real, str(source).removeprefix("/usr"), str(real).removeprefix("/usr")):
        if package := _asked("dpkg-query", "-S", str(path)).partition(":")[0]:
            break
    else:
        return None
    version = _asked("dpkg-query", "-W", "-f", "${Version}\n", package).partition("\n")[0]
    text = _DEBIAN / package / "copyright"
    texts = (str(text),) if text.is_file() else ()
    return Component(package, version, "see its copyright file", "deb", texts=texts)


def _asked(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def _python_licence() -> tuple[str, ...]:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    text = Path(sys.base_prefix) / "lib" / version / "LICENSE.txt"
    return (str(text),) if text.is_file() else ()
