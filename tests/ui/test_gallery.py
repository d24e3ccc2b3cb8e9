"""Every shared widget in every state on one page: nothing is cut, and every state can be seen."""

import pytest
from gallery import BUTTONS, STATES, Gallery
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.ui.theme import Theme
from tests.ui.clipping import _more, problems
from tests.ui.conftest import Desk

THEMES = pytest.mark.parametrize("theme", ["light", "dark"])


def _shown(theme: Theme, qtbot: QtBot, *, longer: bool) -> Gallery:
    gallery = Gallery(theme, (lambda text: text + _more(text)) if longer else str)
    qtbot.addWidget(gallery)
    gallery.show()
    gallery.activateWindow()
    qtbot.waitUntil(gallery.isActiveWindow, timeout=5000)
    gallery.show_states()
    qtbot.wait(100)
    return gallery


@THEMES
@pytest.mark.parametrize("longer", [False, True], ids=["as it is", "longer"])
def test_nothing_is_cut(theme: str, longer: bool, desk: Desk, qtbot: QtBot) -> None:
    desk.window.theme.choose(theme)
    gallery = _shown(desk.window.theme, qtbot, longer=longer)
    assert problems(gallery) == []
    picture = gallery.grab().toImage()
    assert picture.size() == gallery.size() * picture.devicePixelRatio()
    inks = {picture.pixel(x, y) for x in range(0, 900, 3) for y in range(0, 900, 3)}
    assert len(inks) > 30


#: States that look like the usual one: what is chosen nowhere, and, of quiet words, what is greyed.
_ALIKE = {"primary": {"hover"}, "link": {"disabled"}, "status": {"disabled"}}


@THEMES
def test_a_button_shows_each_state(theme: str, desk: Desk, qtbot: QtBot) -> None:
    desk.window.theme.choose(theme)
    gallery = _shown(desk.window.theme, qtbot, longer=False)
    for kind in BUTTONS:
        drawn: dict[str, QImage] = {
            state: part.grab().toImage()
            for part, state in gallery.states
            if type(part) is QPushButton and part.property("kind") == kind
        }
        assert set(drawn) == set(STATES) - {"empty"}
        same = {state for state in STATES[1:-2] if drawn[state] == drawn["as it is"]}
        assert same <= {"chosen"} | _ALIKE.get(kind, set()), (kind, same)
