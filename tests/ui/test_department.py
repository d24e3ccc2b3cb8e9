"""A department in the window, on a real server: founded, a collection made, documents seen."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.domain.department import Person
from app.services.session import Services
from app.store.department.people import People
from app.store.department.server import Server
from app.ui.administration.department.department import DepartmentKind
from app.ui.administration.department.joining import JoiningDialog
from app.ui.window import Frame
from tests.department_server import DepartmentServer
from tests.ui.clipping import problems
from tests.ui.conftest import Desk

LONG = 20_000


def _opened(desk: Desk) -> tuple[Services, DepartmentKind, Frame]:
    opened, services = desk.window.opened, desk.window.services
    assert opened is not None
    assert services is not None
    page = opened.administration
    opened.frame.show_page(page)
    page.show_part(DepartmentKind)
    return services, page.part(DepartmentKind), opened.frame


def _founded(desk: Desk, postgres: DepartmentServer, qtbot: QtBot) -> DepartmentKind:
    services, kind, _ = _opened(desk)
    services.administration.policies.decide("department", "on")
    kind.load()
    qtbot.waitUntil(kind.found.isEnabled, timeout=LONG)
    kind.found.click()
    (dialog,) = desk.window.findChildren(JoiningDialog)
    assert not dialog.enter.isEnabled()
    dialog.url.setText(postgres.url(postgres.new_database()))
    dialog.enter.click()
    qtbot.waitUntil(lambda: kind.shown is not None, timeout=LONG)
    return kind


def test_switched_off_it_says_who_switches_it_on(unlocked: Desk, qtbot: QtBot) -> None:
    _, kind, _ = _opened(unlocked)
    qtbot.waitUntil(lambda: bool(kind.state.text()), timeout=LONG)
    assert not kind.join.isEnabled()
    assert "Policies" in kind.state.text()


def test_a_department_is_founded_and_filled(
    unlocked: Desk, postgres: DepartmentServer, qtbot: QtBot
) -> None:
    kind = _founded(unlocked, postgres, qtbot)
    services, _, frame = _opened(unlocked)
    assert unlocked.window.opened is not None
    services.department.collections.create("Rules of the house")
    path = unlocked.folder / "order.txt"
    path.write_text("The oil filter is changed every 500 hours.")
    collection = services.department.collections.all()[0]
    services.library.queue([path], collection.id)
    kind.load()
    qtbot.waitUntil(lambda: kind.table.rowCount() == 1, timeout=LONG)
    qtbot.waitUntil(lambda: "1 document waits" in kind.queue.text(), timeout=LONG)
    assert "worker" in kind.queue.text()
    kind.table.selectRow(0)
    assert kind.give.isEnabled()
    for width, height in ((1180, 760), (900, 600)):
        unlocked.window.resize(width, height)
        qtbot.wait(50)
        assert problems(frame) == []
    unlocked.window.opened.department.look()
    qtbot.waitUntil(lambda: "Department network" in _chip(frame), timeout=LONG)
    names = [each.name for each in services.library.collections()]
    assert names == ["Library", "Rules of the house"]


def test_a_server_that_refuses_says_why_in_the_dialog(
    unlocked: Desk, postgres: DepartmentServer, qtbot: QtBot
) -> None:
    services, kind, _ = _opened(unlocked)
    services.administration.policies.decide("department", "on")
    kind.load()
    qtbot.waitUntil(kind.join.isEnabled, timeout=LONG)
    kind.join.click()
    (dialog,) = unlocked.window.findChildren(JoiningDialog)
    dialog.url.setText(postgres.url(postgres.new_database()))
    dialog.enter.click()
    qtbot.waitUntil(dialog.problem.isVisible, timeout=LONG)
    assert "No department was founded" in dialog.problem.text()
    dialog.reject()


def test_nobody_is_let_in_before_keys_are_compared(
    unlocked: Desk, postgres: DepartmentServer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = _founded(unlocked, postgres, qtbot)
    services, _, _ = _opened(unlocked)
    collection = services.department.collections.create("Rules").shared
    asked: list[Person] = []

    def ask(person: Person) -> bool:
        asked.append(person)
        return False

    monkeypatch.setattr(kind, "ask_compared", ask)
    stranger = Person("larets_x", "Boris", "YQ==", "Yg==")
    kind.share(collection, stranger, "read")
    assert asked == [stranger]
    assert [e.person.name for e in services.department.rights.of("Rules")] == ["Anna"]


def _chip(frame: Frame) -> str:
    return frame.network.text()


def test_a_collection_is_copied_there_and_back(
    unlocked: Desk, postgres: DepartmentServer, qtbot: QtBot
) -> None:
    kind = _founded(unlocked, postgres, qtbot)
    services, _, _ = _opened(unlocked)
    path = unlocked.folder / "order.txt"
    path.write_text("The oil filter is changed every 500 hours.")
    services.library.add([path])
    local = services.library.collections()[0]
    assert local.documents
    kind.send(local.id, "Shared rules")
    qtbot.waitUntil(lambda: kind.table.rowCount() == 1, timeout=LONG)
    kind.table.selectRow(0)
    kind.fetch.click()
    names = ["Library", "Shared rules", "Shared rules"]
    qtbot.waitUntil(
        lambda: [each.name for each in services.library.collections()] == names, timeout=LONG
    )

    def sizes() -> set[int]:
        return {each.documents for each in services.library.collections()}

    qtbot.waitUntil(lambda: sizes() == {local.documents}, timeout=LONG)


def test_somebody_is_dismissed_once_that_was_agreed_to(
    unlocked: Desk, postgres: DepartmentServer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = _founded(unlocked, postgres, qtbot)
    services, _, _ = _opened(unlocked)
    address, made = services.department.membership.invite("Egor")
    theirs = Server(replace(address, user=made.role, password=made.password))
    People(theirs, b"a secret of Egor, 32 bytes long.").enter("Egor")
    theirs.close()
    kind.load()
    qtbot.waitUntil(lambda: "Egor" in kind.person.text(), timeout=LONG)
    assert kind.shown is not None
    (egor,) = [each for each in kind.shown.status.people if each.name == "Egor"]
    asked = f"{DepartmentKind.__module__}.agreed"
    monkeypatch.setattr(asked, lambda *_: False)
    kind.dismiss(egor)
    assert services.department.rights.person("Egor") == egor
    monkeypatch.setattr(asked, lambda *_: True)
    kind.dismiss(egor)
    qtbot.waitUntil(lambda: "Egor" not in kind.person.text(), timeout=LONG)
    assert kind.dismissal.isEnabled()
