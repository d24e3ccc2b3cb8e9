"""SQL databases as a source: an administrator names a server, its tables become documents."""

from app.documents.reading.sandbox import Sandbox
from app.domain.library.databases import DatabaseAddress
from app.domain.progress import Control
from app.domain.roles import Act
from app.services.library.held_parts import queue_parts
from app.services.library.open_collections import OpenCollections
from app.services.profiles.access import Access


class DatabaseService:
    def __init__(self, collections: OpenCollections, access: Access) -> None:
        self._collections = collections
        self._access = access

    def queue(
        self,
        url: str,
        query: tuple[str, str] | None = None,
        collection: str | None = None,
        control: Control | None = None,
    ) -> tuple[str, ...]:
        """Fetch the tables behind a SQLAlchemy URL, or what a query (its name and its SQL) finds,
        and queue them as documents; ids of those that are new or changed. The password is kept
        nowhere. `DatabaseUnreachable`, `DatabaseRefused`, `PasswordNeeded`, `AccessDenied`."""
        self._access.require(Act.CONNECT_DATABASES)
        address = DatabaseAddress.of(url)
        opened = self._collections.one(collection)
        sandbox = Sandbox(server=(address.host, address.port))
        try:
            before = opened.store.below(address.shown, query[0] if query else None)
            parts = sandbox.database(url, query, control)
            ids, gone = queue_parts(opened.store, address.shown, parts, before)
        finally:
            sandbox.close()
        opened.index.removed(gone)
        opened.record("read-database", address.shown)
        opened.changed(ids)
        return ids
