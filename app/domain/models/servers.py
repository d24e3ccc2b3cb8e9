"""Servers of one's own network that hold a chat model."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.domain.errors import ModelServerAddress

_PORTS = {"https": 443, "http": 80}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
#: Where OpenAI's interface lies by custom.
_USUAL_PATH = "/v1"


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """Where one server listens; its interface lies below `path`. `protected`: by TLS."""

    host: str
    port: int
    path: str
    protected: bool

    @property
    def shown(self) -> str:
        """As it may stand in a window and in the log of acts."""
        return f"{self.host}:{self.port}"

    @classmethod
    def of(cls, url: str) -> "ServerPlace":
        """Of a URL. `ModelServerAddress` for one that would send passages through a network
        unprotected, and for one that is none."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise ModelServerAddress(reason=str(error)) from error
        if not host or parts.scheme not in _PORTS or parts.username or parts.query:
            raise ModelServerAddress(reason=url)
        if parts.scheme == "http" and host not in _LOOPBACK:
            raise ModelServerAddress(reason=f"http://{host}: https")
        path = parts.path.rstrip("/") or _USUAL_PATH
        return cls(host, port, path, parts.scheme == "https")


@dataclass(frozen=True, slots=True)
class ModelServer:
    """A chat model that one or several servers hold, at `urls`; `model` is what they call it, `key`
    goes along with every question, "" for none; `root` is a file with the authority to trust, ""
    for those of the system."""

    urls: tuple[str, ...]
    model: str
    key: str = ""
    root: str = ""

    @property
    def places(self) -> tuple[ServerPlace, ...]:
        return tuple(ServerPlace.of(url) for url in self.urls)

    @property
    def shown(self) -> str:
        return ", ".join(place.shown for place in self.places)

    @property
    def mark(self) -> str:
        """Tells it from every other model, as the hash of a file does."""
        told = "\n".join((*sorted(self.urls), self.model))
        return hashlib.sha256(told.encode()).hexdigest()
