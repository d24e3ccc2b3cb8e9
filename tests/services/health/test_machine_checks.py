import sys
from collections import namedtuple
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from app import offline, paths
from app.domain.models.machine import Device, DeviceKind, Machine
from app.processes import native_sockets, private
from app.services.health import machine_checks
from app.services.health.check import Check, CheckWording
from app.services.health.machine_checks import MachineChecks
from tests.conftest import is_root

RESOURCES = paths.find().resources
MACHINE = Machine((), 4, 2**33, 2**34)


def kit_of(folder: Path) -> Path:
    (folder / "model").mkdir(parents=True)
    (folder / "model" / "model.json").write_text("{}")
    return folder


@pytest.fixture
def found(tmp_path: Path) -> paths.Paths:
    """Nothing there but a kit."""
    return paths.Paths(tmp_path / "none" / "data", kit_of(tmp_path / "kit"), RESOURCES)


@pytest.fixture(autouse=True)
def _much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    memory(monkeypatch, 8)


def memory(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    form = namedtuple("form", "available total")
    monkeypatch.setattr("psutil.virtual_memory", lambda: form(free << 30, 16 << 30))


def checks(found: paths.Paths) -> dict[str, Check]:
    return {check.name: check for check in MachineChecks(found, lambda: MACHINE).run()}


@pytest.mark.usefixtures("begun_process")
def test_a_computer_on_which_nothing_was_done_yet(
    found: paths.Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.documents.pictures.ocr.data_folder", lambda: Path("there"))
    looked = checks(found)
    (isolation,) = {"isolation", "no-isolation"} & looked.keys()
    assert list(looked) == [
        "system", "data-folder", "permissions", "leftovers", "disk-space", "memory", "sockets",
        "network", "native-sockets", isolation, "private-memory", "libraries",
        "training-part", "computing", "no-graphics-built", "text-recognition", "models-kit",
    ]  # fmt: skip
    assert all(check.passed for check in looked.values()), looked
    assert not found.data.parent.exists(), "looking makes nothing"


def test_which_code_computes_is_told(found: paths.Paths) -> None:
    card = Device("Vulkan0", "A card", DeviceKind.GRAPHICS, 2**30, 2**31)
    machine = replace(MACHINE, variant="haswell", features=("AVX2",), graphics_built=True)
    for devices, graphics in (((), "no-graphics"), ((card,), "graphics")):
        here = replace(machine, devices=devices)
        looked = {each.name: each for each in MachineChecks(found, partial(replace, here)).run()}
        assert looked["computing-variant"].shown["variant"] == "haswell"
        assert graphics in looked


@pytest.mark.parametrize("kept", [True, False, None])
def test_what_a_process_gave_up_or_cannot(
    found: paths.Paths, monkeypatch: pytest.MonkeyPatch, kept: bool | None
) -> None:
    monkeypatch.setattr(native_sockets, "refused", lambda: kept)
    monkeypatch.setattr(private, "kept", lambda: kept)
    looked = checks(found)
    names = ("native-sockets", "private-memory")
    if kept is None:
        names = ("no-native-filter", "no-private-memory")
    assert [looked[name].passed for name in names] == [kept is not False] * 2


@pytest.mark.skipif(sys.platform == "win32", reason="no permission bits")
@pytest.mark.parametrize(("mode", "well"), [(0o700, True), (0o755, True), (0o777, False)])
def test_a_folder_that_others_may_change(found: paths.Paths, mode: int, well: bool) -> None:
    found.data.mkdir(parents=True)
    found.data.chmod(mode)
    check = checks(found)["permissions"]
    assert (check.passed, check.facts["mode"]) == (well, int(f"{mode:o}"))


def test_a_file_in_the_place_of_the_folder(found: paths.Paths) -> None:
    found.data.parent.mkdir()
    found.data.write_text("")
    assert not checks(found)["data-folder"].passed


@pytest.mark.skipif(is_root(), reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to(found: paths.Paths) -> None:
    found.data.mkdir(parents=True)
    found.data.chmod(0o500)
    assert not checks(found)["data-folder"].passed


def test_little_space_and_memory(found: paths.Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1 << 40, 0, 1 << 29))
    memory(monkeypatch, 0)
    looked = checks(found)
    assert not looked["disk-space"].passed
    assert looked["disk-space"].facts == {"free": 0.5}
    assert not looked["memory"].passed


def test_an_open_network_is_told(found: paths.Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks(found)["network"].passed
    monkeypatch.setattr(offline, "_guarded", [])
    assert not checks(found)["network"].passed


def test_libraries_that_do_not_load_are_named(
    found: paths.Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> Machine:
        raise OSError("no such library")

    monkeypatch.setattr(machine_checks, "_FOUND", ("torch", "nothing_like_it"))
    check = {check.name: check for check in MachineChecks(found, refuse).run()}["libraries"]
    assert not check.passed
    assert check.shown == {"missing": "llama_cpp, nothing_like_it"}
    assert check.facts["sqlcipher3"] is True


def test_missing_models_and_data_for_recognition(
    found: paths.Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.documents.pictures.ocr.data_folder", lambda: None)
    (found.kit / "model" / "model.json").unlink()
    looked = checks(found)
    assert not looked["text-recognition"].passed
    assert not looked["models-kit"].passed
    kit_of(found.models)
    assert checks(found)["models-kit"].facts == {"kit": 0, "own": 1}


def test_a_look_that_fails_is_a_check_that_failed(
    found: paths.Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise PermissionError("secret")

    monkeypatch.setattr("shutil.disk_usage", fail)
    check = checks(found)["disk-space"]
    assert (check.passed, check.facts) == (False, {"kind": PermissionError})
    words = CheckWording(RESOURCES, "en").of(check)
    assert words.title == "Disk space"
    assert words.fact == "This could not be checked (PermissionError)."
    assert words.remedy
