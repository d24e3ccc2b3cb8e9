"""WCAG 2.2, contrast (minimum): 4.5 to 1 for text."""

import pytest

from app.ui.theme import DARK, LIGHT, Colors

PALETTES = {"light": LIGHT, "dark": DARK}
PAIRS = [
    *((ink, ground) for ink in ("text", "muted") for ground in ("background", "surface", "raised")),
    *((ink, ground) for ink in ("accent", "danger") for ground in ("background", "surface")),
    ("text", "bubble"),
    ("text", "selection"),
    ("text", "accent_soft"),
    ("text", "gold_soft"),
    ("on_accent", "accent"),
    ("accent", "accent_soft"),
    ("gold", "gold_soft"),
    ("gold", "background"),
    ("gold", "surface"),
]


def luminance(color: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 6) == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read(palette: str, ink: str, ground: str) -> None:
    colors: Colors = PALETTES[palette]
    assert contrast(getattr(colors, ink), getattr(colors, ground)) >= 4.5
