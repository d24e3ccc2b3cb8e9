"""One SQLCipher file: opened with a raw key, checked, migrated, and left checkpointed.

Opening asserts what other programs took for granted and lost data by: that the library really
encrypts, that the file really is encrypted, and that SQLite has the WAL-reset repair (3.51.3).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from app.domain.errors import DamagedData, NewerSchema, StorageDenied, StorageFull
from app.store import migrations
from app.store.files import disk_errors

_PLAIN_HEADER = b"SQLite format 3"
#: Integrity checks read the whole file: about 1 s for 400 MB (measured). Above that, `doctor` does.
_CHECK_UP_TO = 400 * 1024 * 1024


class Database:
    """An open database of one `kind`: "workspace", "profile" or "collection"."""

    def __init__(self, path: Path, key: bytes, kind: str) -> None:
        """Open or create. `DamagedData`, `NewerSchema`, `StorageFull`, `StorageDenied`."""
        self.path = path
        self._kind = kind
        self._closed = False
        self._check_file()
        self._engine = _engine(path, key)
        try:
            with self._reading(path):
                self._verify()
                self._migrate()
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing; disk errors come out as ours."""
        with self._reading(self.path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes between what it reads and what it writes; the
        driver would begin one at the first write only."""
        with self.transaction() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    def verify(self) -> None:
        """Read every page and check its authentication; `DamagedData` at the first doubt."""
        with self._reading(self.path), self._engine.connect() as connection:
            for check in ("cipher_integrity_check", "quick_check"):
                rows = [str(row[0]) for row in connection.execute(text(f"PRAGMA {check}"))]
                if rows not in ([], ["ok"]):
                    raise DamagedData(path=str(self.path))

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file: damage to a log goes unnoticed by SQLite."""
        with self._reading(self.path), self._engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def free_share(self) -> float:
        """The share of the file's pages that hold nothing, 0–1."""
        with self._reading(self.path), self._engine.connect() as connection:
            free = connection.execute(text("PRAGMA freelist_count")).scalar_one()
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        return float(free) / max(int(pages), 1)

    def vacuum(self) -> None:
        """Give freed pages back to the disk."""
        with self._reading(self.path), self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM"))

    def close(self) -> None:
        """Twice is harmless."""
        if self._closed:
            return
        try:
            self.checkpoint()
        except (StorageFull, DamagedData):
            pass  # the log stays beside the file and is read at the next start
        finally:
            self._closed = True
            self._engine.dispose()

    def _check_file(self) -> None:
        with disk_errors(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self.path.exists():
                self.path.touch(mode=0o600)
            with self.path.open("rb") as file:
                if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
                    raise DamagedData(path=str(self.path))

    def _verify(self) -> None:
        with self._engine.connect() as connection:
            if not connection.execute(text("PRAGMA cipher_version")).scalar():
                raise RuntimeError("this SQLite does not encrypt")
            version = str(connection.execute(text("SELECT sqlite_version()")).scalar())
            if tuple(map(int, version.split("."))) < (3, 51, 3):
                raise RuntimeError(f"SQLite {version} can corrupt its write-ahead log")
        if self.path.stat().st_size <= _CHECK_UP_TO:
            self.verify()

    def _migrate(self) -> None:
        with self._engine.connect() as connection:
            tables = connection.execute(text("SELECT name FROM sqlite_master")).scalars().all()
            found = None
            if "alembic_version" in tables:
                found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if found == migrations.newest(self._kind):
            return  # it needs no Alembic, which takes 0.2 s to import
        if not migrations.is_known(self._kind, found):
            raise NewerSchema(path=str(self.path), found=found or "")
        with self._engine.begin() as connection:
            migrations.upgrade(connection, self._kind, found)

    @contextmanager
    def _reading(self, path: Path) -> Iterator[None]:
        if self._closed:
            raise StorageDenied(path=str(path))  # the engine would open it anew, even deleted
        try:
            yield
        except (DatabaseError, sqlcipher.DatabaseError) as error:
            self._engine.dispose()  # after an authentication error a connection stays poisoned
            raise _ours(error, path) from error


def is_lost(path: Path) -> bool:
    """Missing or empty, with no log beside it: opening it would begin anew without a word."""
    log = path.with_name(f"{path.name}-wal")
    return not log.exists() and (not path.exists() or path.stat().st_size == 0)


def _ours(error: Exception, path: Path) -> Exception:
    cause = str(error).lower()
    if "disk is full" in cause or "disk full" in cause:
        return StorageFull(path=str(path))
    if "readonly" in cause or "unable to open" in cause:
        return StorageDenied(path=str(path))
    if "not a database" in cause or "malformed" in cause or "hmac" in cause:
        return DamagedData(path=str(path))
    if isinstance(error, OperationalError) and "disk i/o" in cause:
        return DamagedData(path=str(path))
    return error


def _engine(path: Path, key: bytes) -> Engine:
    def connect() -> Any:
        connection = sqlcipher.connect(str(path), check_same_thread=False, timeout=30)
        for pragma in (
            "cipher_log_level=NONE",  # it would write to standard error
            f"key=\"x'{key.hex()}'\"",  # raw: no second key derivation at each connection
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "mmap_size=0",
            "temp_store=MEMORY",
            "cache_size=-32768",  # KiB of pages already decrypted; halves the search for words
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return create_engine(
        "sqlite://", module=sqlcipher, creator=connect, poolclass=QueuePool, hide_parameters=True
    )
