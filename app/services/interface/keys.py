"""Named keys of the open profile: made, listed, revoked, and asked for each request.

They are kept with the profile, whose rights are all that a key can have: what the profile's role or
a policy refuses is refused to its keys as well.
"""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from app.domain.access_keys import AccessKey, IssuedKey, KeyAct, id_in, issued, scope_of
from app.domain.errors import (
    AccessKeyMissing,
    CollectionMissing,
    KeyRefused,
    NameTaken,
    OutOfScope,
    UnknownScope,
)
from app.domain.roles import Act
from app.services.assistants.service import AssistantService
from app.services.interface.refusals import Refusals
from app.services.library.open_collections import OpenCollections
from app.services.profiles.access import Access
from app.store.settings import SettingsStore

_STORED = "access-keys"
#: Seconds after which the moment of the last use is stored again, and the audit log told of it.
_DAY = 86_400.0


class AccessKeyService:
    """`record` writes an act and its subject into the audit log."""

    def __init__(
        self,
        store: SettingsStore,
        access: Access,
        collections: OpenCollections,
        assistants: AssistantService,
        record: Callable[[str, str], None],
    ) -> None:
        self._store, self._access, self._record = store, access, record
        self._collections, self._assistants = collections, assistants
        self._refusals = Refusals(record)
        self._turn = threading.Lock()
        self._keys: tuple[AccessKey, ...] = store.get(_STORED, (), tuple[AccessKey, ...])

    def all(self) -> tuple[AccessKey, ...]:
        """Every key of this profile, the oldest first; the revoked ones too."""
        return self._keys

    def require_open(self) -> None:
        """`ForbiddenByPolicy` unless an administrator lets other programs in."""
        self._access.require(Act.CONNECT_PROGRAMS)

    def create(self, name: str, scopes: Iterable[str] = ()) -> IssuedKey:
        """A key under that name. `ForbiddenByPolicy`, `NameTaken`, `UnknownScope`,
        `CollectionMissing`, `AssistantMissing`."""
        self.require_open()
        name = " ".join(name.split())
        if not name or name in {each.name for each in self._keys if each.revoked is None}:
            raise NameTaken(name=name)
        try:
            scope = scope_of(scopes)
        except ValueError as error:
            raise UnknownScope(scope=str(error), known=", ".join(KeyAct)) from error
        made = issued(
            name,
            scope.acts,
            map(self._collection, scope.collections),
            (self._assistants.named(each).id for each in scope.assistants),
            time.time(),
        )
        self._keep((*self._keys, made.key))
        self._record("create-key", name)
        return made

    def revoke(self, name: str) -> None:
        """The key of that name opens nothing any more. `AccessKeyMissing`."""
        found = [each for each in self._keys if each.name == name and each.revoked is None]
        if not found:
            raise AccessKeyMissing(name=name)
        now = time.time()
        self._keep(replace(each, revoked=now) if each in found else each for each in self._keys)
        self._record("revoke-key", name)

    def authorise(self, secret: str, act: KeyAct) -> AccessKey:
        """The key that a secret opens, where it may do the act. `ForbiddenByPolicy`, `KeyRefused`,
        `OutOfScope`."""
        self.require_open()
        wanted = id_in(secret)
        key = next((each for each in self._keys if each.id == wanted), None)
        if key is None or not key.opens(secret) or key.revoked is not None:
            self._refusals.note(key.name if key else "?")
            raise KeyRefused
        if act not in key.acts:
            raise self.out_of_scope(key, f"act:{act.value}")
        self._note_use(key)
        return key

    def out_of_scope(self, key: AccessKey, wanted: str) -> OutOfScope:
        """To be raised; the audit log hears of it."""
        self._refusals.note(key.name)
        return OutOfScope(name=key.name, wanted=wanted)

    def close(self) -> None:
        """Write down the refusals that were only counted yet."""
        self._refusals.close()

    def _note_use(self, key: AccessKey) -> None:
        now = time.time()
        if key.used is not None and now - key.used < _DAY:
            return
        with self._turn:
            self._keep(
                replace(each, used=now) if each.id == key.id else each for each in self._keys
            )
        self._record("use-key", key.name)

    def _keep(self, keys: Iterable[AccessKey]) -> None:
        self._keys = tuple(keys)
        self._store.set(_STORED, self._keys)

    def _collection(self, name: str) -> str:
        for opened in self._collections:
            if name in (opened.collection.name, opened.collection.id):
                return opened.collection.id
        raise CollectionMissing(name=name)
