"""Who may do what: asked by every service before an act that changes something."""

from collections.abc import Callable
from pathlib import Path

from app.domain.errors import AccessDenied, ForbiddenByPolicy, ReadOnlyMedium
from app.domain.policies import Policies
from app.domain.roles import Act, Role, may, only_reads


def _nothing_decided() -> Policies:
    return Policies({})


def _unrecorded(act: Act) -> None:
    """Before there is a log to write it into."""


class Access:
    """`policies` are those of the moment; `refused` is told of every act that was refused;
    `medium` is where the workspace lies, if nobody can write there."""

    def __init__(
        self,
        role: Role,
        policies: Callable[[], Policies] = _nothing_decided,
        refused: Callable[[Act], None] = _unrecorded,
        medium: Path | None = None,
    ) -> None:
        self.role, self._medium = role, medium
        self._policies, self._refused = policies, refused

    def allows(self, act: Act) -> bool:
        """Whether the open profile may do it: pages offer nothing else."""
        if self._medium and not only_reads(act):
            return False
        return may(self.role, act) and self._policies().forbidding(act) is None

    def require(self, act: Act) -> None:
        """`AccessDenied` unless the open profile's role allows the act, `ForbiddenByPolicy` where
        nobody may, `ReadOnlyMedium` where nothing can be written."""
        if not may(self.role, act):
            self._refused(act)
            raise AccessDenied(role=self.role.value, act=act.value)
        if self._medium and not only_reads(act):
            raise ReadOnlyMedium(path=str(self._medium))
        policy = self._policies().forbidding(act)
        if policy is not None:
            self._refused(act)
            raise ForbiddenByPolicy(policy=policy.value)
