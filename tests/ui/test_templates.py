"""Templates as a user meets them: "/", choosing, filling fields, sending, the dialog."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.chat.templates import Template
from app.services.session import Services
from app.ui.chat.composer.template_dialog import TemplateDialog
from app.ui.chat.page import ChatPage
from tests.ui.conftest import Desk
from tests.ui.questions import answered

COMPARE = Template("", "Compare two", "Compare 🙂 {{first}} and {{second: the draft}} now")
WEEK = Template("", "Week report", "What happened this week?", shared=True)
Found = tuple[Desk, ChatPage, Services]


@pytest.fixture
def found(unlocked: Desk, qtbot: QtBot) -> Found:
    """The chat with one template of each kind."""
    page, services = unlocked.window.chat, unlocked.window.services
    assert page
    assert services
    for each in (COMPARE, WEEK):
        services.templates.keep(each)
    qtbot.waitUntil(lambda: len(page.templates.popup._templates) == 2)
    return unlocked, page, services


def press(qtbot: QtBot, page: ChatPage, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(page.composer.text, key)


def test_a_template_is_found_filled_and_sent(found: Found, qtbot: QtBot) -> None:
    _, page, _ = found
    popup, text = page.templates.popup, page.composer.text
    qtbot.keyClicks(text, "/")
    assert popup.isVisible()
    assert popup.names == ["Compare two", "Week report", "Manage templates…"]
    qtbot.keyClicks(text, "TWO c")
    assert popup.names == ["Compare two", "Manage templates…"]
    press(qtbot, page, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert text.toPlainText() == COMPARE.text
    assert text.textCursor().selectedText() == "{{first}}"
    qtbot.keyClicks(text, "the contract")
    press(qtbot, page, Qt.Key.Key_Tab)
    assert text.textCursor().selectedText() == "{{second: the draft}}"
    press(qtbot, page, Qt.Key.Key_Backtab)
    assert text.textCursor().selectedText() == "the contract"
    qtbot.keyClicks(text, "our lease")
    asked: list[str] = []
    page.composer.sent.connect(asked.append)
    press(qtbot, page, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    assert asked == ["Compare 🙂 our lease and the draft now"]
    assert text.toPlainText() == ""
    qtbot.waitUntil(lambda: not page.answering, timeout=10_000)


def test_behind_the_last_field_is_the_end_and_then_the_next_widget(
    found: Found, qtbot: QtBot
) -> None:
    _, page, _ = found
    text = page.composer.text
    page.composer.take_template(COMPARE.text)
    press(qtbot, page, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert text.textCursor().atEnd()
    assert text.hasFocus()
    press(qtbot, page, Qt.Key.Key_Tab)
    assert not text.hasFocus()


def test_braces_that_no_template_brought_are_sent_as_they_are(found: Found, qtbot: QtBot) -> None:
    _, page, _ = found
    asked: list[str] = []
    page.composer.sent.connect(asked.append)
    page.composer.text.setPlainText("What is ")
    page.composer.text.moveCursor(page.composer.text.textCursor().MoveOperation.End)
    page.composer.take_template("{{this}}?")
    page.composer.text.insertPlainText("a")
    page.composer.text.moveCursor(page.composer.text.textCursor().MoveOperation.End)
    qtbot.keyClicks(page.composer.text, " {{ user }}")
    press(qtbot, page, Qt.Key.Key_Return)
    assert asked == ["What is a? {{ user }}"]
    qtbot.waitUntil(lambda: not page.answering, timeout=10_000)


def test_esc_closes_the_list_until_the_next_slash(found: Found, qtbot: QtBot) -> None:
    _, page, _ = found
    popup = page.templates.popup
    qtbot.keyClicks(page.composer.text, "/")
    press(qtbot, page, Qt.Key.Key_Down, Qt.Key.Key_Escape)
    qtbot.keyClicks(page.composer.text, "w")
    assert not popup.isVisible()
    page.composer.text.clear()
    qtbot.keyClicks(page.composer.text, "/etc")
    assert not popup.isVisible(), "a path is no template"
    page.composer.text.clear()
    page.composer.templates.click()
    assert popup.isVisible()
    row = popup.list.visualItemRect(popup.list.item(1)).center()
    qtbot.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert page.composer.text.toPlainText() == WEEK.text


def dialog_of(
    page: ChatPage, qtbot: QtBot, until: Callable[[TemplateDialog], bool]
) -> TemplateDialog:
    qtbot.keyClicks(page.composer.text, "/")
    press(qtbot, page, Qt.Key.Key_Up, Qt.Key.Key_Return)
    dialog = page.templates.dialog
    assert dialog
    qtbot.waitUntil(lambda: until(dialog))
    return dialog


def rows(dialog: TemplateDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_an_example_is_made_ones_own_and_is_offered(unlocked: Desk, qtbot: QtBot) -> None:
    page = unlocked.window.chat
    assert page
    dialog = dialog_of(page, qtbot, lambda dialog: not dialog.editor.isVisible())
    dialog.examples[1].click()
    dialog.editor.name.setText("My rule")
    dialog.save.click()
    qtbot.waitUntil(lambda: rows(dialog) == ["My rule"])
    dialog.leave.click()
    qtbot.waitUntil(lambda: page.templates.dialog is None)
    qtbot.waitUntil(lambda: page.templates.popup.names == ["My rule", "Manage templates…"])
    assert page.templates.popup.isVisible(), 'the "/" still stands there'


def test_share_rename_delete_and_undo(found: Found, qtbot: QtBot) -> None:
    _, page, services = found
    dialog = dialog_of(page, qtbot, lambda dialog: len(rows(dialog)) == 2)
    dialog.editor.shared.click()
    dialog.editor.name.setText(" Compare   all ")
    dialog.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: dialog.editor.template.name == "Week report")
    kept = next(each for each in services.templates.all() if each.name == "Compare all")
    assert kept.shared
    dialog.delete.click()
    qtbot.waitUntil(lambda: rows(dialog) == ["Compare all"])
    assert services.templates.all() == [kept]
    qtbot.waitUntil(lambda: dialog.toast.offers)
    dialog.toast.act.click()
    qtbot.waitUntil(lambda: rows(dialog) == ["Compare all", "Week report"])
    dialog.leave.click()
    qtbot.waitUntil(lambda: page.templates.dialog is None)


def test_what_cannot_be_stored_stays_with_the_reason(
    found: Found, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page, services = found
    asked = answered(monkeypatch, False, True)
    dialog = dialog_of(page, qtbot, lambda dialog: len(rows(dialog)) == 2)
    dialog.new.click()
    qtbot.waitUntil(lambda: not dialog.editor.template.id)
    dialog.editor.name.setText("compare TWO")
    dialog.list.setCurrentRow(1)
    assert "name and a text" in dialog.editor._told.text()
    dialog.editor.text.setPlainText("?")
    dialog.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: bool(dialog.editor._told.text()))
    assert dialog.editor.name.text() == "compare TWO"
    assert len(services.templates.all()) == 2
    dialog.leave.click()
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert dialog.isVisible()
    dialog.leave.click()
    qtbot.waitUntil(lambda: page.templates.dialog is None)


def test_keys_of_the_composer(found: Found, qtbot: QtBot) -> None:
    _, page, _ = found
    text = page.composer.text
    asked: list[str] = []
    page.composer.sent.connect(asked.append)
    press(qtbot, page, Qt.Key.Key_Up)
    assert text.toPlainText() == ""
    page.composer.send_by(enter=False)
    qtbot.keyClicks(text, "What?")
    press(qtbot, page, Qt.Key.Key_Return)
    qtbot.keyClicks(text, "When?")
    assert asked == []
    qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["What?\nWhen?"]
    qtbot.waitUntil(lambda: not page.answering, timeout=10_000)
    press(qtbot, page, Qt.Key.Key_Up)
    assert text.toPlainText() == "What?\nWhen?"


def test_closed_while_a_deletion_is_under_way(found: Found, qtbot: QtBot) -> None:
    _, page, services = found
    dialog = dialog_of(page, qtbot, lambda dialog: len(rows(dialog)) == 2)
    dialog.delete.click()
    dialog.leave.click()
    qtbot.waitUntil(lambda: page.templates.dialog is None)
    qtbot.waitUntil(lambda: len(services.templates.all()) == 1)
    qtbot.waitUntil(lambda: page.templates.popup.names == ["Week report", "Manage templates…"])
