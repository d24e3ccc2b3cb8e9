"""From documents to an adapter that answers otherwise: the real window, real models, a real process
that trains, through a lock; and back to the base."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import paths, wiring
from app.domain.chat import citations
from app.domain.models.model import ModelKind
from app.domain.progress import NoControl
from app.domain.roles import Role
from app.domain.settings import Sampling
from app.domain.training import row_checks
from app.domain.training.rows import Row, RowOrigin, RowPassage
from app.domain.training.training import Preset, Training, TrainingState
from app.services.chat.answer_style import AnswerStyle, AnswerStyles
from app.services.session import Services
from app.store import keys
from app.ui.application import Window
from app.ui.chat.transcript.answer_entry import AnswerEntry
from app.ui.training.page import TrainingPage
from app.ui.training.steps import TrainingStage
from tests.bench.injection import STARTER
from tests.conftest import KIT
from tests.ui.conftest import received

pytestmark = [pytest.mark.model, pytest.mark.timeout(2400)]
PASSWORD = "password of the sailor"
DOCUMENTS = {
    "harbour.txt": "The harbour of Westbrook was built by the engineer John Harlow in 1884. It can "
    "hold 75 fishing boats at high tide. The harbour master, Paul Brand, collects a fee of 12 "
    "crowns for each night.",
    "lighthouse.txt": "The lighthouse of Westbrook stands on the rock of Gull Point. Its lamp is "
    "lit every evening by the keeper, Mary Dunn. The tower is 31 metres tall and was painted red "
    "in 1927.",
    "school.txt": "The school of Westbrook was opened by Clara Finch in 1902. It teaches 140 "
    "children in six rooms. Lessons begin at eight in the morning and end at two in the afternoon.",
}
#: What a model writes rows about, which takes most of this test's time.
IN_LIBRARY = ("harbour.txt",)
#: What rows have that a person wrote: where the facts stand, what is asked, how it is answered.
WRITTEN = (
    ("harbour.txt", "Who built the harbour?", "John Harlow built it [1]."),
    ("harbour.txt", "When was the harbour built?", "It was built in 1884 [1]."),
    ("harbour.txt", "How many boats does the harbour hold?", "It holds 75 fishing boats [1]."),
    ("harbour.txt", "Who collects the fee?", "Paul Brand, the harbour master [1]."),
    ("lighthouse.txt", "Who lights the lamp?", "Mary Dunn, the keeper, lights it [1]."),
    ("lighthouse.txt", "How tall is the tower?", "The tower is 31 metres tall [1]."),
    ("lighthouse.txt", "When was the tower painted?", "It was painted red in 1927 [1]."),
    ("lighthouse.txt", "Where is the lighthouse?", "It stands on the rock of Gull Point [1]."),
    ("school.txt", "Who opened the school?", "Clara Finch opened it [1]."),
    ("school.txt", "How many children are taught?", "The school teaches 140 children [1]."),
    ("school.txt", "When do lessons begin?", "Lessons begin at eight in the morning [1]."),
    ("school.txt", "How many rooms has the school?", "It has six rooms [1]."),
)
#: Questions whose answers are compared; the library answers them.
ASKED = ("Who built the harbour?", "How many boats does the harbour hold?")
#: For a machine that does other things as well, ms.
LONG = 400_000


@pytest.fixture
def window(
    tmp_path: Path,
    chat_model: Path,
    embedding_model: Path,
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Window]:
    """In English, unlocked, with the kit's models, the small one chosen; it answers shortly, and
    always alike, so that answers can be compared."""
    monkeypatch.setattr(keys, "calibrated", lambda: keys.KdfParameters())
    brief = AnswerStyle(Sampling(temperature=0, max_tokens=32), remembers=False)
    monkeypatch.setattr(AnswerStyles, "of", lambda *_: brief)
    kit = tmp_path / "kit"
    kit.mkdir()
    (kit / "chat").symlink_to(chat_model.parent)
    (kit / "embedding").symlink_to(embedding_model)
    if not any((KIT / STARTER).glob("*.gguf")):
        pytest.skip(f"no {STARTER} in the models kit: packaging/models_kit.py --only {STARTER}")
    (kit / STARTER).symlink_to(KIT / STARTER)
    begun = wiring.start(paths.Paths(tmp_path / "data", kit, paths.find().resources))
    begun.profiles.create("Anna", PASSWORD, Role.ADMINISTRATOR)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("language", "en")
    shown = received(begun, settings, qapp)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    _unlock(shown, qtbot)
    _services(shown).models.use(chat_model.parent.name)
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


def _ask(window: Window, qtbot: QtBot, questions: Sequence[str]) -> list[str]:
    """The answers, each in a conversation of its own."""
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    page, found = window.chat, list[str]()
    assert page is not None
    for question in questions:
        page.begin()
        qtbot.keyClicks(page.composer.text, question)
        qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not page.answering, timeout=LONG)
        entry = page.transcript.entries[-1]
        assert isinstance(entry, AnswerEntry)
        found.append(entry.message.text)
    return found


def _beginnings(answers: Sequence[str]) -> list[str]:
    """Whether a prompt was read in one batch or in two may decide a near tie further on."""
    return [" ".join(each.split()[:4]) for each in answers]


def _citing(answers: Sequence[str]) -> int:
    return sum(citations.unmarked(each) != each for each in answers)


def _begun(window: Window, qtbot: QtBot) -> TrainingPage:
    page = _page(window, qtbot)
    qtbot.waitUntil(page.beginning.isVisible, timeout=LONG)
    qtbot.mouseClick(page.list.new, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.training is not None, timeout=LONG)
    return page


def _from_documents(window: Window, qtbot: QtBot, page: TrainingPage) -> list[Row]:
    """Written by the starter model, which is big enough for it, about the whole library."""
    services, data = _services(window), page.steps.data
    small = services.models.in_use(ModelKind.CHAT)
    assert small
    services.models.use(STARTER)
    qtbot.mouseClick(data.documents.act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: data.documents_form.begin.isEnabled(), timeout=LONG)
    qtbot.mouseClick(data.documents_form.begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not data.doing.isHidden(), timeout=LONG)
    qtbot.waitUntil(data.doing.isHidden, timeout=3 * LONG)
    services.models.use(small.name)
    return _services(window).training.rows(_training(window).id)


def _written(window: Window) -> None:
    """What a small model writes differs from processor to processor, and from two handfuls of rows
    nothing may be learned: a person's rows beside them teach one manner whatever it wrote."""
    rows = [
        Row(question, answer, (RowPassage(name, DOCUMENTS[name]),))
        for name, question, answer in WRITTEN
    ]
    _services(window).training.add_rows(_training(window).id, rows)


def _begin(window: Window, qtbot: QtBot, page: TrainingPage) -> None:
    """The quick preset, one example a step, estimated and started."""
    plan, step = page.steps.plan, page.steps.steps[TrainingStage.PLAN]
    if not step.is_open:
        qtbot.mouseClick(step.line, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: plan.may_change and plan.isVisible(), timeout=LONG)
    qtbot.mouseClick(plan.presets.cards[Preset.QUICK], Qt.MouseButton.LeftButton)
    assert plan.training is not None
    wanted = {"batch": 1, "longest": 700, "learning_rate": 3e-4, "epochs": 3.0, "evaluations": 1}
    settings = replace(plan.training.settings, **wanted)  # type: ignore[arg-type]
    plan.settings.changed.emit(settings)
    qtbot.waitUntil(lambda: _training(window).settings == settings, timeout=LONG)
    assert not plan.start.isEnabled()
    rows = _training(window).rows
    qtbot.waitUntil(lambda: plan.training is not None and plan.training.rows == rows, timeout=LONG)
    qtbot.waitUntil(lambda: plan.check.isEnabled(), timeout=LONG)
    qtbot.mouseClick(plan.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: plan.known is not None, timeout=LONG)
    assert plan.known is not None
    assert plan.known.fits
    assert plan.known.steps > 7
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


def test_from_documents_to_an_adapter_that_answers_otherwise_and_back(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in IN_LIBRARY:
        (tmp_path / name).write_text(DOCUMENTS[name], "utf-8")
    _services(window).library.add([tmp_path / name for name in IN_LIBRARY], NoControl())
    page = _begun(window, qtbot)
    rows = _from_documents(window, qtbot, page)
    assert rows
    for row in rows:
        assert row.origin == RowOrigin.DOCUMENTS
        told = [text for text in DOCUMENTS.values() if row_checks.holds(text, row.quote)]
        assert bool(told) == row.answered == bool(_citing([row.answer]))
    plain = _ask(window, qtbot, ASKED)
    _written(window)
    _begin(window, qtbot, _page(window, qtbot))
    page = _through_a_lock(window, qtbot)
    going = {TrainingState.RUNNING, TrainingState.TRAINED}
    qtbot.waitUntil(lambda: _training(window).state not in going, timeout=3 * LONG)
    done = _training(window)
    assert (done.trouble, done.state) == (None, TrainingState.DONE)
    assert done.report is not None
    assert done.report.gain > 0.05
    assert done.report.export_kl <= 1e-3
    qtbot.waitUntil(lambda: page.steps.stage == TrainingStage.USE, timeout=LONG)
    assert page.steps.report.gain.isVisible()
    assert _services(window).adapters.all()[0].scale == 0.0
    silent = _ask(window, qtbot, ASKED)
    assert _beginnings(silent) == _beginnings(plain), "it is off until somebody switches it on"
    _strength(window, qtbot, page, 1.0)
    taught = _ask(window, qtbot, ASKED)
    assert taught != plain
    assert _citing(taught) > _citing(plain), "its rows cite, the base does not"
    _strength(window, qtbot, page, 0.0)
    assert _beginnings(_ask(window, qtbot, ASKED)) == _beginnings(plain)
