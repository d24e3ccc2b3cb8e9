"""What can go wrong around the encrypted store: passwords, profiles, damage, space."""

from app.domain.errors.base import LaretsError


class VaultError(LaretsError):
    code = "vault"


class WrongPassword(VaultError):
    """`profile`, and `wait` in seconds before the next try is accepted."""

    code = "wrong-password"


class WrongRecoveryKey(VaultError):
    """`profile`: mistyped, or another profile's key."""

    code = "wrong-recovery-key"


class TooManyAttempts(VaultError):
    """`profile`, `wait`: seconds that still have to pass."""

    code = "too-many-attempts"


class WeakPassword(VaultError):
    """`least`: the smallest number of characters; `reason`: "short", "blank" or "guessed"."""

    code = "weak-password"

    @property
    def sentence(self) -> str:
        reason = self.facts.get("reason", "short")
        return self.code if reason == "short" else f"{reason}-password"


class ProfileMissing(VaultError):
    """`profile`; or, where none was named, `profiles`: those that there are, which may be ""."""

    code = "profile-missing"

    @property
    def sentence(self) -> str:
        if "profiles" not in self.facts:
            return self.code
        return "profile-not-chosen" if self.facts["profiles"] else "no-profile"


class ProfileExists(VaultError):
    """`profile`."""

    code = "profile-exists"


class HoldsCollections(VaultError):
    """`profile`, `collections`: private ones that nobody else can open."""

    code = "holds-collections"


class DamagedData(VaultError):
    """`path`: authentication or an integrity check failed there."""

    code = "damaged-data"


class NewerSchema(VaultError):
    """`path`, `found`: written by a later version of the program."""

    code = "newer-schema"


class WorkspaceInUse(VaultError):
    """`path`: another running program holds the workspace."""

    code = "workspace-in-use"


class StorageFull(VaultError):
    """`path`: no space left on its disk."""

    code = "storage-full"


class DataUnreachable(VaultError):
    """`path`: the data folder was there and is not: a stick was pulled out, a share is away."""

    code = "data-unreachable"


class StorageDenied(VaultError):
    """`path`: no permission to read or write there."""

    code = "storage-denied"


class ReadOnlyMedium(StorageDenied):
    """`path`: it lies on a medium that nobody can write to."""

    code = "read-only-medium"
