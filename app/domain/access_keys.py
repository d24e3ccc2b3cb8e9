"""Keys with which other programs ask: what each may do, and how one is recognised.

A secret is 256 random bits: nobody tries them all, so one SHA-256 keeps it as well as a slow
derivation would, and a request waits for nothing. Each row has a salt of its own.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_BEGINS = "larets"
_ID_BYTES, _SECRET_BYTES, _SALT_BYTES = 6, 32, 16


class KeyAct(StrEnum):
    SEARCH = "search"
    ASK = "ask"
    DOCUMENTS = "documents"
    MODELS = "models"
    EMBEDDINGS = "embeddings"
    ADD = "add"


#: Where other programs find the interface unless told otherwise.
LOOPBACK, PORT = "127.0.0.1", 8613
#: What a key may that names no act: nothing that changes a library.
READING = frozenset(KeyAct) - {KeyAct.ADD}


@dataclass(frozen=True, slots=True)
class AccessKey:
    """`collections` and `assistants` by id, none for all that the profile reads; moments in seconds
    since 1970. Of the secret only `digest` is known."""

    id: str
    name: str
    salt: str
    digest: str
    acts: tuple[KeyAct, ...]
    collections: tuple[str, ...] = ()
    assistants: tuple[str, ...] = ()
    created: float = 0.0
    used: float | None = None
    revoked: float | None = None

    def opens(self, secret: str) -> bool:
        """Whether it is this key's secret; compared in a time that tells nothing."""
        return hmac.compare_digest(self.digest, _digest(self.salt, secret))


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """`secret` is shown this once and kept nowhere."""

    key: AccessKey
    secret: str


@dataclass(frozen=True, slots=True)
class KeyScope:
    """What a key is made for: acts, and names of collections and assistants."""

    acts: frozenset[KeyAct] = READING
    collections: tuple[str, ...] = ()
    assistants: tuple[str, ...] = ()


def issued(
    name: str,
    acts: Iterable[KeyAct],
    collections: Iterable[str],
    assistants: Iterable[str],
    moment: float,
) -> IssuedKey:
    """A new key."""
    key_id, salt = secrets.token_hex(_ID_BYTES), secrets.token_hex(_SALT_BYTES)
    secret = f"{_BEGINS}-{key_id}-{secrets.token_urlsafe(_SECRET_BYTES)}"
    digest = _digest(salt, secret)
    key = AccessKey(
        key_id, name, salt, digest, tuple(sorted(acts)), tuple(sorted(collections)),
        tuple(sorted(assistants)), moment,
    )  # fmt: skip
    return IssuedKey(key, secret)


def id_in(secret: str) -> str:
    """The id of the key that a secret claims to be of, "" for what is no secret."""
    parts = secret.split("-", 2)
    return parts[1] if len(parts) == 3 and parts[0] == _BEGINS else ""


def scope_of(told: Iterable[str]) -> KeyScope:
    """Of words such as "collection:Contracts", "assistant:HR", "act:search". `ValueError` with the
    word that is none."""
    acts: set[KeyAct] = set()
    collections: list[str] = []
    assistants: list[str] = []
    for each in told:
        kind, _, name = each.partition(":")
        if kind == "collection" and name:
            collections.append(name)
        elif kind == "assistant" and name:
            assistants.append(name)
        elif kind == "act" and name in set(KeyAct):
            acts.add(KeyAct(name))
        else:
            raise ValueError(each)
    return KeyScope(frozenset(acts) or READING, tuple(collections), tuple(assistants))


def _digest(salt: str, secret: str) -> str:
    return hashlib.sha256(f"{salt}:{secret}".encode()).hexdigest()
