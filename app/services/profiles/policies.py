"""What is decided for everybody: read at once, changed by an administrator."""

from collections.abc import Callable

from app.domain.errors import PolicyValue, UnknownPolicy
from app.domain.policies import KINDS, Policies, Policy
from app.domain.roles import Act
from app.services.profiles.access import Access
from app.store.vault.policies import PolicyStore


class PolicyService:
    """`record` writes an act and its subject into the log."""

    def __init__(
        self, store: PolicyStore, access: Access, record: Callable[[str, str], None]
    ) -> None:
        self._store, self._access, self._record = store, access, record
        self._now = store.read()

    def now(self) -> Policies:
        """Those that hold; answers at once: nobody else changes them while a profile is open."""
        return self._now

    def decide(self, name: str, value: str) -> None:
        """Decide a policy for everybody. `UnknownPolicy`, `PolicyValue`, `AccessDenied`."""
        self._access.require(Act.CHANGE_POLICIES)
        if name not in set(Policy):
            raise UnknownPolicy(policy=name, known=", ".join(Policy))
        policy, kind = Policy(name), KINDS[Policy(name)]
        if not kind.accepts(value):
            bounds = {} if kind.is_switch else {"least": kind.least, "most": kind.most}
            raise PolicyValue(policy=name, value=value, **bounds)
        self._store.decide(policy, value)
        self._now = self._store.read()
        self._record("policy", f"{name}={value}")

    def sign_again(self) -> None:
        """Let what holds go on to hold when another administrator leaves."""
        self._store.sign_again()
