"""Where a database is, as far as that may be shown and kept."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from app.domain.errors import DatabaseRefused

_PORTS = {"postgresql": 5432}


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """`shown` has neither user nor password."""

    host: str
    port: int
    shown: str

    @classmethod
    def of(cls, url: str) -> Self:
        """Of a SQLAlchemy URL. `DatabaseRefused` for what is none of a kind that is read."""
        parts = urlsplit(url)
        kind = parts.scheme.split("+", 1)[0]
        try:
            port = parts.port or _PORTS[kind]
        except (KeyError, ValueError) as error:
            known = ", ".join(["sqlite", *_PORTS])
            raise DatabaseRefused(name=kind, reason=f"{parts.scheme}: {known}") from error
        host = parts.hostname or "localhost"
        return cls(host, port, f"{kind}://{host}:{port}{parts.path}")


def is_database(text: str) -> bool:
    """Whether it is a URL rather than a path."""
    return "://" in text
