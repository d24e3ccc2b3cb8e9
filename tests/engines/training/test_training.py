"""The process that trains: its curve, its pauses, its end; with models made on the spot."""

import math
import time
from dataclasses import replace
from pathlib import Path

import msgspec
import psutil
import pytest
import torch

from app.domain.training.training import TrainingSettings, Trouble, WeightForm
from app.engines.gguf.gguf_model import open_model
from app.engines.training import batches, wire
from app.engines.training.batches import TokenRow
from app.engines.training.learned_loss import summed_loss
from app.engines.training.loop import Loop, share_of_rate
from app.engines.training.trainer import Trainer
from app.engines.training_messages import (
    CostProfile,
    Example,
    ExportBegun,
    Measured,
    Sampled,
    Saved,
    Stepped,
    TrainingBegun,
    TrainingFailed,
    TrainingFinished,
    TrainingTask,
)
from app.engines.turns import Turn, TurnKind
from tests.tiny_gguf import Shape, write_tiny

pytestmark = pytest.mark.slow

SETTINGS = TrainingSettings(rank=4, alpha=8.0, epochs=2.0, batch=4, learning_rate=1e-2)


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("model") / "tiny.gguf", shape=Shape(feed=96))


def rows(count: int, begin: int = 0) -> list[TokenRow]:
    texts = [f"Room {each}? The code is {each * 37 % 100}." for each in range(begin, begin + count)]
    return [TokenRow(tuple(text.encode()), text.index("?") + 1) for text in texts]


def loop(path: Path, settings: TrainingSettings = SETTINGS) -> Loop:
    model = open_model(str(path), settings.weights)
    return Loop(model, settings, rows(16), rows(4, 100), "cpu")


def example(number: int) -> Example:
    asked = Turn(TurnKind.USER, f"What is the code of room {number}?")
    return Example((asked,), f"The code is {number * 37 % 100}.", asked.text)


def task(path: Path, **settings: object) -> TrainingTask:
    return TrainingTask(
        path=str(path),
        base="0" * 64,
        settings=replace(SETTINGS, **settings),  # type: ignore[arg-type]
        train=tuple(example(each) for each in range(16)),
        held_out=tuple(example(each) for each in range(100, 104)),
        general=("The sun rises in the east.",),
    )


# -- the loop -------------------------------------------------------------------------------------


def test_it_learns_and_keeps_the_best(model_file: Path) -> None:
    run = loop(model_file)
    before = run.measure()
    losses = [run.step()[0] for _ in range(run.steps)]
    assert losses[-1] < losses[0]
    assert run.measure() < before
    best = run.progress.best
    for each in run._parameters:
        each.data.add_(1.0)
    run.take_best()
    assert run.mean_loss(run.held_out) == pytest.approx(best, rel=1e-5)


def test_a_resumed_run_goes_along_the_same_curve(model_file: Path) -> None:
    whole = loop(model_file)
    losses = [whole.step()[0] for _ in range(whole.steps)]
    first = loop(model_file)
    begun = [first.step()[0] for _ in range(3)]
    first.measure()
    saved = first.checkpoint()
    second = loop(model_file)
    second.restore(saved)
    assert second.progress.best == first.progress.best
    assert begun + [second.step()[0] for _ in range(second.steps - 3)] == losses


def test_pieces_change_nothing(model_file: Path) -> None:
    """A batch that is worked through in parts has the gradient of the whole."""
    whole = loop(model_file, replace(SETTINGS, dropout=0.0))
    parts = loop(model_file, replace(SETTINGS, dropout=0.0, piece=40))
    ours = [whole.step()[0] for _ in range(3)]
    theirs = [parts.step()[0] for _ in range(3)]
    assert ours == pytest.approx(theirs, rel=1e-3)


def test_only_answers_are_learned(model_file: Path) -> None:
    """The loss is that of the answer's tokens after the prompt's, by the plain formula."""
    run = loop(model_file)
    row = rows(1)[0]
    tokens = torch.tensor([row.tokens])
    with torch.no_grad():
        hidden = run.model.body(input_ids=tokens, use_cache=False).last_hidden_state[0]
        logits = run.model.head(hidden)[row.learned - 1 : -1]
    plain = torch.nn.functional.cross_entropy(logits, tokens[0, row.learned :])
    assert run.mean_loss([row]) == pytest.approx(float(plain), rel=1e-4)


def test_the_loss_and_its_gradient_by_parts_of_the_vocabulary(
    model_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = torch.randn(7, 64, requires_grad=True)
    targets = torch.arange(7)
    plain = open_model(str(model_file), WeightForm.DENSE)
    told = torch.nn.functional.cross_entropy(plain.head(hidden), targets, reduction="sum")
    told.backward()  # type: ignore[no-untyped-call]
    wanted, hidden.grad = hidden.grad, None
    monkeypatch.setattr("app.engines.gguf.packed._AT_ONCE", 64 * 50)
    monkeypatch.setattr("app.engines.training.learned_loss._LOGITS", 259 * 4 * 3)
    packed = open_model(str(model_file), WeightForm.PACKED)
    loss = summed_loss(hidden, targets, packed.head)
    loss.backward()  # type: ignore[no-untyped-call]
    assert loss.item() == pytest.approx(told.item(), rel=1e-5)
    assert hidden.grad is not None
    assert wanted is not None
    assert torch.allclose(hidden.grad, wanted, atol=1e-5)


def test_batches_cover_the_rows_and_repeat_themselves() -> None:
    given = rows(21)
    settings = TrainingSettings(epochs=3.0, batch=4)
    one = [row for batch in batches.batches(given, settings) for row in batch]
    assert one == [row for batch in batches.batches(given, settings) for row in batch]
    assert {row: one.count(row) for row in given} == dict.fromkeys(given, 3)
    assert batches.steps(21, settings) == 18


def test_the_rate_warms_up_and_falls() -> None:
    shares = [share_of_rate(step, 100, TrainingSettings()) for step in range(100)]
    assert shares[0] < shares[4] == max(shares) == 1.0
    assert shares[5:] == sorted(shares[5:], reverse=True)
    assert shares[-1] == pytest.approx(0.1, abs=0.01)


def test_messages_come_through() -> None:
    for news in (
        TrainingBegun(3, 100, "cpu", 1),
        Stepped(1, 2.5, 10, 0.1, 1000),
        Measured(1, 2.0),
        ExportBegun(),
        TrainingFailed(Trouble.RISING),
        TrainingFailed(None, "damaged-model", {"name": "x"}),
        Saved(3, b"\0\1", paused=True),
    ):
        message, *carried = wire.encode(news)
        assert wire.carries(message) == bool(carried)
        assert wire.decode(message, *carried) == news
    sent = task(Path("model.gguf"))
    assert wire.decode_task(wire.encode_task(sent)) == sent
    with pytest.raises(msgspec.DecodeError):
        wire.decode(b"{")


# -- the process ----------------------------------------------------------------------------------


def test_a_whole_run(model_file: Path) -> None:
    news = list(Trainer(task(model_file)).events())
    begun, finished = news[0], news[-1]
    assert isinstance(begun, TrainingBegun)
    assert isinstance(finished, TrainingFinished)
    steps = [each for each in news if isinstance(each, Stepped)]
    assert [each.step for each in steps] == list(range(1, begun.steps + 1))
    measured = [each.held_out for each in news if isinstance(each, Measured)]
    assert min(measured) < measured[0]
    assert finished.held_out_before == pytest.approx(measured[0], rel=1e-4)
    assert finished.strengths[0].held_out == pytest.approx(min(measured), rel=1e-4)
    assert finished.export_kl <= 1e-3
    assert finished.adapter.startswith(b"GGUF")
    assert b"/" + model_file.parent.name.encode() not in finished.adapter
    assert any(isinstance(each, Sampled) for each in news)


def test_paused_and_gone_on_it_ends_as_if_nothing_had_been(model_file: Path) -> None:
    whole = [each for each in Trainer(task(model_file)).events() if isinstance(each, Stepped)]
    begun = Trainer(task(model_file))
    seen, saved = [], None
    for news in begun.events():
        if isinstance(news, Stepped):
            seen.append(news)
            begun.pause()
        if isinstance(news, Saved):
            saved = news
    assert saved is not None
    assert saved.paused
    assert len(seen) < len(whole)
    rest = Trainer(task(model_file), saved.data).events()
    seen += [each for each in rest if isinstance(each, Stepped)]
    assert [each.loss for each in seen] == [each.loss for each in whole]


def test_finished_early_the_best_so_far_is_the_adapter(model_file: Path) -> None:
    run = Trainer(task(model_file, epochs=500.0, evaluations=400))
    for news in run.events():
        if isinstance(news, Measured) and news.step > 4:
            run.finish()
    assert isinstance(news, TrainingFinished)
    assert news.strengths[0].held_out < news.held_out_before


def test_killed_it_is_gone_within_two_seconds(model_file: Path) -> None:
    run = Trainer(task(model_file, epochs=500.0))
    for news in run.events():
        if isinstance(news, Stepped):
            began = time.monotonic()
            run.kill()
    assert time.monotonic() - began < 2.0
    assert isinstance(news, TrainingFailed)


def test_profiling_tells_what_it_takes(model_file: Path) -> None:
    (told,) = Trainer(replace(task(model_file), profiling=True)).events()
    assert isinstance(told, CostProfile)
    assert told.steps == 8
    assert told.memory >= told.idle > 0
    assert min(told.tokens, told.held_out_tokens) > 0
    assert math.isfinite(told.training)


def test_a_loss_that_is_no_number_ends_the_run(model_file: Path) -> None:
    *_, last = Trainer(task(model_file, learning_rate=1e30, clip=1e30, epochs=20.0)).events()
    assert isinstance(last, TrainingFinished | TrainingFailed)
    assert last.trouble in (Trouble.NOT_FINITE, Trouble.RISING)


def test_rows_that_are_too_long_are_counted(model_file: Path) -> None:
    given = task(model_file)
    long = replace(given.train[0], answer="word " * 2000)
    news = Trainer(replace(given, train=(*given.train, long))).events()
    begun = next(news)
    assert isinstance(begun, TrainingBegun)
    assert begun.too_long == 1


def test_without_held_out_rows_the_end_is_measured_on_what_was_learned(model_file: Path) -> None:
    *news, finished = Trainer(replace(task(model_file, epochs=1.0), held_out=())).events()
    assert isinstance(finished, TrainingFinished)
    assert not any(isinstance(each, Measured) for each in news)
    assert finished.strengths[0].held_out < finished.held_out_before


@pytest.mark.parametrize("profiling", [True, False])
def test_with_rows_that_are_all_too_long_nothing_begins(model_file: Path, profiling: bool) -> None:
    given = replace(task(model_file, longest=4), profiling=profiling)
    assert list(Trainer(given).events()) == [
        TrainingFailed(None, "too-few-rows", {"rows": 0, "least": 1})
    ]


def test_what_does_not_open_is_said(tmp_path: Path) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF nonsense")
    (news,) = Trainer(task(path)).events()
    assert news == TrainingFailed(None, "damaged-model", {"name": "broken.gguf"})


def test_it_opens_no_socket(model_file: Path) -> None:
    """As the system sees the process: native libraries included."""
    run = Trainer(task(model_file, epochs=1.0))
    process, looks = psutil.Process(run._process.pid or 0), 0
    for news in run.events():
        if isinstance(news, TrainingBegun | Stepped | Measured):
            assert process.net_connections("inet") == []
            looks += 1
    assert looks > 4
