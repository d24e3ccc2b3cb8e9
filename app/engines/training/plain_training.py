"""What anybody would write: transformers, peft, a loop. To measure the application's run against.

The model comes from the same GGUF, unpacked whole; batches as the application makes them, padded;
logits for every position; AdamW. No checkpointing, no saving.
"""

import os
import time
from multiprocessing.connection import Connection
from typing import Any

import torch

from app import processes
from app.domain.models.placement import Placement
from app.engines.gguf.families import PROJECTIONS
from app.engines.hardware import cores
from app.engines.llama.chat_model import Llama
from app.engines.training import batches, footprint, wire
from app.engines.training.batches import TokenRow
from app.engines.training.loop import share_of_rate
from app.engines.training_messages import (
    Measured,
    Stepped,
    TrainingBegun,
    TrainingEvent,
    TrainingFailed,
    TrainingTask,
)

_IGNORED = -100


def main(connection: "Connection[Any, Any]") -> None:
    """Train on the rows of the task and send the events of a run; the last is TrainingFailed, as no
    adapter comes of it."""
    processes.begin()
    footprint.be_modest()
    task = wire.decode_task(connection.recv_bytes())
    connection.recv_bytes()
    torch.set_num_threads(cores())
    _Plain(connection, task).run()
    _send(connection, TrainingFailed())


class _Plain:
    def __init__(self, connection: "Connection[Any, Any]", task: TrainingTask) -> None:
        self._connection, self._task = connection, task
        tokeniser = Llama(task.path, Placement(context=256, repack=False))
        longest = task.settings.longest
        self._train = batches.token_rows(task.train, tokeniser, longest)
        self._held_out = batches.token_rows(task.held_out, tokeniser, longest)
        tokeniser.close()
        self._model = _adapted(task)

    def run(self) -> None:
        settings, model = self._task.settings, self._model
        trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
        optimizer = torch.optim.AdamW(trained, lr=settings.learning_rate, weight_decay=0.0)
        weights = sum(
            parameter.nbytes for parameter in model.parameters() if not parameter.requires_grad
        )
        plan = list(batches.batches(self._train, settings))
        _send(self._connection, TrainingBegun(len(plan), 0, "cpu", weights=weights))
        for step, rows in enumerate(plan):
            began = time.perf_counter()
            for group in optimizer.param_groups:
                share = share_of_rate(step, len(plan), settings)
                group["lr"] = settings.learning_rate * share
            loss, read = self._loss(rows)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, settings.clip)
            optimizer.step()
            optimizer.zero_grad()
            seconds, peak = time.perf_counter() - began, footprint.most("cpu")
            told = Stepped(step + 1, float(loss.detach()), read, seconds, peak)
            _send(self._connection, told)
        _send(self._connection, Measured(len(plan), self._held_out_loss()))

    def _loss(self, rows: list[TokenRow]) -> tuple[Any, int]:
        """Mean over learned tokens, and tokens without the padding."""
        width = max(len(row.tokens) for row in rows)
        tokens = torch.zeros(len(rows), width, dtype=torch.int64)
        mask, labels = torch.zeros_like(tokens), torch.full_like(tokens, _IGNORED)
        for number, row in enumerate(rows):
            size = len(row.tokens)
            tokens[number, :size] = torch.tensor(row.tokens)
            mask[number, :size] = 1
            labels[number, row.learned : size] = tokens[number, row.learned : size]
        told = self._model(input_ids=tokens, attention_mask=mask, labels=labels, use_cache=False)
        return told.loss, int(mask.sum())

    @torch.no_grad()
    def _held_out_loss(self) -> float:
        self._model.eval()
        learned = [len(row.tokens) - row.learned for row in self._held_out]
        losses = [float(self._loss([row])[0]) for row in self._held_out]
        return sum(map(float.__mul__, losses, map(float, learned))) / max(sum(learned), 1)


def _adapted(task: TrainingTask) -> Any:
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, GgufConfig

    folder, name = os.path.split(task.path)
    model = AutoModelForCausalLM.from_pretrained(
        folder,
        gguf_file=name,
        dtype=torch.float32,
        quantization_config=GgufConfig(dequantize=True),
    )
    settings = task.settings
    configuration = LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,  # type: ignore[arg-type]  # peft divides it, whole or not
        lora_dropout=settings.dropout,
        target_modules=[each.rsplit(".", 1)[1] for each in PROJECTIONS],
        task_type="CAUSAL_LM",
    )
    torch.manual_seed(settings.seed)
    return get_peft_model(model, configuration).train()


def _send(connection: "Connection[Any, Any]", event: TrainingEvent) -> None:
    for part in wire.encode(event):
        connection.send_bytes(part)
