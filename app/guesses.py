"""How many guesses a password is worth.

zxcvbn counts what whoever holds a stolen file tries first: lists, dates, runs of keys, names. It
knows English lists alone, so a Russian password is also looked at as its keys on a Latin keyboard
(«пароль» is gfhjkm, which they do have), together with what is common in Russian.
"""

from collections.abc import Iterable

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


def guesses(password: str, known: Iterable[str]) -> float:
    """The number after which it is found; `known`: words that come to an attacker's mind first."""
    from zxcvbn import zxcvbn

    looked_at = password[:_LOOKED_AT]
    words = [*known, *_COMMON]
    words += [word.translate(_ON_KEYS) for word in words]
    forms = {looked_at, looked_at.translate(_ON_KEYS)}
    return min(float(zxcvbn(form, words)["guesses"]) for form in forms)
