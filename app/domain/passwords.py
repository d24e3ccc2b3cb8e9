"""How many guesses a password is worth, and which ones are refused.

zxcvbn counts what whoever holds a stolen file tries first: lists, dates, runs of keys, names. It
knows English lists alone, so a Russian password is also looked at as its keys on a Latin keyboard
(«пароль» is gfhjkm, which they do have), together with what is common in Russian.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from app.domain.errors import WeakPassword

#: Characters and guesses. Each guess costs half a second of Argon2id: a million are a week of one
#: core. Below it are common words with a digit or a year; any two words are above it.
LEAST_LENGTH, LEAST_GUESSES = 8, 1e6
#: What only takes an attacker weeks, and what takes years, also on a hundred machines.
_FAIR, _GOOD = 1e8, 1e10
#: zxcvbn takes time that grows with the square of the length, and so refuses more.
_LOOKED_AT = 72
_ON_KEYS = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбюё" + "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~',
)
_COMMON = (
    "пароль привет любовь солнышко солнце наташа максим андрей сергей дмитрий александр алексей "
    "марина кристина анастасия светлана екатерина людмила татьяна ольга елена ирина владимир "
    "москва россия зенит спартак динамо вконтакте администратор админ пользователь бухгалтер "
    "бухгалтерия директор компания работа деньги доступ секрет секретно ларец котенок зайчик "
    "кошка собака семья счастье любимая любимый мамочка победа ангел дракон машина "
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь "
    "весна лето осень зима понедельник вторник среда четверг пятница суббота воскресенье"
).split()


class Weakness(Enum):
    """Why a password is refused."""

    SHORT = "short"
    BLANK = "blank"
    GUESSED = "guessed"


class Hold(Enum):
    """How long a password that is taken holds against whoever has a copy of the data."""

    FAIR = "fair"
    GOOD = "good"
    STRONG = "strong"


@dataclass(frozen=True)
class Strength:
    """`guesses` after which it is found, on average twice as many."""

    guesses: float
    weakness: Weakness | None

    @property
    def hold(self) -> Hold:
        if self.guesses < _FAIR:
            return Hold.FAIR
        return Hold.GOOD if self.guesses < _GOOD else Hold.STRONG


def strength(password: str, known: Iterable[str] = ()) -> Strength:
    """`known`: what an attacker knows of whoever chose it, as the name of the profile."""
    if not password.strip():
        return Strength(1, Weakness.BLANK)
    guesses = _guesses(password, list(known))
    if len(password) < LEAST_LENGTH:
        return Strength(guesses, Weakness.SHORT)
    return Strength(guesses, Weakness.GUESSED if guesses < LEAST_GUESSES else None)


def require(password: str, known: Iterable[str] = ()) -> None:
    """`WeakPassword` with the reason."""
    if weakness := strength(password, known).weakness:
        raise WeakPassword(least=LEAST_LENGTH, reason=weakness.value)


def _guesses(password: str, known: list[str]) -> float:
    from zxcvbn import zxcvbn

    looked_at = password[:_LOOKED_AT]
    typed = looked_at.translate(_ON_KEYS)
    words = [*known, *_COMMON]
    words += [word.translate(_ON_KEYS) for word in words]
    found = (zxcvbn(form, words)["guesses"] for form in {looked_at, typed})
    return min(map(float, found))
