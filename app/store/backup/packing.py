"""Chunks gathered into packs of about 16 MiB; an index names none that was not read back whole."""

import os
from pathlib import Path

from app.domain.errors import DamagedBackup
from app.store import files
from app.store.backup import stored
from app.store.backup.repository import Repository
from app.store.backup.stored import PackedChunks, PlacedChunk, Unreadable

PACK = 16 * 1024 * 1024
#: Packs after which an index is written: what a run that is killed leaves is used by the next.
_PACKS_AN_INDEX = 8


class PackWriter:
    """Stores chunks that the repository does not hold yet; `finish` comes last."""

    def __init__(self, repository: Repository, pack: int = PACK) -> None:
        self._repository = repository
        self._pack_size = pack
        self._content = bytearray()
        self._chunks: list[PlacedChunk] = []
        self._packs: list[PackedChunks] = []
        self._waiting: set[bytes] = set()
        self.new_bytes = 0

    def add(self, content: bytes) -> bytes:
        """Store a chunk unless an equal one is there; its id. `StorageFull`, `DamagedBackup`."""
        boxes = self._repository.boxes
        chunk = boxes.chunk_id(content)
        if chunk in self._repository.places or chunk in self._waiting:
            return chunk
        box = boxes.seal_chunk(chunk, content)
        self._chunks.append(PlacedChunk(chunk, len(self._content), len(box)))
        self._content += box
        self._waiting.add(chunk)
        if len(self._content) >= self._pack_size:
            self._write_pack()
            if len(self._packs) >= _PACKS_AN_INDEX:
                self._write_index()
        return chunk

    def finish(self) -> None:
        """Everything is written, read back and named by an index."""
        if self._chunks:
            self._write_pack()
        self.keep_what_is_whole()

    def keep_what_is_whole(self) -> None:
        """Have an index name the packs that are written; what is in no pack yet is dropped."""
        if self._packs:
            self._write_index()

    def _write_pack(self) -> None:
        content = bytes(self._content)
        pack = PackedChunks(stored.digest(content), len(content), tuple(self._chunks))
        with files.atomic(self._repository.pack_path(pack.name)) as file:
            file.write(content)
        self.new_bytes += len(content)
        self._packs.append(pack)
        self._content.clear()
        self._chunks.clear()

    def _write_index(self) -> None:
        for pack in self._packs:
            self._read_back(pack)
        packs = tuple(self._packs)
        self._repository.keep("index", self._repository.boxes.seal_index(packs))
        self._repository.learn(packs)
        self._packs.clear()
        self._waiting = {chunk.id for chunk in self._chunks}

    def _read_back(self, pack: PackedChunks) -> None:
        path = self._repository.pack_path(pack.name)
        _forget_cached(path)
        content = path.read_bytes()
        try:
            if stored.digest(content) != pack.name:
                raise Unreadable
            for each in pack.chunks:
                box = content[each.offset : each.offset + each.length]
                self._repository.boxes.open_chunk(each.id, box)
        except Unreadable as error:
            raise DamagedBackup(path=str(path)) from error


def _forget_cached(path: Path) -> None:
    """So that reading back asks the drive, not the memory; where the system has no such wish, what
    it remembers is read."""
    if not hasattr(os, "posix_fadvise"):
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)
