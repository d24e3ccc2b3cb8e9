"""larets train: the contract, with a process that learns nothing and says everything."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from app.domain.training.training import RunStatus, Trouble
from app.engines.base import Engines
from app.engines.fake import FakeChat, fake_engines
from app.engines.fake_training import FINISHED, STEPS, FakeTrainer
from app.engines.training_messages import TrainingFailed
from app.services.session import Begin
from tests.cli.conftest import Run, runner
from tests.services.training.training_house import rows

#: As the contract of the command line has them.
CONTRACT = {
    "adapter", "steps", "train_loss", "heldout_loss_before", "heldout_loss_after", "export_kl",
    "seconds", "tokens_per_second", "peak_memory",
}  # fmt: skip


@pytest.fixture
def trainer() -> FakeTrainer:
    return FakeTrainer()


@pytest.fixture
def begin(
    quick: Callable[[Engines], Begin], trainer: FakeTrainer, monkeypatch: pytest.MonkeyPatch
) -> Begin:
    monkeypatch.setattr("app.cli.commands.train._LOOK", 0.01)
    return quick(fake_engines(FakeChat(), trainer))


@pytest.fixture
def run(begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    made = runner(begin, tmp_path / "data", capsys)
    made("profile", "create", "Anna")
    return made


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Sixteen rows as `dataset build` writes them."""
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows()))
    return file


def test_an_adapter_is_trained_and_used(run: Run, dataset: Path, trainer: FakeTrainer) -> None:
    checked = run("dataset", "check", dataset).json
    assert (checked["rows"], checked["groups"], checked["unanswered"]) == (16, 4, 3)
    done = run(
        "train", "--dataset", dataset, "--name", "Manner", "--preset", "quick", "--no-answers"
    )
    assert done.code == 0, done.err
    assert set(done.json) >= CONTRACT
    assert set(done.json) - CONTRACT == {
        "forgetting", "advice", "strength", "citation_precision", "refused"
    }  # fmt: skip
    told = {name: done.json[name] for name in ("adapter", "steps", "advice", "strength")}
    assert told == {"adapter": "Manner", "steps": STEPS, "advice": "use", "strength": 1.0}
    assert (done.json["heldout_loss_before"], done.json["heldout_loss_after"]) == (2.1, 1.4)
    assert done.json["train_loss"] == pytest.approx(1.3)
    assert done.json["tokens_per_second"] == pytest.approx(1000)
    assert trainer.runs[0].task.settings.rank == 8
    (listed,) = run("adapters", "list").json["adapters"]
    assert (listed["name"], listed["base_model"], listed["in_use"]) == (
        "Manner",
        "fake-chat",
        False,
    )
    (used,) = run("adapters", "use", "Manner", "--scale", 0.5).json["adapters"]
    assert (used["scale"], used["in_use"]) == (0.5, True)


def test_with_the_held_out_questions(run: Run, dataset: Path) -> None:
    done = run("train", "--dataset", dataset, "--name", "Manner")
    assert set(done.json["citation_precision"]) == {"base", "adapter"}
    assert done.json["refused"] == {"base": 0.0, "adapter": 0.0}
    assert "[4/4]" in done.err
    assert "step" in done.err
    assert run("train", "--dataset", dataset, "--name", "Manner").json["adapter"] == "Manner v2"
    shown = run("train", "--dataset", dataset, "--name", "Other", as_json=False).out
    assert "adapter: Other" in shown


def test_what_stopped_goes_on(run: Run, dataset: Path, trainer: FakeTrainer) -> None:
    trainer.saves, trainer.fails, trainer.failure = 3, 5, TrainingFailed(Trouble.MEMORY)
    stopped = run("train", "--dataset", dataset, "--name", "Manner", "--no-answers")
    assert stopped.code == 1
    assert stopped.json["error"]["code"] == "training-stopped"
    assert stopped.json["error"]["hint"]
    trainer.fails = -1
    done = run("train", "--resume", "--name", "Manner", "--no-answers")
    assert done.json["steps"] == STEPS
    assert trainer.runs[-1].begin == 3
    assert run("train", "--resume", "--name", "Manner").error == "training-missing"


def test_ctrl_c_pauses(
    run: Run, dataset: Path, trainer: FakeTrainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(status: RunStatus) -> str:
        if status.step == 3:
            raise KeyboardInterrupt
        return ""

    trainer.hold = 3
    with monkeypatch.context() as patch:
        patch.setattr("app.cli.commands.train._line", interrupted)
        try:
            code = run("train", "--dataset", dataset, "--name", "Manner").code
        except KeyboardInterrupt:
            code = 1
    assert code != 0
    trainer.hold = -1
    assert run("train", "--resume", "--name", "Manner", "--no-answers").json["steps"] == STEPS
    assert trainer.runs[-1].begin == 3


def test_what_fails(run: Run, dataset: Path, trainer: FakeTrainer, tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join(dataset.read_text("utf-8").split("\n")[:5]), "utf-8")
    assert run("train", "--dataset", few, "--name", "Few").error == "too-few-rows"
    assert run("train", "--dataset", tmp_path / "none.jsonl", "--name", "A").error == "file-missing"
    assert run("train", "--resume", "--name", "None").error == "training-missing"
    trainer.finished = replace(FINISHED, export_kl=0.1)
    refused = run("train", "--dataset", dataset, "--name", "Manner", "--no-answers")
    assert (refused.code, refused.json["error"]["code"]) == (1, "training-stopped")
    assert "export-differs" in refused.err
    assert run("adapters", "list").json == {"adapters": []}
    for wrong in (["--name", "Manner"], ["--dataset", dataset, "--resume", "--name", "Manner"]):
        with pytest.raises(SystemExit, match="2"):
            run("train", *wrong)
