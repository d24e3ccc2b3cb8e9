"""Make a kit: one folder, for a USB stick, with all that a computer without a network needs.

    .venv/bin/python packaging/kit.py --to /media/stick/larets --portable --key signing.pem

At its top `larets` starts the window or a command, `verify.sh` and `verify.ps1` check every file
with what the system has, `install.sh` installs without root. Below lie the program, the models, the
data for scans, the sample library, the guides, the licences and the list of components.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import models_kit
import recognition_kit
import sbom
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from python_env import ROOT

FILES = Path(__file__).resolve().parent / "kit_files"
SUMS, SIGNATURE, PUBLIC_KEY = "SHA256SUMS", "SHA256SUMS.sig", "signing-key.pub"
ABOUT, PROOF = "kit.json", "proof.txt"
#: The part of the program with torch, by its folder.
TRAINING = "training"
#: What is written while the kit is used: data of a portable kit.
_GROWS = ("data", "larets-demo")
#: How the collection of samples is called, by language, and what opens its file: no secret.
SAMPLES = {"en": "Samples", "ru": "Образцы"}
SAMPLES_PASSPHRASE = "open the sample library"
#: What the top of a kit gets from `kit_files`, with the files that are programs.
_PROGRAMS = ("larets", "verify.sh", "install.sh")


class KitFailed(Exception):
    """A reason to stop, worded for the person at the terminal."""


def make(
    to: Path,
    bundle: Path,
    models: Sequence[str],
    *,
    portable: bool,
    key: Path | None,
    proof: Path | None = None,
    training: bool = True,
) -> dict[str, Any]:
    """Lay out the kit; what `kit.json` says of it. Models that lie there already are kept."""
    about: dict[str, Any] = json.loads((bundle / "bundle.json").read_text(encoding="utf-8"))
    to.mkdir(parents=True, exist_ok=True)
    _say("Program …")
    shutil.rmtree(to / "program", ignore_errors=True)
    left_out = shutil.ignore_patterns() if training else _without_training(bundle)
    shutil.copytree(bundle, to / "program", symlinks=True, ignore=left_out)
    about["training"] = (to / "program" / TRAINING).is_dir()
    _say("Models …")
    add_models(to / "models", models)
    _say("Guides, licences, components …")
    add_papers(to)
    (to / PROOF).unlink(missing_ok=True)
    if proof is not None:
        shutil.copyfile(proof, to / PROOF)
    (to / "portable").unlink(missing_ok=True)
    if portable:
        (to / "portable").write_text("The data of this kit lies in its folder “data”.\n", "utf-8")
    about["models"] = sorted(path.parent.name for path in (to / "models").glob("*/model.json"))
    (to / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    for file in sorted(FILES.iterdir()):
        shutil.copyfile(file, to / file.name)
        (to / file.name).chmod(0o755 if file.name in _PROGRAMS else 0o644)
    add_samples(to)
    _say("Checksums …")
    seal(to, key)
    return about


def _without_training(bundle: Path) -> Callable[[str, list[str]], list[str]]:
    """What copying leaves out at the top of the program, and nowhere else."""
    return lambda folder, names: [TRAINING] if Path(folder) == bundle and TRAINING in names else []


def add_models(folder: Path, chosen: Sequence[str]) -> None:
    """Models by the name that resources/models.toml knows or as a GGUF file; the starter model and
    the one for embeddings where nothing is named. Then the data for scans."""
    known = models_kit.read_models()
    files = [Path(each) for each in chosen if each.endswith(".gguf")]
    names = [each for each in chosen if not each.endswith(".gguf")]
    if names or not files:
        wanted = models_kit.choose(known, small=False, minilm=False, only=names)
    else:  # the user's own model answers; it still takes one for embeddings
        wanted = [model for model in known if model.default and model.kind == "embedding"]
    for model in wanted:
        _take_over(models_kit.models_folder() / model.name, folder / model.name)
    models_kit.make_kit(wanted, folder)
    for file in files:
        _copy_gguf(file, folder / file.stem.lower())
    recognition_kit.make(folder)


def _take_over(made: Path, target: Path) -> None:
    """A model that this computer has is copied, not fetched again; `make_kit` then checks it."""
    if (made / models_kit.MANIFEST).is_file() and not target.exists():
        shutil.copytree(made, target)


def _copy_gguf(file: Path, folder: Path) -> None:
    if not file.is_file():
        raise KitFailed(f"{file}: there is no such file")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / file.name)
    manifest = {
        "name": folder.name,
        "kind": "chat",
        "files": {file.name: models_kit.sha256_of(folder / file.name)},
        "size": file.stat().st_size,
        "licence": "",
        "source": "",
    }
    (folder / models_kit.MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")


def add_papers(to: Path) -> None:
    """Guides as they stand in the program, sample documents, licences, and the components."""
    for name in ("guides", "samples", "licences"):
        shutil.rmtree(to / name, ignore_errors=True)
    shutil.copytree(ROOT / "resources" / "help", to / "guides")
    shutil.copytree(ROOT / "resources" / "samples", to / "samples")
    shutil.copytree(to / "program" / "licences", to / "licences")
    shutil.copyfile(ROOT / "LICENSE", to / "licences" / "LARETS-AGPL-3.0.txt")
    (to / "sbom.cdx.json").write_text(sbom.document(to / "program"), encoding="utf-8")


def add_samples(to: Path) -> None:
    """The sample library of each language as a file that is taken in without embedding anything:
    made by the very program and models of the kit."""
    for language, name in SAMPLES.items():
        _say(f"Sample library, indexed ({language}) …")
        target = to / "samples" / f"{name}.larets"
        target.unlink(missing_ok=True)
        with tempfile.TemporaryDirectory() as scratch:
            secret = Path(scratch) / "password"
            secret.write_text(SAMPLES_PASSPHRASE, encoding="utf-8")
            folder = str(to / "samples" / language)
            for words in (
                ["profile", "create", "Larets"],
                ["collection", "create", name],
                ["add", folder, "--collection", name],
                ["collection", "export", name, str(target), "--passphrase-file", str(secret)],
            ):
                _run_program(to, [*words, "--data-dir", f"{scratch}/data", "--profile", "Larets",
                                  "--password-file", str(secret)])  # fmt: skip


def _run_program(kit: Path, words: list[str]) -> None:
    environment = os.environ | {"LARETS_MODELS": str(kit / "models")}
    done = subprocess.run(
        [kit / "larets", *words], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        raise KitFailed(f"larets {' '.join(words[:2])}: {done.stderr.strip()[-1000:]}")


def seal(to: Path, key: Path | None) -> None:
    """Checksums of every file in the form of `sha256sum`, signed where a key is given. Last of all:
    a kit whose making broke off has no valid list."""
    for name in (SUMS, SIGNATURE, PUBLIC_KEY):
        (to / name).unlink(missing_ok=True)
    private = signing_key(key) if key is not None else None
    if private is not None:
        (to / PUBLIC_KEY).write_bytes(public_part(private))
    lines = [
        f"{models_kit.sha256_of(file)}  ./{file.relative_to(to).as_posix()}" for file in sealed(to)
    ]
    text = "\n".join(lines) + "\n"
    part = to / f"{SUMS}.part"
    part.write_text(text, encoding="utf-8", newline="\n")
    if private is not None:
        (to / SIGNATURE).write_bytes(private.sign(text.encode()))
    part.replace(to / SUMS)


def sealed(to: Path) -> Iterator[Path]:
    """Every file of the kit, sorted; links count as what they lead to, since a stick may have
    turned them into files."""
    for file in sorted(to.rglob("*")):
        inside = file.relative_to(to)
        if file.is_file() and inside.parts[0] not in _GROWS and not inside.name.startswith(SUMS):
            yield file


def signing_key(path: Path) -> Ed25519PrivateKey:
    """A private key in PEM, as `openssl genpkey -algorithm ed25519` makes it."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KitFailed(f"{path}: not a private key that can be read ({error})") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KitFailed(f"{path}: not an Ed25519 key")
    return key


def public_part(key: Ed25519PrivateKey) -> bytes:
    """In PEM, as `openssl pkeyutl -pubin` takes it."""
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _say(line: str) -> None:
    print(line, flush=True)


def _bundle(given: Path | None) -> Path:
    if given is not None:
        return given.resolve()
    folder = ROOT / "build"
    command = [sys.executable, str(Path(__file__).parent / "bundle" / "build.py")]
    done = subprocess.run([*command, "--to", str(folder)], check=False)
    if done.returncode:
        raise KitFailed("The program could not be built.")
    return folder / "program"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="kit.py", description="Make a kit for a USB stick.")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to make")
    parser.add_argument("--bundle", type=Path, metavar="DIR", help="a program built already")
    parser.add_argument(
        "--model", action="append", default=[], metavar="NAME|FILE", help="instead of the starter"
    )
    parser.add_argument(
        "--without-training", action="store_true", help="a third of the size: nothing to train with"
    )
    parser.add_argument("--portable", action="store_true", help="data stays in the kit")
    parser.add_argument("--key", type=Path, metavar="FILE", help="Ed25519 key that signs (PEM)")
    parser.add_argument("--proof", type=Path, metavar="FILE", help="what packaging/proof.py wrote")
    arguments = parser.parse_args(argv)
    try:
        make(
            arguments.to.resolve(),
            _bundle(arguments.bundle),
            arguments.model,
            portable=arguments.portable,
            key=arguments.key,
            proof=arguments.proof,
            training=not arguments.without_training,
        )
    except (KitFailed, models_kit.KitError, OSError) as error:
        print(f"Kit: {error}", file=sys.stderr)
        return 1
    print(f"{arguments.to}: ready. Check it with {arguments.to / 'verify.sh'}{os.linesep}", end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
