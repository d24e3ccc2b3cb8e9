"""Adapters that come and go as files, and a question to both, in the Training view."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.chat.assistants import Assistant
from app.domain.chat.conversation import AnswerState
from app.domain.errors import DamagedModel, OtherBaseModel
from app.domain.models.adapter_files import AdapterFile, Manifest, Trust, fingerprint
from app.domain.progress import Control
from app.domain.training.training import TrainingState
from app.ui.training.adapters.import_dialog import ImportDialog
from app.ui.training.steps import TrainingStage
from tests.ui import test_training
from tests.ui.questions import answered
from tests.ui.test_training import REPORT, View, _act, _click, _put
from tests.ui.told import words_of

fakes, view = test_training.fakes, test_training.view  # the same fixtures
language, settings = test_training.language, test_training.settings
SIGNER = "ab" * 32
DIGITS = fingerprint(SIGNER).replace(" ", "\N{NO-BREAK SPACE}")


def _file(view: View, trust: Trust) -> AdapterFile:
    card = view.fakes.packages.card_
    manifest = Manifest(
        "Their manner", "Their manner", 1, "base", 84 << 20, "cd" * 32, SIGNER, card
    )
    return AdapterFile("theirs.larets-adapter", trust, manifest)


def _answer_dialog(monkeypatch: pytest.MonkeyPatch, code: QDialog.DialogCode) -> list[ImportDialog]:
    seen: list[ImportDialog] = []

    def executed(dialog: ImportDialog) -> int:
        seen.append(dialog)
        return code

    monkeypatch.setattr(ImportDialog, "exec", executed)
    monkeypatch.setattr(ImportDialog, "deleteLater", lambda _: None)
    return seen


def _drop(path: Path) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    _drop.data = data  # type: ignore[attr-defined]  # the event does not keep it
    return QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip


def _guest(view: View, qtbot: QtBot, scale: float = 0.0, signer: str = SIGNER) -> None:
    view.fakes.adapters.put("guest", "Their manner", scale, signer)
    view.page.reload()
    qtbot.waitUntil(lambda: "guest" in [each.key for each in view.page.list.entries])
    view.page.choose("guest")
    qtbot.waitUntil(lambda: view.fakes.idle)


def test_a_dropped_file_is_taken_in(
    view: View, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    view.fakes.packages.file = _file(view, Trust.UNKNOWN)
    seen = _answer_dialog(monkeypatch, QDialog.DialogCode.Accepted)
    event = _drop(tmp_path / "theirs.larets-adapter")
    assert view.page.acceptDrops()
    view.page.dropEvent(event)
    qtbot.waitUntil(lambda: view.page.list.entries != [])
    (dialog,) = seen
    assert dialog.title.text() == "Their manner"
    assert DIGITS in dialog.signed.text()
    assert "somebody has put another adapter" in dialog.warning.text()
    assert dialog.accept_button.text() == "Import all the same"
    assert view.fakes.packages.acts == [SIGNER]
    qtbot.waitUntil(lambda: view.page.head.title.text() == "Their manner")
    steps = view.page.steps
    assert DIGITS in words_of(steps.origin)
    assert "Trained from tiny · Q4 · 120 example" in words_of(steps.origin)
    visible = [stage for stage in TrainingStage if not steps.steps[stage].isHidden()]
    assert visible == [TrainingStage.REPORT, TrainingStage.USE]
    assert [steps.steps[stage].line.number for stage in visible] == [1, 2]
    assert not view.page.passing.isVisible()


def test_a_file_that_is_not_wanted_stays_outside(
    view: View, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    view.fakes.packages.file = _file(view, Trust.OWN)
    seen = _answer_dialog(monkeypatch, QDialog.DialogCode.Rejected)
    view.page.passing.offer(tmp_path / "x.larets-adapter")
    qtbot.waitUntil(lambda: bool(seen) and view.fakes.idle)
    assert not seen[0].warning.isVisibleTo(seen[0])
    assert view.fakes.packages.acts == []


def test_another_base_is_refused_with_its_reason(
    view: View, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chosen = str(tmp_path / "x.larets-adapter")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    seen = _answer_dialog(monkeypatch, QDialog.DialogCode.Accepted)
    view.fakes.packages.failure = OtherBaseModel(name="Their manner")
    _click(qtbot, view.page.list.take)
    qtbot.waitUntil(lambda: len(view.errors) == 1)
    assert isinstance(view.errors[0], OtherBaseModel)
    assert seen == []
    assert not view.page.passing.doing.busy


def test_only_adapters_can_be_dropped(view: View, tmp_path: Path) -> None:
    assert view.page._dropped(_drop(tmp_path / "a.pdf")) == []
    assert view.page._dropped(_drop(tmp_path / "a.GGUF")) == [tmp_path / "a.GGUF"]


@pytest.mark.parametrize("fakes", [{"may_train": False}], indirect=True)
def test_a_reader_cannot(view: View) -> None:
    assert not view.page.acceptDrops()
    assert not view.page.list.take.isEnabled()


def test_a_guest_is_switched_on_and_lent(view: View, qtbot: QtBot) -> None:
    view.fakes.assistants.kept = {"a": Assistant("a", "Brief")}
    _guest(view, qtbot)
    assert view.page.list.entries[0].state == "off"
    use = view.page.steps.use
    _click(qtbot, use.everybody)
    qtbot.waitUntil(lambda: view.fakes.adapters.kept["guest"].scale == 1.0)
    qtbot.waitUntil(lambda: view.page.list.entries[0].state == "on · strength 1.0")
    use.assistants.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: view.fakes.assistants.kept["a"].strength("guest") == 1.0)
    qtbot.waitUntil(lambda: view.fakes.idle)


def test_an_unsigned_guest_has_no_report(view: View, qtbot: QtBot) -> None:
    _guest(view, qtbot, signer="")
    steps = view.page.steps
    assert "Not signed" in words_of(steps.origin)
    assert steps.origin.objectName() == "problem"
    assert [s for s in TrainingStage if not steps.steps[s].isHidden()] == [TrainingStage.USE]
    _put(view, qtbot)
    assert steps.origin.isHidden()
    assert all(not each.isHidden() for each in steps.steps)
    assert [each.line.number for each in steps.steps] == [1, 2, 3, 4, 5]


def test_the_menu_of_a_guest(view: View, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    _guest(view, qtbot)
    texts = [each.text() for each in view.page.list.menu("guest").actions()]
    assert texts == ["Export…", "Delete…"]
    answered(monkeypatch)
    next(e for e in view.page.list.menu("guest").actions() if e.text() == "Delete…").trigger()
    qtbot.waitUntil(lambda: view.fakes.adapters.kept == {})
    qtbot.waitUntil(lambda: view.page.list.entries == [])


def test_what_was_trained_here_is_exported(
    view: View, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draft = _put(view, qtbot)
    texts = [each.text() for each in view.page.list.menu(draft.id).actions()]
    assert "Export…" not in texts
    done = _put(view, qtbot, state=TrainingState.DONE, adapter="a", report=REPORT)
    proposed = []

    def ask(*told: object) -> tuple[str, str]:
        proposed.append(told[2])
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    _act(view, done, "Export…")
    qtbot.waitUntil(lambda: view.fakes.packages.acts == [("Style 1", "mine.larets-adapter")])
    assert proposed == ["Style 1.larets-adapter"]
    qtbot.waitUntil(view.page.toast.isVisible)


# -- ask both -------------------------------------------------------------------------------------


def test_both_answer(view: View, qtbot: QtBot) -> None:
    go = threading.Event()

    def hold(_: Control) -> None:
        go.wait(5)

    view.fakes.compare.hold = hold
    _put(view, qtbot, state=TrainingState.DONE, adapter="a", report=replace(REPORT, strength=0.5))
    both = view.page.steps.use.ask_both
    assert not both.ask.isEnabled()
    both.question.setText("How long is leave?")
    qtbot.keyClick(both.question, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: both.base.text == "A while.")
    assert (both.adapted.text, both.ask.text()) == ("…", "Stop")
    go.set()
    qtbot.waitUntil(lambda: both.adapted.text == "28 days [1].")
    assert words_of(both).startswith("No citations · 1 of 1 citation")
    assert both.ask.text() == "Ask both…"
    assert view.fakes.compare.asked == [("How long is leave?", "a", 0.5)]


def test_both_are_stopped(view: View, qtbot: QtBot) -> None:
    stopped = threading.Event()

    def hold(control: Control) -> None:
        while not control.cancelled:
            stopped.wait(0.01)
        stopped.set()
        control.check()

    view.fakes.compare.hold = hold
    _put(view, qtbot, state=TrainingState.DONE, adapter="a", report=REPORT)
    both = view.page.steps.use.ask_both
    both.question.setText("How long is leave?")
    _click(qtbot, both.ask)
    qtbot.waitUntil(lambda: both.base.text == "A while.")
    _click(qtbot, both.ask)
    qtbot.waitUntil(stopped.is_set)
    qtbot.waitUntil(lambda: view.fakes.idle)
    QApplication.processEvents()
    assert (both.adapted.text, both.ask.text(), view.errors) == ("…", "Ask both…", [])


def test_both_refuse_and_fail(view: View, qtbot: QtBot) -> None:
    compare = view.fakes.compare
    compare.base = replace(compare.base, text="", state=AnswerState.ABSTAINED)
    _put(view, qtbot, state=TrainingState.DONE, adapter="a", report=REPORT)
    both = view.page.steps.use.ask_both
    both.question.setText("Who?")
    _click(qtbot, both.ask)
    qtbot.waitUntil(lambda: both.base.text == "Not in the documents.")
    qtbot.waitUntil(lambda: both.ask.text() == "Ask both…")

    def fail(_: Control) -> None:
        raise DamagedModel(name="x")

    compare.hold = fail
    _click(qtbot, both.ask)
    qtbot.waitUntil(lambda: len(view.errors) == 1)
    assert both.ask.isEnabled()
