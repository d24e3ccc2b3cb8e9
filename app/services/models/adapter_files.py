"""The bytes of a signed adapter file: a mark, the manifest's length, the manifest as JSON, its
Ed25519 signature, the GGUF adapter to the end. The manifest names the SHA-256 of what follows, so
one signature covers all of it; nothing in it is a path, so nothing is unpacked anywhere."""

import hashlib
import math
import re
import struct
from pathlib import Path

import msgspec

from app.domain.errors import DamagedAdapter, FileMissing
from app.domain.models.adapter_files import Manifest
from app.domain.training.training import Report
from app.store.files import save_for_user
from app.store.models.signers import SIGNATURE_BYTES, is_signed

MARK = b"LARETS-ADAPTER-1\n"
#: The report is the most of a manifest; weights of rank 64 for a model of 70 billion are 2 GB.
MOST_MANIFEST, MOST_WEIGHTS = 64 * 1024, 4 * 2**30
_LENGTH = struct.Struct(">I")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME = 120


def encoded(manifest: Manifest) -> bytes:
    """As it is signed."""
    return msgspec.json.encode(manifest)


def write(path: Path, manifest: bytes, signature: bytes, weights: bytes) -> None:
    """Whole or not at all. `StorageDenied`, `StorageFull`."""
    save_for_user(path, MARK + _LENGTH.pack(len(manifest)) + manifest + signature + weights)


def is_signed_file(path: Path) -> bool:
    """By its first bytes. `FileMissing`."""
    try:
        with path.open("rb") as file:
            return file.read(len(MARK)) == MARK
    except OSError as error:
        raise FileMissing(name=path.name) from error


def read(path: Path) -> tuple[Manifest, bytes]:
    """What it says of itself and its weights, with its signature and hashes checked; whether the
    signer is known the caller must ask. `FileMissing`, `DamagedAdapter`."""
    damaged = DamagedAdapter(name=path.name)
    try:
        with path.open("rb") as file:
            head = file.read(len(MARK) + _LENGTH.size)
            length = _LENGTH.unpack(head[-_LENGTH.size :])[0] if head.startswith(MARK) else 0
            if len(head) != len(MARK) + _LENGTH.size or not 0 < length <= MOST_MANIFEST:
                raise damaged
            told = file.read(length)
            signature = file.read(SIGNATURE_BYTES)
            manifest = _manifest(told)
            if manifest is None or not is_signed(told, signature, manifest.signer):
                raise damaged
            weights = file.read(manifest.size + 1)
    except OSError as error:
        raise FileMissing(name=path.name) from error
    if len(weights) != manifest.size or hashlib.sha256(weights).hexdigest() != manifest.sha256:
        raise damaged
    return manifest, weights


def _manifest(told: bytes) -> Manifest | None:
    """None for one that does not hold to its own rules."""
    try:
        found = msgspec.json.decode(told, type=Manifest)
    except msgspec.DecodeError:
        return None
    sums = (found.base, found.sha256, found.signer)
    card = found.card
    sound = (
        all(_SHA256.fullmatch(each) for each in sums)
        and all(_plain(each) for each in (found.name, found.lineage, card.model, card.day))
        and bool(found.name)
        and 0 < found.size <= MOST_WEIGHTS
        and found.version > 0
        and (card.report is None or _finite(card.report))
    )
    return found if sound else None


def one_line(text: str) -> str:
    """As a manifest may say it: no control characters, none that turn the direction of writing."""
    shown = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(shown.split())[:_LONGEST_NAME].strip()


def _plain(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and text.isprintable()


def _finite(report: Report) -> bool:
    told = (
        report.held_out_before,
        report.held_out_after,
        report.forgetting,
        report.export_kl,
        report.strength,
    )
    return all(map(math.isfinite, told)) and not report.pairs
