import json
import re
import stat
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from app import log
from app.domain.errors import StorageDenied
from app.domain.models.machine import Device, DeviceKind, Machine
from app.services.health.check import Check
from app.services.health.report import PACKAGES, Report, collect
from tests.habits import ROOT

DEVICE = Device("CUDA0", "NVIDIA H200", DeviceKind.GRAPHICS, 5, 6)
MACHINE = Machine((DEVICE,), 4, 2**33, 2**34, ("AVX2",))
CHECKS = [
    Check("memory", False, {"free": 0.5}),
    Check("chat-model", True, shown={"model": "Anna's model"}),
    Check("opening", False, {"code": log.Code("damaged-data"), "kind": KeyError}),
]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    folder = tmp_path / "data" / "log"
    folder.mkdir(parents=True)
    (folder / "larets.log").write_text("new")
    (folder / "larets.log.1").write_text("old")
    (folder / "letter.docx").write_text("no log")
    return collect(folder, MACHINE, CHECKS)


def test_it_holds_log_versions_hardware_and_checks(report: Report, tmp_path: Path) -> None:
    report.save(tmp_path / "report.zip")
    with zipfile.ZipFile(tmp_path / "report.zip") as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert held == {part.name: part.content for part in report.parts}
    assert set(held) == {
        "versions.json", "hardware.json", "checks.json", "log/larets.log", "log/larets.log.1",
    }  # fmt: skip
    assert held["log/larets.log"] == b"new"
    versions = json.loads(held["versions.json"])
    assert set(versions) == {"larets", "python", "packages"}
    assert versions["packages"]["msgspec"]
    hardware = json.loads(held["hardware.json"])
    assert (hardware["cores"], hardware["memory_total"]) == (4, 2**34)
    assert hardware["devices"][0]["description"] == "NVIDIA H200"


def test_checks_keep_what_may_be_sent(report: Report) -> None:
    checks = json.loads(next(p.content for p in report.parts if p.name == "checks.json"))
    assert checks == [
        {"name": "memory", "passed": False, "facts": {"free": "0.5"}},
        {"name": "chat-model", "passed": True, "facts": {}},
        {
            "name": "opening",
            "passed": False,
            "facts": {"code": "damaged-data", "kind": "KeyError"},
        },
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no permission bits")
def test_nobody_else_may_read_it(report: Report, tmp_path: Path) -> None:
    report.save(tmp_path / "report.zip")
    assert stat.S_IMODE((tmp_path / "report.zip").stat().st_mode) == 0o600
    with pytest.raises(StorageDenied):
        report.save(tmp_path / "no folder" / "report.zip")


def test_a_report_without_a_log_or_a_machine(tmp_path: Path) -> None:
    names = [part.name for part in collect(tmp_path / "none", None, []).parts]
    assert names == ["versions.json", "hardware.json", "checks.json"]


def test_every_package_that_the_program_needs_is_asked_for_its_version() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*needed["dependencies"], *needed["optional-dependencies"]["cuda"]]
    names = {re.split(r"[<>=; ]", line)[0] for line in lines}
    assert set(PACKAGES) == names
