"""No text is cut and no part covers another one: every page at its smallest, in both languages, and
with texts that are two fifths longer."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.access_keys import AccessKey, IssuedKey
from app.domain.chat.assistants import Assistant, Tone
from app.domain.exams.blind import Tally, Variant
from app.domain.exams.questions import ExamQuestion
from app.ui.administration.keys.keys import KeysKind
from app.ui.administration.keys.new_access_key import NewAccessKeyDialog
from app.ui.administration.keys.shown_key import ShownKeyDialog
from app.ui.administration.statistics.statistics import StatisticsKind
from app.ui.assistants.blind.dialog import BlindDialog
from app.ui.assistants.blind.overview import look as blind_look
from app.ui.assistants.blind.results import ResultsDialog
from app.ui.assistants.overview import look
from app.ui.assistants.testing.question_dialog import QuestionDialog
from app.ui.assistants.versions_dialog import VersionsDialog
from app.ui.chat.composer.template_dialog import TemplateDialog
from app.ui.dialogs.questions import Question
from app.ui.library.transfer.export_dialog import ExportDialog
from app.ui.library.transfer.import_dialog import ImportDialog
from app.ui.settings.password import PasswordDialog
from tests.ui.clipping import Longer, problems
from tests.ui.conftest import Desk
from tests.ui.test_chat import _ask
from tests.ui.test_first_run import Begun, _create, _prove
from tests.ui.test_first_run import begun as begun
from tests.ui.test_roles import _rest, _services, draft
from tests.ui.test_turns import idle

LEAST = (900, 600)
SPOKEN = pytest.mark.parametrize("language", ["en", "ru"])
LENGTHS = pytest.mark.parametrize("longer", [False, True], ids=["as it is", "longer"])
Found = dict[str, list[str]]


@pytest.fixture
def lengthen() -> Iterator[Callable[[Desk | Begun], None]]:
    """Have every text of a window be longer."""
    made: list[Longer] = []

    def install(desk: Desk | Begun) -> None:
        made.append(Longer(desk.window.language._translators[0]))
        made[-1].install()

    yield install
    for each in made:
        each.remove()


def _speak(desk: Desk | Begun, language: str) -> None:
    desk.window.language.choose(language)
    desk.window.resize(*LEAST)


def _note(found: Found, name: str, root: QWidget, qtbot: QtBot) -> None:
    """What is still wrong once everything has found its place."""
    qtbot.wait(50)
    with suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not problems(root), timeout=1000)
    if lines := problems(root):
        found[name] = lines


def _pages(desk: Desk, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Every view with something in it, one after the other."""
    opened = desk.window.opened
    assert opened is not None
    frame = opened.frame
    frame.show_page(opened.chat)
    yield "chat", frame
    _ask(desk, qtbot)
    idle(desk, qtbot)
    yield "answer", frame
    for view, _ in frame.reached[1:]:
        frame.show_page(view.page)
        _rest(desk, qtbot)
        yield view.icon, frame
    opened.library.select_first()
    frame.show_page(opened.library)
    yield "details", frame
    frame.show_page(opened.training)
    for step in opened.training.steps.steps:
        step.unfold()
        _rest(desk, qtbot)
        yield f"step {step.line.number}", frame
    frame.show_page(opened.administration)
    opened.administration.kinds[-1].click()
    _rest(desk, qtbot)
    yield "proof", frame
    opened.administration.show_part(StatisticsKind)
    qtbot.waitUntil(opened.administration.part(StatisticsKind).figures.isVisible, timeout=10_000)
    _rest(desk, qtbot)
    yield "statistics", frame
    opened.administration.show_part(KeysKind)
    _rest(desk, qtbot)
    yield "keys", frame
    frame.show_page(opened.assistants)
    opened.assistants.edit(Assistant("", ""))
    yield "editor", frame
    opened.assistants.leave()
    yield from _exams(desk, qtbot)
    frame.show_page(opened.settings)
    for place, _ in enumerate(opened.settings.kinds):
        opened.settings.show_kind(place)
        yield f"settings {place}", frame


def _exams(desk: Desk, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Test questions without any, with some, and how they did."""
    opened, services = desk.window.opened, _services(desk)
    assert opened is not None
    page, (assistant, *_) = opened.assistants, services.assistants.all()
    page.test(assistant)
    _rest(desk, qtbot)
    yield "no test questions", opened.frame
    asked = "How many days of paid leave do all employees of the company get in a year?"
    for each in (ExamQuestion(asked, "29 days", "leave.pdf", (3,)), ExamQuestion("?", "28")):
        services.exams.keep(assistant.id, each)
    qtbot.waitUntil(lambda: len(page.exams.list.rows) == 2, timeout=5_000)
    yield "test questions", opened.frame
    page.exams.begin()
    qtbot.waitUntil(lambda: not page.exams.runner.is_running, timeout=20_000)
    _rest(desk, qtbot)
    yield "tested", opened.frame
    page.exams.hide()


def _dialogs(desk: Desk) -> Iterator[QWidget]:
    window, services = desk.window, _services(desk)
    acts, language = window._acts(services.reading), window.language
    yield TemplateDialog(window, services.templates, acts, window.theme, language)
    yield PasswordDialog(window, "Anna", services.profiles, acts, language)
    assert window.opened is not None
    library = window.opened.library._services
    around = window.theme, window.language
    yield ExportDialog(window, library, ("library", "Library"), *around)
    yield ImportDialog(window, library, desk.folder / "library.larets", *around)
    yield QuestionDialog(window, window.theme, ExamQuestion("How many days?", "28 days"))
    page = window.opened.assistants
    overview = look(page._services)
    versions = services.assistants.versions(overview.assistants[0].id)
    yield VersionsDialog(window, versions, overview, page._words, window.theme)
    blind = BlindDialog(window, page._services, window.theme, language)
    blind._offer(blind_look(page._services), "")
    blind.panes[0].reveal("Staff, version 12 · without adapters")
    yield blind
    tally = Tally(Variant("a", "Staff", 3, "qwen3-4b"), Variant("", "", 0, "qwen3-4b"), 3, 1, 2)
    yield ResultsDialog(window, blind._words, [tally])
    keys = window.opened.administration.part(KeysKind)._services
    issued = IssuedKey(AccessKey("1", "CRM", "", "", ()), f"larets-1a2b3c4d5e6f-{'k' * 43}")
    yield NewAccessKeyDialog(window, keys, language, {"1": "Contracts"}, ["Staff"])
    yield ShownKeyDialog(window, issued)
    yield Question(window, window.tr("Delete?"), "It cannot be brought back.", final=True)
    window.show_help()
    assert window.help is not None
    yield window.help


@SPOKEN
@LENGTHS
def test_no_page_cuts_a_text(
    with_library: Desk,
    qtbot: QtBot,
    language: str,
    longer: bool,
    lengthen: Callable[[Desk | Begun], None],
) -> None:
    desk, found = with_library, Found()
    draft(_services(desk))
    made = _services(desk).assistants.create(Assistant("", "Staff"))
    _services(desk).assistants.change(replace(made, instruction="Be brief.", tone=Tone.FORMAL))
    _services(desk).assistants.archive(_services(desk).assistants.duplicate(made).id)
    _speak(desk, language)
    if longer:
        lengthen(desk)
    for name, root in _pages(desk, qtbot):
        _note(found, name, root, qtbot)
    for dialog in _dialogs(desk):
        dialog.show()
        _note(found, type(dialog).__name__, dialog, qtbot)
        dialog.hide()
    desk.window.lock()
    _note(found, "login", desk.window.login, qtbot)
    assert found == {}


@SPOKEN
@LENGTHS
def test_no_step_of_the_first_start_cuts_a_text(
    begun: Begun,
    qtbot: QtBot,
    language: str,
    longer: bool,
    lengthen: Callable[[Desk | Begun], None],
) -> None:
    page, found = begun.page, Found()
    _speak(begun, language)
    if longer:
        lengthen(begun)
    _note(found, "language", page, qtbot)
    page.go_on()
    _note(found, "profile", page, qtbot)
    page.show_step(0)
    _create(begun, qtbot)
    _note(found, "key", page, qtbot)
    _prove(begun, qtbot)
    qtbot.waitUntil(page._on.isEnabled, timeout=20_000)
    for place in (2, 3, 4):
        page.show_step(place)
        _note(found, f"step {place}", page, qtbot)
    assert found == {}
