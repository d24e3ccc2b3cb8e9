"""Tables of a SQL database, and what a query over one finds → CSV files, one each.

The only reader that SQLAlchemy serves; everything after it is that of CSV files.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from app.documents.limits import DATABASE_BYTES, DATABASE_TABLES, MB
from app.documents.source import Part
from app.domain.errors import (
    DamagedFile,
    DatabaseRefused,
    DatabaseUnreachable,
    EmptyDocument,
    FileTooLarge,
    PasswordNeeded,
)

SQLITE_MARK = b"SQLite format 3\0"
#: Rows that are fetched at a time.
_BATCH = 1000
#: Seconds that a server has to answer the first time, and a statement to end.
_CONNECT_SECONDS, _STATEMENT_SECONDS = 10, 300
_READ_ONLY = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"


@dataclass(frozen=True, slots=True)
class Query:
    """A user's own statement; `name` is what its result is called."""

    name: str
    sql: str


def parts(data: bytes, name: str) -> Iterator[Part]:
    """The tables of a SQLite file. Raises DamagedFile, EmptyDocument or FileTooLarge."""
    import sqlite3

    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.deserialize(data)
            for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            raise DamagedFile(name=name) from error
        engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
        yield from _tables(engine, name, None)


def server_parts(url: str, query: Query | None) -> Iterator[Part]:
    """The tables of a database behind a SQLAlchemy URL, or what `query` finds there. Nothing can
    be written: the session is read-only. DatabaseUnreachable, DatabaseRefused, EmptyDocument."""
    from sqlalchemy import create_engine, event, make_url
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    try:
        address = make_url(url)
        engine = create_engine(address, connect_args=_patience(address.drivername))
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise DatabaseRefused(name=_shown(url), reason=str(error)) from error

    def read_only(connection: Any, _: object) -> None:
        if address.get_backend_name() == "postgresql":
            cursor = connection.cursor()
            cursor.execute(_READ_ONLY)
            cursor.execute(f"SET statement_timeout = {_STATEMENT_SECONDS * 1000}")
            cursor.close()
            connection.commit()

    event.listen(engine, "connect", read_only)
    yield from _tables(engine, address.render_as_string(hide_password=True), query)


def _shown(url: str) -> str:
    """Without what stands before the host, which may be a password."""
    return url.rsplit("@", 1)[-1]


def _patience(driver: str) -> dict[str, Any]:
    return {"timeout": _CONNECT_SECONDS} if driver.endswith("pg8000") else {}


def _tables(engine: Any, name: str, query: Query | None) -> Iterator[Part]:
    from sqlalchemy import MetaData, Table, inspect, select, text
    from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, SQLAlchemyError

    try:
        with engine.connect() as connection:
            if query is not None:
                yield _part(connection.execute(text(query.sql)), query.name)
                return
            names = sorted(inspect(connection).get_table_names())
            if not names:
                raise EmptyDocument(name=name)
            if len(names) > DATABASE_TABLES:
                raise FileTooLarge(name=name, limit=f"{DATABASE_TABLES} tables")
            for each in names:
                table = Table(each, MetaData(), autoload_with=connection, resolve_fks=False)
                found = connection.execution_options(yield_per=_BATCH).execute(select(table))
                yield _part(found, each)
    except InterfaceError as error:
        raise DatabaseUnreachable(name=name) from error
    except DatabaseError as error:
        raise _refusal(name, error) from error
    except (DBAPIError, SQLAlchemyError) as error:
        raise DatabaseRefused(name=name, reason=type(error).__name__) from error
    except OSError as error:
        raise DatabaseUnreachable(name=name) from error
    finally:
        engine.dispose()


def _refusal(name: str, error: Any) -> DamagedFile | DatabaseRefused | PasswordNeeded:
    if name.startswith("postgresql"):
        told: object = next(iter(getattr(error.orig, "args", ())), None)
        fields = told if isinstance(told, dict) else {"M": str(error.orig)}
        if str(fields.get("C", "")).startswith("28"):  # invalid authorization
            return PasswordNeeded(name=name)
        return DatabaseRefused(name=name, reason=str(fields.get("M", "")))
    return DamagedFile(name=name)


def _part(found: Any, name: str) -> Part:
    """The rows as CSV with a header. `FileTooLarge`."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(found.keys())
    for batch in found.partitions(_BATCH):
        writer.writerows([_shown_value(each) for each in row] for row in batch)
        if stream.tell() > DATABASE_BYTES:
            raise FileTooLarge(name=name, limit=f"{DATABASE_BYTES // MB} MB")
    return Part(f"{_safe(name)}.csv", stream.getvalue().encode("utf-8", errors="replace"))


def _shown_value(value: object) -> object:
    """Bytes are no reading matter; all else is shown as the database's own types print."""
    if value is None:
        return ""
    if isinstance(value, bytes | bytearray | memoryview):
        return f"[{len(value)} bytes]"
    return " ".join(value.split()) if isinstance(value, str) else value


def _safe(name: str) -> str:
    cleaned = "".join("_" if sign in '/\\\0:*?"<>|' or sign < " " else sign for sign in name)
    return cleaned.strip(". ") or "table"
