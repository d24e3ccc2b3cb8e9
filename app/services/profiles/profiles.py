"""Profiles: create, list, change the password, delete. Unlocking is wiring's, it opens the rest."""

from app.domain.errors import AccessDenied
from app.domain.roles import Act, CreatedProfile, Role
from app.services.profiles.access import Access
from app.store.vault.vault import Unlocked, Vault


class ProfileService:
    """`unlocked` is the open profile, None before one is."""

    def __init__(self, vault: Vault, unlocked: Unlocked | None = None) -> None:
        self._vault = vault
        self._unlocked = unlocked

    def names(self) -> list[str]:
        """The names of all profiles of this workspace."""
        return self._vault.profiles()

    def create(self, name: str, password: str, role: Role) -> CreatedProfile:
        """The first profile founds the workspace; later ones need an administrator's."""
        if self._unlocked is not None:
            Access(self._unlocked.role).require(Act.CHANGE_PROFILES)
        created = self._vault.create(name, password, role, self._unlocked)
        self._note("create-profile", name)
        return created

    def change_password(self, name: str, password: str, new: str) -> None:
        """Wrap the key of a profile with another password. `WrongPassword`, `WeakPassword`."""
        self._vault.change_password(name, password, new)
        self._note("change-password", name)

    def recover(self, name: str, recovery_key: str, new: str) -> None:
        """Set a new password by the recovery key."""
        self._vault.recover(name, recovery_key, new)

    def delete(self, name: str) -> None:
        """Delete a profile with its conversations. `AccessDenied`, `ProfileMissing`."""
        assert self._unlocked is not None
        Access(self._unlocked.role).require(Act.CHANGE_PROFILES)
        if name.casefold() == self._unlocked.name.casefold():
            # Whoever is logged in stays: so there is always an administrator left.
            raise AccessDenied(role=self._unlocked.role.value, act=Act.CHANGE_PROFILES.value)
        self._vault.delete(name, self._unlocked)
        self._note("delete-profile", name)

    def _note(self, act: str, subject: str) -> None:
        if self._unlocked is not None:
            self._unlocked.audit.record(self._unlocked.profile, act, subject)
