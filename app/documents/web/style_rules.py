"""The style sheets that stand in a page: which declarations apply to an element.

Selectors of one element are understood (tag, classes, id: CSS 2.2, 5), others only as far as they
show again what such a one takes out of sight. Sheets in other files are not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

#: Values by the names of properties, both in small letters.
Declarations = dict[str, str]

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"([{}])")
_SIMPLE = re.compile(r"(\*|[a-z][\w-]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_NAME = re.compile(r"([.#])([\w-]+)")
_IMPORTANT = re.compile(r"\s*!\s*important$")
#: What opens a part of a page, and its value while that is closed.
_OPENS = {"display": "none", "visibility": "hidden", "opacity": "0", "height": "0",
          "max-height": "0"}  # fmt: skip
_NO_CONDITION = re.compile(r"@(?:layer|media\s+(?:only\s+)?(?:screen|all)$)")


@dataclass(frozen=True, slots=True)
class _Rule:
    """`weight`: ids, then classes, then its place among the rules; `names` of classes and ids, with
    their signs."""

    weight: tuple[int, int, int]
    tag: str
    names: frozenset[str]
    declared: Declarations


@dataclass(slots=True)
class StyleRules:
    """The rules of a page; `elsewhere` says that it names sheets in other files too."""

    elsewhere: bool = False
    _count: int = 0
    _rules: dict[str, list[_Rule]] = field(default_factory=dict)
    #: Names whose elements a rule shows under some condition, as ".open .part" shows a part.
    _shown: set[str] = field(default_factory=set)
    _known: dict[tuple[str, frozenset[str]], Declarations] = field(default_factory=dict)

    def of(self, element: Any) -> Declarations:
        """What applies to an element, its own `style` included."""
        own = declarations(element.get("style") or "")
        if not self._rules:
            return own
        names = _names(element)
        key = (element.tag, names)
        if key not in self._known:
            self._known[key] = self._matched(*key)
        ruled = self._known[key]
        if not own or not ruled:
            return own or ruled
        strong = {name: value for name, value in ruled.items() if _IMPORTANT.search(value)}
        return ruled | own | strong

    def _matched(self, tag: str, names: frozenset[str]) -> Declarations:
        rules = [
            rule
            for key in (tag, "*", *names)
            for rule in self._rules.get(key, ())
            if rule.tag in ("*", tag) and rule.names <= names
        ]
        found: Declarations = {}
        for rule in sorted(rules, key=lambda each: each.weight):
            found |= rule.declared
        if names & self._shown:
            return {name: value for name, value in found.items() if name not in _OPENS}
        return found

    def add(self, sheet: str) -> None:
        """The rules of one `<style>`."""
        self.elsewhere |= "@import" in sheet
        for selectors, declared, conditional in _blocks(_COMMENT.sub(" ", sheet)):
            for selector in selectors.split(","):
                self._add(selector.strip(), declared, conditional)

    def _add(self, selector: str, declared: Declarations, conditional: bool) -> None:
        match = None if conditional else _SIMPLE.fullmatch(selector)
        names = frozenset(mark + name for mark, name in _NAME.findall(selector))
        opens = any(declared.get(each, closed) != closed for each, closed in _OPENS.items())
        if opens and (match is None or len(names) > 1):
            self._shown |= names
        if match is None or not selector:
            return
        tag = (match[1] or "*").lower()
        ids = sum(name.startswith("#") for name in names)
        self._count += 1
        rule = _Rule((ids, len(names) - ids, self._count), tag, names, declared)
        self._rules.setdefault(min(names, default=tag), []).append(rule)


def rules_of(root: Any) -> StyleRules:
    """The rules that stand in a page."""
    rules = StyleRules(any("stylesheet" in (each.get("rel") or "") for each in root.iter("link")))
    for sheet in root.iter("style"):
        rules.add(sheet.text or "")
    return rules


def _names(element: Any) -> frozenset[str]:
    names = ["." + each for each in (element.get("class") or "").split()]
    if number := element.get("id"):
        names.append("#" + number)
    return frozenset(names)


def _blocks(sheet: str) -> Iterator[tuple[str, Declarations, bool]]:
    """Selectors, declarations, and whether a condition such as @media stands around them."""
    around: list[str] = []
    said = ""
    for piece in _BRACE.split(sheet):
        if piece == "{":
            around.append(said.rpartition(";")[2].strip())
            said = ""
        elif piece == "}":
            selectors = around.pop() if around else "@"
            if not selectors.startswith("@"):
                yield selectors, declarations(said), not all(map(_NO_CONDITION.match, around))
            said = ""
        else:
            said = piece


@lru_cache(maxsize=4096)
def declarations(text: str) -> Declarations:
    """Of "color: red; left: 0"; the last of a name counts. Not to be changed."""
    found: Declarations = {}
    for each in text.lower().split(";"):
        name, colon, value = each.partition(":")
        if colon:
            found[name.strip()] = value.strip()
    return found
