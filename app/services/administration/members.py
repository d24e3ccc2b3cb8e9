"""Who works in the workspace: their roles, when they were last here, what they may read."""

from dataclasses import dataclass

from app.domain.errors import LastAdministrator, ProfileMissing
from app.domain.roles import Act, Role
from app.services.profiles.access import Access
from app.services.profiles.policies import PolicyService
from app.store.keys import Refused
from app.store.vault.unlocked import Unlocked
from app.store.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class MemberRow:
    """`last_seen` in seconds since 1970, None for never; `collections` that are shared with this
    profile as well, by name."""

    profile: str
    name: str
    role: Role
    last_seen: float | None
    collections: tuple[str, ...]
    is_own: bool


class MemberService:
    def __init__(
        self, vault: Vault, unlocked: Unlocked, access: Access, policies: PolicyService
    ) -> None:
        self._vault, self._unlocked, self._access = vault, unlocked, access
        self._policies = policies

    def all(self) -> list[MemberRow]:
        """Every profile, in the order in which they came."""
        seen = self._unlocked.audit.last_seen()
        names = {each.id: each.name for each in self._unlocked.collections()}
        readable: dict[str, list[str]] = {}
        for collection, rights in self._unlocked.rights().items():
            for right in rights:
                readable.setdefault(right.profile, []).append(names[collection])
        return [
            MemberRow(
                member.profile,
                member.name,
                member.role,
                seen.get(member.profile),
                tuple(readable.get(member.profile, ())),
                member.profile == self._unlocked.profile,
            )
            for member in self._unlocked.roster().members.values()
        ]

    def id_of(self, name: str) -> str:
        """The profile of that name, upper and lower case alike. `ProfileMissing`."""
        for member in self._unlocked.roster().members.values():
            if member.name.casefold() == name.casefold():
                return member.profile
        raise ProfileMissing(profile=name)

    def change_role(self, name: str, role: Role) -> None:
        """Give a profile another role; rights that it loses end when the workspace is closed and
        gets new keys. `ProfileMissing`, `LastAdministrator`, `AccessDenied`."""
        self._access.require(Act.CHANGE_PROFILES)
        self.id_of(name)
        self._policies.sign_again()
        try:
            self._vault.change_role(name, role, self._unlocked)
        except Refused as error:
            raise LastAdministrator(profile=name) from error
        self._unlocked.record("change-role", f"{name}: {role.value}")
