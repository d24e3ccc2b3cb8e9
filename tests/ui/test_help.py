"""The help: complete in both languages, searched, safe, and out of the way of the profile."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QTextDocument
from pytestqt.qtbot import QtBot

from app import paths
from app.ui.help.pages import HelpPage, hits, pages, searched
from app.ui.help.window import KEYS, HelpWindow
from tests.ui.conftest import Desk
from tests.ui.questions import answered

HELP = paths.find().resources / "help"
LANGUAGES = ("ru", "en")
IMAGE = QTextDocument.ResourceType.ImageResource.value
_LINK = re.compile(r"(!?)\[[^]]*\]\(([^)]*)\)")


def _targets(language: str, *, pictures: bool) -> set[str]:
    return {
        target
        for page in pages(HELP / language)
        for picture, target in _LINK.findall(page.text)
        if bool(picture) == pictures
    }


def test_every_page_is_there_in_both_languages() -> None:
    russian, english = ([page.name for page in pages(HELP / each)] for each in LANGUAGES)
    assert russian == english
    assert KEYS in russian
    assert len(russian) == 17


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_and_links_lead_somewhere(language: str) -> None:
    there = {each.name for each in (HELP / language).iterdir()}
    pictures = _targets(language, pictures=True)
    assert pictures
    assert pictures | _targets(language, pictures=False) <= there
    assert {each for each in there if each.endswith(".png")} == pictures
    assert all((HELP / language / each).stat().st_size < 120_000 for each in pictures)


def test_any_form_of_all_words_is_found() -> None:
    page = HelpPage("a.md", "# Пароль\n\nЕсли пароль потерян: [о ключе](09-security.md), ещё.")
    assert page.title == "Пароль"
    assert hits(page, searched("паролем")) == 2
    assert hits(page, searched("пароли КЛЮЧ")) == 3
    assert hits(page, searched("еще")) == 1
    assert hits(HelpPage("a.md", "# A recovery key"), searched("recovery")) == 1
    assert hits(page, searched("security")) == 0
    assert hits(page, searched("пароль кот")) == 0


@pytest.fixture
def opened(desk: Desk) -> HelpWindow:
    """As F1 opens it, before anybody has logged in."""
    key = next(
        each for each in desk.window.findChildren(QShortcut)
        if each.key() == QKeySequence("F1")
    )  # fmt: skip
    key.activated.emit()
    assert desk.window.help is not None
    return desk.window.help


def _listed(window: HelpWindow) -> list[str]:
    return [window.list.item(row).text() for row in range(window.list.count())]


def test_it_opens_on_the_first_page_and_is_searched(opened: HelpWindow, qtbot: QtBot) -> None:
    assert opened.isVisible()
    assert opened.text.toPlainText().startswith("First steps")
    assert len(_listed(opened)) == 17
    qtbot.keyClicks(opened.search, "recovery key")
    assert any(each.startswith("Security · ") for each in _listed(opened))
    assert len(_listed(opened)) < 17
    marked = {each.cursor.selectedText().lower() for each in opened.text.extraSelections()}
    assert "recovery" in marked
    opened.search.setText("zxqvw")
    assert _listed(opened) == []
    assert opened._nothing.isVisible()


def test_pages_lead_to_each_other_and_back(opened: HelpWindow) -> None:
    opened.text.anchorClicked.emit(QUrl("09-security.md"))
    assert opened.current == "09-security.md"
    opened.list.setCurrentRow(1)
    assert opened.text.toPlainText().startswith("Library")
    opened.go_back()
    assert opened.text.toPlainText().startswith("Security")
    assert opened.list.currentRow() == 8
    opened.go_back()
    opened.go_forward()
    assert opened.current == "09-security.md"


def test_nothing_but_pictures_beside_the_page_is_loaded(opened: HelpWindow, tmp_path: Path) -> None:
    outside = tmp_path / "outside.png"
    QImage(4, 4, QImage.Format.Format_RGB32).save(str(outside))
    for name in (outside.as_uri(), str(outside), f"../../../{outside}", "https://a.example/a.png"):
        loaded = opened.text.loadResource(IMAGE, QUrl(name))
        assert isinstance(loaded, QImage)
        assert loaded.isNull(), name
    assert (
        opened.text.loadResource(QTextDocument.ResourceType.StyleSheetResource.value, QUrl("a.css"))
        is None
    )
    inside = opened.text.loadResource(IMAGE, QUrl("chat.png"))
    assert isinstance(inside, QImage)
    assert not inside.isNull()
    assert inside.deviceIndependentSize().width() <= opened.text.viewport().width()


def test_an_address_outside_is_told_and_not_opened(
    opened: HelpWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answered(monkeypatch)
    opened.text.anchorClicked.emit(QUrl("https://models.example/llama"))
    assert "https://models.example/llama" in asked[0]


def test_every_key_of_the_window_is_on_the_page(unlocked: Desk) -> None:
    told = {
        language: next(each.text for each in pages(HELP / language) if each.name == KEYS)
        for language in LANGUAGES
    }
    assert unlocked.window.frame is not None
    for place, _ in enumerate(unlocked.window.frame.reached):
        unlocked.window.frame.show_view(place)  # whose keys are there once it is made
    keys = {
        each.key().toString(QKeySequence.SequenceFormat.PortableText)
        for each in unlocked.window.findChildren(QShortcut)
    }
    keys -= {f"Ctrl+{place}" for place in range(2, 7)}  # told as a range
    assert "F9" in keys
    named = {"Alt+Up": "Alt+↑", "Ctrl+Return": "Ctrl+Enter"}
    for text in told.values():
        assert [each for each in sorted(keys) if named.get(each, each) not in text] == []


def test_it_closes_at_the_lock_and_with_the_window(unlocked: Desk, qtbot: QtBot) -> None:
    window = unlocked.window
    window.show_help(KEYS)
    assert window.help is not None
    window.help.search.setText("our new contract")
    assert window.frame is not None
    with qtbot.waitSignal(window.frame.destroyed):
        window.lock()
    assert not window.help.isVisible()
    assert window.help.search.text() == ""
    window.show_help()
    window.close()
    assert not window.help.isVisible()


def test_it_speaks_the_language_of_the_window(opened: HelpWindow, desk: Desk, qtbot: QtBot) -> None:
    opened.turn_to("09-security.md")
    desk.window.language.choose("ru")
    qtbot.waitUntil(lambda: opened.text.toPlainText().startswith("Безопасность"), timeout=5000)
    assert opened.windowTitle() == "Справка — Larets"
    qtbot.keyClick(opened.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not opened.isVisible(), timeout=5000)


def test_menu_and_palette_lead_to_it(unlocked: Desk) -> None:
    window = unlocked.window
    assert window.frame is not None
    acts = {each.text(): each for each in window.frame.user_menu().actions()}
    acts["Keyboard"].trigger()
    assert window.help is not None
    assert window.help.current == KEYS
    window.help.close()
    acts["Help"].trigger()
    assert window.help.isVisible()
    assert window.opened is not None
    assert "Help" in [each.name for each in window.opened._window_acts()]
