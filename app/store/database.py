"""One SQLCipher file: opened with a raw key, checked, migrated, and left checkpointed.

Opening asserts what other programs took for granted and lost data by: that the library really
encrypts, that the file really is encrypted, and that SQLite has the WAL-reset repair (3.51.3).

A new file is made beside and renamed into place, and a migration is one transaction after a copy:
whenever the power goes, there is the old file or the new one. Each transaction that changes a row
counts one up in `user_version`, which SQLite keeps in the file's header and leaves to programs: a
file that was put back to an earlier state shows by its count.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from app.domain.errors import (
    DamagedData,
    DatabaseBusy,
    NewerSchema,
    StorageDenied,
    StorageFull,
)
from app.store import files, migrations
from app.store.reserve import Reserve

_PLAIN_HEADER = b"SQLite format 3"
#: Integrity checks read the whole file: about 1 s for 400 MB (measured). Above that, `doctor` does.
_CHECK_UP_TO = 400 * 1024 * 1024
#: With less than this left, "disk I/O error" means a full disk.
_LITTLE_SPACE = 2 * 1024 * 1024
_MOST_COUNTED = 2**31 - 1
#: How often an empty log is waited for before writers have to wait.
_ATTEMPTS = 5
#: Between a database's name and the revision that a kept copy of it has.
BEFORE_MIGRATION = ".before-"


class Generations(Protocol):
    """Who keeps account of how often each database was changed."""

    def expects(self, path: Path) -> bool:
        """Whether that database is known to have been there: it must not be begun anew."""
        ...

    def opened(self, path: Path, count: int) -> None: ...

    def committed(self, path: Path, count: int) -> None: ...

    @property
    def reserve(self) -> Reserve: ...


class Database:
    """An open database of one `kind`: "workspace", "profile" or "collection"."""

    def __init__(
        self, path: Path, key: bytes, kind: str, generations: Generations | None = None
    ) -> None:
        """Open, or create where `generations` expects none. `DamagedData`, `NewerSchema`,
        `StorageFull`, `StorageDenied`."""
        self.path = path
        self._kind, self._generations = kind, generations
        self._closed = False
        if generations:  # even opening takes some room
            generations.reserve.give_up()
        if is_lost(path):
            if generations and generations.expects(path):
                raise DamagedData(path=str(path))
            _make(path, key, kind)
        self._check_file()
        self._engine = _engine(path, key)
        try:
            with self._reading(path):
                self._verify()
                self._migrate()
                if generations:
                    generations.opened(path, self.count())
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing; disk errors come out as ours."""
        count = None
        with self._reading(self.path), self._engine.begin() as connection:
            driver = connection.connection.driver_connection
            before = driver.total_changes if driver else 0
            yield connection
            if driver and driver.total_changes != before:
                count = _count_up(connection)
        if count is not None and self._generations:
            self._generations.committed(self.path, count)

    def count(self) -> int:
        """How many transactions have changed a row since the file was made."""
        with self._reading(self.path), self._engine.connect() as connection:
            return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes between what it reads and what it writes; the
        driver would begin one at the first write only."""
        with self.transaction() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def deletion(self) -> Iterator[Connection]:
        """As `change`, for what deletes or says that it was deleted: on a full disk it has the room
        that is kept for that."""
        if self._generations:
            self._generations.reserve.give_up()
        with self.change() as connection:
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

    @contextmanager
    def held(self) -> Iterator[None]:
        """All that was committed before stands in the file, and nothing is written into it until
        the block ends: while a reader holds read mark 0 of the write-ahead log, no checkpoint
        writes into the file (sqlite.org/walformat.html, "WAL_READ_LOCK(0)"), and writers append to
        the log. They wait only where they left no moment in five attempts. `DatabaseBusy`."""
        for _ in range(_ATTEMPTS):
            self.checkpoint()
            with self.transaction() as connection:
                connection.exec_driver_sql("BEGIN")
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
                if log_size(self.path) == 0:
                    yield
                    return
        with self.change():
            for _ in range(_ATTEMPTS):
                if self._folded():
                    yield
                    return
        raise DatabaseBusy(path=str(self.path))

    def _folded(self) -> bool:
        """Whether the whole log is in the file; nobody is to write meanwhile."""
        with self.transaction() as connection:
            busy, frames, moved = connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").one()
        return bool(busy == 0 and frames == moved)  # (1, -1, -1): another checkpoint is at work

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

    @property
    def is_closed(self) -> bool:
        return self._closed

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
        try:
            with files.disk_errors(self.path), self.path.open("rb") as file:
                plain = file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER
        except FileNotFoundError as error:  # its log alone is left
            raise DamagedData(path=str(self.path)) from error
        if plain:
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
        if found is None:  # nothing that we make lies here without its revision
            raise DamagedData(path=str(self.path))
        if not migrations.is_known(self._kind, found):
            raise NewerSchema(path=str(self.path), found=found)
        self._keep_before_migration(found)
        _upgrade(self._engine, self._kind, found)

    def _keep_before_migration(self, found: str) -> None:
        """A copy of the file as it is, beside it, until the next migration."""
        self.checkpoint()
        kept = self.path.with_name(f"{self.path.name}{BEFORE_MIGRATION}{found}")
        for older in self.path.parent.glob(f"{self.path.name}{BEFORE_MIGRATION}*"):
            older.unlink(missing_ok=True)
        files.copy_file(self.path, kept)

    @contextmanager
    def _reading(self, path: Path) -> Iterator[None]:
        if self._closed:
            raise StorageDenied(path=str(path))  # the engine would open it anew, even deleted
        try:
            yield
        except (DatabaseError, sqlcipher.DatabaseError) as error:
            self._engine.dispose()  # after an authentication error a connection stays poisoned
            ours = _ours(error, path)
            if isinstance(ours, StorageFull) and self._generations:
                self._generations.reserve.note_refusal()
            raise ours from error


def log_of(path: Path) -> Path:
    """The write-ahead log of a database."""
    return path.with_name(f"{path.name}-wal")


def log_size(path: Path) -> int:
    """In bytes; 0 without a log."""
    try:
        return log_of(path).stat().st_size
    except FileNotFoundError:
        return 0


def is_lost(path: Path) -> bool:
    """Missing or empty, with no log beside it: opening it would begin anew without a word."""
    return not log_of(path).exists() and (not path.exists() or path.stat().st_size == 0)


@contextmanager
def _appearing(path: Path) -> Iterator[Path]:
    """A database that is made beside `path`, closed within the block, and then appears there whole;
    after an error nothing of it is left."""
    temporary = path.with_name(f"{files.TEMPORARY}{secrets.token_hex(8)}")
    with files.disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary.touch(mode=0o600)
    try:
        yield temporary
        files.put_in_place(temporary, path)
    except (DatabaseError, sqlcipher.DatabaseError) as error:
        raise _ours(error, path) from error
    finally:
        for leftover in path.parent.glob(f"{temporary.name}*"):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _make(path: Path, key: bytes, kind: str) -> None:
    with _appearing(path) as temporary:
        engine = _engine(temporary, key)
        try:
            _upgrade(engine, kind, None)
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            engine.dispose()


def _upgrade(engine: Engine, kind: str, found: str | None) -> None:
    """In one transaction: by itself the driver would begin one at the first changed row only, and
    commit each table alone."""
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        migrations.upgrade(connection, kind, found)
        connection.commit()


def copy_with_key(path: Path, key: bytes, to: Path, new_key: bytes) -> None:
    """Write a closed database anew under another key, whole or not at all. `DamagedData`,
    `StorageFull`."""
    with _appearing(to) as temporary:
        source, target = _connected(path, key), _connected(temporary, new_key)
        try:
            source.backup(target)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            target.close()
            source.close()


def _count_up(connection: Connection) -> int:
    count = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    count = min(count + 1, _MOST_COUNTED)
    connection.exec_driver_sql(f"PRAGMA user_version = {count}")
    return count


def _ours(error: Exception, path: Path) -> Exception:
    cause = str(error).lower()
    if "disk is full" in cause or "disk full" in cause:
        return StorageFull(path=str(path))
    if "disk i/o" in cause and _is_full(path):
        return StorageFull(path=str(path))
    if "readonly" in cause or "unable to open" in cause:
        return StorageDenied(path=str(path))
    if "not a database" in cause or "malformed" in cause or "hmac" in cause:
        return DamagedData(path=str(path))
    if isinstance(error, OperationalError) and "disk i/o" in cause:
        return DamagedData(path=str(path))
    return error


def _is_full(path: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < _LITTLE_SPACE
    return False


def keyed(path: Path, key: bytes) -> Any:
    """A connection of the driver by a raw key: no second key derivation at each."""
    connection = sqlcipher.connect(str(path), check_same_thread=False, timeout=30)
    connection.execute("PRAGMA cipher_log_level=NONE")  # it would write to standard error
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    return connection


def _connected(path: Path, key: bytes) -> Any:
    connection = keyed(path, key)
    for pragma in (
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


def _engine(path: Path, key: bytes) -> Engine:
    return create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: _connected(path, key),
        poolclass=QueuePool,
        hide_parameters=True,
    )
