"""The sentence that the answer prompt asks for when the passages do not hold the answer."""

import re

_MARKS = re.compile(
    r"в документах нет ответа|в (?:этих |этом )?(?:отрывках|отрывке) нет (?:ответа|информации)|"
    r"(?:документ|отрыв)\w* не (?:содерж|отвеча|упомина)|"
    r"(?:documents?|passages?) (?:do|does) not (?:answer|contain|hold|provide|mention|state)",
    re.IGNORECASE,
)
#: A longer text says something beside it.
_LONGEST = 300


def is_refusal(answer: str) -> bool:
    """Whether an answer says that there is none, and nothing more."""
    return bool(_MARKS.search(answer)) and len(answer) < _LONGEST
