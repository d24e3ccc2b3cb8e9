"""Assistants as a user meets them: from a template, changed, doubled, deleted, chosen, asked."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from app.domain.chat.assistants import AdapterStrength, AnswerLanguage, Assistant, Tone
from app.domain.chat.conversation import Message
from app.domain.chat.variables import Variable
from app.domain.roles import Role
from app.services.session import Services
from app.ui.assistants.cards import AssistantCard
from app.ui.assistants.overview import look
from app.ui.assistants.page import AssistantsPage
from app.ui.chat.composer.assistant_button import AssistantButton
from tests.ui.conftest import PASSWORD, Desk
from tests.ui.questions import answered
from tests.ui.told import words_of

#: The screen that tests have knows no pop-up windows.
QUESTION = "How many days of paid leave do employees get?"


def _services(desk: Desk) -> Services:
    assert desk.window.services is not None
    return desk.window.services


def _settle(desk: Desk, qtbot: QtBot) -> None:
    services = _services(desk)
    workers = (services.answers, services.background, services.reading)
    qtbot.waitUntil(lambda: not any(each.jobs() for each in workers), timeout=10_000)


def _page(desk: Desk, qtbot: QtBot) -> AssistantsPage:
    opened = desk.window.opened
    assert opened is not None
    page = opened.assistants
    opened.frame.show_page(page)
    qtbot.waitUntil(lambda: page.beginning.isVisible() or bool(page.list.cards), timeout=10_000)
    return page


def _made(desk: Desk, qtbot: QtBot, *names: str) -> list[Assistant]:
    services = _services(desk).assistants
    made = [services.create(Assistant("", each, instruction=f"I am {each}.")) for each in names]
    qtbot.waitUntil(lambda: list(_button(desk).known) == made, timeout=10_000)
    return made


def _card(page: AssistantsPage, qtbot: QtBot, name: str) -> AssistantCard:
    def cards() -> list[AssistantCard]:
        return [each for each in page.list.cards.values() if each.assistant.name == name]

    qtbot.waitUntil(lambda: bool(cards()), timeout=10_000)
    return cards()[0]


def _names(desk: Desk) -> list[str]:
    return [each.name for each in _services(desk).assistants.all()]


def _chosen(menu: QMenu, text: str) -> QAction:
    """A line of a menu."""
    return next(each for each in menu.actions() if each.text() == text)


def _click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _button(desk: Desk) -> AssistantButton:
    assert desk.window.opened is not None
    return desk.window.opened.assistant


def _choose(desk: Desk, qtbot: QtBot, name: str) -> None:
    """In the menu of the top bar."""
    button = _button(desk)
    _click(qtbot, button)
    menu = button.findChild(QMenu)
    assert isinstance(menu, QMenu)
    next(each for each in menu.actions() if each.text() == name).trigger()
    menu.close()
    _settle(desk, qtbot)


def _ask(desk: Desk, qtbot: QtBot) -> Message:
    page = desk.window.chat
    assert page is not None
    page.send(QUESTION)
    qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
    _settle(desk, qtbot)
    assert page.controller.conversation is not None
    return _services(desk).conversations.messages(page.controller.conversation)[-1]


def _instructed(desk: Desk, answer: Message) -> str:
    sent = _services(desk).conversations.prompt(answer.id)
    assert sent is not None
    return sent.turns[0].text


# -- the view -------------------------------------------------------------------------------------


def test_a_template_becomes_an_assistant(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    assert page.beginning.isVisible()
    assert not page.list.isVisible()
    _click(qtbot, page.beginning.offers[1].use)
    assert page.editor.name.text() == "Contracts"
    assert "clause" in page.editor.instruction.toPlainText()
    assert _names(unlocked) == [], "nothing is stored before Save"
    _click(qtbot, page.editor.save)
    card = _card(page, qtbot, "Contracts")
    assert words_of(card).splitlines()[2] == "formal · all collections"
    qtbot.waitUntil(page.editor.isHidden, timeout=5_000)
    assert not page.beginning.isVisible()
    assert {each.text() for each in page.offers().actions()} >= {"Empty", "Technical manuals"}


def test_every_field_is_stored_and_shown_again(unlocked: Desk, qtbot: QtBot) -> None:
    services = _services(unlocked)
    adapter = unlocked.folder / "manner.gguf"
    adapter.write_bytes(b"GGUF adapter")
    manner, collection = services.adapters.add(adapter), services.library.create("Law")
    second = services.adapters.add(adapter, "terms")
    page = _page(unlocked, qtbot)
    page.edit(Assistant("", ""))
    editor = page.editor
    qtbot.keyClicks(editor.name, " Our   law ")
    qtbot.keyClicks(editor.instruction, "Quote.")
    editor.icons.choose("scale")
    editor.tone.choose(Tone.BRIEF.value)
    editor.length.choose(1024)
    editor.spoken.choose(AnswerLanguage.RUSSIAN.value)
    editor.temperature.set_value(0.35)
    assert editor.adapters.rows == {}
    editor.adapters.choice.choose(manner.id)
    editor.adapters.rows[manner.id].amount.set_value(1.25)
    assert editor.adapters.choice.currentText() == "One more adapter…"
    editor.adapters.choice.choose(second.id)
    assert not editor.adapters.choice.isVisible(), "nothing is left to choose"
    editor.adapters.rows[second.id].amount.set_value(0.5)
    editor.collections.list.item(1).setCheckState(Qt.CheckState.Checked)
    _click(qtbot, editor.save)
    card = _card(page, qtbot, "Our law")
    (stored,) = services.assistants.all()
    assert stored == Assistant(
        stored.id, "Our law", "scale", "Quote.", Tone.BRIEF, 0.35, 1024, (collection.id,),
        (AdapterStrength(manner.id, 1.25), AdapterStrength(second.id, 0.5)),
        language=AnswerLanguage.RUSSIAN,
    )  # fmt: skip
    told = "Our law\nQuote.\nbrief · Law · adapter manner × 1.25 · adapter terms × 0.50"
    assert words_of(card) == told
    _click(qtbot, card.edit)
    assert editor.assistant == stored
    assert not editor.is_changed
    _click(qtbot, editor.adapters.rows[manner.id].away)
    assert editor.adapters.chosen == (AdapterStrength(second.id, 0.5),)
    assert editor.is_changed
    editor.edit(stored, look(services))
    qtbot.keyClick(editor.name, Qt.Key.Key_Escape)
    assert editor.isHidden()


def test_what_an_assistant_had_and_is_gone_is_not_lost_by_saving(
    unlocked: Desk, qtbot: QtBot
) -> None:
    made = _services(unlocked).assistants.create(
        Assistant(
            "",
            "Old",
            "no-such-icon",
            max_tokens=700,
            collections=("gone",),
            adapters=(AdapterStrength("gone"),),
        )
    )
    page = _page(unlocked, qtbot)
    _click(qtbot, _card(page, qtbot, "Old").edit)
    editor = page.editor
    assert editor.collections.list.item(1).text() == "A collection that is not here"
    assert editor.adapters.rows["gone"].name.text() == "Deleted adapter"
    editor.name.setText("New")
    _click(qtbot, editor.save)
    _card(page, qtbot, "New")
    (kept,) = _services(unlocked).assistants.all()
    assert (kept.collections, kept.strength("gone"), kept.max_tokens) == (("gone",), 1.0, 700)
    assert kept.id == made.id


def test_a_taken_or_empty_name_is_told_beside_it(unlocked: Desk, qtbot: QtBot) -> None:
    _made(unlocked, qtbot, "Law")
    page = _page(unlocked, qtbot)
    page.edit(Assistant("", ""))
    editor = page.editor
    _click(qtbot, editor.save)
    assert editor.problem.isVisible()
    qtbot.keyClicks(editor.name, "law")
    assert not editor.problem.isVisible()
    _click(qtbot, editor.save)
    qtbot.waitUntil(editor.problem.isVisible, timeout=5_000)
    assert "law" in editor.problem.text()
    assert _names(unlocked) == ["Law"]


@pytest.mark.parametrize(
    "closes",
    [True, False],
)
def test_what_was_written_is_not_thrown_away_unasked(
    unlocked: Desk,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    closes: bool,
) -> None:
    page = _page(unlocked, qtbot)
    page.edit(Assistant("", ""))
    qtbot.keyClicks(page.editor.instruction, "Long thought.")
    answered(monkeypatch, closes)
    _click(qtbot, page.editor.cancel)
    assert page.editor.isHidden() == closes


def test_one_is_doubled_deleted_and_taken_back(unlocked: Desk, qtbot: QtBot) -> None:
    _made(unlocked, qtbot, "Law")
    page = _page(unlocked, qtbot)
    _click(qtbot, _card(page, qtbot, "Law").duplicate)
    _card(page, qtbot, "Law 2")
    _click(qtbot, _card(page, qtbot, "Law").remove)
    qtbot.waitUntil(lambda: page.toast.offers, timeout=5_000)
    qtbot.waitUntil(lambda: len(page.list.cards) == 1, timeout=5_000)
    assert _names(unlocked) == ["Law 2"]
    _click(qtbot, page.toast.act)
    _card(page, qtbot, "Law")
    assert _names(unlocked) == ["Law", "Law 2"]
    places = [page.list.column.indexOf(_card(page, qtbot, name)) for name in ("Law", "Law 2")]
    assert places == [0, 1], "where it stood"


def test_one_is_put_away_and_brought_back(unlocked: Desk, qtbot: QtBot) -> None:
    (law, _) = _made(unlocked, qtbot, "Law", "Staff")
    page, services = _page(unlocked, qtbot), _services(unlocked).assistants
    assert not page.away.isVisible()
    _chosen(_card(page, qtbot, "Law").offers(), "Put away").trigger()
    qtbot.waitUntil(lambda: page.away.text() == "1 assistant put away", timeout=5_000)
    assert _names(unlocked) == ["Staff"]
    assert services.get(law.id) == law
    _chosen(page.archived(), "Bring back Law").trigger()
    _card(page, qtbot, "Law")
    qtbot.waitUntil(lambda: not page.away.isVisible(), timeout=5_000)


def test_one_travels_as_a_file(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _made(unlocked, qtbot, "Law")
    page, file = _page(unlocked, qtbot), unlocked.folder / "law"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    _chosen(_card(page, qtbot, "Law").offers(), "Save to a file…").trigger()
    written = file.with_suffix(".json")
    qtbot.waitUntil(written.exists, timeout=5_000)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(written), ""))
    _chosen(page.offers(), "From a file…").trigger()
    assert words_of(_card(page, qtbot, "Law 2")).splitlines()[1] == "I am Law."


def test_what_is_missing_of_one_from_a_file_must_be_seen(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = unlocked.folder / "law.json"
    file.write_text(
        '{"form":"larets-assistant","version":1,"name":"Law","collections":["Codes"],'
        '"adapters":[{"name":"manner"}]}'
    )
    seen = list[str]()
    monkeypatch.setattr("app.ui.assistants.files.told", lambda _, *lines: seen.extend(lines))
    page = _page(unlocked, qtbot)
    page.files.take_in(file)
    _card(page, qtbot, "Law")
    qtbot.waitUntil(lambda: bool(seen), timeout=5_000)
    assert seen[0] == "“Law” was added"
    assert "not here: Codes" in seen[1]
    assert "not here: manner" in seen[2]


def test_one_goes_back_to_what_it_was(unlocked: Desk, qtbot: QtBot) -> None:
    (law,) = _made(unlocked, qtbot, "Law")
    services = _services(unlocked).assistants
    changed = services.change(replace(law, instruction="Quote.\nBe brief.", tone=Tone.FORMAL))
    page = _page(unlocked, qtbot)
    _click(qtbot, _card(page, qtbot, "Law").edit)
    qtbot.waitUntil(lambda: page.editor.tone.currentData() == Tone.FORMAL, timeout=5_000)
    _click(qtbot, page.editor.versions)
    qtbot.waitUntil(lambda: page.dialog is not None, timeout=5_000)
    dialog = page.dialog
    assert dialog is not None
    lines = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert lines[0].endswith("Anna · Instruction, Tone")
    assert dialog.fields.text().startswith("Tone: formal → neutral")
    assert dialog.lines.toPlainText() == "− Quote.\n− Be brief.\n+ I am Law."
    dialog.list.setCurrentRow(0)
    assert not dialog.back.isEnabled()
    dialog.list.setCurrentRow(1)
    _click(qtbot, dialog.back)
    qtbot.waitUntil(lambda: services.get(law.id) == law, timeout=5_000)
    qtbot.waitUntil(lambda: page.toast.offers, timeout=5_000)
    _click(qtbot, page.toast.act)
    qtbot.waitUntil(lambda: services.get(law.id) == changed, timeout=5_000)
    assert [each.number for each in services.versions(law.id)] == [4, 3, 2, 1]


def test_the_form_speaks_another_language_and_keeps_what_is_in_it(
    unlocked: Desk, qtbot: QtBot
) -> None:
    page = _page(unlocked, qtbot)
    page.edit(Assistant("", "A", tone=Tone.BRIEF, max_tokens=2048, temperature=0.5))
    before = page.editor.assistant
    unlocked.window.language.choose("ru")
    unlocked.window.theme.choose("dark")
    assert page.editor.assistant == before
    unlocked.window.language.choose("en")
    unlocked.window.theme.choose("light")
    assert page.editor.assistant == before


def test_a_reader_asks_and_changes_nothing(desk: Desk, qtbot: QtBot) -> None:
    services = desk.begun.open("Anna", PASSWORD, lambda call: call())
    services.profiles.create("Rita", PASSWORD, Role.READER)
    services.assistants.create(Assistant("", "Law"))
    services.close()
    desk.window.login.show_names(desk.begun.profiles.names())
    desk.window.login.enter("Rita", PASSWORD)
    qtbot.waitUntil(lambda: desk.window.chat is not None, timeout=10_000)
    page = _page(desk, qtbot)
    card = _card(page, qtbot, "Law")
    for act in (page.new, card.edit, card.duplicate, card.remove):
        assert not act.isEnabled()
        assert "an editor may" in act.toolTip()
    assert card.begin.isEnabled()
    _click(qtbot, card.test)
    qtbot.waitUntil(lambda: not page.exams.add.isEnabled(), timeout=5_000)
    assert "an editor may" in page.exams.add.toolTip()


# -- in conversations -----------------------------------------------------------------------------


def test_the_chosen_one_answers_and_is_remembered(with_library: Desk, qtbot: QtBot) -> None:
    first, second = _made(with_library, qtbot, "First", "Second")
    window, button = with_library.window, _button(with_library)
    assert window.chat is not None
    assert "none" in button.text()
    _choose(with_library, qtbot, "First")
    assert "First" in button.text()
    assert "I am First." in _instructed(with_library, _ask(with_library, qtbot))
    one = window.chat.controller.conversation
    assert one is not None
    window.chat.begin()
    _choose(with_library, qtbot, "Second")
    assert "I am Second." in _instructed(with_library, _ask(with_library, qtbot))
    window.chat.show_conversation(one)
    qtbot.waitUntil(lambda: "First" in button.text(), timeout=5_000)
    assert _services(with_library).conversations.one(one).assistant == first.id
    _choose(with_library, qtbot, "Second")
    assert _services(with_library).conversations.one(one).assistant == second.id
    assert "I am Second." in _instructed(with_library, _ask(with_library, qtbot))
    assert "Second" in button.text()


def test_after_a_lock_a_conversation_still_has_its_own(with_library: Desk, qtbot: QtBot) -> None:
    _made(with_library, qtbot, "First")
    _choose(with_library, qtbot, "First")
    _ask(with_library, qtbot)
    window = with_library.window
    window.lock()
    assert window.opened is None
    window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: window.chat is not None, timeout=10_000)
    _settle(with_library, qtbot)
    assert window.chat is not None
    assert "none" in _button(with_library).text()
    (conversation,) = _services(with_library).conversations.all()
    window.chat.show_conversation(conversation.id)
    qtbot.waitUntil(lambda: "First" in _button(with_library).text(), timeout=5_000)
    assert "I am First." in _instructed(with_library, _ask(with_library, qtbot))


def test_a_deleted_one_is_nobody_until_it_is_taken_back(with_library: Desk, qtbot: QtBot) -> None:
    (made,) = _made(with_library, qtbot, "First")
    _choose(with_library, qtbot, "First")
    _ask(with_library, qtbot)
    button, assistants = _button(with_library), _services(with_library).assistants
    assistants.remove(made.id)
    qtbot.waitUntil(lambda: "none" in button.text(), timeout=5_000)
    assert "I am First." not in _instructed(with_library, _ask(with_library, qtbot))
    assistants.restore(made.id)
    qtbot.waitUntil(lambda: "First" in button.text(), timeout=5_000)
    _choose(with_library, qtbot, "No assistant")
    assert "none" in button.text()


def test_one_that_is_put_away_is_shown_where_it_answers(with_library: Desk, qtbot: QtBot) -> None:
    (made,) = _made(with_library, qtbot, "First")
    _choose(with_library, qtbot, "First")
    _ask(with_library, qtbot)
    button = _button(with_library)
    _services(with_library).assistants.archive(made.id)
    qtbot.waitUntil(lambda: list(button.known) == [], timeout=5_000)
    assert "First" in button.text()
    assert "I am First." in _instructed(with_library, _ask(with_library, qtbot))


def test_a_card_begins_a_conversation(with_library: Desk, qtbot: QtBot) -> None:
    _made(with_library, qtbot, "First")
    page, window = _page(with_library, qtbot), with_library.window
    _click(qtbot, _card(page, qtbot, "First").begin)
    assert window.chat is not None
    assert window.chat.isVisible()
    assert "First" in _button(with_library).text()
    assert "I am First." in _instructed(with_library, _ask(with_library, qtbot))
    _choose(with_library, qtbot, "Manage assistants…")
    assert page.isVisible()
    assert not _button(with_library).isVisible()


@pytest.mark.parametrize("desk", [0.1], indirect=True)
def test_nobody_takes_over_within_an_answer(with_library: Desk, qtbot: QtBot) -> None:
    _made(with_library, qtbot, "First")
    page, button = with_library.window.chat, _button(with_library)
    assert page is not None
    page.send(QUESTION)
    assert not button.isEnabled()
    assert "after this answer" in button.toolTip()
    qtbot.waitUntil(lambda: not page.answering, timeout=20_000)
    assert button.isEnabled()


def test_a_long_name_gives_way(unlocked: Desk, qtbot: QtBot) -> None:
    _made(unlocked, qtbot, "Questions & answers", "The assistant of the whole accounts department")
    button = _button(unlocked)
    _choose(unlocked, qtbot, "Questions && answers")
    qtbot.waitUntil(lambda: "Questions && answers  ▾" in button.text(), timeout=5_000)
    _choose(unlocked, qtbot, "The assistant of the whole accounts department")
    unlocked.window.resize(900, 600)
    qtbot.waitUntil(lambda: button.text().endswith("…  ▾"), timeout=5_000)
    unlocked.window.theme.choose("dark")
    assert button.text().endswith("…  ▾"), "drawn anew in the same room"
    unlocked.window.theme.choose("light")
    _choose(unlocked, qtbot, "Questions && answers")
    qtbot.waitUntil(lambda: "Questions && answers  ▾" in button.text(), timeout=5_000)
    assert button.accessibleName() == "Assistant: Questions & answers"


def test_places_of_the_instruction_are_asked_for_once(with_library: Desk, qtbot: QtBot) -> None:
    page = _page(with_library, qtbot)
    page.edit(Assistant("", ""))
    form = page.editor
    qtbot.keyClicks(form.name, "Staff")
    qtbot.keyClicks(form.instruction, "Serve {company} in {street}. It is {date}.")
    assert list(form.variables.lines) == ["company", "street"]
    qtbot.keyClicks(form.variables.lines["company"], "Larets")
    _click(qtbot, form.save)
    assert form.variables.problem.text() == "Without a value: {street}."
    assert _names(with_library) == []
    form.instruction.setPlainText("Serve {company}.")
    assert list(form.variables.lines) == ["company"]
    assert form.variables.lines["company"].text() == "Larets", "it stays while its place does"
    _click(qtbot, form.save)
    qtbot.waitUntil(form.isHidden, timeout=5_000)
    (made,) = _services(with_library).assistants.all()
    assert made.variables == (Variable("company", "Larets"),)
    qtbot.waitUntil(lambda: bool(page.list.cards), timeout=5_000)
    page.edit(Assistant("", "", instruction="Answer {Company}."))
    assert form.variables.lines["Company"].text() == "Larets", "it was given once"
    page.edit(made)
    assert not form.is_changed
