"""Who may do what: asked by every service before an act that changes something."""

from app.domain.errors import AccessDenied
from app.domain.roles import Act, Role, may


class Access:
    def __init__(self, role: Role) -> None:
        self.role = role

    def allows(self, act: Act) -> bool:
        """Whether the open profile's role may do it: pages offer nothing else."""
        return may(self.role, act)

    def require(self, act: Act) -> None:
        """`AccessDenied` unless the open profile's role allows the act."""
        if not may(self.role, act):
            raise AccessDenied(role=self.role.value, act=act.value)
