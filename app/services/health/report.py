"""The report that can be sent to a stranger: log, versions, hardware and checks in one ZIP file.

It holds nothing that a user wrote, no name of a document or a profile, and no path.
"""

import io
import json
import platform
import re
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app import __version__, log
from app.domain.models.machine import Machine
from app.services.health.check import Check
from app.store.files import save_for_user

#: What the program is built on, as it is installed.
PACKAGES = (
    "PySide6-Essentials", "llama-cpp-python", "gguf", "torch", "transformers",
    "sentence-transformers", "peft", "accelerate", "numpy", "pyqtgraph", "SQLAlchemy", "pg8000",
    "psycopg", "psycopg-binary",
    "sqlcipher3", "alembic", "sqlglot", "usearch", "cryptography", "PyMuPDF", "pillow",
    "python-docx", "python-pptx", "xlrd", "olefile", "python-oxmsg", "msoffcrypto-tool",
    "tnefparse", "compressed-rtf", "lxml", "openpyxl", "defusedxml",
    "markdown-it-py", "Pygments", "Jinja2", "charset-normalizer", "snowballstemmer", "PyStemmer",
    "rapidfuzz", "msgspec", "psutil", "platformdirs", "filelock", "zxcvbn", "safetensors",
    "starlette", "uvicorn", "python-multipart", "mcp", "httpx2", "bitsandbytes",
)  # fmt: skip
_PLAIN = re.compile(r"[\w .,:;()+@/#~-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A file inside the report."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """What a report holds, before anything is written."""

    parts: tuple[ReportPart, ...]

    def save(self, path: Path) -> None:
        """Write it as a ZIP file that its owner alone may read, whole or not at all.
        `StorageDenied`, `StorageFull`."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in self.parts:
                archive.writestr(part.name, part.content)
        save_for_user(path, packed.getvalue())


def collect(log_folder: Path, machine: Machine | None, checks: Sequence[Check]) -> Report:
    """The report as of now; `machine` is None where the computer could not be asked."""
    parts = [
        ReportPart("versions.json", _json(_versions())),
        ReportPart("hardware.json", _json(_hardware(machine))),
        ReportPart("checks.json", _json([_check(check) for check in checks])),
    ]
    return Report((*parts, *_logs(log_folder)))


def _logs(folder: Path) -> list[ReportPart]:
    try:
        found = sorted(folder.glob(f"{log.NAME}*"))
        return [ReportPart(f"log/{file.name}", file.read_bytes()) for file in found]
    except OSError:  # rotated away this moment, or not to be read: the rest is worth sending
        return []


def _versions() -> dict[str, object]:
    packages = {name: found for name in PACKAGES if (found := _installed(name))}
    return {"larets": __version__, "python": platform.python_version(), "packages": packages}


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _hardware(machine: Machine | None) -> dict[str, object]:
    """The kinds of things, not the computer's name."""
    told: dict[str, object] = {
        "system": sys.platform,
        "release": _plain(platform.release()),
        "machine": _plain(platform.machine()),
    }
    if machine:
        devices = [{**asdict(device), "description": _plain(device.description)}
                   for device in machine.devices]  # fmt: skip
        told |= {**asdict(machine), "devices": devices}
    return told


def _check(check: Check) -> dict[str, object]:
    facts = {name: log.written(fact) for name, fact in check.facts.items()}
    return {"name": check.name, "passed": check.passed, "facts": facts}


def _plain(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else ""


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1).encode("ascii")
