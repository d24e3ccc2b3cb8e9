"""An adapter on its way between workspaces: what its signed file says, and who signed it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from app.domain.models.adapters import AdapterCard

#: Of a signed file; a bare adapter is a ".gguf".
SUFFIX = ".larets-adapter"


class Trust(StrEnum):
    """OWN: signed in this workspace. KNOWN: whose signature was accepted here before. UNSIGNED: a
    bare GGUF file, of which nothing can be told."""

    OWN = "own"
    KNOWN = "known"
    UNKNOWN = "unknown"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is signed. `base` and `sha256` (of the weights) are SHA-256, `size` bytes, `signer` an
    Ed25519 public key; all three in hexadecimal digits."""

    name: str
    lineage: str
    version: int
    base: str
    size: int
    sha256: str
    signer: str
    card: AdapterCard


@dataclass(frozen=True, slots=True)
class AdapterFile:
    """A file that was looked at and not taken in. `manifest` is None for a bare GGUF file."""

    name: str
    trust: Trust
    manifest: Manifest | None = None

    @property
    def signer(self) -> str:
        return self.manifest.signer if self.manifest else ""


def fingerprint(public_key: str) -> str:
    """A public key as people compare it: "3f2a 90bc 11d8 7e04"."""
    digest = hashlib.sha256(bytes.fromhex(public_key)).hexdigest()
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))
