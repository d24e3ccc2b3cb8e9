"""What the members of a transfer file hold, as they are written, and the bounds past which a file
is refused: whoever made it may have meant harm."""

import re
from dataclasses import astuple, dataclass, replace

import numpy as np

from app.domain.library.documents import LineBox, Locator
from app.domain.library.reading import ReadingReport
from app.store.index.passage_rows import Halves

VERSION = 1
#: Bytes of a manifest, of a line, and of a block of passages or of vectors; members of a file.
MOST_MANIFEST, MOST_LINE, MOST_BLOCK = 256 * 2**20, 32 * 2**20, 256 * 2**20
MOST_MEMBERS = 1_000_000
#: Passages a block: with 384 values a vector 0.8 MB of them.
BLOCK = 1024
DOCUMENTS, ORIGINALS, VECTORS = "documents.jsonl", "originals/", "vectors"
#: f16 rounds a unit vector's length by less (results of the embedding models: 0.001).
_UNIT = 0.02
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9A-Za-z-]{1,100}")
_MEMBER = re.compile(
    r"documents\.jsonl|passages/\d{6}\.jsonl|vectors/\d{6}\.safetensors|originals/[0-9A-Za-z-]{1,100}"
)
_NOT_IN_NAMES = re.compile(r"[/\x00-\x1f\x7f]")
_MOST_TEXT, _MOST_NAME, _MOST_SIZE = 4 * 2**20, 4096, 2**40
#: What the window can count.
_MOST_COUNT = 2**31 - 1


class Unsound(Exception):
    """The first argument names the part that is not as it has to be."""


@dataclass(frozen=True, slots=True)
class Member:
    """`size` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """What made the vectors: its name, the SHA-256 of its weights ("" where that is not known), and
    the values of a vector, 0 without any."""

    name: str
    sha256: str
    dimensions: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is signed. `id` is the file's own, `key` the sender's Ed25519 public key, base64;
    `left_out` are documents that were not read yet, or could not be."""

    version: int
    id: str
    program: str
    created: float
    collection: str
    private: bool
    sender: str
    key: str
    model: EmbeddingModel
    documents: int
    passages: int
    vectors: int
    left_out: int
    members: tuple[Member, ...]

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(member.size for member in self.members)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document that was read. `original` is whether its file is among the members."""

    id: str
    name: str
    path: str
    title: str
    sha256: str
    size: int
    pages: int | None
    passages: int
    added: float
    modified: float | None
    language: str
    reading: ReadingReport
    container: str
    tags: tuple[str, ...]
    original: bool


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage; the next row of the block's vectors is its own where `embedded`."""

    document: str
    ordinal: int
    header: str
    text: str
    locator: Locator
    boxes: tuple[LineBox, ...]
    embedded: bool


def check_manifest(manifest: Manifest) -> None:
    """`Unsound`."""
    counts = (manifest.documents, manifest.passages, manifest.vectors, manifest.left_out)
    sizes = [member.size for member in manifest.members]
    names = [member.name for member in manifest.members]
    if not _counted(*counts, manifest.model.dimensions) or not all(
        0 <= each < _MOST_SIZE for each in sizes
    ):
        raise Unsound("manifest")
    if len(names) > MOST_MEMBERS or len(set(names)) != len(names) or names[:1] != [DOCUMENTS]:
        raise Unsound("manifest")
    if manifest.vectors > manifest.passages or len(manifest.sender) > _MOST_NAME:
        raise Unsound("manifest")
    for member in manifest.members:
        if not _MEMBER.fullmatch(member.name) or not _SHA256.fullmatch(member.sha256):
            raise Unsound(member.name[:100])


def fitted(line: DocumentLine) -> DocumentLine:
    """As `check_document` wants it: a name may hold a line break on some systems, and a title be
    as long as a file."""
    clean = {
        name: getattr(line, name).replace("\0", "")[:_MOST_NAME]
        for name in ("path", "title", "language")
    }
    named = _NOT_IN_NAMES.sub("_", line.name)[:_MOST_NAME]
    return replace(line, name=named if _is_name(named) else "_", **clean)


def check_document(line: DocumentLine) -> None:
    """`Unsound` for what no reader could have written: a name that is a path among it."""
    texts = (line.name, line.path, line.title, line.language, *line.tags)
    report = astuple(replace(line.reading, unread=()))[:-1]
    parts = (number for part in line.reading.unread for number in (part.page, part.count))
    sound = (
        _ID.fullmatch(line.id)
        and (not line.container or _ID.fullmatch(line.container))
        and _is_name(line.name)
        and all(len(each) <= _MOST_NAME and "\0" not in each for each in texts)
        and _counted(line.pages or 0, line.passages, *report, *parts)
        and 0 <= line.size < _MOST_SIZE
        and (_SHA256.fullmatch(line.sha256) or not line.original)
    )
    if not sound:
        raise Unsound(DOCUMENTS)


def check_passage(line: PassageLine) -> None:
    """`Unsound`."""
    place = line.locator
    numbers = (line.ordinal, place.start, place.end, place.page or 0, place.line or 0)
    ends = (number for box in line.boxes for number in (box.start, box.end))
    if not _counted(*numbers, *ends) or max(len(line.text), len(line.header)) > _MOST_TEXT:
        raise Unsound("passages")


def check_vectors(found: Halves | None, rows: int, dimensions: int) -> Halves:
    """A unit vector for each of `rows` passages; `Unsound` for another shape, NaN, or a length by
    which a passage would come before all others."""
    if found is None:
        if rows:
            raise Unsound(VECTORS)
        return np.zeros((0, dimensions), np.float16)
    if found.dtype != np.float16 or found.shape != (rows, dimensions) or not rows:
        raise Unsound(VECTORS)
    lengths = np.linalg.norm(found.astype(np.float32), axis=1)
    if not bool(np.all(np.abs(lengths - 1.0) < _UNIT)):  # False for NaN as well
        raise Unsound(VECTORS)
    return found


def member_of_block(kind: str, number: int) -> str:
    """The name of a block's member: "passages" or "vectors", from 1."""
    suffix = "jsonl" if kind == "passages" else "safetensors"
    return f"{kind}/{number:06}.{suffix}"


def _counted(*numbers: int) -> bool:
    return all(0 <= each <= _MOST_COUNT for each in numbers)


def _is_name(name: str) -> bool:
    """The last part of a path, as a file may be called."""
    return bool(name) and name not in (".", "..") and not _NOT_IN_NAMES.search(name)
