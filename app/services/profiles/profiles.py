"""Profiles: create, list, change the password, delete. Unlocking is wiring's, it opens the rest."""

from app.domain.errors import AccessDenied, HoldsCollections
from app.domain.roles import Act, CreatedProfile, ListedProfile, Role
from app.services.profiles.access import Access
from app.services.profiles.policies import PolicyService
from app.store.vault.unlocked import Unlocked
from app.store.vault.vault import Vault


class ProfileService:
    """`unlocked` is the open profile with what it may, None before one is."""

    def __init__(
        self,
        vault: Vault,
        unlocked: Unlocked | None = None,
        policies: PolicyService | None = None,
        access: Access | None = None,
    ) -> None:
        self._vault, self._unlocked, self._policies = vault, unlocked, policies
        self._access = access

    def names(self) -> list[str]:
        """The names of all profiles of this workspace."""
        return self._vault.profiles()

    def listed(self) -> list[ListedProfile]:
        """All profiles with their roles, as the readable header tells them; see
        `Vault.listed`."""
        return self._vault.listed()

    def create(self, name: str, password: str, role: Role) -> CreatedProfile:
        """The first profile founds the workspace; later ones need an administrator's."""
        if self._access is not None:
            self._access.require(Act.CHANGE_PROFILES)
        self.check_length(password)
        created = self._vault.create(name, password, role, self._unlocked)
        self._note("create-profile", name)
        return created

    def change_password(self, name: str, password: str, new: str) -> None:
        """Another password, and new keys. `WrongPassword`, `WeakPassword`."""
        self.check_length(new)
        self._vault.change_password(name, password, new)

    def new_recovery_key(self) -> str:
        """Another recovery key for the open profile, shown this once; the one before opens nothing
        any more."""
        assert self._unlocked is not None
        assert self._access is not None
        self._access.require(Act.KEEP)
        return self._vault.new_recovery_key(self._unlocked)

    def recover(self, name: str, recovery_key: str, new: str) -> None:
        """Set a new password by the recovery key."""
        self._vault.recover(name, recovery_key, new)

    def held_alone(self, name: str) -> list[str]:
        """Private collections, by name, that nobody could open any more without this profile.
        `ProfileMissing`."""
        assert self._unlocked is not None
        return [each.name for each in self._unlocked.held_alone(self._vault.id_of(name))]

    def delete(self, name: str, *, with_private: bool = False) -> None:
        """Delete a profile with its conversations, and `with_private` with the collections that
        nobody else can open. `AccessDenied`, `ProfileMissing`, `HoldsCollections`."""
        assert self._unlocked is not None
        assert self._access is not None
        self._access.require(Act.CHANGE_PROFILES)
        if name.casefold() == self._unlocked.name.casefold():
            # Whoever is logged in stays: so there is always an administrator left.
            raise AccessDenied(role=self._unlocked.role.value, act=Act.CHANGE_PROFILES.value)
        if (held := self.held_alone(name)) and not with_private:
            raise HoldsCollections(profile=name, collections=", ".join(held))
        if self._policies is not None:
            self._policies.sign_again()
        self._vault.delete(name, self._unlocked)
        self._note("delete-profile", name)

    def check_length(self, password: str) -> None:
        """The policy may ask for more than the program does. `WeakPassword`."""
        if self._policies is not None:
            self._policies.now().check_password(password)

    def _note(self, act: str, subject: str) -> None:
        if self._unlocked is not None:
            self._unlocked.record(act, subject)
