"""The first start, from nothing to a first answer; left on the way, and gone on with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import paths, wiring
from app.engines.fake import FakeChat, fake_engines
from app.services.session import Start
from app.ui.application import Window
from app.ui.first_run.page import FirstRunPage
from tests.ui.conftest import _make_kit, _reply, received
from tests.ui.questions import answered


@dataclass
class Begun:
    window: Window
    page: FirstRunPage
    start: Start
    folder: Path


@pytest.fixture
def begun(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Begun]:
    """A window on a folder where nothing is yet, in English."""
    _make_kit(tmp_path / "kit")
    found = paths.Paths(tmp_path / "data", tmp_path / "kit", paths.find().resources)
    start = wiring.start(found, fake_engines(FakeChat(_reply)))
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("language", "en")
    window = received(start, settings, qapp)
    qtbot.addWidget(window)
    window.show()
    assert window.first_run is not None
    yield Begun(window, window.first_run, start, tmp_path)
    window.close()
    start.end()


def _create(begun: Begun, qtbot: QtBot) -> str:
    """Through language and profile up to the recovery key; the key."""
    page = begun.page
    page.go_on()
    page.profile.username.setText("Борис")
    page.profile.password.setText("one two three")
    page.profile.again.setText("one two three")
    page.go_on()
    qtbot.waitUntil(lambda: page.profile.created, timeout=10_000)
    return page.profile.key.key


def _prove(begun: Begun, qtbot: QtBot) -> None:
    """Type the two groups that are asked for, and go on into the open profile."""
    card = begun.page.profile.key
    for field in card.fields:
        asked = re.search(r"\d+", field.placeholderText())
        assert asked is not None
        field.setText(card.key.split("-")[int(asked[0]) - 1].lower())
    begun.page.go_on()
    qtbot.waitUntil(lambda: begun.page.model is not None, timeout=20_000)


def test_from_nothing_to_a_cited_answer(begun: Begun, qtbot: QtBot) -> None:
    page, window = begun.page, begun.window
    assert page.isVisible()
    assert page._on.isEnabled()
    _create(begun, qtbot)
    _prove(begun, qtbot)
    assert page.profile.key.key == ""
    assert page.profile.password.text() == ""
    model = page.model
    assert model is not None
    qtbot.waitUntil(page._on.isEnabled, timeout=20_000)
    assert "fake-chat" in model.cards
    page.go_on()
    documents, question = page.documents, page.question
    assert documents is not None
    assert question is not None
    assert not page._on.isEnabled()
    documents.take_samples.click()
    qtbot.waitUntil(question.isVisible, timeout=60_000)
    assert question.chips
    question.chips[0].click()
    qtbot.waitUntil(lambda: window.first_run is None, timeout=5000)
    chat = window.chat
    assert chat is not None
    assert chat.isVisible()
    qtbot.waitUntil(lambda: bool(chat.transcript.entries), timeout=20_000)
    qtbot.waitUntil(lambda: not chat.answering, timeout=30_000)
    assert chat.transcript.entries[-1].message.sources


def test_a_new_password_is_judged_while_it_is_typed(begun: Begun) -> None:
    step = begun.page.profile
    assert step.strength.isHidden()
    step.password.setText("another one")
    assert step.strength.text() == "Fair: another word would make it much stronger."
    step.password.setText("пшеничников1")
    step.username.setText("Пшеничников")
    assert step.strength.text().startswith("Weak")
    step.password.setText("measured in a scratch folder")
    assert step.strength.text() == "Strong."
    step.password.setText("kort")
    assert step.strength.text() == "Too short: at least 8 characters."
    step.password.setText(" " * 9)
    assert step.strength.text() == "Spaces alone are no password."
    step.password.clear()
    assert step.strength.isHidden()


def test_passwords_that_differ_and_names_that_are_missing(begun: Begun, qtbot: QtBot) -> None:
    page = begun.page
    page.go_on()
    assert not page._on.isEnabled()
    page.profile.username.setText("Boris")
    page.profile.password.setText("one two three")
    page.profile.again.setText("one two thre")
    page.go_on()
    assert page.profile.problem.text() == "The two passwords differ."
    assert begun.start.profiles.names() == []
    page.profile.again.setText("one two three")
    assert page.profile.problem.isHidden()
    for field in (page.profile.password, page.profile.again):
        field.setText("short")
    page.go_on()
    qtbot.waitUntil(lambda: not page.profile.problem.isHidden(), timeout=10_000)
    assert not page.profile.created


def test_the_key_must_be_proven_and_opens_the_profile_later(begun: Begun, qtbot: QtBot) -> None:
    page, window = begun.page, begun.window
    key = _create(begun, qtbot)
    assert [len(each) for each in key.split("-")] == [4] * 14
    assert not page._on.isEnabled()
    page.profile.key.fields[0].setText("WRNG")
    assert not page._on.isEnabled()
    page.go_back()
    assert page.steps[page._now] is page.profile, "a profile is made once"
    _prove(begun, qtbot)
    page._later.click()
    assert window.first_run is None
    window.lock()
    window.login.recover(key, "four five six")
    qtbot.waitUntil(lambda: window.services is not None, timeout=10_000)
    window.lock()
    window.login.recover("ABCD-EFGH", "seven eight")
    qtbot.waitUntil(lambda: "not the recovery key" in window.login.problem, timeout=10_000)


def test_the_key_is_copied_for_a_while_and_saved_on_paper(
    begun: Begun, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pymupdf

    key = _create(begun, qtbot)
    card = begun.page.profile.key
    card.copy.click()
    assert QGuiApplication.clipboard().text() == key
    card.copy._clear.timeout.emit()
    assert QGuiApplication.clipboard().text() == ""
    paper = begun.folder / "key.pdf"
    card.save_to(paper)
    with pymupdf.open(paper) as document:
        text = "".join(page.get_text() for page in document)
        assert len(document) == 1
    assert all(group in text for group in key.split("-"))
    assert "Борис" in text
    asked = answered(monkeypatch)
    card.save_to(begun.folder / "no such folder" / "key.pdf")
    assert asked[0].startswith("The key could not be saved there")


def test_what_was_left_is_offered_no_more_but_nothing_is_lost(
    begun: Begun, qtbot: QtBot, qapp: QApplication
) -> None:
    """Closed after the profile was made: the next start asks for the password."""
    _create(begun, qtbot)
    begun.window.close()
    again = received(begun.start, QSettings(str(begun.folder / "w.ini")), qapp)
    qtbot.addWidget(again)
    again.show()
    assert again.first_run is None
    assert again.login.isVisible()
    again.login.enter("Борис", "one two three")
    qtbot.waitUntil(lambda: again.chat is not None, timeout=20_000)
    again.close()


def test_the_language_is_chosen_first_and_all_steps_speak_it(begun: Begun, qtbot: QtBot) -> None:
    page = begun.page
    page.spoken.choices["ru"].click()
    qtbot.waitUntil(lambda: page._on.text() == "Продолжить", timeout=5000)
    assert "язык" in page.spoken.heading.text().lower()
    page.go_on()
    assert "пароль" in page.profile.password.placeholderText().lower()


def test_the_empty_chat_says_what_is_missing_and_leads_there(begun: Begun, qtbot: QtBot) -> None:
    _create(begun, qtbot)
    _prove(begun, qtbot)
    begun.page._later.click()
    opened = begun.window.opened
    assert opened is not None
    checklist = opened.chat.welcome.checklist
    qtbot.waitUntil(checklist.isVisible, timeout=10_000)
    model, search, documents = checklist.acts
    assert not model.isVisible()
    assert not search.isVisible()
    documents.click()
    assert opened.library.isVisible()
    note = begun.folder / "leave.txt"
    note.write_text("Employees get 28 calendar days of paid leave.")
    opened.library.add([note])
    qtbot.waitUntil(lambda: not opened.library.adding.busy, timeout=20_000)
    opened.frame.show_page(opened.chat)
    qtbot.waitUntil(checklist.isHidden, timeout=10_000)
