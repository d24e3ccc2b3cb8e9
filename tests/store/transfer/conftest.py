"""Files as a hostile sender might make them: whole, signed, and not as they have to be."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save

from app.domain.library.documents import Collection
from app.domain.progress import NoControl
from app.domain.roles import Role
from app.store import keys
from app.store.transfer import taking
from app.store.transfer.layout import VERSION, EmbeddingModel, Manifest
from app.store.transfer.sealed import TransferReader, TransferWriter
from app.store.transfer.taking import Wishes
from app.store.vault.unlocked import Unlocked
from app.store.vault.vault import Vault

PASSPHRASE = "seven green lamps over water"
PASSWORD = "password of the tests"
ORIGINAL = b"Change the oil filter."
_SENDER = keys.new_key()


def document(**rest: Any) -> dict[str, Any]:
    """A sound line of documents.jsonl, but for `rest`."""
    digest = "b9bb2fd0d6dbea5ab1d33ea3fdb1aa36b3ba92cf2b3cb5cf2d9b6ebde9a22d4c"
    return {
        "id": "d1", "name": "oil.txt", "path": "/oil.txt", "title": "", "sha256": digest,
        "size": len(ORIGINAL), "pages": None, "passages": 1, "added": 1.0, "modified": None,
        "language": "en", "reading": {}, "container": "", "tags": ["a"], "original": False,
    } | rest  # fmt: skip


def passage(**rest: Any) -> dict[str, Any]:
    """A sound line of passages, but for `rest`."""
    return {
        "document": "d1", "ordinal": 0, "header": "", "text": "Change the oil filter.",
        "locator": {"start": 0, "end": 22}, "boxes": [], "embedded": True,
    } | rest  # fmt: skip


def lines(*rows: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def vectors(*rows: list[float], kind: Any = np.float16) -> bytes:
    packed: bytes = save({"vectors": np.array(rows, kind)})
    return packed


@dataclass
class Forge:
    """Writes a file with one document, one passage, one vector; members and manifest can be
    exchanged."""

    path: Path
    members: dict[str, bytes] = field(
        default_factory=lambda: {
            "documents.jsonl": lines(document()),
            "passages/000001.jsonl": lines(passage()),
            "vectors/000001.safetensors": vectors([1.0, 0.0]),
        }
    )
    told: dict[str, Any] = field(default_factory=dict)
    signed_by: bytes = _SENDER

    def write(self) -> Path:
        with self.path.open("wb") as out:
            writer = TransferWriter(out, PASSPHRASE)
            for name, content in self.members.items():
                with writer.member(name) as write:
                    write(content)
            manifest = Manifest(
                version=VERSION, id=writer.id, program="0", created=1.0, collection="Sent",
                private=False, sender="Mallory", key=keys.signing_key(_SENDER),
                model=EmbeddingModel("m", "", 2), documents=1, passages=1, vectors=1, left_out=0,
                members=tuple(writer.members),
            )  # fmt: skip
            manifest = replace(manifest, **self.told)
            writer.finish(manifest, lambda *what: keys.sign(self.signed_by, *what))
        return self.path


@pytest.fixture
def forge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Forge:
    monkeypatch.setattr(keys, "calibrated", lambda: keys.KdfParameters())
    return Forge(tmp_path / "forged.larets")


@pytest.fixture
def unlocked(tmp_path: Path) -> Iterator[Unlocked]:
    vault = Vault(tmp_path / "data")
    vault.create("Boris", PASSWORD, Role.ADMINISTRATOR, kdf=keys.KdfParameters())
    opened = vault.unlock("Boris", PASSWORD)
    yield opened
    opened.close()


Take = Callable[[Path], Collection]


@pytest.fixture
def take(unlocked: Unlocked) -> Take:
    """Takes a file in, where a document "taken" is there already."""

    def taken(path: Path) -> Collection:
        wishes = Wishes("Sent", "m", False, lambda ids: frozenset(ids) & {"taken"})
        with path.open("rb") as file:
            reader = TransferReader(file, path.name, PASSPHRASE)
            return taking.collection(reader, path.name, wishes, unlocked, NoControl())

    return taken
