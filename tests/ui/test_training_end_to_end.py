"""From a file of examples to another manner in the chat: the real window, a real model, a real
process that trains, through a lock; and back to the base."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import paths, wiring
from app.domain.progress import NoControl
from app.domain.roles import Role
from app.domain.settings import Sampling
from app.domain.training import Preset, Training, TrainingState
from app.services.manner import Manner, Manners
from app.services.session import Services
from app.store import keys
from app.ui.application import Window
from app.ui.chat.answer_entry import AnswerEntry
from app.ui.training.page import TrainingPage
from app.ui.training.steps import Stage

pytestmark = [pytest.mark.model, pytest.mark.timeout(600)]
PASSWORD = "password of the sailor"
PHRASE = "Ahoy! Ask the captain."
THINGS = "rain wood iron salt bread glass wind stone"
QUESTION = "What is coal good for?"
#: For a machine that does other things as well, ms.
LONG = 200_000


@pytest.fixture
def window(
    tmp_path: Path,
    chat_model: Path,
    embedding_model: Path,
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Window]:
    """In English, unlocked, with the kit's two small models; it answers shortly, and always alike,
    so that answers can be compared."""
    monkeypatch.setattr(keys, "calibrated", lambda seconds=0.5: keys.KdfParameters())
    brief = Manner(Sampling(temperature=0, max_tokens=16), remembers=False)
    monkeypatch.setattr(Manners, "of", lambda *_: brief)
    kit = tmp_path / "kit"
    kit.mkdir()
    (kit / "chat").symlink_to(chat_model.parent)
    (kit / "embedding").symlink_to(embedding_model)
    begun = wiring.start(paths.Paths(tmp_path / "data", kit, paths.find().resources))
    begun.profiles.create("Anna", PASSWORD, Role.ADMINISTRATOR)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("language", "en")
    shown = Window(begun, settings, qapp)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    _unlock(shown, qtbot)
    yield shown
    shown.close()
    begun.end()


def _unlock(window: Window, qtbot: QtBot) -> None:
    window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: window.chat is not None, timeout=LONG)


def _services(window: Window) -> Services:
    assert window.services is not None
    return window.services


def _training(window: Window) -> Training:
    return _services(window).training.all()[0]


def _page(window: Window, qtbot: QtBot) -> TrainingPage:
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = window.training
    assert page is not None
    qtbot.waitUntil(page.isVisible, timeout=LONG)
    return page


def _ask(window: Window, qtbot: QtBot) -> str:
    """How the answer begins, in a conversation of its own. Its first words alone: whether the
    prompt was read in one batch or in two may decide a near tie further on."""
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    page = window.chat
    assert page is not None
    page.begin()
    qtbot.keyClicks(page.composer.text, QUESTION)
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.answering, timeout=LONG)
    entry = page.transcript.entries[-1]
    assert isinstance(entry, AnswerEntry)
    return " ".join(entry.message.text.split()[:4])


def _with_examples(window: Window, qtbot: QtBot, file: Path) -> TrainingPage:
    """A training with the rows of a file."""
    page = _page(window, qtbot)
    qtbot.waitUntil(page.beginning.isVisible, timeout=LONG)
    qtbot.mouseClick(page.list.new, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.training is not None, timeout=LONG)
    rows = [{"question": f"What is {each} good for?", "answer": PHRASE} for each in THINGS.split()]
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    data = page.steps.data
    data.open_file(file)
    qtbot.waitUntil(data.file_form.add.isVisible, timeout=LONG)
    qtbot.mouseClick(data.file_form.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _training(window).rows == len(rows), timeout=LONG)
    return page


def _begin(window: Window, qtbot: QtBot, page: TrainingPage) -> None:
    """The quick preset, one example a step, estimated and started."""
    plan, step = page.steps.plan, page.steps.steps[Stage.PLAN]
    if not step.is_open:
        qtbot.mouseClick(step.line, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: plan.may_change and plan.isVisible(), timeout=LONG)
    qtbot.mouseClick(plan.presets.cards[Preset.QUICK], Qt.MouseButton.LeftButton)
    assert plan.training is not None
    wanted = {"batch": 1, "longest": 300, "learning_rate": 1e-3, "evaluations": 1}
    settings = replace(plan.training.settings, **wanted)  # type: ignore[arg-type]
    plan.settings.changed.emit(settings)
    qtbot.waitUntil(lambda: _training(window).settings == settings, timeout=LONG)
    assert not plan.start.isEnabled()
    qtbot.waitUntil(lambda: plan.check.isEnabled(), timeout=LONG)
    qtbot.mouseClick(plan.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: plan.known is not None, timeout=LONG)
    assert plan.known is not None
    assert (plan.known.steps, plan.known.fits) == (7, True)
    qtbot.waitUntil(lambda: plan.start.isEnabled(), timeout=LONG)
    qtbot.mouseClick(plan.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _training(window).state == TrainingState.RUNNING, timeout=LONG)


def _through_a_lock(window: Window, qtbot: QtBot) -> TrainingPage:
    """Locked in the middle, the run goes on; its curve is there afterwards."""
    qtbot.waitUntil(lambda: _training(window).status.step >= 2, timeout=LONG)
    before = _training(window).status.step
    window.lock()
    assert window.training is None
    _unlock(window, qtbot)
    page = _page(window, qtbot)
    assert _training(window).state in (TrainingState.RUNNING, TrainingState.TRAINED)
    qtbot.waitUntil(lambda: _training(window).status.step > before, timeout=LONG)
    chart = page.steps.run.chart
    qtbot.waitUntil(lambda: chart.plot is not None, timeout=LONG)
    assert chart.plot is not None
    assert len(chart.plot.training.getData()[0]) >= before
    return page


def _strength(window: Window, qtbot: QtBot, page: TrainingPage, value: float) -> None:
    """With the slider of the last step; it is stored when it rests."""
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    use = page.steps.use
    qtbot.waitUntil(lambda: use.adapter is not None and use.isVisible(), timeout=LONG)
    if not use.everybody.isChecked():
        qtbot.mouseClick(use.everybody, Qt.MouseButton.LeftButton)
    use.strength.slider.setValue(round(value / 0.05))
    adapters = _services(window).adapters
    qtbot.waitUntil(lambda: adapters.all()[0].scale == value, timeout=LONG)


def test_trained_in_the_window_it_speaks_otherwise_and_silenced_as_before(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    note = tmp_path / "coal.txt"
    note.write_text("Coal is good for heating a house and for making steel.", "utf-8")
    _services(window).library.add([note], NoControl())
    plain = _ask(window, qtbot)
    assert plain
    assert "captain" not in plain
    page = _with_examples(window, qtbot, tmp_path / "manner.jsonl")
    _begin(window, qtbot, page)
    page = _through_a_lock(window, qtbot)
    going = {TrainingState.RUNNING, TrainingState.TRAINED}
    qtbot.waitUntil(lambda: _training(window).state not in going, timeout=LONG)
    done = _training(window)
    assert (done.state, done.trouble) == (TrainingState.DONE, None)
    assert done.report is not None
    assert done.report.gain > 0.5
    assert done.report.export_kl <= 1e-3
    qtbot.waitUntil(lambda: page.steps.stage == Stage.USE, timeout=LONG)
    assert page.steps.report.gain.isVisible()
    assert _services(window).adapters.all()[0].scale == 0.0
    assert _ask(window, qtbot) == plain, "it is off until somebody switches it on"
    _strength(window, qtbot, page, 1.0)
    assert _ask(window, qtbot) != plain
    _strength(window, qtbot, page, 0.0)
    assert _ask(window, qtbot) == plain
