"""What was typed while the other keyboard layout was on: "ghbdtn" is "привет"."""

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)


def in_other_layout(text: str) -> str:
    """The same keys under the other of the two layouts, in small letters."""
    small = text.casefold()
    cyrillic = any(letter in _CYRILLIC for letter in small)
    return small.translate(_TO_LATIN if cyrillic else _TO_CYRILLIC)
