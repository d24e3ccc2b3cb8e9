"""What every failure that is expected has, and those that belong to no branch."""

from typing import ClassVar


class LaretsError(Exception):
    """Base of the tree. `code` names the sentence; `facts` are its placeholders' values."""

    code: ClassVar[str]

    def __init__(self, **facts: str | int | float) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    @property
    def sentence(self) -> str:
        """The entry that words it: that of its code, unless the facts tell more."""
        return self.code


class Cancelled(LaretsError):
    code = "cancelled"


class NameTaken(LaretsError):
    """`name`: what another of its kind is called, or empty."""

    code = "name-taken"


class AccessDenied(LaretsError):
    """`role`, `act`."""

    code = "access-denied"


class ForbiddenByPolicy(LaretsError):
    """`policy`: an administrator decided that nobody may."""

    code = "forbidden-by-policy"


class UnknownPolicy(LaretsError):
    """`policy`, `known`: those that there are."""

    code = "unknown-policy"


class PolicyValue(LaretsError):
    """`policy`, `value`: it cannot be that; `least` and `most` of a number."""

    code = "policy-value"

    @property
    def sentence(self) -> str:
        return "policy-number" if "most" in self.facts else self.code


class NoTerminal(LaretsError):
    """Nobody can be asked for the password."""

    code = "no-terminal"


class LastAdministrator(LaretsError):
    """`profile`: the only one who can administer."""

    code = "last-administrator"
