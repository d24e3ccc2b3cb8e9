"""What the folder of a collection still gives: names of documents, originals, texts."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.store import files
from app.store.keys import derive
from app.store.library.staging import StagedFacts
from app.store.salvage.damaged import DamagedDatabase
from app.store.schema import documents, passages, staged


@dataclass(frozen=True, slots=True)
class SalvagedDocument:
    """`id` is "" where only its original is there and nothing tells its name; `content` names the
    original, "" where none was kept or its name is lost."""

    id: str
    name: str
    content: str


class CollectionRemains:
    """`database` None where it is missing, or the list of its tables is damaged."""

    def __init__(
        self, name: str, folder: Path, key: bytes, database: DamagedDatabase | None
    ) -> None:
        self.name, self._database, self._originals = name, database, _originals(folder)
        self._key, self.is_there = derive(key, "files"), (folder / "collection.db").exists()

    @property
    def has_names(self) -> bool:
        return self._database is not None

    def documents(self) -> list[SalvagedDocument]:
        """Those of the database, then originals that no row of it names."""
        told = self._told()
        named = {each.content for each in told}
        strays = [each for each in self._originals if each not in named]
        return told + [SalvagedDocument("", "", each) for each in sorted(strays)]

    def lost_names(self) -> list[str]:
        """Documents whose row is lost while an index still tells where they came from."""
        if self._database is None:
            return []
        rows = {row["path"] for row in self._database.rows(documents, "path")}
        told = {path for (path,) in self._database.indexed(documents, "documents_by_path", "path")}
        return sorted(told - rows)

    def has_original(self, document: SalvagedDocument) -> bool:
        return document.content in self._originals

    def original(self, document: SalvagedDocument) -> Iterator[bytes]:
        """Piece by piece; each is authentic, the whole only at the end. `DamagedData`."""
        folder = self._originals[document.content]
        return files.decrypted(folder / document.content, self._key, document.content)

    def texts(self) -> dict[str, str]:
        """What was read of each document, as far as its passages are there, by its id."""
        if self._database is None:
            return {}
        pieces: dict[str, dict[int, str]] = {}
        for row in self._database.rows(passages, "document", "ordinal", "text"):
            pieces.setdefault(row["document"], {})[row["ordinal"]] = row["text"]
        return {key: "\n\n".join(each[at] for at in sorted(each)) for key, each in pieces.items()}

    def _told(self) -> list[SalvagedDocument]:
        if self._database is None:
            return []
        waiting = dict(self._staged())
        return [
            SalvagedDocument(row["id"], row["name"], row["content"] or waiting.get(row["id"], ""))
            for row in self._database.rows(documents)
        ]

    def _staged(self) -> Iterator[tuple[str, str]]:
        """Documents that were read and not searchable yet, with their originals."""
        assert self._database is not None
        for row in self._database.rows(staged):
            with suppress(msgspec.MsgspecError):
                yield row["document"], msgspec.json.decode(row["facts"], type=StagedFacts).content


def _originals(collection: Path) -> dict[str, Path]:
    """Names of originals and the folders where they lie, also of those that were put aside."""
    found = {}
    for folder in (collection / files.SET_ASIDE, collection / "files"):
        for path in folder.glob("*") if folder.is_dir() else ():
            if not path.name.startswith(files.TEMPORARY):
                found[path.name] = folder
    return found
