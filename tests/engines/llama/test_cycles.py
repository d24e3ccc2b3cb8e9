"""A hundred times: open, answer, stop, change to the other model. Nothing may be left over."""

import threading
from pathlib import Path

import psutil
import pytest

from app.domain.chat.conversation import AnswerPiece, PromptRead
from app.domain.models.placement import Placement
from app.domain.settings import Sampling
from app.engines.base import Finish
from app.engines.llama.chat_model import Llama
from app.engines.turns import Turn, TurnKind
from app.services.jobs import Job
from tests.tiny_gguf import write_tiny

pytestmark = pytest.mark.model
_CYCLES, _WARM = 100, 20
#: Bytes by which the allocator may still settle after the warm-up; one model leaked once a cycle
#: would be forty times that.
_SETTLING = 48 * 2**20
ASK = [Turn(TurnKind.USER, "Tell a long story about a ship. " * 12)]


def stopping_at(kind: type[object]) -> Job:
    """A job that is cancelled by its first report of that kind."""
    seen: list[Job] = []
    job = Job("", lambda value: seen[0].cancel() if isinstance(value, kind) else None)
    seen.append(job)
    return job


def test_nothing_is_left_of_a_hundred_cycles(chat_model: Path, tmp_path: Path) -> None:
    paths = [str(chat_model), str(write_tiny(tmp_path / "tiny.gguf"))]
    process = psutil.Process()
    threads = threading.active_count()
    after_warming = native_threads = 0
    for cycle in range(_CYCLES):
        model = Llama(paths[cycle % 2], Placement(context=1024, threads=1))
        stopped = model.stream(
            ASK, Sampling(), stopping_at((PromptRead, AnswerPiece)[cycle % 4 // 2])
        )
        assert stopped.finish == Finish.STOPPED
        model.cache.export_active()
        model.close()
        if cycle == _WARM:
            after_warming, native_threads = process.memory_info().rss, process.num_threads()
    assert process.memory_info().rss - after_warming < _SETTLING
    assert process.num_threads() <= native_threads
    assert threading.active_count() == threads
