"""A training from a draft to an adapter, with a process that a test holds, fails and pauses."""

import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.domain.errors import (
    AccessDenied,
    Cancelled,
    NoChatModel,
    OutOfMemory,
    StorageFull,
    TooFewRows,
    TrainingBusy,
    TrainingMissing,
)
from app.domain.events import TrainingMoved, TrainingsChanged
from app.domain.progress import NoControl
from app.domain.training.training import (
    PRESETS,
    Advice,
    CurvePoint,
    Preset,
    Training,
    TrainingState,
    Trouble,
    WeightForm,
)
from app.engines.fake_training import COST_PROFILE, CRASHED, FINISHED, STEPS
from app.engines.training_messages import AtStrength, TrainingFailed
from app.engines.turns import Turn
from app.services.jobs import Worker
from app.services.session import Services
from app.services.training import runs
from app.store.models.trainings import RunFiles, TrainingStore
from tests.services.controls import Recording
from tests.services.training.training_house import CANARY, TrainingHouse, rows, until


@pytest.fixture
def house(template: Path, tmp_path: Path) -> Iterator[TrainingHouse]:
    """Anna's, open."""
    shutil.copytree(template, tmp_path / "work")
    made = TrainingHouse(tmp_path / "work")
    made.open()
    yield made
    made.trainer.go.set()
    made.end()


def audited(services: Services) -> list[tuple[str, str]]:
    entries = services.profiles._unlocked.audit.entries()  # type: ignore[union-attr]
    return [(each.act, each.subject) for each in entries if each.act.startswith("training")]


# -- drafts and rows ------------------------------------------------------------------------------


def test_a_draft_belongs_to_the_model_in_use(house: TrainingHouse) -> None:
    trainings = house.services.training
    made = trainings.create("  Manner ")
    assert (made.name, made.model, made.state) == ("Manner", "fake-chat", TrainingState.DRAFT)
    trainings.choose(made.id, Preset.QUICK, PRESETS[Preset.QUICK])
    trainings.rename(made.id, "Our manner")
    kept = trainings.one(made.id)
    assert (kept.name, kept.preset, kept.settings.rank) == ("Our manner", Preset.QUICK, 8)
    assert house.news
    with pytest.raises(TrainingMissing):
        trainings.one("none")


def test_rows_are_counted_as_they_come_and_go(house: TrainingHouse) -> None:
    trainings, training = house.services.training, house.draft()
    first, second, *_ = trainings.rows(training)
    assert trainings.one(training).rows == 16
    trainings.use_rows(training, [first.id, second.id], used=False)
    assert trainings.one(training).rows == 14
    trainings.change_row(training, replace(second, answer="Never."))
    assert trainings.rows(training)[1].answer == "Never."
    read, learned = trainings.token_view(first)
    assert learned == first.answer
    assert first.question in read
    assert first.answer not in read


def test_without_a_model_nothing_is_drafted(
    house: TrainingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.services.models, "in_use", lambda _: None)
    with pytest.raises(NoChatModel):
        house.services.training.create("Manner")


# -- the estimate ---------------------------------------------------------------------------------


def test_what_it_takes_is_told_before(house: TrainingHouse) -> None:
    found = house.services.training.estimate(house.draft(), NoControl())
    assert (found.steps, found.tokens, found.memory) == (STEPS, 4000, 2**30)
    assert found.seconds[0] < 4000 * 1e-3 + 400 * 5e-4 + 1 < found.seconds[1]
    assert found.fits
    assert found.nearest is None
    assert house.trainer.runs[0].task.profiling


def test_what_does_not_fit_comes_with_the_nearest_that_does(house: TrainingHouse) -> None:
    training = house.draft()
    house.trainer.profiled = replace(COST_PROFILE, memory=20 * 2**30, idle=2 * 2**30)
    found = house.services.training.estimate(training, NoControl())
    assert not found.fits
    assert found.nearest is not None
    assert (found.nearest.piece, found.nearest.longest) == (1024, 1024)
    assert found.nearest.weights == WeightForm.PACKED
    house.trainer.profiled = replace(COST_PROFILE, memory=30 * 2**30, idle=20 * 2**30)
    assert house.services.training.estimate(training, NoControl()).nearest is None


def test_too_few_rows_are_not_tried(house: TrainingHouse) -> None:
    training = house.draft(rows=rows(7))
    for act in (
        lambda: house.services.training.estimate(training, NoControl()),
        lambda: house.services.training.start(training),
    ):
        with pytest.raises(TooFewRows) as caught:
            act()
        assert caught.value.facts == {"rows": 7, "least": 8}
    assert house.trainer.runs == []
    assert house.services.training.one(training).state == TrainingState.DRAFT


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (TrainingFailed(None, "too-few-rows", {"rows": 0, "least": 1}), TooFewRows),
        (TrainingFailed(Trouble.MEMORY), OutOfMemory),
    ],
)
def test_a_trial_that_fails_says_why(
    house: TrainingHouse, told: TrainingFailed, error: type[Exception]
) -> None:
    house.trainer.profiled = told  # type: ignore[assignment]
    with pytest.raises(error):
        house.services.training.estimate(house.draft(), NoControl())


def test_a_trial_that_is_stopped_is_killed(house: TrainingHouse) -> None:
    training, ended = house.draft(), list[BaseException]()
    house.trainer.profiled = None
    worker = Worker("estimate", lambda call: call())
    job = worker.run(
        lambda job: house.services.training.estimate(training, job), on_error=ended.append
    )
    until(lambda: bool(house.trainer.runs))
    job.cancel()
    until(lambda: bool(ended))
    worker.close()
    assert isinstance(ended[0], Cancelled)
    assert house.trainer.runs[0].dead


# -- a run ----------------------------------------------------------------------------------------


def test_a_run_tells_how_it_goes(house: TrainingHouse) -> None:
    house.trainer.hold = 3
    training, trainings = house.started(), house.services.training
    until(lambda: trainings.one(training).status.step == 3)
    running = trainings.one(training)
    assert running.state == trainings.all()[0].state == TrainingState.RUNNING
    assert running.status.steps == STEPS
    assert running.status.curve[0] == CurvePoint(1, 2.0, 2.1)
    assert running.status.tokens_per_second == pytest.approx(1000)
    assert running.status.left == pytest.approx(0.5 * 5)
    assert running.status.memory == 2**30
    assert TrainingMoved(training) in house.news
    with pytest.raises(TrainingBusy):
        trainings.start(training)
    with pytest.raises(TrainingBusy):
        trainings.add_rows(training, rows(1))
    house.trainer.go.set()
    ended = house.settled(training)
    assert (ended.state, ended.trouble) == (TrainingState.TRAINED, None)
    assert [each.step for each in ended.status.curve] == list(range(1, STEPS + 1))
    assert ended.status.sample is not None
    assert trainings.one(training) == ended


def test_rows_are_divided_by_document(house: TrainingHouse) -> None:
    house.settled(house.started())
    task = house.trainer.runs[0].task
    assert (len(task.train), len(task.held_out)) == (12, 4)
    assert all(task.general)
    questions = {each.question for each in task.held_out}
    groups = {each.group for each in rows() if each.question in questions}
    assert len(groups) == 1


def test_rows_of_one_document_are_measured_on_other_questions(house: TrainingHouse) -> None:
    house.settled(house.started(rows=rows(16, documents=1)))
    task = house.trainer.runs[0].task
    assert len(task.train) + len(task.held_out) == 16
    assert 0 < len(task.held_out) < 6


def test_the_model_gives_its_memory_where_that_is_short(
    house: TrainingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.services.inference.chat()
    house.settled(house.started("Roomy"))
    assert not house.chat.closed
    monkeypatch.setattr("app.services.training.estimate._ROUGHLY", 2**40)
    house.settled(house.started("Tight"))
    assert house.chat.closed


@pytest.mark.parametrize(
    ("failure", "state", "trouble"),
    [
        (CRASHED, TrainingState.PAUSED, Trouble.CRASHED),
        (TrainingFailed(Trouble.MEMORY), TrainingState.PAUSED, Trouble.MEMORY),
        (TrainingFailed(Trouble.NOT_FINITE), TrainingState.FAILED, Trouble.NOT_FINITE),
        (TrainingFailed(None, "damaged-model", {"name": "m"}), TrainingState.FAILED, Trouble.MODEL),
        (TrainingFailed(None, "too-few-rows", {"rows": 0}), TrainingState.FAILED, Trouble.ROWS),
    ],
)
def test_a_run_that_fails(
    house: TrainingHouse, failure: TrainingFailed, state: TrainingState, trouble: Trouble | None
) -> None:
    house.trainer.fails, house.trainer.failure = 4, failure
    ended = house.trained()
    assert (ended.state, ended.trouble, ended.status.step) == (state, trouble, 4)
    house.trainer.fails = -1
    house.services.training.start(ended.id)
    assert house.settled(ended.id).state == TrainingState.TRAINED
    assert house.trainer.runs[-1].begin == 0, "there was no checkpoint"


def test_a_process_that_cannot_be_started(
    house: TrainingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("app.engines.fake_training.FakeTraining.__init__", refuse)
    assert house.trained().trouble == Trouble.CRASHED


def test_trouble_that_left_a_good_state_is_told(house: TrainingHouse) -> None:
    house.trainer.finished = replace(FINISHED, trouble=Trouble.RISING)
    assert house.trained().trouble == Trouble.RISING


def test_paused_it_goes_on_where_it_was(house: TrainingHouse) -> None:
    house.trainer.hold = 3
    training, trainings = house.started(), house.services.training
    until(lambda: trainings.one(training).status.step == 3)
    trainings.pause(training)
    paused = house.settled(training)
    assert (paused.state, paused.trouble) == (TrainingState.PAUSED, None)
    assert house.files(training) == {"checkpoint", "status"}
    assert house.betrayed() == []
    house.trainer.hold = -1
    trainings.start(training)
    whole = house.settled(training)
    assert house.trainer.runs[-1].begin == 3
    assert [each.step for each in whole.status.curve] == list(range(1, STEPS + 1))


def test_steps_after_the_checkpoint_are_taken_again(house: TrainingHouse) -> None:
    house.trainer.saves, house.trainer.fails = 3, 6
    crashed = house.trained()
    assert (crashed.state, crashed.status.step) == (TrainingState.PAUSED, 6)
    house.trainer.fails = -1
    house.services.training.start(crashed.id)
    whole = house.settled(crashed.id)
    assert house.trainer.runs[-1].begin == 3
    assert [each.step for each in whole.status.curve] == list(range(1, STEPS + 1))


def test_cancelled_it_is_a_draft_and_nothing_is_left(house: TrainingHouse) -> None:
    house.trainer.saves, house.trainer.hold = 2, 4
    training, trainings = house.started(), house.services.training
    until(lambda: house.trainer.runs[0].held)
    assert house.files(training) == {"checkpoint", "status"}
    trainings.cancel(training)
    draft = trainings.one(training)
    assert (draft.state, draft.status.step, draft.rows) == (TrainingState.DRAFT, 0, 16)
    assert house.trainer.runs[0].dead
    assert house.files(training) == set()
    trainings.add_rows(training, rows(1))


def test_what_is_being_written_when_it_is_cancelled_goes_too(
    house: TrainingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, writing = RunFiles.keep, threading.Event()

    def slow(self: RunFiles, name: str, data: bytes) -> None:
        if name == "checkpoint":
            writing.set()
            until(lambda: house.trainer.runs[0].dead)
            time.sleep(0.1)
        keep(self, name, data)

    monkeypatch.setattr(RunFiles, "keep", slow)
    house.trainer.saves, house.trainer.hold = 3, 4
    training = house.started()
    assert writing.wait(20)
    house.services.training.cancel(training)
    house.end()
    assert house.files(training) == set()


def test_a_new_run_does_not_pass_for_an_earlier_one(house: TrainingHouse) -> None:
    """What a refused one left must not be found when the next one stops."""
    house.trainer.finished = replace(FINISHED, export_kl=0.5)
    refused = house.done()
    assert refused.state == TrainingState.FAILED
    house.trainer.fails = 2
    house.services.training.start(refused.id)
    assert house.settled(refused.id).state == TrainingState.PAUSED
    house.services.training.start(refused.id)
    house.settled(refused.id)
    assert house.trainer.runs[-1].begin == 0


def test_removed_nothing_of_it_is_left(house: TrainingHouse) -> None:
    done, services = house.done(), house.services
    weights = house.folder / "data" / "adapters" / done.adapter
    assert weights.exists()
    services.training.remove(done.id)
    assert services.training.all() == []
    assert services.adapters.all() == []
    assert services.training.rows(done.id) == []
    assert not weights.exists()
    assert house.files(done.id) == set()
    assert ("training-removed", "Manner") in audited(services)


def test_removed_while_it_runs(house: TrainingHouse) -> None:
    house.trainer.saves = house.trainer.hold = 3
    training = house.started()
    until(lambda: house.services.training.one(training).status.step == 3)
    house.services.training.remove(training)
    house.trainer.go.set()
    until(lambda: house.trainer.runs[0].dead)
    house.end()
    assert not (house.folder / "data" / "training" / training).exists()


def test_one_at_a_time(house: TrainingHouse) -> None:
    house.trainer.hold = 2
    first, second = house.started("One"), house.started("Two")
    until(lambda: house.services.training.one(first).status.step == 2)
    assert len(house.trainer.runs) == 1
    house.trainer.go.set()
    assert house.settled(second).state == TrainingState.TRAINED
    assert house.settled(first).state == TrainingState.TRAINED


# -- a lock, and the end of the program -----------------------------------------------------------


def test_a_run_goes_on_through_a_lock(house: TrainingHouse) -> None:
    house.trainer.hold = 3
    training = house.started()
    until(lambda: house.services.training.one(training).status.step == 3)
    house.lock()
    house.news.clear()
    services = house.open()
    assert services.training.one(training).status.step == 3
    house.trainer.go.set()
    assert house.settled(training).status.step == STEPS
    assert TrainingMoved(training) in house.news
    assert len(house.trainer.runs) == 1


def test_what_ended_behind_a_lock_is_found_trained(house: TrainingHouse) -> None:
    house.trainer.hold = 3
    training = house.started()
    house.lock()
    house.news.clear()
    house.trainer.go.set()
    until(lambda: "result" in house.files(training))
    assert house.news == []
    until(lambda: house.open().training.one(training).state == TrainingState.TRAINED)
    assert house.services.training.one(training).status.step == STEPS
    done = house.services.training.publish(training, NoControl())
    assert done.state == TrainingState.DONE


def test_what_runs_when_another_looks_in_is_not_disturbed(house: TrainingHouse) -> None:
    house.trainer.hold = 3
    training = house.started()
    reader = house.open("Rita")
    until(lambda: reader.training.one(training).status.step == 3)
    house.trainer.go.set()
    assert house.settled(training).state == TrainingState.TRAINED
    assert house.open().training.publish(training, NoControl()).state == TrainingState.DONE


def test_the_end_of_the_program_keeps_a_checkpoint(house: TrainingHouse) -> None:
    house.trainer.hold = 5
    training = house.started()
    until(lambda: house.services.training.one(training).status.step == 5)
    house.end()
    assert house.files(training) == {"checkpoint", "status"}
    found = house.open().training.one(training)
    assert (found.state, found.trouble) == (TrainingState.PAUSED, Trouble.CUT_OFF)
    assert found.status.step == 5
    house.trainer.hold = -1
    house.services.training.start(training)
    assert house.settled(training).status.step == STEPS
    assert house.trainer.runs[-1].begin == 5


_FOURTH = CurvePoint(4, 1.7, 1.8)


def _cut_off(house: TrainingHouse) -> str:
    """A run that was killed with its program, after a checkpoint of the second step."""
    house.trainer.saves, house.trainer.hold = 2, 4
    training = house.started()
    until(lambda: house.trainer.runs[0].held)
    running = house.services.training.one(training)
    folder = house.folder / "data" / "training" / training
    shutil.copytree(folder, house.folder / "as it was")
    house.services.training.cancel(training)
    shutil.copytree(house.folder / "as it was", folder, dirs_exist_ok=True)
    house.services.training._store.keep(running)
    house.trainer.hold = house.trainer.saves = -1
    return training


def test_after_a_power_cut_it_goes_on_from_the_last_checkpoint(house: TrainingHouse) -> None:
    training = _cut_off(house)
    house.end()
    found = house.open().training.one(training)
    assert (found.state, found.trouble) == (TrainingState.PAUSED, Trouble.CUT_OFF)
    assert found.status.curve[-1] == _FOURTH
    house.services.training.start(training)
    assert [each.step for each in house.settled(training).status.curve] == [*range(1, STEPS + 1)]
    assert house.trainer.runs[-1].begin == 2


def test_a_damaged_file_does_not_lock_the_profile_out(house: TrainingHouse) -> None:
    training = _cut_off(house)
    house.end()
    (house.folder / "data" / "training" / training / "status").write_bytes(b"damage")
    assert house.open().training.one(training).state == TrainingState.PAUSED


# -- what comes of it -----------------------------------------------------------------------------


def test_published_it_is_an_adapter_that_is_off(house: TrainingHouse) -> None:
    trained = house.trained()
    control = Recording()
    done = house.services.training.publish(trained.id, control)
    (adapter,) = house.services.adapters.all()
    assert (done.state, done.adapter, done.trouble) == (TrainingState.DONE, adapter.id, None)
    assert (adapter.scale, adapter.lineage, adapter.version) == (0.0, "Manner", 1)
    assert adapter.base == done.base
    assert house.services.adapters._store.weights(adapter) == FINISHED.adapter
    report = done.report
    assert report is not None
    assert report.gain == pytest.approx(1 / 3)
    assert report.forgetting == pytest.approx(0.01)
    assert (report.advice, report.strength) == (Advice.USE, 1.0)
    assert report.base is not None
    assert report.adapted is not None
    assert (report.base.questions, report.base.cited) == (4, 0.0)
    assert (report.adapted.cited, report.adapted.precise) == (1.0, 1.0)
    assert {each.base for each in report.pairs} == {"Nobody knows."}
    assert len(control.seen) == 8
    assert house.files(done.id) == set()
    assert house.services.training.publish(done.id, NoControl()) == done
    assert audited(house.services) == [("training-started", "Manner"), ("training-done", "Manner")]
    house.services.inference.chat()
    assert house.chat.adapted[-1] == [], "the base speaks until somebody switches it on"


def test_nothing_of_it_can_be_read_from_the_disk(house: TrainingHouse) -> None:
    house.done(f"Manner of the {CANARY}")
    assert house.betrayed() == []
    house.end()
    assert house.betrayed() == []


def test_the_next_version(house: TrainingHouse) -> None:
    first, trainings = house.done(), house.services.training
    aside = trainings.rows(first.id)[0]
    trainings._store.use_rows([aside.id], used=False)
    second = trainings.again(first.id)
    assert (second.state, second.rows) == (TrainingState.DRAFT, 15)
    assert second.settings == first.settings
    assert [each.question for each in trainings.rows(second.id)] == [
        each.question for each in trainings.rows(first.id)
    ]
    trainings.start(second.id)
    house.settled(second.id)
    done = trainings.publish(second.id, NoControl())
    versions = {each.id: each for each in house.services.adapters.all()}
    assert (versions[done.adapter].lineage, versions[done.adapter].version) == ("Manner", 2)
    assert versions[done.adapter].name == "Manner v2"
    assert versions[first.adapter].version == 1


@pytest.mark.parametrize("kl", [2e-3, float("inf")])
def test_an_adapter_that_is_computed_otherwise_is_not_published(
    house: TrainingHouse, kl: float
) -> None:
    house.trainer.finished = replace(FINISHED, export_kl=kl)
    failed = house.done()
    assert (failed.state, failed.trouble) == (TrainingState.FAILED, Trouble.EXPORT)
    assert failed.report is None
    assert house.services.adapters.all() == []


def test_what_rounding_alone_makes_refuses_no_adapter(house: TrainingHouse) -> None:
    house.trainer.finished = replace(FINISHED, export_kl=1.2e-3, export_floor=2.8e-3)
    assert house.done().state == TrainingState.DONE


def test_what_does_not_help_is_not_advised(house: TrainingHouse) -> None:
    house.trainer.finished = replace(FINISHED, strengths=(AtStrength(1.0, 1.4, 3.2),))
    report = house.done().report
    assert report is not None
    assert report.advice == Advice.DO_NOT_USE
    assert not any(each.scale for each in house.services.adapters.all())


def test_without_the_questions_there_is_a_report_all_the_same(house: TrainingHouse) -> None:
    control = NoControl()
    control.cancelled = True
    report = house.services.training.publish(house.trained().id, control).report
    assert report is not None
    assert (report.base, report.adapted, report.pairs) == (None, None, ())
    assert house.chat.asked == []


def test_a_comparison_that_is_stopped_is_made_again(house: TrainingHouse) -> None:
    trained, trainings = house.trained(), house.services.training
    with pytest.raises(Cancelled):
        trainings.publish(trained.id, Recording(lambda _: True))
    stopped = trainings.one(trained.id)
    assert stopped.state == TrainingState.TRAINED
    done = trainings.publish(trained.id, NoControl())
    assert done.adapter == stopped.adapter
    assert len(house.services.adapters.all()) == 1


def test_given_up_after_a_stopped_comparison_the_next_run_has_its_own_adapter(
    house: TrainingHouse,
) -> None:
    trained, trainings = house.trained(), house.services.training
    with pytest.raises(Cancelled):
        trainings.publish(trained.id, Recording(lambda _: True))
    trainings.cancel(trained.id)
    assert house.services.adapters.all() == []
    house.trainer.finished = replace(FINISHED, adapter=b"GGUF another")
    trainings.start(trained.id)
    house.settled(trained.id)
    trainings.publish(trained.id, NoControl())
    (adapter,) = house.services.adapters.all()
    assert house.services.adapters._store.weights(adapter) == b"GGUF another"


# -- watching -------------------------------------------------------------------------------------


def test_a_full_disk_pauses_the_run(house: TrainingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = RunFiles.keep

    def full(self: RunFiles, name: str, data: bytes) -> None:
        if name == "checkpoint":
            raise StorageFull(path=name)
        keep(self, name, data)

    monkeypatch.setattr(RunFiles, "keep", full)
    house.trainer.saves = 3
    ended = house.trained()
    assert (ended.state, ended.trouble) == (TrainingState.PAUSED, Trouble.DISK)
    assert house.trainer.runs[0].dead
    monkeypatch.undo()
    house.services.training.start(ended.id)
    assert house.settled(ended.id).state == TrainingState.TRAINED


GIGABYTES = 2**30


@pytest.mark.parametrize(
    ("memory", "disk", "battery", "trouble"),
    [
        (8, 50, None, None),
        (8, 50, SimpleNamespace(power_plugged=False, percent=60), None),
        (8, 50, SimpleNamespace(power_plugged=True, percent=5), None),
        (0.1, 50, None, Trouble.MEMORY),
        (8, 0.5, None, Trouble.DISK),
        (8, 50, SimpleNamespace(power_plugged=False, percent=12), Trouble.BATTERY),
    ],
)
def test_a_run_pauses_before_the_rest_suffers(
    house: TrainingHouse,
    monkeypatch: pytest.MonkeyPatch,
    memory: float,
    disk: float,
    battery: object,
    trouble: Trouble | None,
) -> None:
    free = SimpleNamespace(available=memory * GIGABYTES)
    monkeypatch.setattr("psutil.virtual_memory", lambda: free)
    monkeypatch.setattr("psutil.sensors_battery", lambda: battery, raising=False)
    monkeypatch.setattr(RunFiles, "free_space", lambda _: disk * GIGABYTES)
    monkeypatch.setattr(runs, "_WATCH", -1.0)
    ended = house.trained()
    assert ended.trouble == trouble
    state = TrainingState.PAUSED if trouble else TrainingState.TRAINED
    assert ended.state == state
    assert ("checkpoint" in house.files(ended.id)) == bool(trouble)


# -- who may ---------------------------------------------------------------------------------------


def _acts(services: Services, training: Training) -> Sequence[object]:
    trainings, adapters = services.training, services.adapters
    return (
        lambda: trainings.create("Other"),
        lambda: trainings.again(training.id),
        lambda: trainings.rename(training.id, "Other"),
        lambda: trainings.remove(training.id),
        lambda: trainings.choose(training.id, Preset.QUICK, PRESETS[Preset.QUICK]),
        lambda: trainings.add_rows(training.id, rows(1)),
        lambda: trainings.change_row(training.id, trainings.rows(training.id)[0]),
        lambda: trainings.use_rows(training.id, [1], used=False),
        lambda: trainings.estimate(training.id, NoControl()),
        lambda: trainings.start(training.id),
        lambda: trainings.pause(training.id),
        lambda: trainings.cancel(training.id),
        lambda: trainings.publish(training.id, NoControl()),
        lambda: adapters.set_strengths({training.adapter: 1.0}),
        lambda: adapters.discard(training.adapter),
        lambda: adapters.take_in("Other", training.base, b"GGUF"),
    )


def test_readers_may_only_look(house: TrainingHouse) -> None:
    done = house.done()
    reader = house.open("Rita")
    assert not reader.training.allowed
    before = reader.training.all(), reader.training.rows(done.id), reader.adapters.all()
    for act in _acts(reader, done):
        with pytest.raises(AccessDenied):
            act()  # type: ignore[operator]
    assert (reader.training.all(), reader.training.rows(done.id), reader.adapters.all()) == before


def test_editors_may_train(house: TrainingHouse) -> None:
    house.open("Egor")
    assert house.services.training.allowed
    assert house.done().state == TrainingState.DONE
    assert TrainingsChanged() in house.news


def test_what_a_row_teaches_is_what_the_chat_reads(house: TrainingHouse) -> None:
    """The prompt of a row is that of an answer from the same passage."""
    seen: list[Sequence[Turn]] = []
    house.adapted = lambda turns: seen.append(turns) or "Yes [1]."  # type: ignore[func-returns-value]
    trained = house.trained()
    house.services.training.publish(trained.id, NoControl())
    learned = [each.turns for each in house.trainer.runs[0].task.held_out]
    assert {each[-1].text for each in seen} == {each[-1].text for each in learned}
    assert {tuple(each) for each in seen} == set(learned)


def test_who_looks_while_it_is_cancelled_does_not_bring_it_back(
    house: TrainingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.trainer.hold = 2
    trainings, training = house.services.training, house.started()
    read, cancelled, read_all = threading.Event(), threading.Event(), TrainingStore.all

    def slow(store: TrainingStore) -> list[Training]:
        found = read_all(store)
        read.set()
        cancelled.wait(0.3)
        return found

    monkeypatch.setattr(TrainingStore, "all", slow)
    looking = threading.Thread(target=trainings.all)
    looking.start()
    assert read.wait(10)
    trainings.cancel(training)
    cancelled.set()
    looking.join()
    assert trainings.one(training).state == TrainingState.DRAFT
