"""Who may do what: asked by every service before an act that changes something."""

from collections.abc import Callable

from app.domain.errors import AccessDenied, ForbiddenByPolicy
from app.domain.policies import Policies
from app.domain.roles import Act, Role, may


def _nothing_decided() -> Policies:
    return Policies({})


def _unrecorded(act: Act) -> None:
    """Before there is a log to write it into."""


class Access:
    """`policies` are those of the moment; `refused` is told of every act that was refused."""

    def __init__(
        self,
        role: Role,
        policies: Callable[[], Policies] = _nothing_decided,
        refused: Callable[[Act], None] = _unrecorded,
    ) -> None:
        self.role = role
        self._policies, self._refused = policies, refused

    def allows(self, act: Act) -> bool:
        """Whether the open profile may do it: pages offer nothing else."""
        return may(self.role, act) and self._policies().forbidding(act) is None

    def require(self, act: Act) -> None:
        """`AccessDenied` unless the open profile's role allows the act, `ForbiddenByPolicy` where
        nobody may."""
        if not may(self.role, act):
            self._refused(act)
            raise AccessDenied(role=self.role.value, act=act.value)
        policy = self._policies().forbidding(act)
        if policy is not None:
            self._refused(act)
            raise ForbiddenByPolicy(policy=policy.value)
