"""One run over one model: steps, held-out loss, the best weights, a checkpoint to go on from."""

import json
import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import torch
from safetensors.torch import load, save

from app.domain.training.training import TrainingSettings
from app.engines.gguf.gguf_model import TorchModel
from app.engines.lora import lora
from app.engines.training import batches
from app.engines.training.batches import MicroBatch, TokenRow
from app.engines.training.learned_loss import summed_loss

#: Of Adam's second moment, as TRL, axolotl and Unsloth have it.
_BETAS = 0.9, 0.999
#: The held-out loss has been rising for so many measurements: what follows only overfits.
_PATIENCE = 3
#: The header of a checkpoint among its tensors' metadata.
_STATE = "state"


@dataclass
class LoopProgress:
    """What a checkpoint remembers beside the weights. Losses in nats a learned token."""

    step: int = 0
    best: float = math.inf
    best_step: int = 0
    worse: int = 0
    held_out: list[tuple[int, float]] = field(default_factory=list)


class Loop:
    """Deterministic: step n draws its dropout from the seed and n alone, so that a run that was
    interrupted goes on along the very same curve."""

    def __init__(
        self,
        model: TorchModel,
        settings: TrainingSettings,
        train: Sequence[TokenRow],
        held_out: Sequence[TokenRow],
        device: str,
    ) -> None:
        self.model, self.settings, self._device = model, settings, device
        self.held_out = held_out
        self.steps = batches.steps(len(train), settings)
        self._batches = list(batches.batches(train, settings))
        self._shape = lora.LoraShape(settings.rank, settings.alpha, settings.dropout)
        self._parameters = lora.attach(model, self._shape, settings.seed)
        self._optimizer = torch.optim.AdamW(
            self._parameters, lr=settings.learning_rate, betas=_BETAS, weight_decay=0.0, fused=True
        )
        #: Held while what a checkpoint remembers changes.
        self.steady = threading.Lock()
        self.progress = LoopProgress()
        self._best: dict[str, torch.Tensor] = {}

    def step(self, between: Callable[[], None] = lambda: None) -> tuple[float, int]:
        """Learn from the next batch: its loss a learned token before the step, and tokens read.
        `between` pieces is called."""
        number, settings = self.progress.step, self.settings
        rows = self._batches[number]
        learned = sum(len(row.tokens) - row.learned for row in rows)
        torch.manual_seed(settings.seed * 1_000_003 + number)
        self.model.module.train()
        total, read = 0.0, 0
        for piece in batches.pieces(rows, settings.piece, self._device):
            loss = self.loss(piece) / learned
            loss.backward()  # type: ignore[no-untyped-call]
            total, read = total + float(loss.detach()), read + piece.read
            between()
        torch.nn.utils.clip_grad_norm_(self._parameters, settings.clip)
        for group in self._optimizer.param_groups:
            group["lr"] = settings.learning_rate * share_of_rate(number, self.steps, settings)
        with self.steady:
            self._optimizer.step()
            self.progress.step += 1
        self._optimizer.zero_grad()
        return total, read

    def forget_gradients(self) -> None:
        """Drop the gradients of a step that was given up."""
        self._optimizer.zero_grad()

    def loss(self, piece: MicroBatch) -> torch.Tensor:
        """Summed over the piece's learned tokens."""
        hidden = self.model.body(
            input_ids=piece.tokens, attention_mask=piece.mask, use_cache=False
        ).last_hidden_state
        return summed_loss(hidden[piece.rows, piece.places], piece.targets, self.model.head)

    @torch.no_grad()
    def mean_loss(
        self, rows: Sequence[TokenRow], between: Callable[[], None] = lambda: None
    ) -> float:
        """A learned token, nothing dropped out. NaN without rows."""
        self.model.module.eval()
        total, learned = 0.0, 0
        for piece in batches.pieces(rows, self.settings.piece, self._device):
            total += float(self.loss(piece))
            learned += len(piece.targets)
            between()
        return total / learned if learned else math.nan

    def use(self, plan: Sequence[Sequence[TokenRow]]) -> None:
        """Take these batches instead of one's own."""
        self._batches = [list(sequence) for sequence in plan]

    @property
    def measures_now(self) -> bool:
        """Whether the held-out loss is due, and not measured yet: before the first step, now and
        then, and after the last."""
        every = max(self.steps // max(self.settings.evaluations, 1), 1)
        step, done = self.progress.step, self.progress.held_out
        due = step == self.steps or step % every == 0
        return due and (not done or done[-1][0] != step)

    @property
    def ended(self) -> bool:
        return self.progress.step >= self.steps or self.overfitting

    @property
    def overfitting(self) -> bool:
        return self.progress.worse >= _PATIENCE

    def measure(self, between: Callable[[], None] = lambda: None) -> float:
        """The held-out loss now; the weights are remembered when it is the best so far. Without
        held-out rows the last weights are the best."""
        now = self.mean_loss(self.held_out, between)
        with self.steady:
            self._take_note(now)
        return now

    def _take_note(self, now: float) -> None:
        progress = self.progress
        if not now >= progress.best:
            progress.best, progress.best_step, progress.worse = now, progress.step, 0
            self._best = {
                name: tensor.detach().clone() for name, tensor in lora.weights(self.model).items()
            }
        else:
            progress.worse += 1
        progress.held_out.append((progress.step, now))

    def take_best(self) -> None:
        """Put the best weights back on the model."""
        with torch.no_grad():
            for name, tensor in lora.weights(self.model).items():
                if name in self._best:
                    tensor.copy_(self._best[name])

    def move_to(self, opened: Callable[[], TorchModel]) -> None:
        """Put the adapter on another form of the same base. It learns no more: the optimiser keeps
        to the old one."""
        adapter = {name: tensor.detach().cpu() for name, tensor in lora.weights(self.model).items()}
        self.model.module.to("meta")  # both at once may be more than a card holds
        self.model = opened()
        lora.attach(self.model, self._shape, self.settings.seed)
        with torch.no_grad():
            for name, each in lora.weights(self.model).items():
                each.copy_(adapter[name])

    # -- going on ---------------------------------------------------------------------------------

    def checkpoint(self) -> bytes:
        tensors = {f"now/{name}": tensor for name, tensor in lora.weights(self.model).items()}
        tensors |= {f"best/{name}": tensor for name, tensor in self._best.items()}
        for place, parameter in enumerate(self._parameters):
            for name, value in self._optimizer.state[parameter].items():
                tensors[f"adam/{place}/{name}"] = torch.as_tensor(value)
        plain = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
        data: bytes = save(plain, {_STATE: json.dumps(asdict(self.progress))})
        return data

    def restore(self, data: bytes) -> None:
        """Go on from `checkpoint`; with other settings or rows that has no meaning."""
        tensors = load(data)
        self.progress = LoopProgress(**json.loads(_metadata(data)[_STATE]))
        self.progress.held_out = [(step, loss) for step, loss in self.progress.held_out]
        with torch.no_grad():
            for name, tensor in lora.weights(self.model).items():
                tensor.copy_(tensors[f"now/{name}"])
        self._best = {
            name.removeprefix("best/"): each.to(self._device)
            for name, each in tensors.items()
            if name.startswith("best/")
        }
        for place, parameter in enumerate(self._parameters):
            state: dict[str, Any] = {}
            for name in ("step", "exp_avg", "exp_avg_sq"):
                if f"adam/{place}/{name}" in tensors:
                    state[name] = tensors[f"adam/{place}/{name}"].to(self._device)
            self._optimizer.state[parameter] = state


def share_of_rate(step: int, steps: int, settings: TrainingSettings) -> float:
    """Linear warm-up, then a cosine down to `last`."""
    warm = max(round(steps * settings.warmup), 1)
    if step < warm:
        return (step + 1) / warm
    way = (step - warm) / max(steps - warm, 1)
    return settings.last + (1 - settings.last) * (1 + math.cos(math.pi * way)) / 2


def _metadata(data: bytes) -> dict[str, str]:
    """safetensors reads a header's free part from files only: u64 length, then JSON."""
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    found: dict[str, str] = header["__metadata__"]
    return found
