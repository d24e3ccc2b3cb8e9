"""How far text stands out from its ground, and every pair of them in the style sheet."""

import re
from collections.abc import Iterator

from app.ui.theme import Colors

#: WCAG 2.2, AA: text (1.4.3), and what shows where the focus is (1.4.11).
TEXT, SHAPE = 4.5, 3.0
#: What parts without a ground of their own lie on.
GROUNDS = ("background", "surface", "raised")
_RULE = re.compile(r"([^{}]+)\{([^}]*)\}")
_STATE = re.compile(r":(?!:)(?:hover|focus|checked|selected|disabled)")
#: What holds a picture, or is a frame whose words are told of as labels in it.
_WORDLESS = (
    "::handle", "::chunk", "::groove", "::sub-page", "::indicator", "::separator", "QFrame#",
    "QToolButton",
)  # fmt: skip
_COLOR = re.compile(r"@(\w+)")


def _luminance(color: str) -> float:
    """Relative luminance, 0–1 (WCAG 2.2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colors: Colors, first: str, second: str) -> float:
    """Of two of the palette's names, 1–21."""
    light = [_luminance(getattr(colors, name)) for name in (first, second)]
    return (max(light) + 0.05) / (min(light) + 0.05)


def _rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Selector and its declarations, one selector at a time."""
    for selectors, body in _RULE.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        parts = (each.split(":", 1) for each in body.split(";") if ":" in each)
        told = {name.strip(): value.strip() for name, value in parts}
        for selector in selectors.split(","):
            yield selector.strip(), told


def _styled(sheet: str) -> dict[str, dict[str, str]]:
    """What each selector says in the end, with what its states inherit."""
    found: dict[str, dict[str, str]] = {}
    for selector, told in _rules(sheet):
        found.setdefault(selector, {}).update(told)
    for selector, told in found.items():
        base = _STATE.sub("", selector)
        kind = re.sub(r"\[[^]]*\]", "", base)
        found[selector] = {**found.get(kind, {}), **found.get(base, {}), **told}
    return found


def _named(value: str) -> list[str]:
    return _COLOR.findall(value)


def texts(sheet: str) -> set[tuple[str, str]]:
    """Text and ground as names of the palette."""
    pairs, styled = set(), _styled(sheet)
    for selector, told in styled.items():
        around = _named(styled.get(selector.rpartition(" ")[0], {}).get("background", ""))
        for text, ground in (
            ("color", "background"), ("selection-color", "selection-background-color"),
        ):  # fmt: skip
            usual = text == "color" and not any(part in selector for part in _WORDLESS)
            inks = _named(told.get(text, "")) or (["text"] if usual else [])
            own = _named(told.get(ground, "")) or around
            for ink in inks:
                pairs |= {(ink, each) for each in (own or (GROUNDS if text == "color" else ()))}
    return pairs


def rings(sheet: str) -> set[tuple[str, str]]:
    """The colours of frames of the focus, and what they lie on."""
    return {
        (ink, ground)
        for selector, told in _styled(sheet).items()
        if ":focus" in selector
        for ink in _named(told.get("border", ""))
        for ground in GROUNDS
    }
