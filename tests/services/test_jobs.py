import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import log
from app.domain.errors import Cancelled
from app.services.jobs import Job, JobState, Worker, only_logged

SOON = 5


def direct(call: Callable[[], None]) -> None:
    call()


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker("test", direct)
    yield made
    made.close()


class Ending:
    """What became of a job; `wait` until it did."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[BaseException] = []
        self._ended = threading.Event()

    def done(self, result: object) -> None:
        self.results.append(result)
        self._ended.set()

    def failed(self, error: BaseException) -> None:
        self.errors.append(error)
        self._ended.set()

    def wait(self) -> None:
        assert self._ended.wait(SOON)


def run(worker: Worker, work: Callable[[Job], object]) -> tuple[Job, Ending]:
    ending = Ending()
    return worker.run(work, on_done=ending.done, on_error=ending.failed), ending


class Held:
    """Work that runs until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.let_go = threading.Event()

    def __call__(self, job: Job) -> str:
        self.begun.set()
        assert self.let_go.wait(SOON)
        job.check()
        return "held"


def test_work_runs_in_the_order_it_came_on_one_thread(worker: Worker) -> None:
    order: list[int] = []
    threads: set[int] = set()

    def work(number: int) -> Callable[[Job], None]:
        def step(job: Job) -> None:
            time.sleep(0.01 * (3 - number % 3))
            order.append(number)
            threads.add(threading.get_ident())

        return step

    endings = [run(worker, work(number))[1] for number in range(6)]
    for ending in endings:
        ending.wait()
    assert order == list(range(6))
    assert len(threads) == 1
    assert threads != {threading.get_ident()}


def test_progress_comes_in_order_and_the_result_last(worker: Worker) -> None:
    heard: list[object] = []
    ended = threading.Event()

    def work(job: Job) -> str:
        for number in range(3):
            job.report(number)
        return "done"

    def done(result: str) -> None:
        heard.append(result)
        ended.set()

    worker.run(work, on_progress=heard.append, on_done=done, on_error=heard.append)
    assert ended.wait(SOON)
    assert heard == [0, 1, 2, "done"]


def test_an_error_goes_to_its_owner_and_the_next_work_runs(worker: Worker) -> None:
    def fail(job: Job) -> None:
        raise ZeroDivisionError

    job, failed = run(worker, fail)
    _, ending = run(worker, lambda job: 7)
    ending.wait()
    assert ending.results == [7]
    assert [type(each) for each in failed.errors] == [ZeroDivisionError]
    assert (failed.results, job.state) == ([], JobState.FAILED)


def test_waiting_work_is_cancelled_without_being_started(worker: Worker) -> None:
    held = Held()
    run(worker, held)
    started: list[int] = []
    job, ending = run(worker, lambda job: started.append(1))
    assert held.begun.wait(SOON)
    assert [each.state for each in worker.jobs()] == [JobState.RUNNING, JobState.WAITING]
    job.cancel()
    held.let_go.set()
    ending.wait()
    assert isinstance(ending.errors[0], Cancelled)
    assert (started, job.state) == ([], JobState.CANCELLED)


def test_running_work_is_asked_to_stop(worker: Worker) -> None:
    held = Held()
    job, ending = run(worker, held)
    assert held.begun.wait(SOON)
    job.cancel()
    job.cancel()
    held.let_go.set()
    ending.wait()
    assert isinstance(ending.errors[0], Cancelled)
    assert job.state == JobState.CANCELLED


def test_on_cancel_is_called_once_by_the_thread_that_cancels(worker: Worker) -> None:
    held = Held()
    called: list[int] = []

    def work(job: Job) -> str:
        job.on_cancel(lambda: called.append(threading.get_ident()))
        return held(job)

    job, ending = run(worker, work)
    assert held.begun.wait(SOON)
    job.cancel()
    job.cancel()
    assert called == [threading.get_ident()]
    job.on_cancel(lambda: called.append(0))
    assert called[1:] == [0], "at once when it is too late already"
    held.let_go.set()
    ending.wait()


def test_cancelling_ended_work_stops_nothing_else(worker: Worker) -> None:
    """Its on_cancel stops a native call, which by then may belong to the next job."""
    stopped: list[int] = []

    def work(job: Job) -> None:
        job.on_cancel(lambda: stopped.append(1))

    job, ending = run(worker, work)
    ending.wait()
    _, after = run(worker, lambda job: None)
    after.wait()
    job.cancel()
    assert stopped == []
    assert job.state == JobState.DONE


def test_close_cancels_everything_and_drops_late_callbacks() -> None:
    posted: list[Callable[[], None]] = []
    worker = Worker("test", posted.append)
    held = Held()
    heard: list[object] = []
    running = worker.run(held, on_done=heard.append, on_error=heard.append)
    waiting = worker.run(lambda job: 1, on_done=heard.append, on_error=heard.append)
    assert held.begun.wait(SOON)
    timer = threading.Timer(0.1, held.let_go.set)
    timer.start()
    assert worker.close()
    timer.join()
    for call in posted:
        call()
    assert heard == []
    assert waiting.cancelled
    assert running.state == JobState.CANCELLED
    late = worker.run(lambda job: 1, on_done=heard.append, on_error=heard.append)
    assert (late.state, heard) == (JobState.CANCELLED, []), "a page that is about to go may ask"
    assert worker.close(), "twice is harmless"


def test_close_tells_of_work_that_is_stuck() -> None:
    worker = Worker("test", direct)
    held = Held()
    worker.run(held, on_error=only_logged)
    assert held.begun.wait(SOON)
    assert not worker.close(timeout=0.05)
    held.let_go.set()
    assert worker.close()


def test_a_worker_without_work_has_no_thread() -> None:
    before = threading.active_count()
    assert Worker("test", direct).close()
    assert threading.active_count() == before


def test_work_can_be_queued_from_a_callback(worker: Worker) -> None:
    ending = Ending()

    def go_on(result: int) -> None:
        worker.run(lambda job: result + 1, on_done=ending.done, on_error=ending.failed)

    worker.run(lambda job: 1, on_done=go_on, on_error=ending.failed)
    ending.wait()
    assert ending.results == [2]


@pytest.mark.parametrize(
    ("title", "told"), [("salary", "INFO"), (log.Code("export"), "title=export")]
)
def test_a_job_leaves_its_worker_outcome_and_time_in_the_log_but_no_title(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str, told: str
) -> None:
    monkeypatch.setattr("app.services.jobs._QUICK", 0.0)
    log.begin(tmp_path / "log", log.Code("test"))
    ending = Ending()
    worker.run(lambda _: time.sleep(0.01), title=title, on_done=ending.done, on_error=only_logged)
    ending.wait()
    worker.close()
    log.end()
    line = (tmp_path / "log" / "larets.log").read_text()
    assert "job worker=test outcome=done seconds=0.01" in line
    assert told in line
    assert "salary" not in line


def test_a_failure_is_in_the_log_whoever_hears_of_it(worker: Worker, tmp_path: Path) -> None:
    log.begin(tmp_path / "log", log.Code("test"))
    ending = Ending()

    def fail(_: Job) -> None:
        raise ValueError("secret")

    worker.run(fail, on_error=only_logged)
    worker.run(lambda _: None, on_done=ending.done, on_error=only_logged)
    ending.wait()
    worker.close()
    log.end()
    text = (tmp_path / "log" / "larets.log").read_text()
    assert "failure kind=ValueError at=app/services/jobs.py:" in text
    assert "outcome=failed" in text
    assert "secret" not in text
