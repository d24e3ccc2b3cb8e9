"""The parts of a plain SELECT: enough of SQL's grammar to ask which rows it looked at."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""\s+|--[^\n]*|/\*.*?(?:\*/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|\[[^\]]*\]|`[^`]*`|[\w.$]+|.""",
    re.DOTALL,
)
_CLAUSES = ("select", "from", "where", "group", "having", "window", "order", "limit")
_SEVERAL = frozenset({"join", "union", "intersect", "except", ",", "window"})
_AGGREGATE = re.compile(r"\b(?:count|sum|avg|min|max|total|group_concat)\s*\(", re.IGNORECASE)


def single_select(query: str, wanted: str) -> str | None:
    """A query for `wanted` of the rows that a plain SELECT over one table takes: the same
    conditions, and the same limit where each row of the result is a row of the table. None for
    anything but a plain SELECT."""
    parts = dict.fromkeys(_CLAUSES, "")
    now = ""
    for token, depth in _tokens(query):
        word = token.lower()
        if depth == 0 and word in _CLAUSES:
            if parts[word] or _CLAUSES.index(word) < _CLAUSES.index(now or "select"):
                return None
            now = word
        elif not now or (depth == 0 and word in _SEVERAL and now not in {"select", "order"}):
            return None
        parts[now] += f"{token} " if now else ""
    if not parts["select"] or not parts["from"] or "(" in parts["from"]:
        return None
    kept = [f"SELECT {wanted}", parts["from"], parts["where"]]
    if not parts["group"] and not _AGGREGATE.search(parts["select"]):
        kept += [parts["order"], parts["limit"]]
    return " ".join(each.strip() for each in kept if each)


def _tokens(query: str) -> Iterator[tuple[str, int]]:
    """The tokens without white space and comments, each with the brackets that are open."""
    depth = 0
    for token in _TOKEN.findall(query.strip().rstrip(";")):
        if token.isspace() or token.startswith(("--", "/*")):
            continue
        if token == ")":
            depth -= 1
        yield token, depth
        if token == "(":
            depth += 1
