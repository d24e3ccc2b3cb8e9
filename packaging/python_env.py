"""The .venv with everything in it: made, filled by pip, mended after an interruption, stamped.

llama-cpp-python is compiled once and kept outside the repository, since that takes minutes.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
CPU_CONSTRAINTS = ROOT / "packaging" / "constraints-cpu.txt"

# No part that talks to a network; all of them may be overridden by the user's own CMAKE_ARGS.
OFFLINE_BUILD = (
    "-DLLAMA_CURL=OFF -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_SERVER=OFF "
    "-DLLAMA_USE_PREBUILT_UI=OFF -DGGML_RPC=OFF"
)


class InstallError(Exception):
    """A step that failed, with the last lines of its log and the place of the whole."""


@dataclass(frozen=True)
class Venv:
    """The virtual environment of one checkout."""

    folder: Path

    @property
    def programs(self) -> Path:
        return self.folder / ("Scripts" if sys.platform == "win32" else "bin")

    @property
    def python(self) -> Path:
        return self.program("python")

    @property
    def stamp(self) -> Path:
        return self.folder / "larets.stamp"

    @property
    def log(self) -> Path:
        return self.folder / "install.log"

    def program(self, name: str) -> Path:
        return self.programs / (name + (".exe" if sys.platform == "win32" else ""))


def wanted_state(*, gpu: bool, wheel_key: str) -> str:
    """Names all that the content of .venv depends on; another value means: install again."""
    digest = hashlib.sha256()
    for path in (ROOT / "pyproject.toml", CONSTRAINTS, CPU_CONSTRAINTS):
        digest.update(path.read_bytes())
    digest.update(f"{sys.version} gpu={gpu} {wheel_key} {ROOT}".encode())
    return digest.hexdigest()


def is_current(venv: Venv, state: str, extras: str) -> bool:
    """Whether .venv was filled in this state, with these extras or more."""
    try:
        found_state, _space, found_extras = venv.stamp.read_text(encoding="utf-8").partition(" ")
    except OSError:
        return False
    return found_state == state and found_extras in {extras, "test"} and venv.python.exists()


def write_stamp(venv: Venv, state: str, extras: str) -> None:
    """The last act of an installation: without the stamp the next run goes through it again."""
    part = venv.stamp.with_suffix(".part")
    part.write_text(f"{state} {extras}", encoding="utf-8")
    part.replace(venv.stamp)


def make(venv: Venv) -> None:
    """Make .venv, or make it anew when it is broken or of another Python."""
    if venv.folder.exists() and _is_usable(venv):
        return
    run_logged([sys.executable, "-m", "venv", "--clear", str(venv.folder)], ROOT / "build")
    # written by the step above, outside of the folder that it clears
    (ROOT / "build" / venv.log.name).replace(venv.log)


def _is_usable(venv: Venv) -> bool:
    script = "import sys, pip; print(sys.version)"
    try:
        done = subprocess.run(
            [str(venv.python), "-c", script], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.strip() == sys.version


def mend(venv: Venv) -> None:
    """Remove what an interrupted pip left: it writes RECORD last, but takes METADATA for proof."""
    for libraries in ("lib/python*/site-packages", "Lib/site-packages"):
        for info in venv.folder.glob(f"{libraries}/*.dist-info"):
            if not (info / "RECORD").exists():
                shutil.rmtree(info)


def cache_folder() -> Path:
    """Where compiled wheels are kept: $LARETS_CACHE, or the user's cache folder."""
    chosen = os.environ.get("LARETS_CACHE", "").strip()
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        return base / "larets" / "cache" / "wheels"
    return Path.home() / ".cache" / "larets" / "wheels"


def cmake_arguments() -> str:
    """Ours first, the user's after them: CMake takes the last word on each option."""
    return f"{OFFLINE_BUILD} {os.environ.get('CMAKE_ARGS', '')}".strip()


def llama_version() -> str:
    match = re.search(r"^llama_cpp_python==(\S+)", CONSTRAINTS.read_text(encoding="utf-8"), re.M)
    if match is None:
        raise InstallError(f"{CONSTRAINTS.name} names no version of llama_cpp_python")
    return match[1]


def wheel_key(version: str, arguments: str, processor: str) -> str:
    """One folder per build: GGML_NATIVE compiles for the processor that it finds."""
    tag = f"cp{sys.version_info.major}{sys.version_info.minor}"
    digest = hashlib.sha256(f"{arguments}\n{processor}".encode()).hexdigest()[:12]
    return f"llama_cpp_python-{version}-{tag}-{digest}"


def processor_features(arguments: str) -> str:
    """What the compiler may use here. A cache shared with an older processor must not be taken.

    A build with -DGGML_NATIVE=OFF runs on any processor of its kind.
    """
    if "-DGGML_NATIVE=OFF" in arguments:
        return f"{sys.platform} {platform.machine()}"
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return f"{sys.platform} {platform.machine()} {platform.processor()}"
    flags = re.search(r"^(?:flags|Features)\s*:\s*(.*)$", text, re.M)
    useful = ("sse", "ssse", "avx", "fma", "f16c", "bmi", "amx", "asimd", "sve", "i8mm", "bf16")
    chosen = sorted(flag for flag in (flags[1] if flags else "").split() if flag.startswith(useful))
    return " ".join([sys.platform, platform.machine(), *chosen])


def current_wheel_key() -> str:
    return key_for(cmake_arguments())


def key_for(arguments: str) -> str:
    """Of the build on this machine with these arguments of CMake."""
    return wheel_key(llama_version(), arguments, processor_features(arguments))


def cached_wheel(key: str) -> Path | None:
    return next(iter((cache_folder() / key).glob("*.whl")), None)


def build_wheel(venv: Venv, key: str, arguments: str) -> Path:
    """The llama-cpp-python wheel of that key: from the cache, or compiled into it with these
    arguments of CMake."""
    wheel = cached_wheel(key)
    if wheel is not None:
        return wheel
    cache = cache_folder()
    part = cache / f"{key}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    # pip keeps wheels by source archive alone and would return one made with other CMAKE_ARGS
    command = ["wheel", "--no-cache-dir", "--no-deps", "-w", str(part)]
    environment = {"CMAKE_ARGS": arguments, "CMAKE_BUILD_PARALLEL_LEVEL": str(_cores())}
    # in a log of its own: other packages may be installed meanwhile
    pip(venv, [*command, f"llama-cpp-python=={llama_version()}"], environment, "llama.log")
    shutil.rmtree(cache / key, ignore_errors=True)
    part.rename(cache / key)
    return next((cache / key).glob("*.whl"))


def build_backend(venv: Venv, name: str, switch: str) -> Path:
    """ggml's backend for a kind of graphics card as a library of its own, from the cache or
    compiled into it: it fits any llama.cpp of that version whose backends are files. Needs CMake,
    Ninja and what the switch asks for: headers, and a compiler of shaders or of CUDA; where they
    lie may be said by CMAKE_ARGS (Debian 12's headers of Vulkan are too old)."""
    fixed = f"{OFFLINE_BUILD} -DGGML_NATIVE=OFF -DGGML_BACKEND_DL=ON -DGGML_CPU=OFF {switch}"
    arguments = f"{fixed} {os.environ.get('CMAKE_ARGS', '')}".strip()
    folder = cache_folder() / key_for(arguments).replace("llama_cpp_python", f"ggml-{name}")
    if found := sorted(folder.glob(f"*ggml-{name}.*")):
        return found[0]
    work = folder.with_suffix(".part")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    source = f"llama-cpp-python=={llama_version()}"
    pip(venv, ["download", "--no-deps", "--no-binary", ":all:", "-d", str(work), source])
    shutil.unpack_archive(next(work.glob("*.tar.gz")), work, filter="data")
    (llama,) = work.glob("*/vendor/llama.cpp")
    made = work / "build"
    configure = ["cmake", "-S", str(llama), "-B", str(made), "-G", "Ninja"]
    configure += ["-DCMAKE_BUILD_TYPE=Release", "-DLLAMA_BUILD_TOOLS=OFF", *arguments.split()]
    log = f"{name}.log"
    run_logged(configure, work, log_name=log)
    run_logged(["cmake", "--build", str(made), "--target", f"ggml-{name}"], work, log_name=log)
    folder.mkdir(exist_ok=True)
    target = folder / next((made / "bin").glob(f"*ggml-{name}.*")).name
    shutil.copyfile(made / "bin" / target.name, target)
    shutil.rmtree(work)
    return target


def _cores() -> int:
    return os.cpu_count() or 1


def install_wheel(venv: Venv, key: str) -> None:
    """Compile if necessary and install; a build with other options replaces the one in place."""
    mark = venv.folder / "llama.key"
    if mark.exists() and mark.read_text(encoding="utf-8") == key:
        return
    wheel = build_wheel(venv, key, cmake_arguments())
    pip(venv, ["install", "--no-deps", "--force-reinstall", str(wheel)])
    mark.write_text(key, encoding="utf-8")


def install_packages(venv: Venv, *, gpu: bool, extras: str) -> None:
    """What pyproject.toml asks for, at the exact versions of the constraints; llama.cpp apart, for
    pip would compile it without our options."""
    chosen = [each for each in (extras, "cuda" * gpu) if each]
    pip(venv, [*_install(gpu=gpu), *wanted_packages(chosen)])


def install_larets(venv: Venv, *, gpu: bool, extras: str) -> None:
    """Larets as editable source, and what llama.cpp's binding asks for; the rest is there."""
    chosen = ",".join(each for each in (extras, "cuda" * gpu) if each)
    pip(venv, [*_install(gpu=gpu), "-e", f"{ROOT}[{chosen}]" if chosen else str(ROOT)])


def _install(*, gpu: bool) -> list[str]:
    command = ["install", "-c", str(CONSTRAINTS)]
    return command if gpu else [*command, "-c", str(CPU_CONSTRAINTS)]


def wanted_packages(extras: Iterable[str]) -> list[str]:
    """The requirements of Larets and of these extras, without llama.cpp and Larets itself."""
    import tomllib  # here, so that an old Python still reaches the message about its version

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional: dict[str, list[str]] = project["optional-dependencies"]
    found: list[str] = [*project["dependencies"]]
    waiting = list(extras)
    while waiting:
        for each in optional[waiting.pop()]:
            if own := re.fullmatch(r"larets\[(\w+)\]", each):  # an extra that another one takes in
                waiting.append(own[1])
            else:
                found.append(each)
    return [each for each in found if not each.startswith("llama-cpp-python")]


def pip(
    venv: Venv,
    arguments: Sequence[str],
    environment: dict[str, str] | None = None,
    log_name: str = "install.log",
) -> None:
    command = [str(venv.python), "-m", "pip", "--disable-pip-version-check", *arguments]
    run_logged(command, venv.folder, environment, log_name)


def run_logged(
    command: Sequence[str],
    folder: Path,
    environment: dict[str, str] | None = None,
    log_name: str = "install.log",
) -> None:
    """Run a command with its output in that log of `folder`; a failure shows the last lines."""
    folder.mkdir(exist_ok=True)
    log = folder / log_name
    with log.open("a", encoding="utf-8") as stream:
        start = stream.tell()
        done = subprocess.run(
            command,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            check=False,
        )
    if done.returncode:
        text = log.read_bytes()[start:].decode(errors="replace")
        last = "\n  ".join(text.strip().splitlines()[-15:])
        raise InstallError(f"It failed; the last lines:\n  {last}\nThe whole log: {log}")
