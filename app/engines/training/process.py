"""The process that trains: a task comes in, events go out, one JSON object a message.

It holds the model, the rows and the adapter in its memory and writes nothing: a checkpoint goes to
the program, which encrypts it. It ends when the program is gone.
"""

import math
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

import torch

from app import processes
from app.domain.errors import LaretsError, NoFourBit, PromptTooLong, TooFewRows
from app.domain.models.placement import Placement
from app.domain.progress import NoControl
from app.domain.settings import Sampling
from app.domain.training.training import Sample, Trouble, WeightForm
from app.engines.base import AdapterAtScale
from app.engines.embedding.embedder import device as best_device
from app.engines.embedding.embedder import dtype as best_dtype
from app.engines.gguf.gguf_model import TorchModel, open_model
from app.engines.hardware import cores
from app.engines.llama.chat_model import Llama
from app.engines.lora import gguf_adapter, lora
from app.engines.lora.export_check import ServedModel, difference
from app.engines.training import batches, footprint, wire
from app.engines.training.batches import TokenRow
from app.engines.training.divergence import Divergence
from app.engines.training.loop import Loop
from app.engines.training_messages import (
    FINISH,
    PAUSE,
    AtStrength,
    CostProfile,
    Example,
    ExportBegun,
    Measured,
    Sampled,
    Saved,
    Stepped,
    TrainingBegun,
    TrainingEvent,
    TrainingFailed,
    TrainingFinished,
    TrainingTask,
)

#: Held-out rows that are measured on the way; all of them before and after.
_ON_THE_WAY = 24
#: Prompts that the written adapter is compared on, and more of them until they have so many tokens:
#: of 36 tokens alone the rounding of a 1.5B model in 4 bits was 19 % off what was taken off for it.
_COMPARED, _COMPARED_TOKENS = 3, 300
#: Seconds between two checkpoints that nobody asked for.
_CHECKPOINT_SECONDS = 300.0
#: A sample may take this share of the time since the last one.
_SAMPLE_SHARE, _SAMPLE_TOKENS = 0.1, 96
#: Scales that are tried when the adapter makes the model forget.
_WEAKER = (0.75, 0.5)
_FORGETS = 0.05


def main(connection: "Connection[Any, Any]") -> None:
    """Read the task and a checkpoint, or nothing in its place; run."""
    processes.begin()
    footprint.be_modest()
    channel = _Channel(connection)
    task = wire.decode_task(connection.recv_bytes())
    checkpoint = connection.recv_bytes()
    try:
        if task.profiling:
            channel.send(_TrainingRun(task, channel).profile_cost())
        else:
            _train(task, channel, checkpoint)
    except LaretsError as error:
        channel.send(TrainingFailed(None, error.code, error.facts))
    except (MemoryError, torch.OutOfMemoryError):
        channel.send(TrainingFailed(Trouble.MEMORY))
    except RuntimeError as error:
        if "allocate" not in str(error):  # torch's processor allocator has no class of its own
            raise
        channel.send(TrainingFailed(Trouble.MEMORY))


def _train(task: TrainingTask, channel: "_Channel", checkpoint: bytes) -> None:
    runs: list[_TrainingRun] = []

    def pause() -> None:
        """Between two steps nothing changes, and what one computes can be computed again."""
        if not runs:
            channel.send(Saved(0, checkpoint, paused=True))
            os._exit(0)
        runs[0].pause()

    channel.listen(pause)
    run = _TrainingRun(task, channel)
    if checkpoint:
        run.restore(checkpoint)
    runs.append(run)
    run.train()


class _EndWanted(Exception):
    """What is being computed is given up; the best so far becomes the adapter."""


class _Channel:
    """To the program: events out from any thread, wishes in on one of its own. A step may take
    minutes; a pause does not wait for it."""

    def __init__(self, connection: "Connection[Any, Any]") -> None:
        self._connection = connection
        self._sending = threading.Lock()
        self.finishing = threading.Event()

    def send(self, event: TrainingEvent) -> None:
        with self._sending:
            for part in wire.encode(event):
                self._connection.send_bytes(part)

    def listen(self, pause: Callable[[], None]) -> None:
        """Take wishes from now on. The process ends with the program's."""

        def hear() -> None:
            while True:
                try:
                    wish = self._connection.recv_bytes()
                except (EOFError, OSError):
                    os._exit(0)
                if wish == PAUSE:
                    pause()
                elif wish == FINISH:
                    self.finishing.set()

        threading.Thread(target=hear, name="wishes", daemon=True).start()


@dataclass(frozen=True)
class _Rows:
    train: list[TokenRow]
    held_out: list[TokenRow]
    general: list[TokenRow]
    too_long: int

    def compared(self) -> Iterator[tuple[int, ...]]:
        """Tokens that the written adapter is compared on, of what was held out first."""
        count = 0
        for number, row in enumerate((*self.held_out, *self.train)):
            if number >= _COMPARED and count >= _COMPARED_TOKENS:
                return
            yield row.tokens
            count += len(row.tokens)

    @property
    def measured(self) -> list[TokenRow]:
        """What the end is measured on: where nothing is held out, what was learned from."""
        return self.held_out or self.train


class _TrainingRun:
    def __init__(self, task: TrainingTask, channel: _Channel) -> None:
        self._task, self._channel = task, channel
        began = time.perf_counter()
        self._device = best_device() if task.use_graphics else "cpu"
        if task.settings.weights == WeightForm.FOUR_BIT and self._device == "cpu":
            raise NoFourBit
        threads = cores()
        torch.set_num_threads(threads)
        self._placement = Placement(
            context=task.settings.longest + _SAMPLE_TOKENS, threads=threads, repack=False
        )
        self._rows = self._tokenised()
        model = self._opened(task.settings.weights)
        if task.settings.weights != WeightForm.DENSE:
            # Unpacked weights and activations of one layer at a time; dense weights are chosen
            # where there is memory, and then for their speed.
            model.module.activation_checkpointing_enable({"use_reentrant": False})
            footprint.trim_heap(model.head.in_features)
        self._weights = sum(parameter.nbytes for parameter in model.module.parameters())
        measured = self._rows.held_out[:_ON_THE_WAY]
        self._loop = Loop(model, task.settings, self._rows.train, measured, self._device)
        self._loading, self._idle = time.perf_counter() - began, footprint.now(self._device)
        self._saved = self._sampled = time.perf_counter()
        self._sample_seconds = 0.0
        self._exporting = False
        self._base_said: dict[Example, str] = {}

    def _opened(self, form: WeightForm) -> TorchModel:
        dtype = best_dtype() if self._device == "cpu" else torch.bfloat16
        return open_model(self._task.path, form, self._device, dtype)

    def _tokenised(self) -> _Rows:
        """By llama.cpp's own tokeniser and the chat format that answers are asked in."""
        task, longest = self._task, self._task.settings.longest
        model = Llama(task.path, replace(self._placement, context=256))
        try:
            train = batches.token_rows(task.train, model, longest)
            held_out = batches.token_rows(task.held_out, model, longest)
            general = [
                TokenRow(tuple(model.vocabulary.tokens(text, special=False)[:longest]), 1)
                for text in task.general
            ]
        finally:
            model.close()
        if not train:
            raise TooFewRows(rows=0, least=1)
        left_out = len(task.train) + len(task.held_out) - len(train) - len(held_out)
        return _Rows(train, held_out, general, left_out)

    # -- what it takes ----------------------------------------------------------------------------

    def profile_cost(self) -> CostProfile:
        """Two steps over the longest rows, and one reading of them."""
        loop, settings = self._loop, self._task.settings
        longest = sorted(self._rows.train, key=lambda row: -len(row.tokens))[: settings.batch]
        loop.use([longest, longest])
        began = time.perf_counter()
        read = sum(loop.step()[1] for _ in range(2))
        trained = time.perf_counter()
        loop.mean_loss(longest)
        ended = time.perf_counter()
        return CostProfile(
            steps=batches.steps(len(self._rows.train), settings),
            tokens=round(_total(self._rows.train) * settings.epochs),
            held_out_tokens=self._measured_tokens(),
            training=(trained - began) / max(read, 1),
            reading=(ended - trained) / max(_total(longest), 1),
            memory=footprint.most(self._device),
            idle=self._idle,
            loading=self._loading,
            too_long=self._rows.too_long,
        )

    def _measured_tokens(self) -> int:
        """Of all held-out measurements of a run, and of the general text."""
        rows = self._rows
        on_the_way = _total(rows.held_out[:_ON_THE_WAY]) * self._task.settings.evaluations
        return on_the_way + 2 * _total(rows.held_out) + 2 * _total(rows.general)

    # -- the run ----------------------------------------------------------------------------------

    def restore(self, checkpoint: bytes) -> None:
        self._loop.restore(checkpoint)

    def pause(self) -> None:
        """Save and end the process, unless the adapter is being written already. From any
        thread."""
        loop = self._loop
        with loop.steady:
            if not self._exporting:
                step, data = loop.progress.step, loop.checkpoint()
                self._channel.send(Saved(step, data, paused=True))
                os._exit(0)

    def train(self) -> None:
        loop = self._loop
        tokens = round(_total(self._rows.train) * self._task.settings.epochs)
        self._channel.send(
            TrainingBegun(loop.steps, tokens, self._device, self._rows.too_long, self._weights)
        )
        trouble = None
        try:
            trouble = self._steps()
        except _EndWanted:
            loop.forget_gradients()
            loop.measure()
        with loop.steady:
            self._exporting = True
        self._channel.send(ExportBegun())
        if trouble and not loop.progress.best_step:
            self._channel.send(TrainingFailed(trouble))
            return
        loop.take_best()
        if self._task.settings.weights != WeightForm.PACKED:
            # What was learned will speak on the file's own weights: that is what is measured.
            loop.move_to(lambda: self._opened(WeightForm.PACKED))
        self._channel.send(self._finished(trouble))

    def _steps(self) -> Trouble | None:
        loop, divergence = self._loop, None
        while True:
            if loop.measures_now:
                self._measure()
                self._sample()
            if loop.ended:
                return None
            divergence = divergence or Divergence(loop.progress.held_out[0][1])
            began = time.perf_counter()
            loss, read = loop.step(self._look)
            if not math.isfinite(loss):
                return Trouble.NOT_FINITE
            seconds, step = time.perf_counter() - began, loop.progress.step
            self._channel.send(Stepped(step, loss, read, seconds, footprint.most(self._device)))
            if divergence.seen(loss):
                return Trouble.RISING
            self._save_now_and_then()

    def _look(self) -> None:
        """Between two pieces of work."""
        if self._channel.finishing.is_set():
            raise _EndWanted

    def _measure(self) -> None:
        held_out = self._loop.measure(self._look)
        step = self._loop.progress.step
        if not math.isnan(held_out):
            self._channel.send(Measured(step, held_out, self._loop.overfitting))

    def _save_now_and_then(self) -> None:
        if time.perf_counter() - self._saved > _CHECKPOINT_SECONDS:
            self._channel.send(Saved(self._loop.progress.step, self._loop.checkpoint()))
            self._saved = time.perf_counter()

    # -- a sample ---------------------------------------------------------------------------------

    def _sample(self) -> None:
        """Answer a held-out question as the adapter is now, unless that takes too much time."""
        examples = self._task.held_out
        began = time.perf_counter()
        if not examples or self._sample_seconds > _SAMPLE_SHARE * (began - self._sampled):
            return
        step = self._loop.progress.step
        example = examples[len(self._loop.progress.held_out) % min(len(examples), 4)]
        model = Llama(self._task.path, self._placement)
        try:
            if example not in self._base_said:  # it never changes
                self._base_said[example] = self._said(model, example)
            base = self._base_said[example]
            model.adapt([self._adapter()])
            adapted = self._said(model, example) if step else base
        finally:
            model.close()
        self._channel.send(Sampled(Sample(step, example.question, base, adapted)))
        self._sampled = time.perf_counter()
        self._sample_seconds = self._sampled - began

    def _said(self, model: Llama, example: Example) -> str:
        sampling = Sampling(temperature=0, max_tokens=_SAMPLE_TOKENS)
        try:
            return model.stream(example.turns, sampling, NoControl()).text
        except PromptTooLong:
            return ""

    def _adapter(self) -> AdapterAtScale:
        settings = self._task.settings
        shape = lora.LoraShape(settings.rank, settings.alpha)
        data = gguf_adapter.written(self._loop.model, shape, self._task.base)
        return AdapterAtScale("", data, 1.0, self._task.base)

    # -- the end ----------------------------------------------------------------------------------

    def _finished(self, trouble: Trouble | None) -> TrainingFinished:
        loop, rows, adapter = self._loop, self._rows, self._adapter()
        served = ServedModel(self._task.path, cores())
        try:
            kl, floor = difference(loop.model, served, adapter, list(rows.compared()))
        finally:
            served.close()
        with lora.switched_off(loop.model):
            before, general = loop.mean_loss(rows.measured), loop.mean_loss(rows.general)
        return TrainingFinished(
            adapter=adapter.data,
            best=loop.progress.best_step,
            export_kl=max(kl - floor, 0.0),
            export_floor=floor,
            held_out_before=before,
            general_before=general,
            strengths=self._strengths(general),
            trouble=trouble,
        )

    def _strengths(self, general_before: float) -> tuple[AtStrength, ...]:
        """At full strength, and weaker where that makes the model forget."""
        found = [self._at(1.0)]
        for strength in _WEAKER:
            if not found[-1].general - general_before > _FORGETS:
                break
            found.append(self._at(strength))
        return tuple(found)

    def _at(self, strength: float) -> AtStrength:
        loop, rows = self._loop, self._rows
        with lora.at_strength(loop.model, strength):
            return AtStrength(strength, loop.mean_loss(rows.measured), loop.mean_loss(rows.general))


def _total(rows: Sequence[TokenRow]) -> int:
    return sum(len(row.tokens) for row in rows)
