"""Which of the two languages a text is in."""

import re

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)


def of(text: str) -> str:
    """ "ru" when at least a third of the letters are Cyrillic, else "en"."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    return "ru" if cyrillic * 2 >= latin and cyrillic else "en"
