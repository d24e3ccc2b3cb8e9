"""Markdown that is still being written: what is open is closed for the moment, so that nothing
jumps when the rest comes. Knows no Qt."""

import re

_FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})", re.MULTILINE)
#: A citation or link whose end is still to come, and a mark that may become anything.
_HALF = re.compile(r"(?:\s*\[[^\]\n]{0,60}|[*_`~]+)$")
_TABLE_ROW = re.compile(r"^\s*\|.*$")
_RULE = re.compile(r"^\s*\|?\s*:?-{1,}[\s|:-]*$")


def settled(text: str) -> str:
    """The text with its open code, emphasis and table as if they ended here."""
    fences = _FENCE.findall(text)
    if len(fences) % 2:
        return f"{text.rstrip()}\n{fences[-1]}"
    return _table(_emphasis(_HALF.sub("", text)))


def _emphasis(text: str) -> str:
    start = text.rfind("\n\n") + 1
    paragraph = text[start:]
    for mark in ("`", "**", "~~"):
        if paragraph.count(mark) % 2:
            paragraph = paragraph.rstrip() + mark
    return text[:start] + paragraph


def _table(text: str) -> str:
    """The head of a table is no paragraph of bars until its rule is there."""
    lines = text.split("\n")
    last = len(lines)
    while last and _TABLE_ROW.match(lines[last - 1]):
        last -= 1
    rows = lines[last:]
    whole = len(rows) > 2 and _RULE.match(rows[1])
    return text if whole or not rows else "\n".join(lines[:last])
