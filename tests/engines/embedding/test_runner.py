"""The process that embeds: killed, idle, ended, refusing; with a tiny reranker made here."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

import psutil
import pytest

from app import log
from app.domain.errors import (
    Cancelled,
    DamagedModel,
    EmbeddingFailed,
    EmptyModel,
    ModelChanged,
    PointerFile,
)
from app.domain.progress import NoControl
from app.engines.embedding import wire
from app.engines.embedding.remote import RemoteEmbedder, RemoteReranker
from app.engines.embedding.runner import EmbeddingProcess
from tests.engines.embedding import child_acts
from tests.engines.embedding.controls import Killing, running
from tests.engines.embedding.test_reranker import make
from tests.habits import ROOT

PASSAGES = ["the oil of the pump", "days of leave"]
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 470641600\n"
_DEADLINE = 60.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("runner") / "tiny")


@pytest.fixture
def own() -> Iterator[EmbeddingProcess]:
    """One that a test may end."""
    made = EmbeddingProcess()
    yield made
    made.end()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + _DEADLINE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_running(process: int) -> bool:
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def score(folder: Path) -> wire.Score:
    return wire.Score(wire.folder(str(folder)), "pump oil", PASSAGES)


def test_it_scores_as_the_model_does(process: EmbeddingProcess, folder: Path) -> None:
    reranker = RemoteReranker(process, str(folder))
    assert reranker.name == "tiny"
    scores = reranker.scores("pump oil", PASSAGES)
    assert len(set(scores)) == 2
    assert all(0 < each < 1 for each in scores)
    assert reranker.scores("pump oil", []) == []


@pytest.mark.parametrize("content", [POINTER, b"", b"no weights"])
def test_errors_cross_with_their_facts(
    process: EmbeddingProcess, folder: Path, tmp_path: Path, content: bytes
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    for file in folder.iterdir():
        (broken / file.name).write_bytes(file.read_bytes())
    (broken / "model.safetensors").write_bytes(content)
    expected = {POINTER: PointerFile, b"": EmptyModel}.get(content, DamagedModel)
    with pytest.raises(expected) as caught:
        RemoteReranker(process, str(broken))
    assert type(caught.value) is expected
    assert caught.value.facts["name"] in {"broken", "model.safetensors"}


@pytest.mark.slow
def test_killed_under_way_it_answers_all_the_same(own: EmbeddingProcess, folder: Path) -> None:
    control = Killing(times=1)
    found = own.ask(score(folder), wire.Scored, control)
    assert control.left == 0
    assert found.scores == own.ask(score(folder), wire.Scored).scores


@pytest.mark.slow
def test_killed_again_and_again_it_is_an_error(own: EmbeddingProcess, folder: Path) -> None:
    with pytest.raises(EmbeddingFailed) as caught:
        own.ask(score(folder), wire.Scored, Killing(times=9))
    assert caught.value.facts == {"name": "tiny"}


@pytest.mark.slow
def test_idle_it_ends_and_starts_again(folder: Path) -> None:
    process = EmbeddingProcess(idle=0.3)
    first = process.ask(score(folder), wire.Scored)
    until(lambda: not running())
    assert process.ask(score(folder), wire.Scored) == first
    process.end()


@pytest.mark.slow
def test_ended_it_leaves_no_process_and_nobody_waiting(own: EmbeddingProcess, folder: Path) -> None:
    """As a lock does while the model is still loading."""
    heard: list[BaseException] = []
    asked = threading.Event()

    class Noting(NoControl):
        def check(self) -> None:
            asked.set()

    def ask() -> None:
        try:
            own.ask(score(folder), wire.Scored, Noting())
        except Cancelled as error:
            heard.append(error)

    waiting = threading.Thread(target=ask)
    waiting.start()
    assert asked.wait(_DEADLINE)
    (process,) = running()
    own.end()
    waiting.join(_DEADLINE)
    assert len(heard) == 1
    assert not is_running(process)


@pytest.mark.slow
def test_other_weights_are_not_loaded_when_it_starts_again(
    own: EmbeddingProcess, tmp_path: Path
) -> None:
    folder = make(tmp_path / "tiny")
    reranker = RemoteReranker(own, str(folder))
    os.utime(folder / "model.safetensors", (1, 1))
    reranker.scores("pump oil", PASSAGES)  # those that were opened are still in memory
    own.end()
    with pytest.raises(ModelChanged):
        reranker.scores("pump oil", PASSAGES)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_it_ends_when_the_program_is_killed() -> None:
    program = (
        "import multiprocessing, time\n"
        "from app.engines.embedding.runner import EmbeddingProcess\n"
        "EmbeddingProcess().start()\n"
        "print(multiprocessing.active_children()[0].pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout
    with parent.stdout:
        child = int(parent.stdout.readline())
    assert is_running(child)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until(lambda: not is_running(child))


def test_it_stays_offline() -> None:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=child_acts.serve_and_connect, args=(theirs,))
    process.start()
    theirs.close()
    assert ours.recv_bytes() == b"NetworkRefused"
    process.join()
    ours.close()


@pytest.mark.model
@pytest.mark.slow
def test_a_question_comes_before_passages_that_wait(
    own: EmbeddingProcess, embedding_model: Path
) -> None:
    embedder = RemoteEmbedder(own, str(embedding_model))
    own.end()
    folder, done = wire.folder(str(embedding_model)), list[str]()

    def ask(request: wire.Request, name: str) -> None:
        own.ask(request, wire.Embedded)
        done.append(name)

    own.start()  # it loads its libraries while these come
    passages = wire.Passages(folder, ["The pump is looked after every thousand hours. " * 20] * 8)
    asking = [threading.Thread(target=ask, args=(passages, name)) for name in ("one", "two")]
    for each in asking:
        each.start()
    embedder.embed_queries(["How often is the pump looked after?"])
    done.append("question")
    for each in asking:
        each.join()
    assert done[0] == "question"


@pytest.mark.model
def test_what_nobody_expected_is_an_error_in_words_and_a_place_in_the_log(
    own: EmbeddingProcess, embedding_model: Path, tmp_path: Path
) -> None:
    folder = wire.folder(str(embedding_model))
    adapter = ROOT / "resources" / "second-reader" / "multilingual-e5-small.safetensors"
    uneven = wire.Read(folder, str(adapter), "Where is the canary?", ["A canary."], [])
    with pytest.raises(EmbeddingFailed) as caught:
        own.ask(uneven, wire.WasRead)
    assert caught.value.facts == {"name": "multilingual-e5-small"}
    log.begin(tmp_path / "log", log.Code("test"))
    own.end()
    log.end()
    (line,) = (tmp_path / "log" / log.NAME).read_text("ascii").splitlines()
    assert "child name=embedding" in line
    assert "kinds=ValueError at=app/engines/embedding/process.py" in line
    assert "canary" not in line.lower()
