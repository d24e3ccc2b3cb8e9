"""A toast shows its whole sentence and its act, however narrow the page is."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.toast import Toast


@pytest.mark.parametrize("width", [260, 480, 900])
def test_nothing_is_cut_off(qtbot: QtBot, width: int) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(width, 400)
    page.show()
    toast = Toast(page)
    toast.say("The conversation about the annual leave of new employees was deleted.", lambda: None)
    assert page.rect().contains(toast.geometry())
    inside = toast.rect()
    for part in (toast._text, toast.act):
        assert inside.contains(part.geometry())
    assert toast._text.height() >= toast._text.heightForWidth(toast._text.width())
    assert toast.act.width() >= toast.act.sizeHint().width()
    page.resize(width + 200, 300)
    assert page.rect().contains(toast.geometry())
