"""A department: people who share collections on a server of their own."""

import base64
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from app.domain.errors import DepartmentAddress
from app.domain.models import adapter_files

_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
_PORT = 5432
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_KNOWN = frozenset(
    {"host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "user", "dbname"}
)


class Protection(StrEnum):
    """How a connection is protected on its way: LOCAL stays on this computer, VERIFIED is TLS with
    the server's certificate checked against its name."""

    LOCAL = "local"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Of a PostgreSQL server: `socket` is the folder of its UNIX socket, "" over the network.
    Certificates are paths: whom to trust, and one's own with its key."""

    host: str
    port: int
    database: str
    user: str = ""
    password: str = ""
    socket: str = ""
    root: str = ""
    certificate: str = ""
    key: str = ""
    protection: Protection = Protection.LOCAL

    @property
    def shown(self) -> str:
        """Without user and password, as it may stand in a window and in the log of acts."""
        return f"{self.socket or f'{self.host}:{self.port}'}/{self.database}"

    @classmethod
    def of(cls, url: str) -> Self:
        """Of a URL as libpq takes it. `DepartmentAddress` for one that would send what is secret
        through a network unprotected, and for one that is none."""
        parts = urlsplit(url)
        if parts.scheme not in _SCHEMES:
            raise DepartmentAddress(reason=f"{parts.scheme or url}: postgresql://…")
        given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if unknown := sorted(given.keys() - _KNOWN):
            raise DepartmentAddress(reason=", ".join(unknown))
        try:
            port = parts.port or int(given.get("port", _PORT))
        except ValueError as error:
            raise DepartmentAddress(reason=str(error)) from error
        host = given.get("host") or unquote(parts.hostname or "")
        local = host.startswith("/")
        if not host:
            raise DepartmentAddress(reason="host")
        return cls(
            host="" if local else host,
            port=port,
            database=given.get("dbname") or unquote(parts.path.lstrip("/")) or "postgres",
            user=given.get("user") or unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            socket=host if local else "",
            root=given.get("sslrootcert", ""),
            certificate=given.get("sslcert", ""),
            key=given.get("sslkey", ""),
            protection=_protection(host, given.get("sslmode", ""), given.get("sslrootcert", "")),
        )


def _protection(host: str, mode: str, root: str) -> Protection:
    """libpq's modes between "disable" and "verify-full" can be answered by anybody."""
    bare = not root and mode in ("", "disable")
    if host.startswith("/") or (host in _LOOPBACK and bare):
        return Protection.LOCAL
    if mode in ("", "verify-full"):
        return Protection.VERIFIED
    raise DepartmentAddress(reason=f"sslmode={mode}: verify-full")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who joined: the role of the database under which he works, and his public keys,
    base64."""

    role: str
    name: str
    public_key: str
    signing_key: str
    administrator: bool = False

    @property
    def fingerprint(self) -> str:
        """Both keys as people compare them: "3f2a 90bc 11d8 7e04"."""
        keys = base64.b64decode(self.public_key) + base64.b64decode(self.signing_key)
        return adapter_files.fingerprint(keys.hex())


@dataclass(frozen=True, slots=True)
class SharedCollection:
    """A collection on the server as a member sees it. `model` embedded its passages, vectors of so
    many `dimensions`; `words`: whether it keeps an index of words."""

    id: str
    name: str
    model: str
    dimensions: int
    words: bool
    adds: bool
    manages: bool
    documents: int = 0
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Queue:
    """Documents that wait for a worker, are at one, could not be read; seconds for which the
    `oldest` of the first has waited."""

    waiting: int = 0
    reading: int = 0
    failed: int = 0
    oldest: float = 0.0


@dataclass(frozen=True, slots=True)
class DepartmentStatus:
    """`server` is its address without user and password, `version` PostgreSQL's and pgvector's;
    `size` of the whole database in bytes, `workers` that are connected."""

    server: str
    version: str
    schema: int
    person: Person
    people: tuple[Person, ...]
    collections: tuple[SharedCollection, ...]
    queue: Queue
    workers: int
    size: int
