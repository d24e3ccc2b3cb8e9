"""Elements of a page that a browser does not show, or that are no reading matter."""

import re
from typing import Any

UNREAD = frozenset(
    "script style template noscript head iframe object embed svg canvas audio video select button "
    "textarea noframes datalist map rp".split()
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def is_unread(element: Any) -> bool:
    """Whether nothing below it is read."""
    if element.tag in UNREAD or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true":
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    return _UNSEEN.search(element.get("style") or "") is not None
