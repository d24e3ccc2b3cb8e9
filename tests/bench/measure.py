"""Measures of what was found, question by question, and what may be said of their differences.

The rules are those of `larets bench retrieval` (`app.bench.coverage`). Intervals: the paired
percentile bootstrap over questions (Efron and Tibshirani 1993, chapter 13; for retrieval measures
Sakai 2006): both contestants are resampled together, so what makes a question hard cancels out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.bench.coverage import BUDGETS, CHARACTERS_A_TOKEN, covered, is_gold
from app.bench.questions import BenchQuestion
from tests.bench.contest import Segment

RESAMPLES = 10_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of one minus mean of the other and the 95 % interval."""

    mean: float
    low: float
    high: float

    @property
    def certain(self) -> bool:
        return self.low > 0 or self.high < 0


def of_question(question: BenchQuestion, segments: Sequence[Segment]) -> dict[str, float]:
    """Each measure, 0 or 1; those of pages only where the question names pages."""
    texts = [each.text for each in segments]
    same = [each.document == question.document for each in segments]
    gold = [
        right and is_gold(text, question.context)
        for each, right in zip(segments, same, strict=True)
        for text in each.passages or (each.text,)
    ]
    values = {
        f"found@{budget}": covered(
            texts, question.context, question.answer, budget * CHARACTERS_A_TOKEN
        )
        for budget in BUDGETS
    }
    values |= {"passage@1": any(gold[:1]), "passage@5": any(gold[:5])}
    values |= {"document@1": any(same[:1]), "document@5": any(same[:5])}
    if question.pages:
        values["page@5"] = any(
            right and each.page in question.pages
            for each, right in zip(segments[:5], same, strict=False)
        )
    return {name: float(value) for name, value in values.items()}


def of_sent(question: BenchQuestion, segments: Sequence[Segment]) -> dict[str, float]:
    """Of all that a program sends to its model by default: whether it is there, and how long."""
    characters = sum(len(each.text) for each in segments)
    here = covered([s.text for s in segments], question.context, question.answer, characters)
    return {"sent": float(here), "sent_tokens": characters / CHARACTERS_A_TOKEN}


def difference(
    ours: Sequence[float], theirs: Sequence[float], seed: int = 1, resamples: int = RESAMPLES
) -> Difference:
    """Theirs minus ours, question by question."""
    deltas: npt.NDArray[np.float64] = np.asarray(theirs, np.float64) - np.asarray(ours, np.float64)
    chance = np.random.default_rng(seed)
    means = np.empty(resamples)
    for place in range(resamples):
        means[place] = deltas[chance.integers(0, len(deltas), len(deltas))].mean()
    low, high = np.quantile(means, (0.025, 0.975))
    return Difference(float(deltas.mean()), float(low), float(high))


def compared(rows: Mapping[str, Mapping[str, Sequence[float]]]) -> dict[str, dict[str, Any]]:
    """Each row's means, and of all rows but "larets" their differences from it."""
    ours = rows["larets"]
    return {
        name: {
            each: ({} if name == "larets" else asdict(difference(ours[each], values)))
            | {"mean": sum(values) / len(values)}  # its own, not the difference's
            for each, values in row.items()
        }
        for name, row in rows.items()
    }
