"""What a user of the window feels of a long conversation: how long it opens, and the longest
gap between frames while it is scrolled from end to end.

    python -m tests.bench.chat_window [MESSAGES]

Real window (off the screen), real database, a scratch workspace; one JSON object. Each answer holds
what a real one holds: Markdown with a list, eight sources of a thousand characters, citations.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app import offline
from app.domain.chat.conversation import Citation, Message, Segment, Source, Speaker, Timings
from app.domain.library.documents import Locator
from app.ui.application import Window
from app.ui.chat.page import ChatPage
from app.ui.showing.frame_gaps import FrameGaps
from tests.bench.library_window import _opened

_ANSWER = (
    "Новому сотруднику {n} положено **28 календарных дней** отпуска в год [1]. Право на него "
    "возникает через шесть месяцев [2].\n\n- заявление за две недели [1]\n- приказ руководителя\n\n"
    "The leave of employee {n} is granted in parts; one of them has 14 days [3]."
)
_TEXT = "Работникам предоставляется ежегодный основной оплачиваемый отпуск. " * 15


def main() -> None:
    messages = int((*sys.argv[1:], "10000")[0])
    offline.enforce()
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        measured = _measured(application, Path(folder), messages)
    print(json.dumps(measured))  # noqa: T201


def _measured(application: QApplication, folder: Path, count: int) -> dict[str, object]:
    window = _opened(application, folder)

    def wait(until: Callable[[], bool]) -> None:
        while not until():
            application.processEvents()
            time.sleep(0.001)

    wait(lambda: window.chat is not None)
    page, services = window.chat, window.services
    assert page is not None
    assert services is not None
    wait(lambda: not services.background.jobs() and not services.answers.jobs())
    store = services.conversations._messages
    conversation = store.take_in("Отпуск", 1.0, _turns(count))
    other = services.conversations.begin("Другая беседа")
    opened = _opened_in(page, window, wait, conversation, other)
    found = _searched(window)
    scrolled = _scrolled(page, application, window)
    size = (folder / "data" / "profiles").glob("*.db")
    bytes_ = sum(each.stat().st_size for each in size)
    window.close()
    return {
        "messages": count,
        "profile_mib": round(bytes_ / 2**20, 1),
        "open_ms": opened,
        "search_ms": found,
        "scroll_frame_gap_ms": scrolled,
    }


def _turns(count: int) -> list[Message]:
    place = Locator(0, len(_TEXT), 3, "2. Отпуск")
    segment = Segment(
        "d" * 32, "Положение об отпусках.pdf", "/d.pdf", _TEXT, "Положение › 2. Отпуск", place,
        place, (1,), 0.8, 0.7, 0.6, (place,),
    )  # fmt: skip
    sources = tuple(Source(number, segment) for number in range(1, 9))
    timings = Timings(50, 900, 4000, 1200, 900, 90, 24.0)
    turns: list[Message] = []
    for n in range(1, count, 2):
        question = f"Сколько дней отпуска у сотрудника {n}?"
        asked = Message(n, Speaker.USER, question, n, parent=n - 1 or None)
        text = _ANSWER.format(n=n)
        cited = tuple(Citation(k, text.index(f"[{k}]"), _TEXT[:66], 0, 66, True) for k in (1, 2, 3))
        answer = replace(
            asked, id=n + 1, speaker=Speaker.ASSISTANT, text=text, sources=sources,
            citations=cited, parent=n, timings=timings,
        )  # fmt: skip
        turns += [asked, answer]
    return turns


def _opened_in(
    page: ChatPage,
    window: Window,
    wait: Callable[[Callable[[], bool]], None],
    conversation: str,
    other: str,
) -> list[float]:
    """Milliseconds from the click to the last turns being drawn, five times."""
    taken = []
    for _ in range(5):
        page.show_conversation(other)
        wait(lambda: page.transcript.turns == 0)
        began = time.perf_counter()
        page.show_conversation(conversation)
        wait(lambda: page.transcript.turns > 0 and page.transcript.complete)
        window.grab()
        taken.append(round((time.perf_counter() - began) * 1000, 1))
    return taken


def _searched(window: Window) -> list[float]:
    """Milliseconds of the first search, which indexes all turns, and of two more."""
    assert window.services is not None
    taken = []
    for query in ("отпуска сотрудника", "двадцать", "employee 77"):
        began = time.perf_counter()
        window.services.conversations.find(query)
        taken.append(round((time.perf_counter() - began) * 1000, 1))
    return taken


def _scrolled(page: ChatPage, application: QApplication, window: Window) -> dict[str, float]:
    """Upwards by half pages for a while, then in leaps to both ends."""
    bar, gaps = page.transcript.verticalScrollBar(), FrameGaps(window)
    gaps.start()
    steps = [-bar.pageStep() // 2] * 400 + [-bar.maximum() // 20] * 20 + [bar.maximum() // 7] * 7
    for step in steps:
        bar.setValue(bar.value() + step)
        until = time.perf_counter() + 0.016
        while time.perf_counter() < until:
            application.processEvents()
    return gaps.stop()


if __name__ == "__main__":
    main()
