"""Elements of a page that a browser does not show, that are no reading matter, or that stand above
or below the line."""

import re
from collections.abc import Sequence
from typing import Any

from app.documents.pictures.scripts import lowered, raised

UNREAD = frozenset(
    "script style template noscript head iframe object embed svg canvas audio video select button "
    "textarea noframes datalist map rp".split()
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


#: What a browser raises and lowers.
SCRIPTS = ("sup", "sub")
#: Pieces of text that a power or an index may belong to.
_BEFORE = 8


def script(element: Any, parts: Sequence[str]) -> str:
    """A power, an index or the mark of a note behind `parts`, in signs that keep its meaning."""
    text = " ".join("".join(element.itertext()).split())
    before = "".join(parts[-_BEFORE:])
    return raised(text, before) if element.tag == "sup" else lowered(text, before)


def is_unread(element: Any) -> bool:
    """Whether nothing below it is read."""
    if element.tag in UNREAD or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true":
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    return _UNSEEN.search(element.get("style") or "") is not None
