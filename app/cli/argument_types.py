"""What a command's words may be: a day, a number, a port, a part of a backup, a file of figures."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.backups import Part, PartKind


class Exact(argparse.ArgumentParser):
    """Options in full only: "--password secret" must not pass for "--password-file"."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest, allow_abbrev=False)


def day(text: str) -> datetime:
    """The beginning of a day where the user is."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").astimezone()
    except ValueError as error:
        raise argparse.ArgumentTypeError("must be a day such as 2026-01-31") from error


def positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def part(told: str) -> Part:
    kind, _, name = told.partition(":")
    if not name or kind not in [each.value for each in PartKind]:
        raise argparse.ArgumentTypeError("must be collection:NAME, profile:NAME or conversation:ID")
    return Part(PartKind(kind), name)


def port(text: str) -> int:
    value = int(text)
    if not 0 <= value < 65536:
        raise argparse.ArgumentTypeError("must be a port, 0 to 65535")
    return value


def figures(told: str) -> Path:
    path = Path(told)
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise argparse.ArgumentTypeError("must end in .xlsx or .csv")
    return path
