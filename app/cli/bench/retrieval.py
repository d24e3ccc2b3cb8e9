"""larets bench retrieval: is the right passage found, and how early?"""

import math
import re
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.cli.bench.questions import Question, QuestionSet, read
from app.cli.bench.workspace import scratch_profile
from app.cli.output import Output
from app.cli.session import Session
from app.domain.conversation import Segment
from app.domain.library import AddProgress, DocumentState
from app.domain.progress import NoControl
from app.services.session import Services

_TOP = 10
_BUDGETS = (250, 500, 1000, 2000)
#: Segments asked for: enough to fill the largest budget.
_DEEP = 20
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Asked:
    """Ranks are 1-based, None when not among the first ten."""

    passage: int | None
    document: int | None
    page: int | None
    within: tuple[bool, ...]
    milliseconds: float


class _Progress(NoControl):
    def __init__(self, output: Output) -> None:
        self._output = output

    def report(self, progress: object) -> None:
        if isinstance(progress, AddProgress) and progress.state == DocumentState.PARSING:
            self._output.note(f"indexing {progress.done + 1}/{progress.total} {progress.name}")


def measure(session: Session, output: Output) -> dict[str, object]:
    """Index the question file's documents in a scratch workspace and ask every question."""
    arguments = session.arguments
    with tempfile.TemporaryDirectory(prefix="larets-bench-") as scratch:
        folder = Path(scratch)
        articles = folder / "articles"
        articles.mkdir()
        questions = read(arguments.file, articles, arguments.limit)
        services = scratch_profile(session.begin, folder / "workspace")
        try:
            report = services.library.add(questions.files, _Progress(output))
            asked = [_ask(services, each) for each in questions.questions]
        finally:
            services.close()
    return _summary(questions, asked, report.seconds)


def _ask(services: Services, question: Question) -> _Asked:
    found = services.retrieval.find(question.question, _DEEP)
    segments = found.segments
    return _Asked(
        passage=_rank(segments, lambda each: _is_gold(each, question)),
        document=_rank(segments, lambda each: each.name == question.document),
        page=_rank(
            segments,
            lambda each: each.name == question.document and each.best.page in question.pages,
        ),
        within=tuple(_covered(segments, question, budget * 4) for budget in _BUDGETS),
        milliseconds=found.milliseconds,
    )


def _rank(segments: Sequence[Segment], relevant: Callable[[Segment], bool]) -> int | None:
    for rank, segment in enumerate(segments[:_TOP], start=1):
        if relevant(segment):
            return rank
    return None


def _is_gold(segment: Segment, question: Question) -> bool:
    """Whether the passage that was hit (without its neighbours) is the gold paragraph or most of
    it lies in there."""
    begin = segment.best.start - segment.locator.start
    text = segment.text[begin : begin + segment.best.end - segment.best.start]
    return segment.name == question.document and (
        _share(question.context, text) >= 0.6 or _share(text, question.context) >= 0.6
    )


def _covered(segments: Sequence[Segment], question: Question, characters: int) -> bool:
    """The contract's rule: one segment has 60 % of the gold paragraph's words, or 30 % and the
    answer, within the first `characters` of all segments."""
    for segment in segments:
        if characters <= 0:
            return False
        text = segment.text[:characters]
        characters -= len(segment.text)
        share = _share(question.context, text)
        if share >= 0.6 or (
            share >= 0.3 and question.answer and _plain(question.answer) in _plain(text)
        ):
            return True
    return False


def _share(wanted: str, text: str) -> float:
    """Share of the distinct words of `wanted` that stand in `text`."""
    words = set(_WORD.findall(_plain(wanted)))
    return len(words & set(_WORD.findall(_plain(text)))) / max(len(words), 1)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


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
            for place, budget in enumerate(_BUDGETS)
        },
        "latency_ms": {
            "p50": round(statistics.median(times), 2),
            "p95": round(sorted(times)[min(len(times) - 1, int(len(times) * 0.95))], 2),
        },
        "index_seconds": round(index_seconds, 2),
    }
    if any(each.pages for each in questions.questions):
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
