"""Sample documents are told from others by a tag, and go together."""

from email.message import EmailMessage
from pathlib import Path

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.ui.library.page import LibraryPage
from app.ui.library.sample_library import SampleLibrary
from tests.ui.conftest import Desk


def _removal(page: LibraryPage) -> QAction | None:
    lines = page.more_menu().actions()
    return next((each for each in lines if each.text() == "Remove the sample documents"), None)


def test_samples_go_together_and_come_back_together(
    with_library: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page = with_library.window.library
    assert page is not None
    assert _removal(page) is None
    folder = tmp_path / "ru"
    folder.mkdir()
    (folder / "one.txt").write_text("Words of one.")
    mail = EmailMessage()
    mail["subject"] = "Two"
    mail.set_content("Words of two.")
    mail.add_attachment("Words of three.", filename="three.txt")
    (folder / "two.eml").write_bytes(mail.as_bytes())
    page.offer_samples(
        lambda: SampleLibrary(folder, "учебное", frozenset({"учебное", "sample"}), ())
    )
    page.add_samples()
    qtbot.waitUntil(lambda: page.documents.rowCount() == 4, timeout=30_000)
    qtbot.waitUntil(lambda: not page.adding.busy, timeout=30_000)
    page.documents.set_filter("учебное")
    assert page.documents.rowCount() == 2
    page.documents.set_filter("")
    page.offer_samples(
        lambda: SampleLibrary(folder, "sample", frozenset({"учебное", "sample"}), ())
    )
    removal = _removal(page)
    assert removal is not None
    removal.trigger()
    qtbot.waitUntil(lambda: page.documents.rowCount() == 1, timeout=10_000)
    assert [each.tags for each in page.documents.documents()] == [()]
    qtbot.waitUntil(lambda: page.toast.offers, timeout=10_000)
    page.toast.act.click()
    qtbot.waitUntil(lambda: page.documents.rowCount() == 4, timeout=10_000)
