"""Examples as tokens, and in which order and company they are trained on."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from app.domain.training.training import TrainingSettings
from app.engines.llama.chat_model import Llama
from app.engines.training_messages import Example

#: Batches whose rows are sorted by length together: little padding, and still another order
#: every time.
_WINDOW = 8


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A whole example; from `learned` on the tokens are the answer's, its end mark included."""

    tokens: tuple[int, ...]
    learned: int


@dataclass(frozen=True, slots=True)
class MicroBatch:
    """Rows that are in memory together: i64 (rows, tokens) padded at the right, and for every
    learned token its row, the place before it, and the token itself."""

    tokens: torch.Tensor
    mask: torch.Tensor
    rows: torch.Tensor
    places: torch.Tensor
    targets: torch.Tensor

    @property
    def read(self) -> int:
        """Tokens without the padding."""
        return int(self.mask.sum())


def token_rows(examples: Sequence[Example], model: Llama, longest: int) -> list[TokenRow]:
    """Examples as the very tokens that answers are read and written with; those over `longest`
    are left out."""
    rows = []
    for example in examples:
        prompt = model.tokens(example.turns)
        answer = model.answer_tokens(example.answer)
        if len(prompt) + len(answer) <= longest:
            rows.append(TokenRow(tuple(prompt + answer), len(prompt)))
    return rows


def steps(rows: int, settings: TrainingSettings) -> int:
    return max(math.ceil(math.ceil(rows / settings.batch) * settings.epochs), 1)


def batches(rows: Sequence[TokenRow], settings: TrainingSettings) -> Iterator[list[TokenRow]]:
    """`steps` of them, the same for the same seed: every pass in another order, rows of like
    length together."""
    given = 0
    for number in range(math.ceil(settings.epochs)):
        for batch in _pass(rows, settings, number):
            if given == steps(len(rows), settings):
                return
            given += 1
            yield batch


def _pass(
    rows: Sequence[TokenRow], settings: TrainingSettings, number: int
) -> list[list[TokenRow]]:
    dice = random.Random(f"{settings.seed}/{number}")
    order = list(rows)
    dice.shuffle(order)
    window, size = settings.batch * _WINDOW, settings.batch
    found = []
    for first in range(0, len(order), window):
        near = sorted(order[first : first + window], key=lambda row: len(row.tokens))
        found += [near[place : place + size] for place in range(0, len(near), size)]
    dice.shuffle(found)
    return found


def pieces(rows: Sequence[TokenRow], most: int, device: str) -> Iterator[MicroBatch]:
    """Rows in runs of at most `most` tokens, padding included."""
    run: list[TokenRow] = []
    for row in sorted(rows, key=lambda token_row: len(token_row.tokens)):
        if run and (len(run) + 1) * len(row.tokens) > most:
            yield _piece(run, device)
            run = []
        run.append(row)
    if run:
        yield _piece(run, device)


def _piece(rows: Sequence[TokenRow], device: str) -> MicroBatch:
    width = max(len(row.tokens) for row in rows)
    tokens = torch.zeros(len(rows), width, dtype=torch.int64)
    mask = torch.zeros(len(rows), width, dtype=torch.int64)
    learned = [
        (number, place)
        for number, row in enumerate(rows)
        for place in range(row.learned, len(row.tokens))
    ]
    for number, row in enumerate(rows):
        tokens[number, : len(row.tokens)] = torch.tensor(row.tokens)
        mask[number, : len(row.tokens)] = 1
    where = torch.tensor(learned, dtype=torch.int64)
    targets = tokens[where[:, 0], where[:, 1]]
    parts = tokens, mask, where[:, 0], where[:, 1] - 1, targets
    return MicroBatch(*(part.to(device) for part in parts))
