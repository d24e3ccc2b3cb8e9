"""Which passwords are refused, and how long the others hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from app.domain.errors import WeakPassword
from app.guesses import guesses

#: Characters and guesses. A guess costs half a second of Argon2id (results/keys.md): what is found
#: within a thousand, minutes of one machine, is refused; what a week finds is called weak.
LEAST_LENGTH, LEAST_GUESSES = 8, 1e3
_WEAK = 1e6
#: A year and a half of one such machine, and of a hundred.
_FAIR, _GOOD = 1e8, 1e10


class Weakness(Enum):
    """Why a password is refused."""

    SHORT = "short"
    BLANK = "blank"
    GUESSED = "guessed"


class Hold(Enum):
    """How long a password that is taken holds against whoever has a copy of the data."""

    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"
    STRONG = "strong"


@dataclass(frozen=True)
class Strength:
    """`guesses` after which it is found."""

    guesses: float
    weakness: Weakness | None

    @property
    def hold(self) -> Hold:
        if self.guesses < _WEAK:
            return Hold.WEAK
        if self.guesses < _FAIR:
            return Hold.FAIR
        return Hold.GOOD if self.guesses < _GOOD else Hold.STRONG


def strength(password: str, known: Iterable[str] = ()) -> Strength:
    """`known`: what an attacker knows of whoever chose it, as the name of the profile."""
    if not password.strip():
        return Strength(1, Weakness.BLANK)
    found = guesses(password, known)
    if len(password) < LEAST_LENGTH:
        return Strength(found, Weakness.SHORT)
    return Strength(found, Weakness.GUESSED if found < LEAST_GUESSES else None)


def require(password: str, known: Iterable[str] = ()) -> None:
    """`WeakPassword` with the reason."""
    if weakness := strength(password, known).weakness:
        raise WeakPassword(least=LEAST_LENGTH, reason=weakness.value)
