"""Whether a text holds personal data, told by its form: addresses, numbers of phones and papers.

A warning, no proof: names are not looked for.
"""

import re

_MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+){1,8}\b")
#: Russian numbers with their usual separators, and others that begin with a plus.
_PHONE = re.compile(
    r"(?<![\w.,-])(?:\+7|8)[ -]?\(?\d{3,4}\)?[ -]?\d{2,3}[ -]?\d{2}[ -]?\d{2}(?![\w-]|[.,]\d)"
    r"|(?<![\w+])\+[1-9]\d{0,2}[ -]?(?:\(?\d{1,4}\)?[ -]?){2,5}\d{2,4}(?!\w)"
)
#: Series and number: ten digits alone may be anything.
_PASSPORT = re.compile(
    r"паспорт\w*\D{0,40}?(?<!\d)\d{2} ?\d{2}[\s№N,-]{0,10}(?:номер\s*)?\d{6}(?!\d)"
    r"|(?<!\d)сери\w{1,3}\W{0,3}\d{2} ?\d{2}\W{1,4}(?:номер|№)\W{0,3}\d{6}(?!\d)",
    re.IGNORECASE,
)
_SNILS = re.compile(r"(?<!\d)(\d{3})-(\d{3})-(\d{3})[ -](\d{2})(?!\d)")
_NAMED = re.compile(r"\b(снилс|инн)\b\D{0,20}?(\d{10,12})(?!\d)", re.IGNORECASE)
_CARD = re.compile(
    r"(?<![\d.,-])(?:\d{4}[ -]){3}\d{4}(?:[ -]?\d{1,3})?(?![\d-])|(?<!\d)\d{16}(?!\d)"
)
#: Weights of the digits that a taxpayer's number is checked with (order ММВ-7-6/435).
_INN = (
    (7, 2, 4, 10, 3, 5, 9, 4, 6, 8),
    (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8),
)


def is_in(text: str) -> bool:
    """An e-mail address, a phone, a Russian passport, SNILS or INN of a person, a bank card; where
    there is a check digit it must be right."""
    return bool(
        _MAIL.search(text)
        or _PHONE.search(text)
        or _PASSPORT.search(text)
        or any(_is_snils("".join(match.groups())) for match in _SNILS.finditer(text))
        or any(map(_is_named_number, _NAMED.finditer(text)))
        or any(_is_card(match[0]) for match in _CARD.finditer(text))
    )


def _is_named_number(match: re.Match[str]) -> bool:
    digits = match[2]
    return _is_snils(digits) if match[1].lower() == "снилс" else _is_inn(digits)


def _is_snils(digits: str) -> bool:
    """Eleven digits: the sum of the first nine by their places, modulo 101, makes the last two."""
    if len(digits) != 11:
        return False
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(digits[:9]))
    return total % 101 % 100 == int(digits[9:])


def _is_inn(digits: str) -> bool:
    """Of a person: twelve digits. Ten are a company's, which is public."""
    if len(digits) != 12:
        return False
    return all(
        sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11 % 10
        == int(digits[len(weights)])
        for weights in _INN
    )


def _is_card(text: str) -> bool:
    """Luhn's check digit."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return any(digits) and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
