"""The bootstrap: what it says is missing, when it installs again, which wheel it takes."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import bootstrap
import pytest
import python_env
import system_check
from python_env import InstallError, Venv
from system_check import SystemLacksError


@pytest.fixture
def venv(tmp_path: Path) -> Venv:
    """A folder that looks like a virtual environment with a Python in it."""
    venv = Venv(tmp_path / ".venv")
    venv.python.parent.mkdir(parents=True)
    venv.python.write_text("")
    return venv


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian with apt-get, without one library of Qt and without a compiler; no CI."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_check, "_loads", lambda name: name != "libxcb-cursor.so.0")
    monkeypatch.setattr(system_check, "has_compiler", lambda: False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.delenv("CI", raising=False)


@pytest.mark.usefixtures("bare_machine")
def test_one_apt_line_names_all_that_is_missing() -> None:
    with pytest.raises(SystemLacksError, match=r"sudo apt-get install -y libxcb-cursor0 g\+\+$"):
        system_check.ensure(window=True, test=False, compiler=True)


@pytest.mark.usefixtures("bare_machine")
def test_without_a_window_its_libraries_are_not_asked_for() -> None:
    system_check.ensure(window=False, test=False, compiler=False)


@pytest.mark.usefixtures("bare_machine")
def test_checks_run_on_without_a_library(capsys: pytest.CaptureFixture[str]) -> None:
    system_check.ensure(window=True, test=True, compiler=False)
    assert "sudo apt-get install -y libxcb-cursor0" in capsys.readouterr().out


@pytest.mark.usefixtures("bare_machine")
def test_checks_want_a_virtual_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    packages = system_check.missing_packages(window=False, test=True, compiler=False)
    programs = ["xvfb", "openbox", "xdotool", "dbus-daemon"]
    assert packages == [*programs, "at-spi2-core", "gir1.2-atspi-2.0", "python3-gi"]


@pytest.mark.usefixtures("bare_machine")
def test_root_in_ci_installs_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def note(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        monkeypatch.setattr(system_check, "_loads", lambda _name: True)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(subprocess, "run", note)
    system_check.ensure(window=True, test=False, compiler=False)
    assert [command[1] for command in commands] == ["update", "install"]
    assert commands[1][-1] == "libxcb-cursor0"


def test_windows_is_told_about_build_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(system_check, "has_compiler", lambda: False)
    with pytest.raises(SystemLacksError, match="Visual Studio Build Tools"):
        system_check.ensure(window=True, test=True, compiler=True)


def test_full_disk_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(SystemLacksError, match=r"GB free, about 1000000 GB are needed"):
        system_check.check_space(tmp_path, needed=10**15)


def test_old_python_is_refused() -> None:
    with pytest.raises(SystemLacksError, match=r"this is Python 3\.10"):
        bootstrap.check_python((3, 10))


def test_stamp_says_what_is_installed(venv: Venv) -> None:
    assert not python_env.is_current(venv, "state", "")
    python_env.write_stamp(venv, "state", "")
    assert python_env.is_current(venv, "state", "")
    assert not python_env.is_current(venv, "other state", "")
    assert not python_env.is_current(venv, "state", "test")


def test_test_installation_serves_to_run(venv: Venv) -> None:
    python_env.write_stamp(venv, "state", "test")
    assert python_env.is_current(venv, "state", "")


def test_stamp_without_a_python_is_worth_nothing(venv: Venv) -> None:
    python_env.write_stamp(venv, "state", "")
    venv.python.unlink()
    assert not python_env.is_current(venv, "state", "")


def test_state_follows_the_files_the_gpu_and_the_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("llama_cpp_python==1.2\n")
    monkeypatch.setattr(python_env, "CONSTRAINTS", constraints)
    states = [
        python_env.wanted_state(gpu=False, wheel_key="a"),
        python_env.wanted_state(gpu=True, wheel_key="a"),
        python_env.wanted_state(gpu=False, wheel_key="b"),
    ]
    constraints.write_text("llama_cpp_python==1.3\n")
    states.append(python_env.wanted_state(gpu=False, wheel_key="a"))
    assert len(set(states)) == 4


def test_wheel_key_separates_versions_options_and_processors() -> None:
    key = python_env.wheel_key("0.3.36", "-DGGML_CUDA=ON", "avx2")
    assert key.startswith("llama_cpp_python-0.3.36-cp3")
    assert key == python_env.wheel_key("0.3.36", "-DGGML_CUDA=ON", "avx2")
    others = {
        python_env.wheel_key("0.3.37", "-DGGML_CUDA=ON", "avx2"),
        python_env.wheel_key("0.3.36", "", "avx2"),
        python_env.wheel_key("0.3.36", "-DGGML_CUDA=ON", "avx512f"),
    }
    assert len(others | {key}) == 4


def test_users_cmake_options_have_the_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMAKE_ARGS", "-DGGML_VULKAN=ON")
    arguments = python_env.cmake_arguments()
    assert "-DLLAMA_CURL=OFF" in arguments
    assert arguments.endswith("-DGGML_VULKAN=ON")


def test_portable_build_does_not_depend_on_the_processor() -> None:
    built_for = python_env.processor_features("-DGGML_NATIVE=OFF")
    assert built_for == f"{sys.platform} {platform.machine()}"


def test_cached_wheel_is_not_compiled_again(
    venv: Venv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LARETS_CACHE", str(tmp_path))
    wheel = tmp_path / "key" / "llama.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"")
    monkeypatch.setattr(python_env, "pip", None)
    assert python_env.build_wheel(venv, "key", "") == wheel


def test_interrupted_build_leaves_no_wheel(
    venv: Venv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_venv: Venv, arguments: list[str], *_rest: object) -> None:
        Path(arguments[arguments.index("-w") + 1], "half.whl").write_bytes(b"")
        raise KeyboardInterrupt

    monkeypatch.setenv("LARETS_CACHE", str(tmp_path))
    monkeypatch.setattr(python_env, "pip", interrupt)
    with pytest.raises(KeyboardInterrupt):
        python_env.build_wheel(venv, "key", "")
    assert python_env.cached_wheel("key") is None


def test_an_extra_brings_those_that_it_takes_in_but_never_llama_cpp() -> None:
    wanted = python_env.wanted_packages(["test"])
    assert "pytest>=9" in wanted
    assert "pyinstaller>=6.22" in wanted
    assert not [each for each in wanted if each.startswith(("llama", "larets"))]
    assert len(python_env.wanted_packages([])) < len(wanted)


def test_half_installed_package_is_removed(venv: Venv) -> None:
    libraries = venv.folder / "lib" / "python3.11" / "site-packages"
    whole, half = libraries / "whole-1.dist-info", libraries / "half-1.dist-info"
    for info in (whole, half):
        info.mkdir(parents=True)
        (info / "METADATA").write_text("")
    (whole / "RECORD").write_text("")
    python_env.mend(venv)
    assert list(libraries.iterdir()) == [whole]


def test_failure_shows_its_last_lines_and_the_log(tmp_path: Path) -> None:
    script = "print('first'); print('ERROR: no such version'); raise SystemExit(1)"
    with pytest.raises(
        InstallError, match=r"ERROR: no such version\nThe whole log: .*install\.log"
    ):
        python_env.run_logged([sys.executable, "-c", script], tmp_path / "logs")


def test_arguments_of_the_application_are_passed_on() -> None:
    arguments, rest = bootstrap.parser().parse_known_args(
        ["run", "--small", "--profile-demo", "--", "ask", "Что такое ларец?"]
    )
    assert arguments.small
    assert not arguments.no_window
    assert [word for word in rest if word != "--"] == ["--profile-demo", "ask", "Что такое ларец?"]


def test_no_test_runs_when_a_check_fails(monkeypatch: pytest.MonkeyPatch, venv: Venv) -> None:
    ran: list[str] = []

    def check(_venv: Venv, title: str, _command: list[str]) -> int:
        ran.append(title)
        return 3 if title == "mypy" else 0

    def tests(_venv: Venv, _chosen: Sequence[str]) -> int:
        ran.append("pytest")
        return 0

    monkeypatch.setattr(bootstrap, "prepare", lambda **_options: venv)
    monkeypatch.setattr(bootstrap, "run_check", check)
    monkeypatch.setattr(bootstrap, "run_tests", tests)
    assert bootstrap.main(["test"]) == 3
    assert sorted(ran) == ["lint-imports", "mypy", "ruff check", "ruff format"]


@pytest.mark.parametrize(("arguments", "chosen"), [([], ()), (["--quick"], bootstrap.QUICK)])
def test_the_quick_lane_leaves_out_what_is_slow(
    monkeypatch: pytest.MonkeyPatch, venv: Venv, arguments: list[str], chosen: Sequence[str]
) -> None:
    given: list[Sequence[str]] = []

    def tests(_venv: Venv, chosen: Sequence[str]) -> int:
        given.append(chosen)
        return 5

    monkeypatch.setattr(bootstrap, "prepare", lambda **_options: venv)
    monkeypatch.setattr(bootstrap, "run_check", lambda *_: 0)
    monkeypatch.setattr(bootstrap, "run_tests", tests)
    assert bootstrap.main(["test", *arguments]) == 5
    assert given == [chosen]


def test_a_failing_check_shows_what_it_said(
    venv: Venv, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Venv, "program", lambda _, name: Path(sys.executable))
    said = ["python", "-c", "print('two errors'); raise SystemExit(4)"]
    assert bootstrap.run_check(venv, "mypy", said) == 4
    assert "two errors\n── mypy failed with exit code 4" in capfd.readouterr().out
