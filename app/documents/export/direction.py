"""Which way a text runs."""

import unicodedata


def is_right_to_left(text: str) -> bool:
    """Whether a text runs from right to left, by its first letter that has a direction."""
    strong = (unicodedata.bidirectional(sign) for sign in text)
    return next((each for each in strong if each in {"L", "R", "AL"}), "L") != "L"
