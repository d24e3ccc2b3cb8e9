"""Build the frozen program: python packaging/bundle/build.py --to DIR makes DIR/program.

Takes the Python environment of the checkout (`bootstrap.py` fills it) and a llama.cpp for any
processor, which is compiled once and kept in the cache folder. The same commit gives the same
files: modules are hashed with a fixed seed, times are those of the commit.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # the scripts of packaging import each other by name

import contents  # noqa: E402
import inventory  # noqa: E402
import python_env  # noqa: E402
from python_env import ROOT, InstallError, Venv  # noqa: E402

#: Every backend in a file of its own, one for each generation of processors; ggml takes the best
#: that runs here. https://github.com/ggml-org/llama.cpp/blob/master/docs/build.md
PORTABLE = "-DGGML_NATIVE=OFF -DGGML_BACKEND_DL=ON -DGGML_CPU_ALL_VARIANTS=ON"
MANIFEST = "bundle.json"
#: Kinds of graphics cards whose backend may go in, and what CMake calls them.
GRAPHICS = {"vulkan": "-DGGML_VULKAN=ON", "cuda": "-DGGML_CUDA=ON"}
#: The folder beside the program that may be left out.
TRAINING = "training"
#: Packages with libraries of their own that their wheels have patched.
_PATCHED = ("PySide6", "torch", "llama_cpp")


def unpacked_llama(venv: Venv, work: Path, *, native: bool) -> Path:
    """A folder with the package llama_cpp and its libraries, each once and under the name by which
    it is asked for."""
    folder = work / "llama"
    shutil.rmtree(folder, ignore_errors=True)
    arguments = python_env.OFFLINE_BUILD if native else f"{python_env.OFFLINE_BUILD} {PORTABLE}"
    key = python_env.key_for(arguments)
    with zipfile.ZipFile(python_env.build_wheel(venv, key, arguments)) as wheel:
        wheel.extractall(folder)
    libraries = folder / "llama_cpp" / "lib"
    for variant in sorted((folder / "bin").glob("*ggml-*")):
        variant.replace(libraries / variant.name)
    for file in libraries.glob("*.so.*.*"):  # the third copy of each, with its whole version
        file.unlink()
    for name in ("bin", "lib", "include"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return folder


def add_graphics(venv: Venv, llama: Path, kinds: Iterable[str]) -> None:
    """A folder for each kind of cards, with its backend alone: its loader and driver are the
    system's, and where they are missing the backend is passed over."""
    for kind in kinds:
        library = python_env.build_backend(venv, kind, GRAPHICS[kind])
        folder = llama / "llama_cpp" / "lib" / "backends" / kind
        folder.mkdir(parents=True)
        shutil.copyfile(library, folder / library.name)


def freeze(venv: Venv, llama: Path, work: Path, to: Path) -> Path:
    """Run PyInstaller; the folder of the program."""
    command = [
        str(venv.python), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--distpath", str(work / "dist"), "--workpath", str(work / "pyinstaller"),
        str(HERE / "larets.spec"),
    ]  # fmt: skip
    environment = {
        "LARETS_BUNDLE_LLAMA": str(llama),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(commit_time()),
        "PYTHONPATH": str(ROOT),
    }
    python_env.run_logged(command, work, environment)
    strip(work / "dist" / "program")
    split(work / "dist" / "program")
    target = to / "program"
    shutil.rmtree(target, ignore_errors=True)
    to.mkdir(parents=True, exist_ok=True)
    shutil.move(work / "dist" / "program", target)
    return target


def strip(program: Path) -> None:
    """Take the symbols for debuggers out of extension modules and of Python itself: a fifth of the
    program without its second part (numkong alone: 41 of 45 MB). Libraries that a wheel has patched
    stay as they are, and so do other systems'."""
    if sys.platform != "linux":
        return
    for file in sorted(program.rglob("*.so*")):
        patched = any(part.endswith(".libs") or part in _PATCHED for part in file.parts)
        if not (patched or file.is_symlink()):
            subprocess.run(["strip", "--strip-unneeded", str(file)], check=True)


def split(program: Path) -> None:
    """Move what belongs to the second part into the folder `training` beside the program, where
    `entrance.py` looks for it, with its bytecode."""
    inside, training = program / "_internal", program / TRAINING
    training.mkdir()
    for path in sorted(inside.iterdir()):
        if contents.is_training(path.name):
            path.replace(training / path.name)
    for path in inside.iterdir():  # libraries that were reachable from the top as well
        if path.is_symlink() and not path.exists():
            path.unlink()
    command = [sys.executable, "-m", "compileall", "-q", "-j", "2", "--invalidation-mode"]
    command += ["unchecked-hash", "-s", str(training)]
    for package in sorted(path for path in training.iterdir() if path.is_dir()):
        if package.name in contents.READ_AS_SOURCE:
            subprocess.run([*command, "-x", "/models/", str(package)], check=True)
            continue
        subprocess.run([*command, "-b", str(package)], check=True)
        for source in package.rglob("*.py"):
            source.unlink()


def commit_time() -> int:
    """When the commit was made, in seconds since 1970; outside a repository, the newest file's."""
    told = _git("log", "-1", "--format=%ct")
    return int(told) if told else int((ROOT / "CHANGELOG.md").stat().st_mtime)


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def describe(program: Path) -> None:
    """What this bundle is: version, commit and system, for the kit, its updates and a report."""
    sys.path.insert(0, str(ROOT))
    from app import __version__

    facts = {
        "version": __version__,
        "commit": _git("rev-parse", "HEAD"),
        "time": commit_time(),
        "system": system(),
    }
    text = json.dumps(facts, indent=2) + "\n"
    (program / MANIFEST).write_text(text, encoding="utf-8")


def system() -> str:
    """For which system and processor a bundle made here is: "linux-x86_64"."""
    return f"{sys.platform}-{platform.machine().lower()}"


def build(to: Path, *, native: bool = False, graphics: Iterable[str] = ()) -> Path:
    """Everything; the folder of the program, with the time that each step took on the terminal."""
    venv, work = Venv(ROOT / ".venv"), ROOT / "build" / "bundle"
    work.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    llama = unpacked_llama(venv, work, native=native)
    add_graphics(venv, llama, graphics)
    print(f"llama.cpp: {time.monotonic() - began:.0f} s", flush=True)
    began = time.monotonic()
    program = freeze(venv, llama, work, to)
    inventory.write(inventory.components(work / "pyinstaller" / "larets"), program)
    describe(program)
    whole, training = (size(folder) / 1e6 for folder in (program, program / TRAINING))
    took = f"{time.monotonic() - began:.0f} s"
    print(f"{program}: {took}, {whole:.0f} MB, {whole - training:.0f} without training", flush=True)
    return program


def size(folder: Path) -> int:
    """Bytes of all files below, links not followed."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())


def main() -> int:
    parser = argparse.ArgumentParser(prog="build.py", description="Build the frozen program.")
    parser.add_argument("--to", type=Path, default=ROOT / "build", metavar="DIR")
    parser.add_argument(
        "--native", action="store_true", help="the llama.cpp of this processor: quick, for tests"
    )
    parser.add_argument(
        "--graphics", action="append", default=[], choices=GRAPHICS, help="with this backend"
    )
    arguments = parser.parse_args()
    if arguments.native and arguments.graphics:
        parser.error("a llama.cpp of this processor alone loads no backends")
    try:
        build(arguments.to.resolve(), native=arguments.native, graphics=arguments.graphics)
    except InstallError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
