"""A backup's folder: its header, lock, indexes, snapshots, and the chunks that packs hold."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from app.domain.errors import (
    BackupInUse,
    DamagedBackup,
    FolderUnreachable,
    NewerBackup,
    NotABackup,
    SnapshotMissing,
    StorageDenied,
)
from app.store import files, keys
from app.store.backup import holders, stored
from app.store.backup.stored import Boxes, Header, Manifest, PackedChunks, Unreadable
from app.store.vault.unlocked import Unlocked

#: The second one is there because without a header nobody has the key.
HEADERS = ("larets-backup.json", "larets-backup.copy.json")
_LATEST = "latest"


@dataclass(frozen=True, slots=True)
class _Place:
    """A chunk's pack, and where in it."""

    pack: str
    offset: int
    length: int


class Repository:
    """Open, with its key. `places` says where each chunk lies that can be read."""

    def __init__(self, folder: Path, header: Header, key: bytes) -> None:
        self.folder, self.header, self.key = folder, header, key
        self.boxes = Boxes(key)
        self.places: dict[bytes, _Place] = {}
        #: Indexes that could not be read: what they named is stored again, or missed by `checking`.
        self.damaged: list[str] = []
        self.packs: dict[str, PackedChunks] = {}
        self._reading: tuple[str, BinaryIO] | None = None
        self._load()

    def _load(self) -> None:
        for path in named(self.folder, "index"):
            try:
                self.learn(self.boxes.open_index(whole(path)))
            except Unreadable:
                self.damaged.append(f"index/{path.name}")

    def learn(self, packs: tuple[PackedChunks, ...]) -> None:
        """Packs that an index names; one that is not there, or cut, holds nothing: what it held is
        stored anew by the next backup."""
        for pack in packs:
            self.packs[pack.name] = pack
            if _size(self.pack_path(pack.name)) == pack.size:
                for chunk in pack.chunks:
                    self.places[chunk.id] = _Place(pack.name, chunk.offset, chunk.length)

    def pack_path(self, name: str) -> Path:
        return self.folder / "packs" / name[:2] / name

    def chunk(self, identifier: bytes) -> bytes:
        """The content of a chunk, authenticated. `DamagedBackup` with the pack's name."""
        place = self.places.get(identifier)
        if place is None:
            raise DamagedBackup(path=str(self.folder / "packs"))
        path = self.pack_path(place.pack)
        with files.disk_errors(path):
            try:
                file = self._opened(place.pack)
                file.seek(place.offset)
                return self.boxes.open_chunk(identifier, file.read(place.length))
            except (Unreadable, FileNotFoundError) as error:
                raise DamagedBackup(path=str(path)) from error

    def close(self) -> None:
        """Twice is harmless."""
        if self._reading:
            self._reading[1].close()
        self._reading = None

    def _opened(self, pack: str) -> BinaryIO:
        """Chunks of a file lie side by side: the pack of the last one stays open."""
        if self._reading is None or self._reading[0] != pack:
            self.close()
            self._reading = (pack, self.pack_path(pack).open("rb"))
        return self._reading[1]

    # -- snapshots --------------------------------------------------------------------------------

    def snapshots(self) -> list[tuple[str, float]]:
        """Ids and moments of those that are whole, the oldest first."""
        found = []
        for path in named(self.folder, "snapshots"):
            with suppress(Unreadable):
                found.append((path.name, stored.read_head(whole(path)).created))
        return sorted(found, key=lambda each: each[1])

    def manifest(self, snapshot: str) -> Manifest:
        """`DamagedBackup`, `NewerBackup`."""
        path = self.folder / "snapshots" / snapshot
        try:
            manifest = self.boxes.open_snapshot(whole(path))
        except Unreadable as error:
            raise DamagedBackup(path=str(path)) from error
        if manifest.version > stored.FORMAT:
            raise NewerBackup(path=str(self.folder), found=str(manifest.version))
        return manifest

    def manifests(self) -> Iterator[tuple[str, Manifest]]:
        """Those that are whole and genuine, the oldest first. `NewerBackup`."""
        for snapshot, _ in self.snapshots():
            with suppress(DamagedBackup):
                yield snapshot, self.manifest(snapshot)

    def chosen(self, wanted: str | None) -> tuple[str, Manifest]:
        """The snapshot whose id begins so; the latest without. `SnapshotMissing`, `DamagedBackup`,
        `NewerBackup`."""
        found = [snapshot for snapshot, _ in self.snapshots()]
        if wanted is None or wanted == _LATEST:
            found = found[-1:]
        else:
            found = [snapshot for snapshot in found if snapshot.startswith(wanted)]
        if len(found) != 1:
            raise SnapshotMissing(name=wanted or _LATEST)
        return found[0], self.manifest(found[0])

    def commit(self, manifest: Manifest) -> str:
        """Write a snapshot; its id. Everything that it names is there and was read back."""
        chunks = {chunk for entry in manifest.files for chunk in entry.chunks}
        needed = tuple(sorted({self.places[chunk].pack for chunk in chunks}))
        raw = self.boxes.seal_snapshot(stored.Head(manifest.created, needed), manifest)
        return self.keep("snapshots", raw)

    def keep(self, kind: str, raw: bytes) -> str:
        """Write an index or a snapshot under its digest, and read it back. `DamagedBackup`."""
        name = stored.digest(raw)
        path = self.folder / kind / name
        with files.atomic(path) as file:
            file.write(raw)
        if path.read_bytes() != raw:
            raise DamagedBackup(path=str(path))
        return name


def read_header(folder: Path) -> Header:
    """The header, or its copy where it is damaged. `NotABackup`, `NewerBackup`, `DamagedBackup`,
    `FolderUnreachable`."""
    if not folder.is_dir():
        raise FolderUnreachable(name=str(folder))
    present = [folder / name for name in HEADERS if (folder / name).is_file()]
    if not present:
        raise NotABackup(path=str(folder))
    for path in present:
        with files.disk_errors(path):
            raw = path.read_bytes()
        if (version := stored.found_version(raw)) > stored.FORMAT:
            raise NewerBackup(path=str(folder), found=str(version))
        with suppress(Unreadable):
            return stored.read_header(raw)
    raise DamagedBackup(path=str(present[0]))


def opened_with_password(folder: Path, name: str, password: str) -> Repository:
    """Open a backup with nothing else at hand. As `read_header`, and `ProfileMissing`,
    `WrongPassword`, `OtherBackup`."""
    header = read_header(folder)
    return Repository(folder, header, holders.key_with_password(header, name, password, folder))


def opened_by(folder: Path, unlocked: Unlocked) -> Repository:
    """Open a backup for the open profile, or begin one in a folder that is `alone`; who is an
    administrator today is written down. As `read_header`, and `OtherBackup`."""
    if _is_begun(folder):
        former = read_header(folder)
        identity = former.id
        key = holders.key_of_profile(former, unlocked, folder)
    else:
        identity, key = secrets.token_hex(16), keys.new_key()
    holders.remember(unlocked, identity, key)
    workspace = (unlocked.folder / "workspace.json").read_bytes()
    sealed = holders.sealed_for_administrators(unlocked, identity, key)
    header = Header(stored.FORMAT, identity, workspace, sealed)
    for name in HEADERS:
        with files.atomic(folder / name) as file:
            file.write(stored.write_header(header))
    return Repository(folder, read_header(folder), key)


def _check_usable(folder: Path) -> None:
    if not folder.parent.is_dir():
        raise FolderUnreachable(name=str(folder))
    if folder.exists() and not _is_begun(folder) and _holds_something(folder):
        raise NotABackup(path=str(folder))


def _is_begun(folder: Path) -> bool:
    return any((folder / name).is_file() for name in HEADERS)


def _holds_something(folder: Path) -> bool:
    """Other than what a run leaves that was killed at its very beginning."""
    return not folder.is_dir() or any(
        each.name != "lock" and not each.name.startswith(files.TEMPORARY)
        for each in folder.iterdir()
    )


@contextmanager
def alone(folder: Path, *, writing: bool) -> Iterator[None]:
    """Nobody else works on the backup meanwhile. `BackupInUse`; to write, `FolderUnreachable` and
    `NotABackup` as well. What only reads is content with a medium that cannot be written to."""
    if writing:
        _check_usable(folder)
    lock = FileLock(folder / "lock", timeout=0, is_singleton=False, thread_local=False)
    try:
        with files.disk_errors(folder):
            if writing:
                folder.mkdir(mode=0o700, exist_ok=True)
            lock.acquire()
    except Timeout as error:
        raise BackupInUse(path=str(folder)) from error
    except (OSError, StorageDenied):
        if writing:
            raise
    try:
        yield
    finally:
        lock.release()


def named(folder: Path, kind: str) -> list[Path]:
    """The files of a kind: "index", "snapshots" or "packs/*"; none that a power cut left."""
    found = folder.glob(f"{kind}/*")
    return sorted(each for each in found if re.fullmatch("[0-9a-f]{64}", each.name))


def whole(path: Path) -> bytes:
    """`Unreadable` when the bytes are not those that its name stands for."""
    try:
        with files.disk_errors(path):
            raw = path.read_bytes()
    except OSError as error:  # the drive itself gives up
        raise Unreadable from error
    if stored.digest(raw) != path.name:
        raise Unreadable
    return raw


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
