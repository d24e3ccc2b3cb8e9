"""The file of figures that a worker keeps for monitoring."""

import errno
import os
import re
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.domain.department import DepartmentStatus, Queue
from app.domain.errors import DepartmentUnreachable, StorageDenied
from app.services.department.worker_metrics import WorkerMetrics, text

LINE = re.compile(r"larets_[a-z_]+ [0-9.]+")


def status() -> DepartmentStatus:
    collections = tuple(SimpleNamespace(passages=passages) for passages in (40, 2))
    return cast(
        DepartmentStatus,
        SimpleNamespace(queue=Queue(3, 1, 2, 61.25), workers=2, people=("a", "b"),
                        collections=collections, size=9_000_000),
    )  # fmt: skip


def away() -> DepartmentStatus:
    raise DepartmentUnreachable(server="server.local")


def test_it_has_the_form_that_prometheus_reads(tmp_path: Path) -> None:
    path = tmp_path / "larets.prom"
    WorkerMetrics(path, status).tell(7, 1)
    lines = path.read_text().splitlines()
    told = [line for line in lines if not line.startswith("#")]
    assert all(LINE.fullmatch(line) for line in told)
    assert {"larets_documents_read_total 7", "larets_documents_failed_total 1",
            "larets_queue_waiting 3", "larets_queue_oldest_seconds 61.2", "larets_passages 42",
            "larets_up 1"} <= set(told)  # fmt: skip
    assert sum(line.startswith("# TYPE") for line in lines) == len(told)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_server_that_is_away_is_told(tmp_path: Path) -> None:
    path = tmp_path / "larets.prom"
    WorkerMetrics(path, away).tell(7, 1)
    assert "larets_up 0\n" in path.read_text()
    assert "queue" not in path.read_text()


def test_it_is_not_written_for_every_batch(tmp_path: Path) -> None:
    path = tmp_path / "larets.prom"
    figures = WorkerMetrics(path, status)
    figures.tell(1, 0)
    figures.tell(2, 0)
    assert "read_total 1\n" in path.read_text()


def test_a_folder_that_cannot_be_written_is_an_error_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "refused")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StorageDenied):
        WorkerMetrics(tmp_path / "larets.prom", status).tell(0, 0)


def test_nobody_asked_for_it(tmp_path: Path) -> None:
    def asked() -> Any:
        pytest.fail("the server is not asked")

    WorkerMetrics(None, asked).tell(0, 0)
    assert text({}) == "\n"
