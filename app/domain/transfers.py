"""A collection on its way between workspaces, as it is told of before and after it is taken in."""

import base64
from dataclasses import dataclass
from enum import StrEnum

from app.domain.models import adapter_files

#: Ends the name of a file that holds a collection.
SUFFIX = ".larets"


class VectorFate(StrEnum):
    """KEPT: the vectors came along, nothing is embedded again. QUEUED: another embedding model is
    in use here, so the documents wait to be read anew from the originals that came along."""

    KEPT = "kept"
    QUEUED = "queued"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signed a file. `name` is what he calls himself, `member` what the roster here calls the
    owner of that key, "" where it knows none; `key` is an Ed25519 public key, base64."""

    name: str
    key: str
    member: str = ""

    @property
    def fingerprint(self) -> str:
        """The key as people compare it: "3f2a 90bc 11d8 7e04"."""
        return adapter_files.fingerprint(base64.b64decode(self.key).hex())


@dataclass(frozen=True, slots=True)
class TransferFile:
    """A file that was looked at and not taken in; its signature fits. `created` in seconds since
    1970, `size` of the file in bytes; `left_out` are documents that the sender's collection has and
    the file has not, since they were not read when it was written. `model` embedded the passages;
    `vectors` is what would become of its vectors here."""

    collection: str
    private: bool
    documents: int
    passages: int
    left_out: int
    created: float
    size: int
    sender: Sender
    model: str
    vectors: VectorFate


@dataclass(frozen=True, slots=True)
class Transferred:
    """A collection that was written or taken in; `size` and `left_out` as of a `TransferFile`."""

    collection: str
    id: str
    documents: int
    passages: int
    size: int
    left_out: int
    sender: Sender
    vectors: VectorFate = VectorFate.KEPT
