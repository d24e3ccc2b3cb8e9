"""Text and rings of the focus stand out from what they lie on, in both palettes."""

import pytest

from app import paths
from app.ui.theme import DARK, LIGHT, Colors
from tests.ui.contrast import GROUNDS, SHAPE, TEXT, contrast, rings, texts

SHEET = (paths.find().resources / "themes" / "window.qss").read_text("utf-8")
PALETTES = pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
#: What is painted: rows (ground of a row that is chosen, or under the pointer), bubbles and cards
#: of the conversation, code, chips, presets, steps, states of documents.
PAINTED = (
    *((ink, row) for ink in ("text", "muted") for row in (*GROUNDS, "selection", "bubble")),
    *((ink, "surface") for ink in ("accent", "gold", "danger")),
    *((ink, "selection") for ink in ("accent", "gold", "danger")),
    ("text", "bubble"), ("muted", "bubble"), ("gold", "gold_soft"), ("danger", "danger_soft"),
    ("on_accent", "accent"), ("accent", "raised"), ("gold", "background"), ("muted", "background"),
    ("accent", "background"), ("accent", "accent_soft"), ("text", "accent_soft"),
    ("muted", "accent_soft"),
)  # fmt: skip


@PALETTES
def test_every_text_of_the_style_sheet_can_be_read(colors: Colors) -> None:
    pairs = texts(SHEET)
    assert {("on_accent", "accent"), ("muted", "bubble"), ("surface", "text")} <= pairs
    assert _too_near(colors, pairs, TEXT) == {}


@PALETTES
def test_every_painted_text_can_be_read(colors: Colors) -> None:
    assert _too_near(colors, set(PAINTED), TEXT) == {}


@PALETTES
def test_rings_of_the_focus_are_seen(colors: Colors) -> None:
    pairs = rings(SHEET) | {("accent", ground) for ground in ("selection", "bubble")}
    assert ("accent", "surface") in pairs
    assert _too_near(colors, pairs, SHAPE) == {}


@PALETTES
def test_what_a_search_marked_can_be_read(colors: Colors) -> None:
    """The text on a mark is dark in both palettes."""
    assert contrast(LIGHT, "text", "mark") >= TEXT
    assert colors.mark == LIGHT.mark


def _too_near(
    colors: Colors, pairs: set[tuple[str, str]], least: float
) -> dict[tuple[str, str], float]:
    found = {pair: round(contrast(colors, *pair), 2) for pair in pairs}
    return {pair: ratio for pair, ratio in found.items() if ratio < least}
