"""What a worker tells of itself and of the queue, in a file that the department's monitoring reads.

No port is opened for it: the file has Prometheus' text form, and its node exporter gives it out
with its own figures (https://github.com/prometheus/node_exporter#textfile-collector). No name of a
document, a collection or a person stands in it.
"""

import time
from collections.abc import Callable
from pathlib import Path

from app.domain.department import DepartmentStatus
from app.domain.errors import DepartmentError
from app.store import files

#: Seconds between two looks at the server.
_EVERY = 15.0
_HEAD = {
    "up": "Whether the server answers",
    "documents_read": "Documents that this worker has read",
    "documents_failed": "Documents that this worker could not read",
    "queue_waiting": "Documents that wait for a worker",
    "queue_reading": "Documents that are being read",
    "queue_failed": "Documents that could not be read",
    "queue_oldest_seconds": "How long the first of those has waited",
    "workers": "Workers that are connected",
    "people": "People who have joined",
    "collections": "Collections that this profile reads",
    "passages": "Passages in them",
    "database_bytes": "Size of the whole database",
}
_COUNTERS = ("documents_read", "documents_failed")


class WorkerMetrics:
    """`look` asks the server; nobody is asked and nothing written where there is no `path`."""

    def __init__(self, path: Path | None, look: Callable[[], DepartmentStatus]) -> None:
        self._path, self._look = path, look
        self._due = 0.0

    def tell(self, read: int, failed: int) -> None:
        """Write the file anew where that is due: what was read and what could not be, since this
        worker began. `StorageDenied`, `StorageFull`."""
        now = time.monotonic()
        if self._path is None or now < self._due:
            return
        self._due = now + _EVERY
        counted: dict[str, float] = {"documents_read": read, "documents_failed": failed}
        try:
            figures = counted | {"up": 1} | _of(self._look())
        except DepartmentError:
            figures = counted | {"up": 0}
        _write(self._path, text(figures))


def _of(found: DepartmentStatus) -> dict[str, float]:
    queue = found.queue
    return {
        "queue_waiting": queue.waiting,
        "queue_reading": queue.reading,
        "queue_failed": queue.failed,
        "queue_oldest_seconds": round(queue.oldest, 1),
        "workers": found.workers,
        "people": len(found.people),
        "collections": len(found.collections),
        "passages": sum(each.passages for each in found.collections),
        "database_bytes": found.size,
    }


def text(figures: dict[str, float]) -> str:
    """In Prometheus' text form: https://prometheus.io/docs/instrumenting/exposition_formats/."""
    lines = []
    for name, told in _HEAD.items():
        if name in figures:
            counter = name in _COUNTERS
            full = f"larets_{name}_total" if counter else f"larets_{name}"
            kind = "counter" if counter else "gauge"
            lines += [f"# HELP {full} {told}", f"# TYPE {full} {kind}", f"{full} {figures[name]}"]
    return "\n".join(lines) + "\n"


def _write(path: Path, content: str) -> None:
    """Whole or not at all, and for everybody to read: the exporter is another user."""
    files.replace_lightly(path, content.encode())
    path.chmod(0o644)
