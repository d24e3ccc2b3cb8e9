"""The records: one line each, a level, a code and facts."""

import logging

from app.log import file
from app.log.frames import chain, places
from app.log.values import REFUSED, Code, Fact, class_name, key, written

_CANCELLED = "cancelled"


def event(code: str, /, **facts: Fact) -> None:
    """Something happened as it should."""
    _write(logging.INFO, code, facts)


def detail(code: str, /, **facts: Fact) -> None:
    """Something that only matters while a fault is looked for; see LARETS_LOG."""
    _write(logging.DEBUG, code, facts)


def trouble(code: str, /, **facts: Fact) -> None:
    """Something went wrong and was dealt with."""
    _write(logging.WARNING, code, facts)


def failure(error: BaseException) -> None:
    """An error with its causes: classes, codes, the system's error numbers and frames.

    One that belongs to the tree of expected errors is a warning; an act that was cancelled is
    nothing at all."""
    if _code(error) == _CANCELLED:
        return
    level = logging.WARNING if _code(error) else logging.ERROR
    for line in described(error):
        file.write(level, line)


def described(error: BaseException) -> list[str]:
    """The lines that `failure` writes."""
    lines = [" ".join(_facts(link)) for link in chain(error)]
    return [f"{'because' if place else 'failure'} {line}" for place, line in enumerate(lines)]


def _facts(error: BaseException) -> list[str]:
    told = [f"kind={class_name(type(error))}"]
    if code := _code(error):
        told.append(f"code={code}")
    if isinstance(error, OSError) and error.errno is not None:
        told.append(f"errno={written(error.errno)}")
    if found := places(error.__traceback__):
        told.append(f"at={' < '.join(reversed(found))}")
    return told


def _code(error: BaseException) -> str:
    """The code of an expected error, "" of any other: it stands in the class, not in the error."""
    named = getattr(type(error), "code", None)
    code = Code(named) if isinstance(named, str) and hasattr(error, "facts") else REFUSED
    return "" if code == REFUSED else code


def _write(level: int, code: str, facts: dict[str, Fact]) -> None:
    told = [f"{key(name)}={written(fact)}" for name, fact in facts.items()]
    file.write(level, " ".join([Code(code), *told]))
