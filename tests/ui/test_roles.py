"""Every view of a profile that may not do everything: nothing is asked or told that it did not
want, and what it may not do is greyed and says why."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.domain.chat.assistants import Assistant
from app.domain.chat.templates import Template
from app.domain.errors import AccessDenied
from app.domain.library.documents import Document, DocumentState
from app.domain.roles import Role
from app.domain.training.training import Training
from app.services.session import Services
from app.ui.chat.composer.template_dialog import TemplateDialog
from tests.ui.conftest import PASSWORD, Desk

Enter = Callable[[Role], Desk]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked or told in a dialog, whoever began it; nobody waits for an answer."""
    heard: list[str] = []

    def run(dialog: QDialog) -> QDialog.DialogCode:
        heard.append(f"{type(dialog).__name__}: {dialog.accessibleDescription()}")
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(QDialog, "exec", run)
    return heard


def draft(services: Services) -> None:
    """Something to train."""
    model = services.models.all()[0]
    made = Training("1", "Style", model.sha256, model.name, created=time.time())
    services.training._store.create(made)


@pytest.fixture
def enter(with_library: Desk, qtbot: QtBot, told: list[str]) -> Enter:
    """Log in with a role, to all that Anna left: a draft to train, an assistant, a template."""
    services = _services(with_library)
    draft(services)
    services.assistants.create(Assistant("", "Staff"))
    services.templates.keep(Template("", "Rule", "What about {{subject}}?", shared=True))

    def log_in(role: Role) -> Desk:
        services.profiles.create(role.value, PASSWORD, role)
        qtbot.wait(300)
        with_library.window.lock()
        with_library.window.login.enter(role.value, PASSWORD)
        qtbot.waitUntil(lambda: with_library.window.opened is not None, timeout=10_000)
        return with_library

    return log_in


def _services(desk: Desk) -> Services:
    services = desk.window.services
    assert services is not None
    return services


def _rest(desk: Desk, qtbot: QtBot) -> None:
    """Until nothing is read any more and all that was posted is shown."""
    services = _services(desk)
    workers = (services.reading, services.background, services.answers)
    qtbot.wait(200)
    qtbot.waitUntil(lambda: not any(worker.jobs() for worker in workers), timeout=10_000)
    qtbot.wait(50)


def _visit(desk: Desk, qtbot: QtBot) -> None:
    """Look at every view, unfold what folds, open every menu."""
    opened = desk.window.opened
    assert opened is not None
    for view, _ in opened.frame.reached:
        opened.frame.show_page(view.page)
        _rest(desk, qtbot)
    for step in opened.training.steps.steps:
        step.unfold()
        _rest(desk, qtbot)
    for place, _ in enumerate(opened.settings.kinds):
        opened.settings.show_kind(place)
    for menu in _menus(desk):
        menu.deleteLater()
    _rest(desk, qtbot)


def _menus(desk: Desk) -> list[QMenu]:
    opened = desk.window.opened
    assert opened is not None
    opened.library.select_first()
    opened.open_palette()
    found = [
        opened.frame.user_menu(),
        opened.library.adding_menu(),
        opened.library.chosen.menu(),
        opened.training.list.menu("1"),
        opened.assistants.offers(),
    ]
    return [menu for menu in found if menu is not None]


def _reasons(*parts: QWidget) -> set[str]:
    """Why they cannot be used, "" for one that can; also told to screen readers."""
    for part in parts:
        assert part.isEnabled() or part.accessibleDescription() == part.toolTip()
    return {"" if part.isEnabled() else part.toolTip() for part in parts}


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR])
def test_nothing_is_told_that_nobody_asked_for(
    role: Role, enter: Enter, qtbot: QtBot, told: list[str]
) -> None:
    desk = enter(role)
    _rest(desk, qtbot)
    _visit(desk, qtbot)
    assert told == []


def test_a_reader_is_told_why_what_is_greyed(enter: Enter, qtbot: QtBot) -> None:
    desk = enter(Role.READER)
    _visit(desk, qtbot)
    opened = desk.window.opened
    assert opened is not None
    training = opened.training
    steps, trains = training.steps, "Readers use adapters; an editor may train them."
    assert _reasons(training.list.new, training.list.take, training.head.more) == {trains}
    data, plan = steps.data, steps.plan
    cards = (data.documents.act, data.chats.act, data.file.act)
    assert _reasons(*cards, plan.check, plan.start, plan.presets, plan.settings) == {trains}
    card = next(iter(opened.assistants.list.cards.values()))
    assert _reasons(opened.assistants.new) != {""}
    assert "" not in _reasons(card.edit, card.duplicate, card.remove)
    assert _reasons(card.begin) == {""}


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR])
def test_only_an_administrator_changes_models(role: Role, enter: Enter, qtbot: QtBot) -> None:
    desk = enter(role)
    _visit(desk, qtbot)
    assert desk.window.models is not None
    models, why = desk.window.models, "Only an administrator may change models."
    assert _reasons(models.adding) == {why}
    for card in models.list.cards.values():
        assert _reasons(card.use, card.remove) == {why}


def test_a_reader_does_not_share_templates(enter: Enter, qtbot: QtBot) -> None:
    desk = enter(Role.READER)
    opened, services = desk.window.opened, _services(desk)
    assert opened is not None
    acts = desk.window._acts(services.reading)
    around = (desk.window.theme, desk.window.language)
    dialog = TemplateDialog(desk.window, services.templates, acts, *around)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=5000)
    why = "Only editors and administrators change shared templates."
    editor = dialog.editor
    assert _reasons(dialog.delete, editor.own, editor.shared) == {why}
    assert editor.name.isReadOnly()
    assert editor.name.accessibleDescription() == why


def test_a_reader_keeps_no_attached_file(enter: Enter) -> None:
    opened = enter(Role.READER).window.opened
    assert opened is not None
    document = Document("1", "a.txt", "a.txt", DocumentState.INDEXED, 1, 1, 1, time.time())
    keep, remove = opened.chat.attached.menu(document).actions()
    assert not keep.isEnabled()
    assert "reader" in keep.toolTip()
    assert remove.isEnabled()


def test_an_editor_makes_assistants_and_trains(enter: Enter, qtbot: QtBot) -> None:
    desk = enter(Role.EDITOR)
    _visit(desk, qtbot)
    opened = desk.window.opened
    assert opened is not None
    assert _reasons(opened.assistants.new, opened.training.list.new) == {""}
    card = next(iter(opened.assistants.list.cards.values()))
    assert _reasons(card.edit, card.remove) == {""}


def test_a_role_is_named_in_the_language_of_the_window(desk: Desk) -> None:
    denied = AccessDenied(role="reader", act="train")
    desk.window.language.choose("ru")
    assert "«читатель»" in desk.window.language.told(denied)
