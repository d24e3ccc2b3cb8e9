"""What an administrator decides for everybody who works in a workspace."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import WeakPassword
from app.domain.roles import Act

_ON, _OFF = "on", "off"


class Policy(StrEnum):
    PASSWORD_LENGTH = "password-length"
    AUTO_LOCK = "auto-lock"
    EXPORT = "export"
    ATTACHMENTS = "attachments"
    OTHER_PROGRAMS = "other-programs"
    RETENTION = "retention"
    LOCAL_INTERFACE = "local-interface"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a policy may be: on or off, or a number from `least` to `most` of minutes, characters or
    days; 0 of a number that allows it means "no limit"."""

    usual: str
    least: int = 0
    most: int = 0

    @property
    def is_switch(self) -> bool:
        return not self.most

    def accepts(self, value: str) -> bool:
        if self.is_switch:
            return value in (_ON, _OFF)
        return value.isdecimal() and self.least <= int(value) <= self.most


KINDS: Mapping[Policy, Kind] = {
    Policy.PASSWORD_LENGTH: Kind("8", 8, 64),
    Policy.AUTO_LOCK: Kind("0", 0, 240),
    Policy.EXPORT: Kind(_ON),
    Policy.ATTACHMENTS: Kind(_ON),
    Policy.OTHER_PROGRAMS: Kind(_ON),
    Policy.RETENTION: Kind("0", 0, 3650),
    Policy.LOCAL_INTERFACE: Kind(_OFF),
    Policy.DEPARTMENT: Kind(_OFF),
}
#: What nobody may do while a policy is off.
_GUARDED = {
    Policy.EXPORT: Act.EXPORT,
    Policy.ATTACHMENTS: Act.ATTACH,
    Policy.OTHER_PROGRAMS: Act.OPEN_ELSEWHERE,
    Policy.LOCAL_INTERFACE: Act.CONNECT_PROGRAMS,
    Policy.DEPARTMENT: Act.USE_DEPARTMENT,
}


@dataclass(frozen=True, slots=True)
class Policies:
    """All of them at one moment; what nobody decided is as usual."""

    chosen: Mapping[Policy, str]

    def value(self, policy: Policy) -> str:
        """What holds: a value that is not accepted counts as none."""
        value = self.chosen.get(policy, "")
        return value if KINDS[policy].accepts(value) else KINDS[policy].usual

    def number(self, policy: Policy) -> int:
        return int(self.value(policy))

    def is_on(self, policy: Policy) -> bool:
        return self.value(policy) == _ON

    def forbidding(self, act: Act) -> Policy | None:
        """The policy by which nobody may do it."""
        for policy, guarded in _GUARDED.items():
            if act is guarded and not self.is_on(policy):
                return policy
        return None

    def check_password(self, password: str) -> None:
        """It may be asked for more than the program asks for. `WeakPassword`."""
        least = self.number(Policy.PASSWORD_LENGTH)
        if len(password) < least:
            raise WeakPassword(least=least)

    def lock_after(self, wanted: int) -> int:
        """Minutes until the lock for one who wants that many, 0 for never."""
        most = self.number(Policy.AUTO_LOCK)
        return min(wanted or most, most) if most else wanted
