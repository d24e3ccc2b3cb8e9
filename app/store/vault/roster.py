"""Who belongs to the workspace, with which role and keys: a chain of entries, each signed by
somebody who was an administrator before it.

The first entry founds the workspace and signs itself; what follows can be changed by nobody who
holds no administrator's key, whatever files he may write. Names and roles are readable.
"""

import base64
import hashlib
import time
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec

from app.domain.roles import Role
from app.store import keys

_PURPOSE = "roster"


class Change(StrEnum):
    FOUND = "found"
    ADD = "add"
    ROLE = "role"
    REMOVE = "remove"
    #: A member's new keys, signed with the ones before.
    KEYS = "keys"


@dataclass(frozen=True)
class RosterEntry:
    """One change. `by` is the id of who signed; `before` the hash of the entry before, in
    hexadecimal digits; `signature` is base64 over all the rest. `moment` in seconds since 1970."""

    number: int
    change: Change
    profile: str
    name: str
    role: Role
    public_key: str
    signing_key: str
    by: str
    moment: float
    before: str
    signature: str = ""

    @property
    def signed(self) -> bytes:
        """The bytes that the signature is over."""
        return msgspec.json.encode(replace(self, signature=""))

    @property
    def hash(self) -> str:
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


@dataclass(frozen=True)
class Member:
    profile: str
    name: str
    role: Role
    public_key: str
    signing_key: str


@dataclass(frozen=True)
class RosterHead:
    """Where the chain ended: the last entry's number and hash."""

    number: int
    hash: str


class Roster:
    """A verified chain. Values; a change gives another one."""

    def __init__(self, entries: tuple[RosterEntry, ...]) -> None:
        """`keys.Refused` when an entry was changed, removed from the middle, or signed by nobody
        who might."""
        self.entries = entries
        self.members: dict[str, Member] = {}
        self._signing_keys: dict[str, list[str]] = {}
        before = ""
        for number, entry in enumerate(entries, start=1):
            if entry.number != number or entry.before != before or not self._permitted(entry):
                raise keys.Refused("the roster was changed")
            self._apply(entry)
            before = entry.hash

    @classmethod
    def founded(cls, profile: str, name: str, profile_key: bytes) -> "Roster":
        """A workspace's first entry: its administrator."""
        own = Member(
            profile,
            name,
            Role.ADMINISTRATOR,
            keys.public_key(profile_key),
            keys.signing_key(profile_key),
        )
        return cls(()).changed(Change.FOUND, own, profile, profile_key)

    @property
    def head(self) -> RosterHead:
        last = self.entries[-1]
        return RosterHead(last.number, last.hash)

    @property
    def founder(self) -> str:
        """The hash of the first entry: what the whole chain hangs on."""
        return self.entries[0].hash

    def holds(self, head: RosterHead) -> bool:
        """Whether this chain has that entry: it goes on from there, or ends there."""
        return (
            0 < head.number <= len(self.entries) and self.entries[head.number - 1].hash == head.hash
        )

    def changed(self, change: Change, member: Member, by: str, key: bytes) -> "Roster":
        """The chain with one more entry, signed by the profile `by` with its profile key.
        `keys.Refused` when it may not."""
        entry = RosterEntry(
            number=len(self.entries) + 1,
            change=change,
            profile=member.profile,
            name=member.name,
            role=member.role,
            public_key=member.public_key,
            signing_key=member.signing_key,
            by=by,
            moment=time.time(),
            before=self.entries[-1].hash if self.entries else "",
        )
        signature = base64.b64encode(keys.sign(key, _PURPOSE, entry.signed)).decode()
        return Roster((*self.entries, replace(entry, signature=signature)))

    def signing_keys(self, profile: str) -> list[str]:
        """All that a profile ever signed with, also one that was removed."""
        return self._signing_keys.get(profile, [])

    def has_signed(self, profile: str, purpose: str, data: bytes, signature: bytes) -> bool:
        """Whether a profile signed this for a purpose, with any key that it ever had."""
        known = self.signing_keys(profile)
        return any(keys.is_signed(key, purpose, data, signature) for key in known)

    def _permitted(self, entry: RosterEntry) -> bool:
        if entry.change is Change.FOUND:
            key = entry.signing_key
            fits = entry.number == 1 and entry.by == entry.profile
            fits = fits and entry.role is Role.ADMINISTRATOR
        else:
            signer = self.members.get(entry.by)
            if signer is None:
                return False
            key = signer.signing_key
            fits = self._fits(entry, signer)
        try:
            signature = base64.b64decode(entry.signature, validate=True)
        except ValueError:
            return False
        return fits and keys.is_signed(key, _PURPOSE, entry.signed, signature)

    def _fits(self, entry: RosterEntry, signer: Member) -> bool:
        present = self.members.get(entry.profile)
        if entry.change is Change.ADD:
            taken = {member.name.casefold() for member in self.members.values()}
            return (
                signer.role is Role.ADMINISTRATOR
                and not self._signing_keys.get(entry.profile)
                and entry.name.casefold() not in taken
            )
        if present is None or present.name != entry.name:
            return False
        if entry.change is Change.KEYS:
            return entry.by == entry.profile and entry.role is present.role
        same_keys = (present.public_key, present.signing_key) == (
            entry.public_key,
            entry.signing_key,
        )
        return signer.role is Role.ADMINISTRATOR and same_keys and self._leaves_one(entry)

    def _leaves_one(self, entry: RosterEntry) -> bool:
        """Whether an administrator is left who can act."""
        if entry.change is Change.ROLE and entry.role is Role.ADMINISTRATOR:
            return True
        others = [each for each in self.members.values() if each.profile != entry.profile]
        return any(each.role is Role.ADMINISTRATOR for each in others)

    def _apply(self, entry: RosterEntry) -> None:
        if entry.change is Change.REMOVE:
            del self.members[entry.profile]
            return
        self.members[entry.profile] = Member(
            entry.profile, entry.name, entry.role, entry.public_key, entry.signing_key
        )
        known = self._signing_keys.setdefault(entry.profile, [])
        if entry.signing_key not in known:
            known.append(entry.signing_key)
