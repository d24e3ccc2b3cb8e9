"""The library as a user works with it: collections, groups, order, search, pause, folders."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.documents.reading.reader import known_suffixes
from app.domain.chat.conversation import Segment
from app.domain.library.databases import DatabaseAddress
from app.domain.library.documents import Document, DocumentState, Locator
from app.services.wording import Wording
from app.ui.acts import Acts
from app.ui.library.database import DatabaseDialog
from app.ui.library.page import LibraryPage
from app.ui.library.table.documents_model import ICONS, NAME, PAGES, DocumentsModel, Group
from app.ui.library.viewer.spot import searched_spot
from app.ui.library.watched import WatchedDialog
from tests.ui.conftest import LEAVE, Desk
from tests.ui.questions import answered


def _page(desk: Desk) -> LibraryPage:
    assert desk.window.library is not None
    return desk.window.library


def _shown(model: DocumentsModel) -> list[str]:
    return [model.index(row, NAME).data() for row in range(model.rowCount())]


def _filled(desk: Desk, qtbot: QtBot, texts: dict[str, str]) -> LibraryPage:
    folder = desk.folder / "filled"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text)
    page = _page(desk)
    page.add([folder])
    qtbot.waitUntil(lambda: page.documents.rowCount() == len(texts), timeout=20_000)
    qtbot.waitUntil(lambda: not page.adding.busy, timeout=20_000)
    qtbot.waitUntil(lambda: page.documents.counts()[Group.WAITING] == 0, timeout=10_000)
    return page


def _many(count: int) -> list[Document]:
    state = DocumentState.INDEXED
    return [
        Document(f"{n:05}", f"Приказ {n}.pdf", f"/d/{n}", state, 1000, n % 40, 9, float(n))
        for n in range(count)
    ]


def test_a_new_collection_is_chosen_and_has_documents_of_its_own(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _filled(unlocked, qtbot, {"a.txt": LEAVE})
    answered(monkeypatch, name="Contracts")
    page.collections.new.click()
    qtbot.waitUntil(lambda: page.collections.current_name == "Contracts", timeout=5000)
    qtbot.waitUntil(lambda: page.documents.rowCount() == 0, timeout=5000)
    other = unlocked.folder / "b.txt"
    other.write_text("The contract ends in May.")
    page.add([other])
    qtbot.waitUntil(lambda: _shown(page.documents) == ["b.txt"], timeout=20_000)
    services = unlocked.window.services
    assert services is not None
    first, second = services.library.collections()
    page.collections.choose(first.id)
    qtbot.waitUntil(lambda: _shown(page.documents) == ["a.txt"], timeout=5000)
    qtbot.waitUntil(lambda: not page.adding.busy, timeout=20_000)
    answered(monkeypatch)
    page.collections.deleted.emit(second.id)
    qtbot.waitUntil(lambda: len(services.library.collections()) == 1, timeout=10_000)
    gone = unlocked.folder / "data" / "collections" / second.id
    qtbot.waitUntil(lambda: not gone.exists(), timeout=5000)
    qtbot.waitUntil(lambda: page.collections.view.model().rowCount() == 1, timeout=5000)


def test_groups_and_the_filter_narrow_the_list(unlocked: Desk, qtbot: QtBot) -> None:
    page = _filled(unlocked, qtbot, {"a.txt": LEAVE, "b.txt": "", "note.md": "Words."})
    assert page.pane.groups[Group.FAILED].text() == "Not read 1"
    page.pane.groups[Group.FAILED].click()
    assert _shown(page.documents) == ["b.txt"]
    page.pane.groups[Group.ALL].click()
    page.pane.filter.setText("md")
    assert _shown(page.documents) == ["note.md"]
    page.pane.filter.clear()
    assert sorted(_shown(page.documents)) == ["a.txt", "b.txt", "note.md"]
    page.pane.table.horizontalHeader().sortIndicatorChanged.emit(NAME, Qt.SortOrder.DescendingOrder)
    assert _shown(page.documents) == ["note.md", "b.txt", "a.txt"]


def test_a_failed_document_is_read_again(unlocked: Desk, qtbot: QtBot) -> None:
    page = _filled(unlocked, qtbot, {"a.txt": LEAVE, "b.txt": ""})
    (unlocked.folder / "filled" / "b.txt").write_text("Now it says something.")
    page.select("b.txt")
    assert "empty" in page.reason_shown
    page.panel.details.retried.emit()
    qtbot.waitUntil(lambda: page.documents.counts()[Group.READY] == 2, timeout=20_000)
    assert page.reason_shown == ""


def test_pausing_keeps_what_waits_and_resuming_goes_on(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked)
    folder = unlocked.folder / "many"
    folder.mkdir()
    for number in range(80):
        (folder / f"{number:02}.txt").write_text(f"Shelf {number} holds part {number * 7}.")
    services = unlocked.window.services
    assert services is not None
    page.add([folder])
    qtbot.waitUntil(lambda: services.library.counts()[1] >= 1, timeout=30_000)
    page.pane.strip.pause.click()
    qtbot.waitUntil(lambda: services.library.paused, timeout=5000)
    qtbot.waitUntil(lambda: "Paused" in page.pane.strip._doing.text(), timeout=5000)
    qtbot.waitUntil(lambda: not page.adding.busy, timeout=10_000)
    waiting = services.library.unfinished()
    assert waiting > 0
    assert page.pane.strip.isVisible() or not page.isVisible()
    page.pane.strip.pause.click()
    qtbot.waitUntil(lambda: services.library.unfinished() == 0, timeout=60_000)
    assert not services.library.paused
    assert services.library.counts() == (80, 80)


def test_a_search_leads_to_the_passage(unlocked: Desk, qtbot: QtBot) -> None:
    page = _filled(unlocked, qtbot, {"a.txt": LEAVE, "b.txt": "The canteen opens at noon."})
    page.pane.filter.setText("paid leave each year")
    page.pane.search.click()
    qtbot.waitUntil(lambda: page.pane.found.count() >= 1, timeout=10_000)
    qtbot.waitUntil(
        lambda: "28 calendar days" in page.pane.found.item(0).text() or page.pane.found.count() > 1,
        timeout=10_000,
    )
    qtbot.waitUntil(
        lambda: page.panel.one is not None and page.panel.one.name == "a.txt", timeout=10_000
    )
    page.pane.filter.clear()
    assert sorted(_shown(page.documents)) == ["a.txt", "b.txt"]


def test_the_outline_and_the_passages_of_a_document(unlocked: Desk, qtbot: QtBot) -> None:
    page = _filled(unlocked, qtbot, {"a.md": f"# Leave\n\n{LEAVE}\n\n## Pay\n\nPaid in advance."})
    page.select("a.md")
    page.panel.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.panel.outline.count() >= 2, timeout=10_000)
    assert [page.panel.outline.item(row).text() for row in range(2)] == ["Leave", "Pay"]
    page.panel.tabs.setCurrentIndex(2)
    assert page.panel.passages.count() >= 1
    page.panel.passages.setCurrentRow(0)
    assert page.panel.tabs.currentIndex() == 0, "a passage is shown where it stands"


def test_a_folder_is_watched_from_the_dialog(unlocked: Desk, qtbot: QtBot) -> None:
    page, window = _page(unlocked), unlocked.window
    folder = unlocked.folder / "watched"
    folder.mkdir()
    (folder / "a.txt").write_text(LEAVE)
    (folder / "b.md").write_text("Not wanted.")
    assert window.services is not None
    qtbot.waitUntil(lambda: bool(page.collections.current), timeout=10_000)
    collection = page.collections.current
    dialog = WatchedDialog(
        page,
        window.services.watching,
        collection,
        Acts(window.services.reading, window.language),
        window.language,
    )
    qtbot.addWidget(dialog)
    dialog.include.setText("*.txt")
    dialog.watch(folder)
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=10_000)
    page.adding.run()
    qtbot.waitUntil(lambda: page.documents.counts()[Group.READY] == 1, timeout=20_000)
    (folder / "c.txt").write_text("Another file comes.")
    (folder / "a.txt").unlink()
    page.adding.look()
    qtbot.waitUntil(lambda: page.documents.counts()[Group.GONE] == 1, timeout=20_000)
    qtbot.waitUntil(lambda: page.documents.counts()[Group.READY] == 2, timeout=20_000)
    page.select("a.txt")
    page.panel.details.kept.emit()
    qtbot.waitUntil(lambda: page.documents.counts()[Group.GONE] == 0, timeout=20_000)


def test_ten_thousand_rows_keep_what_is_chosen(qtbot: QtBot, desk: Desk) -> None:
    def wording() -> Wording:
        return desk.window.language.wording

    model = DocumentsModel(wording)
    documents = _many(10_000)
    model.set_documents(documents)
    assert model.rowCount() == 10_000
    assert model.index(0, NAME).data() == "Приказ 9999.pdf", "the newest first"
    chosen = model.index(model.row_of("00500"), NAME)
    kept = QPersistentModelIndex(chosen)
    model.sort(PAGES, Qt.SortOrder.AscendingOrder)
    assert model.document(kept) == documents[500]
    model.update([documents[7]], {"00001", "00002"})
    assert model.rowCount() == 9998
    assert model.document(kept) == documents[500]
    model.update(_many(10_003)[10_000:], set())
    assert model.rowCount() == 10_001
    assert model.document(kept) == documents[500]


def test_a_folder_dropped_twice_is_added_once(unlocked: Desk, qtbot: QtBot) -> None:
    page = _filled(unlocked, qtbot, {"a.txt": LEAVE})
    page.add([Path(unlocked.folder / "filled")])
    qtbot.waitUntil(lambda: not page.adding.busy, timeout=10_000)
    assert _shown(page.documents) == ["a.txt"]


def test_every_format_has_an_icon_of_its_own() -> None:
    suffixes = {suffix.lstrip(".") for suffix in known_suffixes()}
    assert len(suffixes) > 30
    assert suffixes <= set(ICONS)


def test_a_filter_that_finds_nothing_leads_into_the_documents(unlocked: Desk, qtbot: QtBot) -> None:
    page = _filled(unlocked, qtbot, {"a.txt": LEAVE})
    page.pane.filter.setText("calendar days")
    stack, nothing = page.pane._stack, page.pane.search_inside.parent()
    assert stack.currentWidget() is nothing
    page.pane.search_inside.click()
    qtbot.waitUntil(lambda: stack.currentWidget() is page.pane.found, timeout=10_000)
    page.pane.filter.setText("calendar")
    page.pane.clear_filter.click()
    assert stack.currentWidget() is page.pane.table


def test_a_search_marks_the_words_and_not_the_whole_passage(unlocked: Desk, qtbot: QtBot) -> None:
    page = _filled(unlocked, qtbot, {"a.txt": LEAVE})
    page.pane.filter.setText("How many days of leave?")
    page.pane.search.click()
    viewer = page.panel.viewer
    qtbot.waitUntil(lambda: viewer.shown is viewer.text, timeout=20_000)
    qtbot.waitUntil(lambda: viewer.text.marked == "days leave", timeout=10_000)


def test_words_are_found_in_any_form_and_without_one_the_passage_is_marked() -> None:
    text = "Отпуск новичка: 28 дней отпуска."
    place = Locator(100, 100 + len(text))
    found = Segment(
        document="d", name="a", path="", header="", text=text, locator=place, best=place,
        passages=(1,), score=1.0, dense_score=1.0, keyword_score=1.0,
    )  # fmt: skip
    spot = searched_spot(found, "сколько длится отпуск новичков")
    assert spot.quote == "Отпуск\nновичка\nотпуска"
    assert [text[a - 100 : b - 100] for a, b in spot.marked] == ["Отпуск", "новичка", "отпуска"]
    whole = searched_spot(found, "зарплата")
    assert whole.marked == ((100, 100 + len(text)),)


def test_how_a_collection_stands_is_said_in_figures(unlocked: Desk, qtbot: QtBot) -> None:
    page = _filled(unlocked, qtbot, {"a.txt": LEAVE, "b.txt": "", "note.md": "Words."})
    page.pane.table.clearSelection()
    statistics = page.panel.statistics
    said = [figure.accessibleName() for figure, _ in statistics._figures]
    assert said[0] == "3 documents"
    assert statistics.concerns.text() == "could not be read: 1"
    unlocked.window.language.choose("ru")
    first = statistics._figures[0][0]
    qtbot.waitUntil(lambda: first.accessibleName() == "3 документа", timeout=5000)


def test_the_password_of_a_database_is_masked_and_means_itself(
    unlocked: Desk, qtbot: QtBot
) -> None:
    dialog = DatabaseDialog(_page(unlocked))
    qtbot.addWidget(dialog)
    assert not dialog.add.isEnabled()
    dialog.server.setText("db.example.org")
    dialog.database.setText("staff list")
    dialog.user.setText("anna@firm")
    dialog.password.setText("p:a/s@s word%")
    assert dialog.add.isEnabled()
    assert dialog.password.echoMode() == QLineEdit.EchoMode.Password
    assert "p:a" not in dialog.password.displayText()
    parts = urlsplit(dialog.url)
    assert (parts.hostname, parts.port, parts.path) == ("db.example.org", 5432, "/staff%20list")
    assert unquote(parts.password or "") == "p:a/s@s word%"
    assert unquote(parts.username or "") == "anna@firm"
    assert DatabaseAddress.of(dialog.url).shown == ("postgresql://db.example.org:5432/staff%20list")
    dialog.sql.setPlainText("SELECT 1;")
    assert dialog.query == ("Query", "SELECT 1")
