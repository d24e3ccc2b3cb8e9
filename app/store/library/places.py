"""Where a collection's documents were found on the disk, and the folders that are watched."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, RowMapping, delete, insert, select, text, update

from app.domain.library.watching import FileSeen, Removal, WatchedFolder
from app.store.database import Database
from app.store.schema import documents, places, watched

_PUT = (
    "INSERT INTO places(path, document, size, modified, device, missing) "
    "SELECT :path, :document, :size, :modified, :device, :missing "
    "WHERE EXISTS (SELECT 1 FROM documents WHERE id = :document) "
    "ON CONFLICT (path) DO UPDATE SET document = excluded.document, size = excluded.size, "
    "modified = excluded.modified, device = excluded.device, missing = excluded.missing"
)


class PlaceStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, found: Iterable[FileSeen]) -> None:
        """Note these, in place of what was known of their paths; those of documents that were
        removed a moment ago are passed over."""
        if rows := [_row(file_seen) for file_seen in found]:
            with self._database.transaction() as connection:
                connection.execute(text(_PUT), rows)

    def at(self, paths: Sequence[str]) -> dict[str, FileSeen]:
        """What is known of these paths."""
        found: dict[str, FileSeen] = {}
        with self._database.transaction() as connection:
            for begin in range(0, len(paths), 500):
                some = places.c.path.in_(list(paths[begin : begin + 500]))
                rows = connection.execute(select(places).where(some)).mappings()
                found |= {row["path"]: _place(row) for row in rows}
        return found

    def below(self, folder: str) -> list[FileSeen]:
        """All that was ever found in a folder; a separator ends its path."""
        inside = places.c.path.startswith(folder, autoescape=True)
        with self._database.transaction() as connection:
            return [
                _place(row) for row in connection.execute(select(places).where(inside)).mappings()
            ]

    def of(self, document_id: str) -> list[FileSeen]:
        query = select(places).where(places.c.document == document_id).order_by(places.c.path)
        with self._database.transaction() as connection:
            return [_place(row) for row in connection.execute(query).mappings()]

    def forget(self, paths: Iterable[str]) -> None:
        with self._database.transaction() as connection:
            for path in paths:
                connection.execute(delete(places).where(places.c.path == path))

    def settle(self, document_id: str) -> None:
        """A document whose own path is gone is named by another that is there: it was moved."""
        own = select(documents.c.path).where(documents.c.id == document_id)
        present = (
            select(places.c.path)
            .where(places.c.document == document_id, places.c.missing == 0)
            .order_by(places.c.path)
        )
        with self._database.transaction() as connection:
            path = connection.execute(own).scalar_one_or_none()
            there = list(connection.execute(present).scalars())
            if path is None or not there or path in there:
                return
            name = there[0].replace("\\", "/").rsplit("/", 1)[-1]
            connection.execute(
                update(documents)
                .where(documents.c.id == document_id)
                .values(path=there[0], name=name)
            )

    # -- watched folders --------------------------------------------------------------------------

    def watched(self) -> list[WatchedFolder]:
        with self._database.transaction() as connection:
            rows = connection.execute(select(watched).order_by(watched.c.path)).mappings()
            return [_folder(row) for row in rows]

    def watch(self, folder: WatchedFolder) -> None:
        """Watch it from now on, or otherwise than before."""
        with self._database.transaction() as connection:
            connection.execute(delete(watched).where(watched.c.path == folder.path))
            connection.execute(
                insert(watched).values(
                    path=folder.path,
                    include="\n".join(folder.include),
                    exclude="\n".join(folder.exclude),
                    removal=folder.removal.value,
                    scanned=folder.scanned,
                    problem=folder.problem,
                )
            )

    def unwatch(self, path: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(delete(watched).where(watched.c.path == path))


def _place(row: RowMapping) -> FileSeen:
    return FileSeen(
        row["path"], row["document"], row["size"], row["modified"], row["device"],
        bool(row["missing"]),
    )  # fmt: skip


def _folder(row: RowMapping) -> WatchedFolder:
    return WatchedFolder(
        path=row["path"],
        include=tuple(row["include"].split("\n")) if row["include"] else (),
        exclude=tuple(row["exclude"].split("\n")) if row["exclude"] else (),
        removal=Removal(row["removal"]),
        scanned=row["scanned"],
        problem=row["problem"],
    )


def put_place(connection: Connection, found: FileSeen) -> None:
    """Note where a file was found, in a transaction that does more; see PlaceStore.put."""
    connection.execute(text(_PUT), _row(found))


def _row(found: FileSeen) -> dict[str, str | int | float | None]:
    return {
        "path": found.path,
        "document": found.document,
        "size": found.size,
        "modified": found.modified,
        "device": found.device,
        "missing": int(found.missing),
    }
