"""For every test: no network, a home of its own, and no thread that outlives it."""

import gc
import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import offline, paths
from app.processes import native_sockets, private
from app.services.jobs import Worker
from app.store import reserve
from tests import department_server
from tests.department_server import DepartmentServer

offline.enforce()
#: The kit of this machine, asked for before the home is another.
KIT = paths.find().kit
CHAT_MODEL = KIT / "smollm2-135m-instruct-q4_1" / "SmolLM2-135M-Instruct.Q4_1.gguf"
EMBEDDING_MODEL = KIT / "multilingual-e5-small"
#: Tests between two collections that look at everything, which take a tenth of a second and more.
_FULL_COLLECTION = 20
#: The limit of a test, s, that may take many minutes.
_LONG = 1200


def _keep_to_own_cores() -> None:
    """A worker of a parallel run computes on its share of the cores alone: threads of two models
    that wait for each other on the same cores are up to eight times slower than one thread."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker or not hasattr(os, "sched_setaffinity"):
        return
    cores, count = sorted(os.sched_getaffinity(0)), int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    if own := set(cores[int(worker.removeprefix("gw")) :: count]):
        os.sched_setaffinity(0, own)


_keep_to_own_cores()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What may take many minutes comes first: begun last, one worker waits for the other."""

    def is_long(item: pytest.Item) -> bool:
        return any(each.args[0] >= _LONG for each in item.iter_markers("timeout"))

    items.sort(key=lambda item: not is_long(item))


def pytest_unconfigure() -> None:
    """llama_cpp leaves two handles to the null device open; that would end the summary."""
    if module := sys.modules.get("llama_cpp._utils"):
        module.outnull_file.close()
        module.errnull_file.close()


@pytest.fixture(scope="session", autouse=True)
def _little_reserve() -> None:
    """A thousand workspaces of the usual size would fill the disk."""
    reserve.PIECE = 16 * 1024


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """User folders that start empty; the models kit stays where it is."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATA", "CONFIG", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        patch.setenv("HOME", str(home))
        patch.setenv("LARETS_MODELS", str(KIT))
        patch.delenv("LARETS_DATA", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _garbage() -> Iterator[list[int]]:
    """The cycle collector stays off, as in the window: on another thread, such as one of pytest's
    own, it would destroy widgets and end the process. What a test leaves is counted here."""
    with pytest.MonkeyPatch.context() as patch:
        gc.disable()
        patch.setattr(gc, "enable", lambda: None)
        yield [0]


@pytest.fixture(autouse=True)
def _garbage_is_collected_on_this_thread(_garbage: list[int]) -> Iterator[None]:
    yield
    _garbage[0] += 1
    gc.collect(2 if _garbage[0] % _FULL_COLLECTION == 0 else 1)


def _outlives(thread: threading.Thread) -> bool:
    """Threads that keep a program from ending, and the program's own workers."""
    work = getattr(getattr(thread, "_target", None), "__func__", None)
    return thread.is_alive() and (not thread.daemon or work is Worker._loop)


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2
    left = [each for each in threading.enumerate() if each not in before and _outlives(each)]
    for thread in left:
        thread.join(max(0.0, deadline - time.monotonic()))
    left = [thread for thread in left if thread.is_alive()]
    assert not left, f"threads outlive the test: {left}"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    level = logging.root.manager.disable
    yield
    logging.disable(level)


@pytest.fixture(scope="session")
def chat_model() -> Path:
    """The tiny chat model's file."""
    if not CHAT_MODEL.is_file():
        pytest.skip(f"no {CHAT_MODEL.name} in the models kit")
    return CHAT_MODEL


@pytest.fixture(scope="session")
def embedding_model() -> Path:
    """The embedding model's folder."""
    if not (EMBEDDING_MODEL / "model.safetensors").is_file():
        pytest.skip(f"no {EMBEDDING_MODEL.name} in the models kit")
    return EMBEDDING_MODEL


@pytest.fixture(scope="session")
def _postgres() -> Iterator[DepartmentServer]:
    if reason := department_server.why_not():
        pytest.skip(reason)
    server = DepartmentServer()
    server.start()
    yield server
    server.close()


@pytest.fixture
def postgres(_postgres: DepartmentServer) -> DepartmentServer:
    """A running server of the tests' own; a test may stop it, if it starts it again."""
    return _postgres


@pytest.fixture
def begun_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """To a health check this is a process of the program's: that of the tests gives nothing up."""
    monkeypatch.setattr(native_sockets, "refused", lambda: True)
    monkeypatch.setattr(private, "kept", lambda: True)


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
