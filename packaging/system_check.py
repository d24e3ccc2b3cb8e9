"""What the machine itself must bring: libraries, a compiler, disk space; and what it may: a GPU.

Knows package names of Debian and Ubuntu; elsewhere it names the missing things themselves.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

GIGABYTE = 1_000_000_000
NEEDED_SPACE = 6 * GIGABYTE  # .venv 2, starter model 1.1 and as much while it is put together, e5

# What `ldd` lists for QtGui and QtWidgets of PySide6 6.11 and a bare Debian lacks.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgthread-2.0.so.0": "libglib2.0-0",
}

# The same for libQt6XcbQpa, the part of Qt that opens windows.
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}

OTHER_LIBRARIES = {"libgomp.so.1": "libgomp1"}  # llama.cpp computes with OpenMP

# A tour leads the window with mouse and keys on a virtual screen.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus-daemon",
}

# It reads what a screen reader is told by libatspi, whose bindings belong to the system's Python.
SYSTEM_PYTHON = "/usr/bin/python3"
BINDINGS = ["at-spi2-core", "gir1.2-atspi-2.0", "python3-gi"]
_IMPORT = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"


class SystemLacksError(Exception):
    """Something that only the owner of the machine can add; the text says how."""


def missing_libraries(libraries: Iterable[str]) -> list[str]:
    """Those that the dynamic loader cannot open."""
    return [name for name in libraries if not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing_packages(*, window: bool, test: bool, compiler: bool) -> list[str]:
    """Debian packages that this machine still needs on Linux, in a stable order."""
    libraries = {**QT_LIBRARIES, **OTHER_LIBRARIES, **(WINDOW_LIBRARIES if window else {})}
    packages = [libraries[name] for name in missing_libraries(libraries)]
    if test:
        packages += missing_for_tours()
    if compiler and not has_compiler():
        packages.append("g++")
    if importlib.util.find_spec("ensurepip") is None:  # Debian takes it out of python3
        packages.append("python3-venv")
    return packages


def missing_for_tours() -> list[str]:
    """Packages of a test that leads the window on a virtual screen."""
    missing = [package for name, package in TEST_PROGRAMS.items() if not shutil.which(name)]
    return missing if _has_bindings() else missing + BINDINGS


def _has_bindings() -> bool:
    command = [SYSTEM_PYTHON, "-c", _IMPORT]
    if shutil.which(SYSTEM_PYTHON) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def apt_line(packages: Sequence[str]) -> str:
    return "sudo apt-get install -y " + " ".join(packages)


def ensure(*, window: bool, test: bool, compiler: bool) -> None:
    """Make sure that the machine has what is needed, or say what it lacks.

    In CI, where root runs us, the missing packages are installed; a person is shown the line.
    """
    if sys.platform != "linux":
        if compiler and not has_compiler():
            raise SystemLacksError(compiler_advice())
        return
    needs = {"window": window, "test": test, "compiler": compiler}
    packages = missing_packages(**needs)
    if packages and may_install():
        apt_install(packages)
        packages = missing_packages(**needs)
    if packages:
        _complain(packages, test=test)


def _complain(packages: Sequence[str], *, test: bool) -> None:
    """Stop, unless only some tests would miss the packages: those tests say so themselves."""
    if shutil.which("apt-get"):
        advice = (
            f"This machine lacks a few system packages. Install them with:\n  {apt_line(packages)}"
        )
    else:
        advice = "This machine lacks what Debian calls: " + ", ".join(packages)
    if test and not {"g++", "python3-venv"} & set(packages):
        print(advice, flush=True)
        return
    raise SystemLacksError(advice)


def may_install() -> bool:
    """In CI, as root, where packages are installed without asking."""
    in_ci = os.environ.get("CI", "").lower() in ("true", "1")
    root = sys.platform != "win32" and os.geteuid() == 0
    return in_ci and root and shutil.which("apt-get") is not None


def apt_install(packages: Sequence[str]) -> None:
    """Install with apt-get; a failure is left to the check that follows."""
    print("      apt-get install " + " ".join(packages), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-q"], install):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print("\n".join((done.stdout + done.stderr).splitlines()[-5:]), flush=True)


def has_compiler() -> bool:
    """A C++ compiler that CMake would find."""
    chosen = os.environ.get("CXX")
    names = [chosen] if chosen else ["g++", "c++", "clang++", "cl"]
    return any(shutil.which(name) for name in names) or (
        sys.platform == "win32" and _visual_studio_has_cpp()
    )


def _visual_studio_has_cpp() -> bool:
    """Visual Studio keeps its compiler off the PATH; vswhere knows where it is."""
    base = os.environ.get("PROGRAMFILES(X86)", r"C:\Program Files (x86)")
    vswhere = Path(base) / "Microsoft Visual Studio" / "Installer" / "vswhere.exe"
    if not vswhere.exists():
        return False
    wanted = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64"
    command = [str(vswhere), "-products", "*", "-requires", wanted, "-property", "installationPath"]
    return bool(subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip())


def compiler_advice() -> str:
    how = {
        "win32": 'Visual Studio Build Tools with "Desktop development with C++"',
        "darwin": "the command line tools: xcode-select --install",
    }.get(sys.platform, "g++")
    return (
        f"No C++ compiler was found; llama.cpp is compiled for this very processor. Install {how}."
    )


def check_space(folder: Path, needed: int = NEEDED_SPACE) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise SystemLacksError(
            f"{folder}: {free / GIGABYTE:.1f} GB free, about {needed / GIGABYTE:.0f} GB are needed."
        )


def has_nvidia_gpu() -> bool:
    """Whether an NVIDIA driver is at work here, so that torch with CUDA makes sense."""
    if sys.platform == "win32":
        return _loads("nvcuda.dll")
    return Path("/proc/driver/nvidia/version").exists() or shutil.which("nvidia-smi") is not None
