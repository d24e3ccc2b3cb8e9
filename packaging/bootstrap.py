"""Two commands for a fresh machine: `run` prepares and starts Larets, `test` runs every check.

Only the standard library, because nothing is installed yet. A second call finds the stamp in .venv
and is at work in a second; an interrupted one goes on where it was.
(This folder is no package: `packaging` is also the name of a library that pip installs.)
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import python_env
import recognition_kit
import system_check
from python_env import ROOT, InstallError, Venv
from system_check import SystemLacksError

MINIMUM = (3, 11)
STEPS = 7
#: Processes that run tests side by side; each may hold a model of 1.5 GB.
WORKERS = str(min(os.cpu_count() or 1, 4))
#: Checks that run beside each other, each on a core of its own, before the tests.
CHECKS = (
    ("ruff check", ["ruff", "check"]),
    ("ruff format", ["ruff", "format", "--check"]),
    ("mypy", ["mypy"]),
    ("lint-imports", ["lint-imports"]),
)
TESTS = ["pytest", "-n", WORKERS, "--dist", "worksteal"]
#: Without what loads a model, kills processes, or feeds real and hostile files by the hundred.
QUICK = ["-m", "not model and not slow"]


class Steps:
    """Numbers the steps on the terminal and tells how long each took."""

    def __init__(self) -> None:
        self._number = 0

    def __call__(self, title: str, act: Callable[[], object]) -> None:
        self._number += 1
        print(f"[{self._number}/{STEPS}] {title} …", flush=True)
        began = time.monotonic()
        act()
        seconds = time.monotonic() - began
        if seconds >= 1:
            print(f"      {seconds:.0f} s", flush=True)


def prepare(*, extras: str, window: bool, small: bool) -> Venv:
    """Bring the machine to where Larets can start; each step that is done already is quick. For the
    checks the starter model comes too: what injected documents do to it is measured."""
    venv, steps = Venv(ROOT / ".venv"), Steps()
    gpu, key = system_check.has_nvidia_gpu(), python_env.current_wheel_key()
    state = python_env.wanted_state(gpu=gpu, wheel_key=key)
    current = python_env.is_current(venv, state, extras)
    compiler = not current and python_env.cached_wheel(key) is None

    steps(
        "System", lambda: check_system(extras, window=window, compiler=compiler, space=not current)
    )
    if current:
        steps("Python environment: up to date", lambda: None)
        steps("Python packages: up to date", lambda: None)
    else:
        steps("Python environment", lambda: make_venv(venv))
        fill(venv, steps, extras=extras, gpu=gpu, compiler=compiler)
        python_env.write_stamp(venv, state, extras)
    steps("Translations", lambda: compile_translations(venv))
    steps("Models", lambda: make_kit(venv, small=small, starter=extras == "test"))
    return venv


def fill(venv: Venv, steps: Steps, *, extras: str, gpu: bool, compiler: bool) -> None:
    """All packages. llama.cpp is compiled meanwhile: that takes the processor, they the network."""
    key = python_env.current_wheel_key()
    with ThreadPoolExecutor(1) as beside:
        arguments = python_env.cmake_arguments()
        wheel = beside.submit(python_env.build_wheel, venv, key, arguments)
        during = ", while llama.cpp is compiled" if compiler else ""
        steps(
            f"Python packages{during}",
            lambda: python_env.install_packages(venv, gpu=gpu, extras=extras),
        )
        steps(_llama_title(compiler), wheel.result)
    python_env.install_wheel(venv, key)
    python_env.install_larets(venv, gpu=gpu, extras=extras)


def _llama_title(compile_it: bool) -> str:
    return "llama.cpp: compiling, up to 10 minutes in all" if compile_it else "llama.cpp"


def check_system(extras: str, *, window: bool, compiler: bool, space: bool) -> None:
    system_check.ensure(window=window, test=extras == "test", compiler=compiler)
    if not window:
        print("      What the window needs was not looked for (--no-window).", flush=True)
    if space:
        system_check.check_space(ROOT)


def make_venv(venv: Venv) -> None:
    python_env.make(venv)
    python_env.mend(venv)


def compile_translations(venv: Venv) -> None:
    """resources/i18n/*.ts → .qm, where the source is newer."""
    for source in sorted((ROOT / "resources" / "i18n").glob("*.ts")):
        target = source.with_suffix(".qm")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        part = source.with_suffix(".part.qm")
        command = [str(venv.program("pyside6-lrelease")), str(source), "-qm", str(part)]
        python_env.run_logged(command, venv.folder)
        part.replace(target)


def make_kit(venv: Venv, *, small: bool, starter: bool = False) -> None:
    """In the Python of .venv, which has the numpy that unpacking takes; then the data for scans."""
    command = [str(venv.python), str(ROOT / "packaging" / "models_kit.py")]
    command += ["--small"] * small + ["--with-starter"] * starter
    done = subprocess.run(command, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)
    recognition_kit.make()


def run(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Prepare, then become the application; `rest` are its own arguments."""
    headless = arguments.no_window
    venv = prepare(extras="", window=not headless, small=arguments.small)
    rest = rest[1:] if rest[:1] == ["--"] else rest
    if headless and not rest:
        print(f"Ready. Start it with {venv.program('larets')}", flush=True)
        return 0
    print(f"[{STEPS}/{STEPS}] Larets …", flush=True)
    command = [str(venv.program("larets")), *rest]
    if sys.platform != "win32":  # there execv would give the terminal back while Larets still runs
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def test(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Prepare with the test tools, then run the checks, and the tests when these pass."""
    if rest:
        print(f"test takes no further arguments: {' '.join(rest)}", file=sys.stderr)
        return 2
    venv = prepare(extras="test", window=True, small=True)
    print(f"[{STEPS}/{STEPS}] Checks …", flush=True)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        codes = list(pool.map(lambda check: run_check(venv, *check), CHECKS))
    if failed := max(codes):
        return failed
    return run_tests(venv, QUICK if arguments.quick else ())


def run_check(venv: Venv, title: str, command: Sequence[str]) -> int:
    """One check beside others; its output is shown when it has ended."""
    began = time.monotonic()
    program = str(venv.program(command[0]))
    done = subprocess.run(
        [program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    code = done.returncode
    verdict = f"failed with exit code {code}" if code else "passed"
    shown = (done.stdout + done.stderr).strip() if code else ""
    head = f"── {title} {verdict}, {time.monotonic() - began:.1f} s"
    print("\n".join(filter(None, (shown, head))), flush=True)
    return code


def run_tests(venv: Venv, chosen: Sequence[str]) -> int:
    """pytest, its output passed through, so that its summary comes last; it draws on no screen."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    program = str(venv.program(TESTS[0]))
    return subprocess.run(
        [program, *TESTS[1:], *chosen], cwd=ROOT, env=environment, check=False
    ).returncode


def check_python(version: tuple[int, ...]) -> None:
    if version < MINIMUM:
        found = ".".join(str(number) for number in version)
        raise SystemLacksError(f"Larets needs Python 3.11 or later; this is Python {found}.")


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(
        prog="bootstrap.py", description="Prepare and start Larets, or run its checks."
    )
    commands = root.add_subparsers(required=True, metavar="run | test")
    start = commands.add_parser(
        "run",
        help="prepare everything and start Larets",
        epilog="All other arguments go to Larets, for instance --profile-demo.",
        allow_abbrev=False,
    )
    start.add_argument("--small", action="store_true", help="fetch the tiny models only")
    start.add_argument("--no-window", action="store_true", help="everything but the window")
    start.set_defaults(act=run)
    checks = commands.add_parser("test", help="prepare everything and run every check")
    checks.add_argument("--quick", action="store_true", help="without models and slow tests")
    checks.set_defaults(act=test)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    arguments, rest = parser().parse_known_args(argv)
    try:
        check_python(sys.version_info[:2])
        code: int = arguments.act(arguments, rest)
    except (SystemLacksError, InstallError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; the same command goes on from here.", file=sys.stderr)
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
