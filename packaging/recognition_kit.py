"""Lay out the data that scans are recognised with: from this system, else out of Debian's packages.

Nothing is installed and no root is needed: a package is downloaded and unpacked as an archive.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import system_check
from models_kit import models_folder, sha256_of

KNOWN_DATA = Path(__file__).resolve().parent.parent / "resources" / "recognition.toml"
FOLDER = "tessdata"
SYSTEM = Path("/usr/share/tesseract-ocr")  # Debian; one folder a version below it
_INSIDE = "usr/share/tesseract-ocr/*/tessdata"


@dataclass(frozen=True)
class Language:
    """One file of recognition.toml; `size` in bytes."""

    package: str
    file: str
    size: int
    sha256: str
    licence: str

    def is_at(self, path: Path) -> bool:
        """Whether this very file lies there."""
        same_size = path.is_file() and path.stat().st_size == self.size
        return same_size and sha256_of(path) == self.sha256


Fetch = Callable[[str, Path], bool]  # (package, folder) → whether its .deb lies in the folder


def read_languages(path: Path = KNOWN_DATA) -> list[Language]:
    import tomllib  # here, so that an old Python still reaches the message about its version

    tables = tomllib.loads(path.read_text(encoding="utf-8"))["language"]
    return [Language(**table) for table in tables]


def fetch_with_apt(package: str, folder: Path) -> bool:
    """Download one package; where CI runs as root, after a look at what there is."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return False
    download = ["apt-get", "download", "-q", package]
    if _run(download, folder):
        return True
    return (
        system_check.may_install()
        and _run(["apt-get", "update", "-q"], folder)
        and _run(download, folder)
    )


def _run(command: Sequence[str], folder: Path) -> bool:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return done.returncode == 0


def lay_out(
    language: Language, to: Path, system: Path = SYSTEM, fetch: Fetch = fetch_with_apt
) -> bool:
    """Put the file into the folder `to`, unless it lies there; whether it does now."""
    if language.is_at(to / language.file):
        return True
    installed = list(system.glob(f"*/tessdata/{language.file}"))
    if any(_copied(language, path, to) for path in installed):
        return True
    with tempfile.TemporaryDirectory() as scratch:
        found = _unpacked(language, Path(scratch), fetch)
        return any(_copied(language, path, to) for path in found)


def _unpacked(language: Language, scratch: Path, fetch: Fetch) -> list[Path]:
    if not fetch(language.package, scratch):
        return []
    for archive in scratch.glob("*.deb"):
        _run(["dpkg-deb", "-x", str(archive), str(scratch)], scratch)
    return list(scratch.glob(f"{_INSIDE}/{language.file}"))


def _copied(language: Language, source: Path, to: Path) -> bool:
    """Copy what is the file that we know; it appears only when it is whole."""
    if not language.is_at(source):
        return False
    to.mkdir(parents=True, exist_ok=True)
    part = to / f"{language.file}.part"
    shutil.copyfile(source, part)
    part.replace(to / language.file)
    return True


def make(models: Path | None = None, fetch: Fetch = fetch_with_apt, system: Path = SYSTEM) -> bool:
    """All languages, told on the terminal; without them Larets works, but reads no scans."""
    to = (models or models_folder()) / FOLDER
    missing = [each for each in read_languages() if not lay_out(each, to, system, fetch)]
    if not missing:
        print("Text recognition: ready", flush=True)
        return True
    packages = " ".join(each.package for each in missing)
    print(
        f"Text recognition: no data found, so scans will not be recognised. On Debian and Ubuntu\n"
        f"  sudo apt-get install {packages}\n"
        f"and the same command again mends that; elsewhere put "
        f"{' and '.join(each.file for each in missing)} into\n  {to}",
        flush=True,
    )
    return False


if __name__ == "__main__":
    sys.exit(0 if make() else 1)
