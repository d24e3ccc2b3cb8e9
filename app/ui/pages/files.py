"""Where a file is to be written, and names that are good on every system."""

import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

#: What a name must not hold on one of the systems, and the names that Windows keeps for devices.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
_LONGEST = 80


def ask_where(
    parent: QWidget, title: str, name: str, kinds: Mapping[str, str], fallback: str
) -> Path | None:
    """Ask for a file, proposing a title as its `name`, or `fallback` where nothing of it is left.

    `kinds` are the formats with their suffixes, the usual one first. Dialogs of some systems leave
    the suffix to the program; a point in a title is none. None when the user changed their mind."""
    usual = next(iter(kinds.values()))
    proposed = f"{file_name(name) or fallback}{usual}"
    chosen, kind = QFileDialog.getSaveFileName(parent, title, proposed, ";;".join(kinds))
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() in kinds.values():
        return path
    return path.with_name(f"{path.name}{kinds.get(kind, usual)}")


def file_name(title: str) -> str:
    """A title as a file's name without a suffix, good on every system; "" when nothing is left."""
    line = " ".join(_UNSAFE.sub(" ", title).split())
    short = line[:_LONGEST].strip(" .")
    return _DEVICES.sub(r"\1_", short)
