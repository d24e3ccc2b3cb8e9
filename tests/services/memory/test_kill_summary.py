"""Summaries whose writer is killed at any moment: nothing half, nothing twice, nothing lost."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.domain.chat.conversation import Speaker
from app.domain.memory.summaries import PointKind
from app.domain.progress import NoControl
from app.engines.fake import FakeChat
from app.services.session import Services
from tests.services.conftest import PASSWORD, begin
from tests.services.memory import summariser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kill means something else there"),
]
#: Conversations, and questions in each: three parts.
CONVERSATIONS, QUESTIONS, KILLS = 4, 14, 8


@pytest.fixture
def workspace(template: Path, tmp_path: Path) -> Path:
    """With conversations that wait for their summaries."""
    shutil.copytree(template, tmp_path / "work")
    begun = begin(tmp_path / "work", FakeChat(lambda turns: f"{summariser.SAID} [1]"))
    services = begun.open("Anna", PASSWORD, lambda call: call())
    file = tmp_path / "leave.txt"
    file.write_text(summariser.SAID)
    services.library.add([file], NoControl())
    for number in range(CONVERSATIONS):
        conversation = services.conversations.begin(f"Talk {number}")
        for asked in range(QUESTIONS):
            question = f"How many days does paid leave of case {number}-{asked} last?"
            services.chat.answer(conversation, question, NoControl())
    services.close()
    begun.end()
    return tmp_path / "work"


def _killed(workspace: Path, seconds: float) -> bool:
    """Whether the writer was stopped before it was done."""
    command = [sys.executable, "-m", "tests.services.memory.summariser", str(workspace)]
    root = Path(__file__).parents[3]
    child = subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert child.stdout
    with child:
        assert child.stdout.readline() == "open\n"
        time.sleep(seconds)
        if child.poll() is not None:
            return False
        os.killpg(child.pid, signal.SIGKILL)
        return True


def _opened(workspace: Path) -> Services:
    begun = begin(workspace, FakeChat(summariser.reply))
    return begun.open("Anna", PASSWORD, lambda call: call())


def test_killed_at_any_moment_it_goes_on_where_it_was(workspace: Path) -> None:
    dice = random.Random(7)
    stopped = [_killed(workspace, dice.uniform(0.0, 0.4)) for _ in range(KILLS)]
    assert any(stopped)
    services = _opened(workspace)
    try:
        assert not services.administration.losses.all()
        for conversation in services.summaries.waiting():
            services.summaries.write(conversation, NoControl())
        found = services.summaries.all()
        assert len(found) == CONVERSATIONS
        for each in found:
            assert each.asked == QUESTIONS
            assert [p.text for p in each.of_kind(PointKind.KEY)] == [summariser.SAID]
            turns = services.conversations.messages(each.conversation)
            assert each.covered == turns[-1].id
            assert sum(turn.speaker == Speaker.USER for turn in turns) == QUESTIONS
    finally:
        services.close()
