"""Choosing, adding, measuring and removing models; what the view and the top bar say of them."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.domain.errors import DamagedModel
from app.domain.events import ModelLoading, RunningChanged
from app.domain.models.machine import Device, DeviceKind
from app.domain.models.model import Model, ModelKind, Speed
from app.domain.models.placement import Placement, PlacementChoice, Reason, ReasonCode
from app.domain.progress import Control, Progress
from app.domain.roles import Role
from app.engines.base import Generated
from app.services.models.model_import import Weighed
from app.services.session import Services
from app.store import keys
from app.ui.models.cards.cards import ModelCard
from app.ui.models.choice import CopyOrRefer
from app.ui.models.page import ModelsPage
from app.ui.models.status import ModelStatus
from tests.ui.conftest import PASSWORD, Desk
from tests.ui.questions import answered

GRAPHICS = Device("Vulkan0", "Card 9000", DeviceKind.GRAPHICS, 6 * 2**30, 8 * 2**30)


def _services(desk: Desk) -> Services:
    assert desk.window.services is not None
    return desk.window.services


def _page(desk: Desk, qtbot: QtBot) -> ModelsPage:
    """The view, shown and filled, with the model in use loaded if there is one."""
    page, frame = desk.window.models, desk.window.frame
    assert page is not None
    assert frame is not None
    frame.show_page(page)
    _settle(desk, qtbot)
    qtbot.waitUntil(lambda: "fake-embed" in page.list.cards, timeout=10_000)
    _card(page, qtbot, "fake-embed")
    return page


def _settle(desk: Desk, qtbot: QtBot) -> None:
    services = _services(desk)
    workers = (services.answers, services.background, services.reading)
    qtbot.waitUntil(lambda: not any(each.jobs() for each in workers), timeout=10_000)


def _card(page: ModelsPage, qtbot: QtBot, name: str) -> ModelCard:
    qtbot.waitUntil(lambda: name in page.list.cards, timeout=10_000)
    qtbot.waitUntil(page.list.cards[name].isVisible, timeout=10_000)
    return page.list.cards[name]


def _status(desk: Desk) -> ModelStatus:
    assert desk.window.opened is not None
    return desk.window.opened.status


def _gguf(desk: Desk, name: str = "Other.gguf", content: bytes = b"GGUF other") -> Path:
    path = desk.folder / name
    path.write_bytes(content)
    return path


def _sentences(page: ModelsPage) -> list[str]:
    """Everything that is said in words about how it runs, from the top."""
    about, reasons = page.running._about, page.running._reasons
    items = [reasons.itemAt(at) for at in range(reasons.count())]
    shown = [item.widget() for item in items if item is not None]
    told = [str(widget.property("text")) for widget in shown if widget is not None]
    return told if about.isHidden() else [about.text(), *told]


def _press(act: QAbstractButton, qtbot: QtBot) -> None:
    assert act.isVisible()
    assert act.isEnabled()
    qtbot.mouseClick(act, Qt.MouseButton.LeftButton)


def _offered(page: ModelsPage, paths: Sequence[Path], qtbot: QtBot) -> CopyOrRefer:
    page.add(paths)
    qtbot.waitUntil(lambda: page.asking.dialog is not None, timeout=10_000)
    assert page.asking.dialog is not None
    return page.asking.dialog


def _take_in(page: ModelsPage, path: Path, qtbot: QtBot) -> None:
    _press(_offered(page, [path], qtbot).go, qtbot)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "calibrated", lambda: keys.KdfParameters())


@pytest.fixture
def failures(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What the page shows as an error."""
    shown: list[BaseException] = []
    monkeypatch.setattr(
        "app.ui.acts.show_error", lambda parent, error, wording: shown.append(error)
    )
    return shown


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Questions, each answered with yes."""
    return answered(monkeypatch)


@pytest.fixture
def clock(unlocked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake model takes a known time: 12.5 tokens a second written."""
    stream = unlocked.chat.stream

    def timed(*given: object) -> Generated:
        generated = stream(*given)  # type: ignore[arg-type]
        return replace(
            generated,
            prompt_seconds=generated.prompt_tokens / 100,
            seconds=generated.generated_tokens / 12.5,
        )

    monkeypatch.setattr(unlocked.chat, "stream", timed)


# -- what is listed -----------------------------------------------------------------------------


def test_cards_say_what_the_files_say_and_how_they_stand_here(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    chat, embedding = page.list.cards["fake-chat"], page.list.cards["fake-embed"]
    assert chat.facts == "fake · 1.0\N{NO-BREAK SPACE}kB · context 4K · licence not stated"
    assert chat.used.isVisible()
    assert chat.fit.text() == "fits this machine"
    assert "enough memory" in chat.fit.toolTip()
    assert chat.speed.text() == "not measured yet"
    assert chat.place.text() == "came with Larets"
    assert chat.place.toolTip().endswith("m.gguf")
    assert not chat.use.isVisible()
    assert chat.measure.isVisible()
    assert embedding.used.isVisible()
    assert not embedding.measure.isVisible()
    assert not embedding.fit.isVisible()
    assert not chat.remove.isEnabled()
    assert chat.remove.toolTip() == "It is in use: choose another model first."
    assert page.list._nothing[ModelKind.CHAT].isHidden()


def test_another_model_answers_from_the_next_question_on(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    _take_in(page, _gguf(unlocked), qtbot)
    card = _card(page, qtbot, "other")
    assert card.place.text() == "copied into Larets"
    _press(card.use, qtbot)
    qtbot.waitUntil(lambda: card.used.isVisible() and card.measure.isVisible(), timeout=10_000)
    assert not page.list.cards["fake-chat"].used.isVisible()
    assert "“other” is loaded with the next question" in _sentences(page)[0]
    _press(page.running.load, qtbot)
    _settle(unlocked, qtbot)
    assert not page.running.load.isVisible()
    running = _services(unlocked).inference.running
    assert running is not None
    assert running.model.name == "other"


def test_a_model_whose_stick_is_away_says_so(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    path = _gguf(unlocked)
    dialog = _offered(page, [path], qtbot)
    dialog.refer.setChecked(True)
    _press(dialog.go, qtbot)
    card = _card(page, qtbot, "other")
    assert card.place.text() == f"lies at {path}"
    path.unlink()
    page.reload()
    qtbot.waitUntil(card.away.isVisible, timeout=10_000)
    assert not card.use.isEnabled()
    assert card.use.toolTip() == "Connect the disk or share on which it lies."
    assert card.remove.isEnabled()


def test_without_a_chat_model_the_view_says_what_to_do(desk: Desk, qtbot: QtBot) -> None:
    shutil.rmtree(desk.folder / "kit" / "fake-chat")
    desk.window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: desk.window.chat is not None, timeout=10_000)
    page = _page(desk, qtbot)
    assert not page.list._nothing[ModelKind.CHAT].isHidden()
    assert _sentences(page) == ["There is no model to run yet."]
    assert not page.running.load.isVisible()
    assert _status(desk).text() == "No model"
    _take_in(page, _gguf(desk), qtbot)
    card = _card(page, qtbot, "other")
    assert card.used.isVisible()
    assert page.list._nothing[ModelKind.CHAT].isHidden()
    assert page.running.load.isVisible()
    qtbot.waitUntil(lambda: _status(desk).text() == "Not loaded", timeout=10_000)


def test_a_reader_sees_everything_and_changes_nothing(desk: Desk, qtbot: QtBot) -> None:
    services = desk.begun.open("Anna", PASSWORD, lambda call: call())
    services.profiles.create("Rita", PASSWORD, Role.READER)
    services.imports.add(_gguf(desk))
    services.close()
    desk.window.login.show_names(desk.begun.profiles.names())
    desk.window.login.enter("Rita", PASSWORD)
    qtbot.waitUntil(lambda: desk.window.chat is not None, timeout=10_000)
    page = _page(desk, qtbot)
    card = _card(page, qtbot, "other")
    why = "Only an administrator may change models."
    for act in (page.adding, card.use, card.remove):
        assert not act.isEnabled()
        assert act.toolTip() == why
    assert not page.acceptDrops()
    assert page.list.cards["fake-chat"].measure.isEnabled()


# -- adding ---------------------------------------------------------------------------------------


def test_a_copy_is_offered_with_its_size_and_made(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    path = _gguf(unlocked)
    dialog = _offered(page, [path], qtbot)
    assert dialog.copy.isChecked()
    assert "free on the disk" in dialog.copy.toolTip()
    _press(dialog.go, qtbot)
    card = _card(page, qtbot, "other")
    assert Path(card.listed.model.path).read_bytes() == path.read_bytes()
    assert unlocked.folder / "data" in Path(card.listed.model.path).parents
    assert not page.intake.isVisible()


def test_nothing_is_added_when_the_question_is_closed(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    _press(_offered(page, [_gguf(unlocked)], qtbot).cancel, qtbot)
    qtbot.waitUntil(lambda: page.asking.dialog is None, timeout=10_000)
    _settle(unlocked, qtbot)
    assert set(page.list.cards) == {"fake-chat", "fake-embed"}


def test_a_full_disk_leaves_the_model_where_it_lies(unlocked: Desk, qtbot: QtBot) -> None:
    page, language = _page(unlocked, qtbot), unlocked.window.language
    dialog = CopyOrRefer(page, [Path("m.gguf")], Weighed(5 * 2**30, 2**30), language)
    qtbot.addWidget(dialog)
    decided: list[bool] = []
    dialog.decided.connect(decided.append)
    assert not dialog.copy.isEnabled()
    assert dialog.copy.toolTip() == "There is no room: only 1.0 GB are free on the disk."
    dialog.go.click()
    assert decided == [False]


def test_files_and_folders_are_dropped_in(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    folder = unlocked.folder / "models"
    folder.mkdir()
    _gguf(unlocked, "models/one.gguf", b"GGUF one")
    paths = [folder, _gguf(unlocked, "Two.GGUF", b"GGUF two"), _gguf(unlocked, "notes.txt")]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    page.dropEvent(event)
    qtbot.waitUntil(lambda: page.asking.dialog is not None, timeout=10_000)
    assert page.asking.dialog is not None
    _press(page.asking.dialog.go, qtbot)
    qtbot.waitUntil(lambda: {"one", "two"} <= set(page.list.cards), timeout=10_000)
    assert "notes" not in page.list.cards


def _endless(path: Path, *, copy: bool = True, control: Control | None = None) -> list[Model]:
    """An import that ends by being cancelled."""
    assert control is not None
    for done in range(1000):
        control.check()
        control.report(Progress(min(done, 25), 100, path.name))
        time.sleep(0.01)
    return []


def test_imports_wait_for_each_other_and_can_be_cancelled(
    unlocked: Desk,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    failures: list[BaseException],
) -> None:
    page = _page(unlocked, qtbot)
    monkeypatch.setattr(_services(unlocked).imports, "add", _endless)
    for name in ("a.gguf", "b.gguf"):
        _take_in(page, _gguf(unlocked, name), qtbot)
        qtbot.waitUntil(lambda: page.asking.dialog is None, timeout=10_000)
    strip = page.intake
    qtbot.waitUntil(lambda: strip.doing.text() == "a.gguf: 25 %", timeout=10_000)
    qtbot.waitUntil(lambda: strip.rest.text().startswith("about "), timeout=10_000)
    assert strip.rest.text().endswith("s left · 1 more waiting")
    assert strip.bar.value() == 25
    _press(strip.stop, qtbot)
    qtbot.waitUntil(lambda: not strip.isVisible(), timeout=10_000)
    assert not failures
    assert not _services(unlocked).background.jobs()


def test_what_is_no_model_is_said(
    unlocked: Desk, qtbot: QtBot, failures: list[BaseException]
) -> None:
    page = _page(unlocked, qtbot)
    _take_in(page, _gguf(unlocked, content=b"PK no model"), qtbot)
    qtbot.waitUntil(lambda: bool(failures), timeout=10_000)
    assert isinstance(failures[0], DamagedModel)
    assert not page.intake.isVisible()
    empty = unlocked.folder / "empty"
    empty.mkdir()
    page.add([empty])
    qtbot.waitUntil(lambda: len(failures) == 2, timeout=10_000)
    said = unlocked.window.language.wording.of(failures[1])
    assert said.what == "There is no model in the folder “empty”."


# -- measuring ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("clock")
def test_a_measurement_stands_on_the_card_and_in_the_top_bar(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    card = page.list.cards["fake-chat"]
    assert _status(unlocked).text() == "Processor"
    _press(card.measure, qtbot)
    assert card.stop.isVisible()
    assert not card.measure.isVisible()
    qtbot.waitUntil(card.measure.isVisible, timeout=10_000)
    assert card.speed.text() == "reads 100 tok/s, writes 12 tok/s"
    assert _status(unlocked).text() == "Processor · 12 tok/s"
    page.reload()
    _settle(unlocked, qtbot)
    assert card.speed.text() == "reads 100 tok/s, writes 12 tok/s"


@pytest.mark.parametrize("desk", [0.2], indirect=True)
def test_a_measurement_can_be_stopped(
    unlocked: Desk, qtbot: QtBot, failures: list[BaseException]
) -> None:
    page = _page(unlocked, qtbot)
    card = page.list.cards["fake-chat"]
    _press(card.measure, qtbot)
    qtbot.waitUntil(lambda: card.speed.text() == "Measuring: writing…", timeout=10_000)
    _press(card.stop, qtbot)
    qtbot.waitUntil(card.measure.isVisible, timeout=10_000)
    assert card.speed.text() == "not measured yet"
    assert not failures


# -- removing -------------------------------------------------------------------------------------


def test_removing_asks_and_deletes_the_copy(unlocked: Desk, qtbot: QtBot, asked: list[str]) -> None:
    page = _page(unlocked, qtbot)
    _take_in(page, _gguf(unlocked), qtbot)
    card = _card(page, qtbot, "other")
    copy = Path(card.listed.model.path)
    _press(card.remove, qtbot)
    qtbot.waitUntil(lambda: "other" not in page.list.cards, timeout=10_000)
    assert asked == ["Remove other?\nIts files are deleted from the disk."]
    assert not copy.exists()


def test_the_model_that_is_still_loaded_is_unloaded_before_it_goes(
    unlocked: Desk, qtbot: QtBot, asked: list[str]
) -> None:
    page, services = _page(unlocked, qtbot), _services(unlocked)
    _take_in(page, _gguf(unlocked), qtbot)
    card = _card(page, qtbot, "other")
    page.use("other")
    qtbot.waitUntil(card.used.isVisible, timeout=10_000)
    page.load()
    _settle(unlocked, qtbot)
    page.use("fake-chat")
    qtbot.waitUntil(card.use.isVisible, timeout=10_000)
    page.remove("other")
    qtbot.waitUntil(lambda: "other" not in page.list.cards, timeout=10_000)
    assert services.inference.running is None
    assert _sentences(page) == ["The model is loaded with the first question."]
    assert len(asked) == 1


def test_another_embedding_model_reads_the_documents_anew(
    with_library: Desk, qtbot: QtBot, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = with_library
    page, services = _page(desk, qtbot), _services(desk)
    folder = desk.folder / "other-embed"
    folder.mkdir()
    (folder / "modules.json").write_text("[]")
    (folder / "model.safetensors").write_bytes(b"weights")
    _take_in(page, folder, qtbot)
    card = _card(page, qtbot, "other-embed")
    _settle(desk, qtbot)
    page.reload()
    _settle(desk, qtbot)
    _press(card.use, qtbot)
    qtbot.waitUntil(card.used.isVisible, timeout=10_000)
    _settle(desk, qtbot)
    assert asked == [
        "Search with other-embed?\n1 document is indexed anew for it; that may take a while."
    ]
    assert services.retrieval.find("How many days of leave?").segments


# -- how it runs ----------------------------------------------------------------------------------


def test_the_reasons_of_the_placement_are_sentences(unlocked: Desk, qtbot: QtBot) -> None:
    page, services = _page(unlocked, qtbot), _services(unlocked)
    assert services.inference.running is not None
    facts = (("device", "Card 9000"), ("need", 3.5), ("free", 6.0))
    services.inference.running = replace(
        services.inference.running,
        device="Card 9000",
        choice=PlacementChoice(Placement("Vulkan0", 33), (Reason(ReasonCode.WHOLE, facts),)),
        speed=Speed(800.0, 45.0),
    )
    services.events.publish(RunningChanged())
    said = "The whole model fits on Card 9000: it needs 3.5 of 6.0 GB free."
    qtbot.waitUntil(lambda: _sentences(page) == [said], timeout=10_000)
    assert _status(unlocked).text() == "Card 9000 · 45 tok/s"
    assert _status(unlocked).toolTip() == f"fake-chat\n{said}"


def test_the_top_bar_follows_the_loading_and_leads_to_the_models(
    unlocked: Desk, qtbot: QtBot
) -> None:
    _settle(unlocked, qtbot)
    window, services, status = unlocked.window, _services(unlocked), _status(unlocked)
    page = window.models
    assert page is not None
    assert not page.isVisible()
    services.events.publish(ModelLoading(40))
    qtbot.waitUntil(lambda: status.text() == "Loading 40 %", timeout=10_000)
    assert _sentences(page) == ["Loading 40 %"]
    services.events.publish(RunningChanged())
    qtbot.waitUntil(lambda: status.text() == "Processor", timeout=10_000)
    _press(status, qtbot)
    assert page.isVisible()


# -- the rest -------------------------------------------------------------------------------------


def test_the_language_changes_while_it_is_shown(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    unlocked.window.language.choose("ru")
    card = page.list.cards["fake-chat"]
    qtbot.waitUntil(lambda: page.adding.text() == "Добавить модель…", timeout=10_000)
    assert card.speed.text() == "скорость не измерена"
    assert card.used.text() == "используется"
    assert _status(unlocked).text() == "Процессор"


def test_every_control_has_a_name_and_a_tooltip(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    controls = [each for each in page.findChildren(QAbstractButton) if each.isVisible()]
    assert len(controls) > 3
    nameless = [each for each in controls if not (each.text() or each.accessibleName())]
    silent = [each.text() for each in controls if not each.toolTip()]
    assert (nameless, silent) == ([], [])


def test_locking_during_an_import_is_quiet(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, failures: list[BaseException]
) -> None:
    page = _page(unlocked, qtbot)
    monkeypatch.setattr(_services(unlocked).imports, "add", _endless)
    _take_in(page, _gguf(unlocked), qtbot)
    qtbot.waitUntil(page.intake.isVisible, timeout=10_000)
    unlocked.window.lock()
    qtbot.wait(300)
    assert failures == []
