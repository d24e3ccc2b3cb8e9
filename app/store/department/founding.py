"""A department's tables: founded once, brought to the newest state under a lock."""

import re
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, text

from app.domain.errors import DepartmentThere, NotADepartment, OtherDepartmentVersion, UnfitServer
from app.store.department.server import Server

#: PostgreSQL 16: what a role with CREATEROLE may. pgvector 0.8.4: before it an overflow of a buffer
#: and an index that a vacuum damages (its CHANGELOG).
_LEAST_SERVER, _LEAST_VECTOR = 160_000, (0, 8, 4)
#: Both roles belong to the whole server, whichever departments it has.
OWNER, MEMBER = "larets_owner", "larets_member"
_LOCK = 0x4C415245
_ROLES = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') THEN
        CREATE ROLE {OWNER} NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{MEMBER}') THEN
        CREATE ROLE {MEMBER} NOLOGIN;
    END IF;
END $$
"""


class Founding:
    """`folder` holds the steps from one state of the tables to the next: 0001.sql and so on."""

    def __init__(self, server: Server, folder: Path) -> None:
        self._server, self._folder = server, folder

    def found(self) -> None:
        """Make the tables in an empty database; the connection needs a superuser's rights.
        `UnfitServer`, `DepartmentThere`, `DepartmentDenied`."""
        with self._server.transaction() as connection:
            self._require_fit(connection)
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            if _has_schema(connection):
                raise DepartmentThere(server=self._server.address.shown)
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
            self._require_vector(connection)
            connection.execute(text(_ROLES))
            connection.execute(text(f"GRANT {OWNER} TO CURRENT_USER"))
            connection.execute(text(f"CREATE SCHEMA larets AUTHORIZATION {OWNER}"))
            self._step_through(connection, 0)

    def bring_up(self) -> None:
        """To the newest state, by whoever is first; others wait. `NotADepartment`,
        `OtherDepartmentVersion`, `DepartmentDenied`."""
        with self._server.transaction() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            self._step_through(connection, self._state(connection))

    def check(self) -> int:
        """The state of the tables, which must be the one that this program knows.
        `NotADepartment`, `OtherDepartmentVersion`, `UnfitServer`."""
        with self._server.transaction() as connection:
            self._require_fit(connection)
            if not _has_schema(connection):
                raise NotADepartment(server=self._server.address.shown)
            self._require_vector(connection)
            state = self._state(connection)
        if state != len(self._steps()):
            raise self._other(state)
        return state

    def version(self) -> tuple[str, int]:
        """What runs there, and bytes of the whole database."""
        size = text("SELECT pg_database_size(current_database())")
        with self._server.transaction() as connection:
            number = str(connection.execute(text("SHOW server_version")).scalar_one()).split()[0]
            vector = vector_version(connection)
            return f"PostgreSQL {number}, pgvector {vector}", int(
                connection.execute(size).scalar_one()
            )

    def _steps(self) -> Sequence[Path]:
        return sorted(self._folder.glob("[0-9]*.sql"))

    def _state(self, connection: Connection) -> int:
        found = connection.execute(text("SELECT value FROM larets.about WHERE name = 'schema'"))
        state = int(found.scalar() or 0)
        if state > len(self._steps()):
            raise self._other(state)
        return state

    def _other(self, state: int) -> OtherDepartmentVersion:
        known = len(self._steps())
        return OtherDepartmentVersion(
            server=self._server.address.shown, found=str(state), known=str(known)
        )

    def _step_through(self, connection: Connection, state: int) -> None:
        steps = self._steps()[state:]
        if not steps:
            return
        connection.execute(text(f"SET LOCAL ROLE {OWNER}"))
        for step in steps:
            # Without values: only then are many statements taken at once.
            connection.connection.cursor().execute(step.read_text(encoding="utf-8"))
        connection.execute(
            text(
                "INSERT INTO larets.about (name, value) VALUES ('schema', :state) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
            ),
            {"state": str(state + len(steps))},
        )
        connection.execute(text("RESET ROLE"))

    def _require_fit(self, connection: Connection) -> None:
        number = int(connection.execute(text("SHOW server_version_num")).scalar_one())
        if number < _LEAST_SERVER:
            version = connection.execute(text("SHOW server_version")).scalar_one()
            missing = f"PostgreSQL ≥ {_LEAST_SERVER // 10_000} ({version})"
            raise UnfitServer(server=self._server.address.shown, missing=missing)

    def _require_vector(self, connection: Connection) -> None:
        found = vector_version(connection)
        if tuple(map(int, re.findall(r"\d+", found)[:3])) < _LEAST_VECTOR:
            least = ".".join(map(str, _LEAST_VECTOR))
            missing = f"pgvector ≥ {least} ({found or '–'})"
            raise UnfitServer(server=self._server.address.shown, missing=missing)


def vector_version(connection: Connection) -> str:
    """Of pgvector in this database, "" without it."""
    found = connection.execute(
        text("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
    ).scalar()
    return str(found or "")


def _has_schema(connection: Connection) -> bool:
    found = connection.execute(text("SELECT 1 FROM pg_namespace WHERE nspname = 'larets'"))
    return found.scalar() is not None
