"""A connection to a department's server; what PostgreSQL refuses comes out as one of our errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from app import log
from app.domain.department import ServerAddress
from app.domain.errors import (
    DepartmentDenied,
    DepartmentFull,
    DepartmentRefused,
    DepartmentUnreachable,
    NotADepartment,
    UnfitServer,
)

#: Seconds for a connection, and for a statement of a search; what builds an index takes its time.
_CONNECT, STATEMENT = 5, 30
_POOL = 4
#: Classes and codes of PostgreSQL's errors (its documentation, appendix A).
_DENIED, _FULL, _TABLE, _SCHEMA, _EXTENSION = "42501", "53100", "42P01", "3F000", "0A000"
_REFUSING = ("28", "3D")
#: The client library gives no code for what the server said before anybody was let in.
_SAID = ("authentication", "no pg_hba.conf", "does not exist", "certificate", "not permitted")
_SETTINGS = (
    "SET hnsw.ef_search = 200",  # results/department.md
    # Under rights or a filter a plain scan of the graph ends before it found enough, in silence.
    "SET hnsw.iterative_scan = relaxed_order",
    "SET hnsw.max_scan_tuples = 200000",
    f"SET statement_timeout = '{STATEMENT}s'",
    "SET search_path = larets, public",
)


#: What a transaction is to whoever only passes it on.
Transaction = Connection


class Server:
    """An engine with a few connections, safe from several threads."""

    def __init__(self, address: ServerAddress, folder: str = "", connections: int = _POOL) -> None:
        """`folder` is where a relay listens for this server, in place of its own socket."""
        self.address = address
        self._engine = _engine(address, folder or address.socket, connections)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing. `DepartmentUnreachable`, `DepartmentRefused`, `DepartmentDenied`,
        `DepartmentFull`, `NotADepartment`."""
        with self.speaking(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def kept(self) -> Iterator[Connection]:
        """One connection for as long as that is needed, each statement on its own."""
        with self.speaking(), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Whatever the server refuses inside is one of our errors."""
        try:
            yield
        except PoolTimeout as error:
            raise DepartmentUnreachable(server=self.address.shown) from error
        except DBAPIError as error:
            raise self._translated(error) from error

    def close(self) -> None:
        """Close its connections; twice is harmless."""
        self._engine.dispose()

    def _translated(self, error: DBAPIError) -> Exception:
        shown = self.address.shown
        code = getattr(error.orig, "sqlstate", None) or ""
        said = str(error.orig).strip().split("\n")[0]
        if code == _DENIED:
            return DepartmentDenied(server=shown)
        if code == _FULL:
            return DepartmentFull(server=shown)
        if code in (_TABLE, _SCHEMA):
            return NotADepartment(server=shown)
        if code == _EXTENSION:
            return UnfitServer(server=shown, missing=said)
        if code[:2] in _REFUSING or any(each in said for each in _SAID):
            return DepartmentRefused(server=shown, reason=said)
        if isinstance(error, OperationalError) or error.connection_invalidated or not code:
            log.failure(error)
            return DepartmentUnreachable(server=shown)
        return error


def _engine(address: ServerAddress, folder: str, connections: int) -> Engine:
    arguments: dict[str, Any] = {
        "host": folder or address.host,
        "port": address.port,
        "dbname": address.database,
        "connect_timeout": _CONNECT,
        "application_name": "larets",
        "sslmode": "disable",  # a relay does it: this process has no sockets of the network
        "gssencmode": "disable",
    }
    if address.user:
        arguments["user"] = address.user
    if address.password:
        arguments["password"] = address.password
    engine = create_engine(
        "postgresql+psycopg://",
        connect_args=arguments,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=STATEMENT,
        pool_pre_ping=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.autocommit = True
        for setting in _SETTINGS:
            connection.execute(setting)
        connection.autocommit = False

    return engine
