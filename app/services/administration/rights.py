"""Who may read which collection, and add to it."""

from dataclasses import dataclass

from app.domain.errors import CollectionMissing
from app.domain.library.documents import Collection
from app.domain.roles import Act
from app.services.administration.members import MemberService
from app.services.profiles.access import Access
from app.store.vault.unlocked import Unlocked


@dataclass(frozen=True, slots=True)
class Reader:
    name: str
    may_add: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class SharedCollection:
    """A collection and who reads it."""

    collection: Collection
    readers: tuple[Reader, ...]


class RightsService:
    """Of the collections that the open profile reads: others it cannot share, lacking their keys,
    and they are not shown."""

    def __init__(self, unlocked: Unlocked, access: Access, members: MemberService) -> None:
        self._unlocked, self._access, self._members = unlocked, access, members

    def all(self) -> list[SharedCollection]:
        names = {each.profile: each.name for each in self._unlocked.roster().members.values()}
        rights = self._unlocked.rights()
        own = self._unlocked.profile
        return [
            SharedCollection(
                collection,
                tuple(
                    Reader(names[right.profile], right.adds, right.profile == own)
                    for right in rights[collection.id]
                    if right.profile in names
                ),
            )
            for collection in self._unlocked.collections()
        ]

    def share(self, collection: str, name: str, *, may_add: bool) -> None:
        """Let a profile read a collection, and add to it. `CollectionMissing`, `ProfileMissing`,
        `AccessDenied`."""
        self._access.require(Act.SHARE_COLLECTIONS)
        found = self._named(collection)
        self._unlocked.share(found.id, self._members.id_of(name), adds=may_add)
        self._record("share-collection", f"{found.name} → {name}")

    def unshare(self, collection: str, name: str) -> None:
        """Take a collection away from a profile; it is private from now on. Errors as `share`."""
        self._access.require(Act.SHARE_COLLECTIONS)
        found = self._named(collection)
        self._unlocked.unshare(found.id, self._members.id_of(name))
        self._record("unshare-collection", f"{found.name} → {name}")

    def _named(self, name: str) -> Collection:
        for collection in self._unlocked.collections():
            if name in (collection.id, collection.name):
                return collection
        raise CollectionMissing(name=name)

    def _record(self, act: str, subject: str) -> None:
        self._unlocked.record(act, subject)
