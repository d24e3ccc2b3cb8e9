"""One field over everything: what is meant, in whichever layout, and where it leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.chat.assistants import Assistant
from app.ui.palette.entry import Entry
from app.ui.palette.keyboard import in_other_layout
from app.ui.palette.palette import Palette
from app.ui.palette.ranking import Titles
from tests.ui.conftest import Desk

TITLES = (
    "Отпуск нового сотрудника", "График отпусков 2026.xlsx", "Положение об отпусках.pdf",
    "Договор поставки № 14.md", "Pump NP-42 maintenance.md", "Lock", "Language",
)  # fmt: skip


def _entries() -> list[Entry]:
    return [Entry(each, "", "file", lambda: None) for each in TITLES]


@pytest.mark.parametrize(
    ("typed", "first", "understood"),
    [
        ("отпуск", "Отпуск нового сотрудника", ""),
        ("jngecr", "Отпуск нового сотрудника", "отпуск"),
        ("граф отп", "График отпусков 2026.xlsx", ""),
        ("LOCK", "Lock", ""),
        ("дщсл", "Lock", "lock"),
        ("договр поставки", "Договор поставки № 14.md", ""),
        ("maintenence", "Pump NP-42 maintenance.md", ""),
        ("np-42", "Pump NP-42 maintenance.md", ""),
    ],
)
def test_what_is_meant_comes_first(typed: str, first: str, understood: str) -> None:
    hits = Titles(_entries()).found(typed, 5)
    assert hits.entries[0].title == first
    assert hits.understood == understood


def test_nothing_is_found_for_nonsense_and_everything_for_nothing() -> None:
    assert Titles(_entries()).found("zxqvw", 5).entries == ()
    assert len(Titles(_entries()).found("  ", 5).entries) == 5


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяё ", max_size=40))
def test_the_other_layout_of_the_other_layout_is_what_was_typed(text: str) -> None:
    assert in_other_layout(in_other_layout(text)) == text or not text.strip()


def _opened(desk: Desk) -> Palette:
    assert desk.window.opened is not None
    return desk.window.opened.open_palette()


def _titles(palette: Palette) -> list[str]:
    return [each.title for each in palette.rows.rows]


def test_a_conversation_a_document_an_assistant_and_a_setting_are_reached(
    with_library: Desk, qtbot: QtBot
) -> None:
    window, services = with_library.window, with_library.window.services
    assert services is not None
    assert window.opened is not None
    services.assistants.create(Assistant("", "Law"))
    conversation = services.conversations.begin("How long is the leave?")
    palette = _opened(with_library)
    qtbot.waitUntil(lambda: any(each.title == "Law" for each in palette.entries), timeout=10_000)
    qtbot.keyClicks(palette.field, "how long")
    assert _titles(palette)[0] == "How long is the leave?"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.chat is not None
    chat = window.chat
    qtbot.waitUntil(lambda: chat.controller.conversation == conversation, timeout=10_000)
    palette = _opened(with_library)
    qtbot.keyClicks(palette.field, "leave.pdf")
    qtbot.waitUntil(lambda: "leave.pdf" in _titles(palette), timeout=10_000)
    palette.rows.rows[_titles(palette).index("leave.pdf")].act()
    assert len(window.opened.viewers.open_ones) == 1
    palette = _opened(with_library)
    qtbot.keyClicks(palette.field, "auto-lock")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.opened.settings.security.isVisible()


def test_keys_move_and_leave_it(unlocked: Desk, qtbot: QtBot) -> None:
    palette = _opened(unlocked)
    assert palette.isVisible()
    assert palette.list.currentIndex().row() == 0
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 1
    palette.field.setText("дщсл")
    assert palette._understood.text() == "→ lock"
    assert _titles(palette)[-1] == "Search the documents for “lock”"
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.isHidden()


def test_a_lock_closes_it(unlocked: Desk, qtbot: QtBot) -> None:
    _opened(unlocked)
    unlocked.window.lock()
    qtbot.wait(50)
    assert not unlocked.window.findChildren(Palette)
