"""larets bench retrieval: is the right passage found, and how early?"""

import json
import math
import statistics
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from app.bench.coverage import BUDGETS, CHARACTERS_A_TOKEN, covered, is_gold
from app.bench.questions import BenchQuestion, QuestionSet, read
from app.bench.workspace import Indexing, scratch
from app.domain.chat.conversation import Segment
from app.services.session import Begin, Services

_TOP = 10
#: Segments asked for: enough to fill the largest budget.
_DEEP = 20


@dataclass(frozen=True, slots=True)
class _Asked:
    """Ranks are 1-based, None when not among the first ten."""

    passage: int | None
    document: int | None
    page: int | None
    within: tuple[bool, ...]
    milliseconds: float


def measure(begin: Begin, arguments: Namespace, note: Callable[[str], None]) -> dict[str, object]:
    """Index the question file's documents in a scratch workspace and ask every question."""
    with (
        tempfile.TemporaryDirectory(prefix="larets-bench-") as articles,
        scratch(begin) as services,
    ):
        questions = read(arguments.file, Path(articles), arguments.limit)
        report = services.library.add(questions.files, Indexing(note))
        lines = arguments.segments.open("w", encoding="utf-8") if arguments.segments else None
        with lines or nullcontext():
            asked = [
                _ask(services, question, place, lines)
                for place, question in enumerate(questions.questions)
            ]
    return _summary(questions, asked, report.seconds)


def _ask(services: Services, question: BenchQuestion, place: int, lines: TextIO | None) -> _Asked:
    found = services.retrieval.find(question.question, _DEEP)
    segments = found.segments
    if lines:
        lines.write(_line(place, segments))
    return _Asked(
        passage=_first(
            segment.name == question.document and is_gold(text, question.context)
            for segment in segments
            for text in passages(segment)
        ),
        document=_first(segment.name == question.document for segment in segments),
        page=_first(
            segment.name == question.document and segment.best.page in question.pages
            for segment in segments
        ),
        within=tuple(
            covered(
                (segment.text for segment in segments),
                question.context,
                question.answer,
                budget * CHARACTERS_A_TOKEN,
            )
            for budget in BUDGETS
        ),
        milliseconds=found.milliseconds,
    )


def _first(relevant: Iterable[bool]) -> int | None:
    """The rank of the first that is, among the first ten."""
    top = islice(relevant, _TOP)
    return next((rank for rank, each in enumerate(top, start=1) if each), None)


def passages(segment: Segment) -> Iterator[str]:
    """Its passages one by one: the one that was hit, then the neighbours that joined it."""
    origin = segment.locator.start
    for part in sorted(segment.parts, key=lambda part: part != segment.best):
        yield segment.text[part.start - origin : part.end - origin]


def _line(place: int, segments: Sequence[Segment]) -> str:
    rows = [
        {
            "text": segment.text,
            "document": segment.name,
            "page": segment.best.page,
            "score": round(segment.score, 6),
            "passages": list(passages(segment)),
        }
        for segment in segments
    ]
    return json.dumps({"question": place, "segments": rows}, ensure_ascii=False) + "\n"


def _summary(
    questions: QuestionSet, asked: Sequence[_Asked], index_seconds: float
) -> dict[str, object]:
    times = [each.milliseconds for each in asked] or [0.0]
    values: dict[str, object] = {
        "n": len(asked),
        "passage": _scores([each.passage for each in asked]),
        "document": _scores([each.document for each in asked]),
        "found_at_tokens": {
            str(budget): _mean([float(each.within[place]) for each in asked])
            for place, budget in enumerate(BUDGETS)
        },
        "latency_ms": {
            "p50": round(statistics.median(times), 2),
            "p95": round(sorted(times)[min(len(times) - 1, int(len(times) * 0.95))], 2),
        },
        "index_seconds": round(index_seconds, 2),
    }
    if any(question.pages for question in questions.questions):
        values["page"] = _scores([each.page for each in asked])
    return values


def _scores(ranks: Sequence[int | None]) -> dict[str, float]:
    scores = {
        f"recall@{depth}": _mean([float(rank is not None and rank <= depth) for rank in ranks])
        for depth in (1, 5, 10)
    }
    scores["mrr@10"] = _mean([1 / rank if rank else 0.0 for rank in ranks])
    # One relevant item a question, so the ideal gain is 1.
    scores["ndcg@10"] = _mean([1 / math.log2(rank + 1) if rank else 0.0 for rank in ranks])
    return scores


def _mean(values: Sequence[float]) -> float:
    return round(statistics.fmean(values), 4) if values else 0.0
