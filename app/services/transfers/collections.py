"""Collections as encrypted, signed files: written, looked at, and taken in without embedding."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from app import __version__, log
from app.domain import passwords
from app.domain.errors import ForgedTransfer, NameTaken, OtherSender, WeakPassword
from app.domain.models.model import Model, ModelKind
from app.domain.policies import Policy
from app.domain.progress import Control
from app.domain.roles import Act
from app.domain.transfers import Sender, TransferFile, Transferred, VectorFate
from app.services.library.found_files import file_errors
from app.services.library.open_collection import OpenCollection
from app.services.library.open_collections import OpenCollections
from app.services.models.adapter_files import one_line
from app.services.models.service import ModelService
from app.services.profiles.access import Access
from app.services.profiles.policies import PolicyService
from app.store import files
from app.store.transfer import taking
from app.store.transfer.layout import VERSION, EmbeddingModel, Manifest
from app.store.transfer.sealed import TransferReader, TransferWriter
from app.store.transfer.taking import Wishes
from app.store.transfer.writing import CollectionWriter, Written
from app.store.vault.unlocked import Unlocked

_UNNAMED = "collection"


class TransferService:
    """Common errors of reading: `FileMissing`, `FileDenied`, `NotATransfer`, `NewerTransfer`,
    `WrongPassphrase`, `DamagedTransfer`, `ForgedTransfer`, `UnsoundTransfer`."""

    def __init__(
        self,
        unlocked: Unlocked,
        access: Access,
        collections: OpenCollections,
        models: ModelService,
        policies: PolicyService,
    ) -> None:
        self._unlocked, self._access, self._collections = unlocked, access, collections
        self._models, self._policies = models, policies

    def check_passphrase(self, passphrase: str, name: str) -> None:
        """As for a password: whoever has the file may guess for years. `WeakPassword`."""
        passwords.require(passphrase, (name, self._unlocked.name))
        least = self._policies.now().number(Policy.PASSWORD_LENGTH)
        if len(passphrase) < least:
            raise WeakPassword(least=least)

    def export(self, collection: str, path: Path, passphrase: str, control: Control) -> Transferred:
        """Write a collection to `path`, whole or not at all, signed by this profile.
        `CollectionMissing`, `AccessDenied`, `ForbiddenByPolicy`, `WeakPassword`, `StorageDenied`,
        `StorageFull`, `FileChanging`, `DamagedData`, `Cancelled`."""
        self._access.require(Act.EXPORT)
        opened = self._collections.one(collection)
        name = opened.collection.name
        self.check_passphrase(passphrase, name)
        began = time.monotonic()
        with files.for_user(path, f"{files.TEMPORARY}{path.name}") as out:
            writer = TransferWriter(out, passphrase)
            written = CollectionWriter(opened.store, writer, opened.aside.ids, control).write()
            manifest = self._manifest(opened, writer, written)
            writer.finish(manifest, self._unlocked.sign)
        size = path.stat().st_size
        self._unlocked.record("export-collection", name)
        seconds = time.monotonic() - began
        log.event("transfer-out", documents=written.documents, size=size, seconds=seconds)
        return Transferred(
            name, collection, written.documents, written.passages, size, written.left_out,
            Sender(manifest.sender, manifest.key),
        )  # fmt: skip

    def look(self, path: Path, passphrase: str) -> TransferFile:
        """What a file says of itself, once its signature was checked; nothing is stored."""
        with _opened(path, passphrase) as reader:
            manifest = reader.manifest
        return TransferFile(
            collection=one_line(manifest.collection) or _UNNAMED,
            private=manifest.private,
            documents=manifest.documents,
            passages=manifest.passages,
            left_out=manifest.left_out,
            created=manifest.created,
            size=path.stat().st_size,
            sender=self._sender(manifest),
            model=one_line(manifest.model.name),
            vectors=VectorFate.QUEUED if self._is_other(manifest.model) else VectorFate.KEPT,
        )

    def check_sender(self, path: Path, found: TransferFile, expected: str) -> None:
        """`OtherSender` unless the fingerprint is the one that was told on another way; blanks and
        upper or lower case make no difference."""
        fingerprint = found.sender.fingerprint
        if "".join(fingerprint.split()).casefold() != "".join(expected.split()).casefold():
            raise OtherSender(name=path.name, found=fingerprint, expected=expected)

    def take_in(
        self, path: Path, passphrase: str, sender: Sender, name: str, control: Control
    ) -> Transferred:
        """Make a collection of a file that the `sender` whom `look` told of has signed; without a
        `name` it has the one that the file says. What was private stays so. `NameTaken`,
        `AccessDenied`, `StorageFull`, `Cancelled`, and as `look`."""
        self._access.require(Act.ADD_DOCUMENTS)
        began = time.monotonic()
        with _opened(path, passphrase) as reader:
            manifest = reader.manifest
            if manifest.key != sender.key:  # another file lies there now
                raise ForgedTransfer(name=path.name)
            name = " ".join(name.split()) or one_line(manifest.collection) or _UNNAMED
            if self._collections.has(name):
                raise NameTaken(name=name)
            other, here = self._is_other(manifest.model), self._here()
            taken = self._taken if self._sender(manifest).member else frozenset
            wishes = Wishes(name, Path(here.path).name if here else "", other, taken)
            made = taking.collection(reader, path.name, wishes, self._unlocked, control)
        sender = self._sender(manifest)
        self._collections.take(made)
        self._unlocked.record("import-collection", f"{name} ← {sender.name}, {sender.fingerprint}")
        seconds = time.monotonic() - began
        log.event("transfer-in", documents=manifest.documents, other=other, seconds=seconds)
        return Transferred(
            name, made.id, manifest.documents, manifest.passages, path.stat().st_size,
            manifest.left_out, sender, VectorFate.QUEUED if other else VectorFate.KEPT,
        )  # fmt: skip

    # -- details ----------------------------------------------------------------------------------

    def _manifest(
        self, opened: OpenCollection, writer: TransferWriter, written: Written
    ) -> Manifest:
        member = self._unlocked.roster().members[self._unlocked.profile]
        return Manifest(
            version=VERSION,
            id=writer.id,
            program=__version__,
            created=time.time(),
            collection=opened.collection.name,
            private=opened.collection.private,
            sender=member.name,
            key=member.signing_key,
            model=self._model_of(opened, written.dimensions),
            documents=written.documents,
            passages=written.passages,
            vectors=written.vectors,
            left_out=written.left_out,
            members=tuple(writer.members),
        )

    def _model_of(self, opened: OpenCollection, dimensions: int) -> EmbeddingModel:
        name = opened.store.fact("embedding-model") or ""
        known = {
            Path(model.path).name: model.sha256
            for model in self._models.all()
            if model.kind == ModelKind.EMBEDDING
        }
        return EmbeddingModel(name, known.get(name, ""), dimensions)

    def _here(self) -> Model | None:
        return self._models.in_use(ModelKind.EMBEDDING)

    def _is_other(self, model: EmbeddingModel) -> bool:
        """Whether the vectors are of another model than the one that embeds questions here."""
        here = self._here()
        if here is None or not model.dimensions:
            return False
        same = (
            Path(here.path).name == model.name
            and model.sha256 in ("", here.sha256)
            and _width(here) in (None, model.dimensions)
        )
        return not same

    def _sender(self, manifest: Manifest) -> Sender:
        roster = self._unlocked.roster()
        names = (
            member.name
            for member in roster.members.values()
            if manifest.key in roster.signing_keys(member.profile)
        )
        return Sender(one_line(manifest.sender), manifest.key, next(names, ""))

    def _taken(self, ids: Sequence[str]) -> frozenset[str]:
        """Those of these ids that documents have which this profile can read. A stranger keeps none
        of his: citations of what was removed here must not lead to what he sent."""
        everywhere = self._collections.everywhere()
        found = (document.id for each in everywhere for document in each.store.documents(ids))
        return frozenset(found)


@contextmanager
def _opened(path: Path, passphrase: str) -> Iterator[TransferReader]:
    with file_errors(path):
        file = path.open("rb")
    with file:
        yield TransferReader(file, path.name, passphrase)


def _width(model: Model) -> int | None:
    """The values of a vector, as the model's own file says; None where it does not."""
    try:
        told = (Path(model.path) / "config.json").read_bytes()
        return msgspec.json.decode(told, type=_Config).hidden_size
    except (OSError, msgspec.DecodeError):
        return None


class _Config(msgspec.Struct):
    hidden_size: int | None = None
