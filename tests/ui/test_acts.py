"""The one way to begin slow work: who hears what, when it ends well, badly, or for nobody."""

import gc
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import shiboken6
from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import log, paths
from app.domain.errors import AccessDenied, Cancelled
from app.services.jobs import Job, Worker
from app.ui import acts as module
from app.ui.acts import Acts, told_when_asked
from app.ui.language import Language
from app.ui.main_thread import MainThread
from app.ui.pages.undoing import Undoing
from app.ui.widgets.toast import Toast


class Heard(list[object]):
    """What came back, in order."""

    def note(self, word: str) -> None:
        self.append(word)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Errors in message boxes, with the widget that they stood over."""
    heard = Heard()
    monkeypatch.setattr(
        module, "show_error", lambda parent, error, words: heard.append((parent, type(error)))
    )
    return heard


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Classes of what the worker gave to the log, which leaves out what was stopped."""
    heard = Heard()
    monkeypatch.setattr(
        log, "failure", lambda e: None if isinstance(e, Cancelled) else heard.append(type(e))
    )
    return heard


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    main_thread = MainThread()
    made = Worker("acts", main_thread.post)
    yield made
    made.close()
    main_thread.close()


@pytest.fixture
def acts(worker: Worker, tmp_path: Path) -> Iterator[Acts]:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("language", "en")
    language = Language(paths.find().resources, settings)
    yield Acts(worker, language)
    language.close()


@pytest.fixture
def owner() -> Iterator[QWidget]:
    window = QWidget()  # held here: a child does not keep its parent
    child = QWidget(window)
    yield child
    window.close()


def denied(_: Job) -> NoReturn:
    raise AccessDenied


def broken(_: Job) -> NoReturn:
    raise ZeroDivisionError


def stopped(_: Job) -> NoReturn:
    raise Cancelled


def test_what_came_of_it_comes_after_the_end(acts: Acts, owner: QWidget, qtbot: QtBot) -> None:
    heard = Heard()

    def work(job: Job) -> int:
        job.report("half")
        return 7

    acts.begin(
        owner,
        work,
        progress=heard.append,
        ended=lambda: heard.note("ended"),
        done=heard.append,
        failed=heard.append,
    )
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard == ["half", "ended", 7]


def test_a_failure_without_a_listener_is_shown_over_the_window(
    acts: Acts, owner: QWidget, qtbot: QtBot, shown: Heard, logged: Heard
) -> None:
    acts.begin(owner, denied)
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [(owner.window(), AccessDenied)]


def test_a_listener_takes_the_place_of_the_message(
    acts: Acts, owner: QWidget, qtbot: QtBot, shown: Heard
) -> None:
    heard = Heard()
    acts.begin(owner, denied, ended=lambda: heard.note("ended"), failed=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[0] == "ended"
    assert isinstance(heard[1], AccessDenied)
    assert not shown


def test_a_bug_is_logged_and_shown_whoever_listens(
    acts: Acts, owner: QWidget, qtbot: QtBot, shown: Heard, logged: Heard
) -> None:
    heard = Heard()
    acts.begin(owner, broken, ended=lambda: heard.note("ended"), failed=heard.append)
    qtbot.waitUntil(lambda: bool(shown))
    assert heard == ["ended"]
    assert logged == [ZeroDivisionError]
    assert shown == [(owner.window(), ZeroDivisionError)]


def test_being_stopped_is_silent(
    acts: Acts, owner: QWidget, qtbot: QtBot, shown: Heard, logged: Heard
) -> None:
    heard = Heard()
    acts.begin(owner, stopped, failed=heard.append)
    acts.begin(owner, stopped, stopped=lambda: heard.note("stopped"), failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["stopped"]
    assert not shown
    assert not logged


def test_nothing_comes_back_to_an_owner_that_is_gone(
    acts: Acts, qtbot: QtBot, shown: Heard
) -> None:
    owner, go_on, heard = QWidget(), threading.Event(), Heard()
    acts.begin(owner, lambda _: go_on.wait(5), ended=lambda: heard.note("x"), done=heard.append)
    acts.begin(owner, denied, failed=heard.append)
    shiboken6.delete(owner)
    go_on.set()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [(None, AccessDenied)]
    assert not heard


def test_an_owner_that_is_no_widget_speaks_over_that_of_its_parent(
    acts: Acts, owner: QWidget, qtbot: QtBot, shown: Heard
) -> None:
    acts.begin(QObject(owner), denied)
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [(owner.window(), AccessDenied)]


def test_one_message_stands_for_failures_of_a_kind_while_it_is_open(
    acts: Acts, owner: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, ends = Heard(), Heard()

    def show(_: object, error: BaseException, __: object) -> None:
        shown.append(type(error))
        qtbot.waitUntil(lambda: len(ends) >= 2)  # as a message box runs the event loop

    monkeypatch.setattr(module, "show_error", show)
    for _ in range(2):
        acts.begin(owner, denied, ended=lambda: ends.note("ended"))
    qtbot.waitUntil(lambda: len(ends) >= 2)
    acts.begin(owner, denied, ended=lambda: ends.note("ended"))
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert shown == [AccessDenied, AccessDenied]


def test_what_nobody_asked_for_is_told_when_it_is_asked_for(
    acts: Acts, owner: QWidget, qtbot: QtBot, shown: Heard, logged: Heard
) -> None:
    ends = Heard()
    acts.begin(owner, denied, ended=lambda: ends.note("denied"), failed=told_when_asked)
    acts.begin(owner, broken, ended=lambda: ends.note("broken"), failed=told_when_asked)
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [(owner.window(), ZeroDivisionError)]
    assert logged == [AccessDenied, ZeroDivisionError]


def test_deletion_is_told_after_it_happened_and_taken_back(
    acts: Acts, owner: QWidget, qtbot: QtBot, shown: Heard
) -> None:
    toast, heard = Toast(owner), Heard()
    undoing = Undoing(owner, acts, toast)
    undoing.do("Gone.", lambda: denied(Job("", print)), lambda: heard.note("undone"))
    qtbot.waitUntil(lambda: bool(shown))
    assert not toast.offers
    undoing.do(
        "Gone.",
        lambda: heard.note("done"),
        lambda: heard.note("undone"),
        lambda: heard.note("changed"),
    )
    assert toast.isHidden()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert toast.accessibleName() == "Gone."
    toast.act.click()
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert heard == ["done", "changed", "undone", "changed"]


def test_what_a_library_brings_is_set_aside_unseen(qapp: QApplication) -> None:
    main_thread = MainThread()
    try:
        main_thread.collect()
        before = gc.get_freeze_count()
        brought: list[list[int]] = [[] for _ in range(120_000)]
        main_thread.collect()
        assert gc.get_freeze_count() >= before + len(brought)
        before = gc.get_freeze_count()
        cycles: list[list[object]] = [[] for _ in range(120_000)]
        for each in cycles:
            each.append(each)
        del each, cycles
        main_thread.collect()  # garbage that came later is not kept
        assert gc.get_freeze_count() < before + 100_000
    finally:
        main_thread.thaw()
        main_thread.close()
    assert gc.get_freeze_count() == 0
