"""Narrowing what is searched, as a user does: open the panel, tick, ask, take it back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.library.documents import Scope
from app.ui.chat.sources.scope import ScopeButton
from app.ui.library.table.details import DocumentDetails
from tests.samples import make_pdf
from tests.ui.conftest import LEAVE, Desk

#: The screen that tests have knows no pop-up windows.


def _opened(desk: Desk, qtbot: QtBot) -> ScopeButton:
    assert desk.window.opened is not None
    scope = desk.window.opened.scope
    assert scope.isVisible()
    qtbot.mouseClick(scope, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(scope.panel.isVisible, timeout=10_000)
    return scope


def _add(desk: Desk, names: list[str]) -> None:
    services = desk.window.services
    assert services is not None
    for name in names:
        path = desk.folder / name
        text = f"{LEAVE} This is said in {name}."
        path.write_bytes(make_pdf([text]) if name.endswith("pdf") else text.encode())
    services.library.add([desk.folder / name for name in names])


def _chip(scope: ScopeButton, name: str) -> QPushButton:
    chips = scope.panel.findChildren(QPushButton)
    return next(each for each in chips if each.property("name") == name)


def test_a_question_is_asked_of_what_was_ticked(unlocked: Desk, qtbot: QtBot) -> None:
    _add(unlocked, ["a.txt", "b.txt", "c.pdf"])
    scope = _opened(unlocked, qtbot)
    assert "All documents" in scope.text()
    panel = scope.panel
    assert [panel.list.item(row).text() for row in range(3)] == ["a.txt", "b.txt", "c.pdf"]
    panel.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert "1 document" in scope.text()
    panel.hide()
    page = unlocked.window.chat
    assert page is not None
    page.send("How many days of paid leave?")
    qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
    services = unlocked.window.services
    assert services is not None
    answer = services.conversations.messages(services.conversations.all()[0].id)[-1]
    assert {each.segment.name for each in answer.sources} == {"b.txt"}


def test_types_are_switched_and_everything_comes_back(unlocked: Desk, qtbot: QtBot) -> None:
    _add(unlocked, ["a.txt", "b.txt", "c.pdf"])
    scope = _opened(unlocked, qtbot)
    _chip(scope, "pdf").click()
    qtbot.waitUntil(lambda: scope.scope == Scope(types=frozenset({"pdf"})), timeout=5000)
    assert "1 document" in scope.text()
    _chip(scope, "txt").click()
    qtbot.waitUntil(lambda: "3 documents" in scope.text(), timeout=5000)
    scope.clear()
    assert scope.scope.everything
    assert not _chip(scope, "pdf").isChecked()
    assert "All documents" in scope.text()


def test_a_removed_document_is_no_longer_chosen(unlocked: Desk, qtbot: QtBot) -> None:
    _add(unlocked, ["a.txt", "b.txt"])
    scope = _opened(unlocked, qtbot)
    scope.panel.list.item(0).setCheckState(Qt.CheckState.Checked)
    scope.panel.hide()
    services = unlocked.window.services
    assert services is not None
    services.library.remove(scope.scope.documents)
    scope = _opened(unlocked, qtbot)
    assert scope.panel.scope.everything
    assert "All documents" in scope.text()
    scope.panel.hide()


def test_dates_narrow_too(unlocked: Desk, qtbot: QtBot) -> None:
    _add(unlocked, ["a.txt"])
    scope = _opened(unlocked, qtbot)
    scope.panel.when.setCurrentIndex(1)
    assert scope.scope.since is not None
    assert "1 document" in scope.text()
    scope.panel.when.setCurrentIndex(4)
    assert scope.panel.since.isVisible()
    scope.panel.until.setDate(scope.panel.since.date().addDays(-5))
    assert "0 documents" in scope.text()
    scope.panel.hide()


def test_documents_are_tagged_in_the_library_and_searched_by_tag(
    unlocked: Desk, qtbot: QtBot
) -> None:
    _add(unlocked, ["a.txt", "b.txt", "c.pdf"])
    library, services = unlocked.window.library, unlocked.window.services
    assert library is not None
    assert services is not None
    qtbot.waitUntil(lambda: library.documents.rowCount() == 3, timeout=10_000)
    library.select("b.txt")
    details = library.findChild(DocumentDetails)
    assert details is not None
    details.tags.setText("Safety,  work  rules ,")
    details.tags.editingFinished.emit()
    tagged = lambda: {  # noqa: E731  asked again and again
        each.name: each.tags for each in services.library.documents() if each.tags
    }
    qtbot.waitUntil(lambda: tagged() == {"b.txt": ("Safety", "work rules")}, timeout=5000)
    scope = _opened(unlocked, qtbot)
    _chip(scope, "Safety").click()
    qtbot.waitUntil(lambda: scope.scope == Scope(tags=frozenset({"Safety"})), timeout=5000)
    assert "1 document" in scope.text()
    scope.panel.hide()


def test_a_collection_is_chosen_by_its_name(unlocked: Desk, qtbot: QtBot) -> None:
    _add(unlocked, ["a.txt", "b.txt"])
    services = unlocked.window.services
    assert services is not None
    other = services.library.create("Contracts")
    path = unlocked.folder / "lease.txt"
    path.write_text("The lease ends in May.")
    services.library.add([path], collection=other.id)
    scope = _opened(unlocked, qtbot)
    _chip(scope, other.id).click()
    qtbot.waitUntil(lambda: scope.scope.collections == {other.id}, timeout=5000)
    assert "1 document" in scope.text()
    assert [each.text() for each in scope.panel.list.items_shown()] == ["lease.txt"]
    scope.panel.hide()


def test_of_many_documents_the_first_are_listed_and_the_rest_is_found(
    unlocked: Desk, qtbot: QtBot
) -> None:
    _add(unlocked, [f"n{number:03}.txt" for number in range(64)])
    scope = _opened(unlocked, qtbot)
    panel = scope.panel
    assert len(panel.list.items_shown()) == 60
    assert panel._more.text() == "4 more: type a part of the name."
    panel.search.setText("063")
    assert [each.text() for each in panel.list.items_shown()] == ["n063.txt"]
    panel.list.item(0).setCheckState(Qt.CheckState.Checked)
    panel.search.clear()
    assert panel.list.items_shown()[0].text() == "n063.txt"
    assert "1 document" in scope.text()
    panel.hide()
