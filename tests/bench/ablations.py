"""python -m tests.bench.ablations: what each step of our retrieval is worth.

Runs in Larets' own environment, on one question set as `tests.bench.run` takes it; every variant
asks the same questions of the same passages. From the root of the checkout:

    python -m tests.bench.ablations --data DATA --set xquad-ru --scratch SCRATCH --out results.json
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from app import wiring
from app.bench.questions import BenchQuestion, QuestionSet
from app.bench.retrieval import passages as parts
from app.bench.workspace import scratch_profile
from app.domain.library.documents import Passage
from app.domain.retrieval import passages
from app.domain.retrieval.ranking import Ranked, fuse
from app.domain.settings import Retrieval
from app.services.retrieval import service
from app.services.session import Services
from tests.bench import contest, measure, sets
from tests.bench.peers import larets
from tests.bench.table import table

_DEEP = 20
_RRF = 60
T = TypeVar("T")
Rows = dict[str, list[float]]

#: Settings that leave one step out, over the same index.
SETTINGS = {
    "meaning alone": replace(Retrieval(), dense_weight=1.0, dense_weight_exact=1.0),
    "words alone": replace(Retrieval(), dense_weight=0.0, dense_weight_exact=0.0),
    "no lean on exact words": replace(Retrieval(), dense_weight_exact=Retrieval().dense_weight),
    "no support of the document": replace(Retrieval(), document_boost=0.0),
    "no neighbours": replace(Retrieval(), neighbour_window=0),
    "all neighbours": replace(Retrieval(), neighbour_ratio=0.0),
}


def main(arguments: Sequence[str]) -> None:
    parsed = _parser().parse_args(arguments)
    file, asked = sets.KNOWN[parsed.set]
    folder = parsed.scratch.resolve() / "ablations" / parsed.set
    chance = random.Random(parsed.seed)
    asked_in = parsed.data / asked if asked else None
    sample = sets.lay_out(
        parsed.data / file, asked_in, folder, parsed.documents, parsed.limit, chance
    )
    documents = folder / "documents"
    rows = _over_one_index(sample, documents)
    with patch.object(passages, "split", _without_headers):
        rows["no header lines"] = _indexed(documents, lambda services: _asked(services, sample))
    rows["MiniLM"] = _indexed(
        documents, lambda services: _asked(services, sample), "all-minilm-l6-v2"
    )
    report = _report(parsed.set, sample, rows)
    parsed.out.write_text(json.dumps(report, indent=1), "utf-8")
    sys.stdout.write(table(report) + "\n")


def _over_one_index(sample: QuestionSet, documents: Path) -> dict[str, Rows]:
    def measured(services: Services) -> dict[str, Rows]:
        rows = {"larets": _asked(services, sample)}
        for name, settings in SETTINGS.items():
            services.retrieval._settings = settings
            rows[name] = _asked(services, sample)
        services.retrieval._settings = Retrieval()
        with patch.object(service, "fuse", _reciprocal):
            rows["reciprocal ranks"] = _asked(services, sample)
        return rows

    return _indexed(documents, measured)


def _indexed(documents: Path, act: Callable[[Services], T], model: str = "") -> T:
    """What `act` gives on a scratch workspace that holds these documents."""
    with tempfile.TemporaryDirectory(prefix="larets-ablation-") as scratch:
        services = scratch_profile(wiring.start, Path(scratch))
        try:
            if model:
                services.models.use(model)
            services.library.add([documents])
            return act(services)
        finally:
            services.close()


def _asked(services: Services, sample: QuestionSet) -> Rows:
    values = [_measured(services, each) for each in sample.questions]
    return {name: [each[name] for each in values] for name in values[0]}


def _measured(services: Services, question: BenchQuestion) -> dict[str, float]:
    found = services.retrieval.find(question.question, _DEEP).segments
    segments = [
        contest.Segment(each.text, each.name, each.best.page, each.score, tuple(parts(each)))
        for each in found
    ]
    sent = larets.sent(segments)
    return measure.of_question(question, segments) | measure.of_sent(question, sent)


def _without_headers(*arguments: object, **named: object) -> list[Passage]:
    made: Callable[..., list[Passage]] = _split
    return [replace(each, header="") for each in made(*arguments, **named)]


_split = passages.split


def _reciprocal(
    dense: Mapping[service._Key, float], keyword: Mapping[service._Key, float], weight: float
) -> list[Ranked[service._Key]]:
    """Reciprocal rank fusion (Cormack et al. 2009, k = 60) in place of the weighted sum."""
    fused = fuse(dense, keyword, weight)
    score: dict[service._Key, float] = dict.fromkeys(dense, 0.0)
    for leg in (dense, keyword):
        for rank, key in enumerate(sorted(leg, key=lambda each: -leg[each]), start=1):
            score[key] += (_RRF + 1) / (_RRF + rank) / 2
    again = [replace(each, own=score[each.passage], score=score[each.passage]) for each in fused]
    return sorted(again, key=lambda each: -each.score)


def _report(name: str, sample: QuestionSet, rows: Mapping[str, Rows]) -> dict[str, object]:
    return {
        "set": name,
        "questions": len(sample.questions),
        "documents": len(sample.files),
        "resamples": measure.RESAMPLES,
        "measured": measure.compared(rows),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.ablations", allow_abbrev=False)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the known sets")
    parser.add_argument("--set", required=True, choices=list(sets.KNOWN))
    parser.add_argument("--documents", type=int, help="a sample of so many documents")
    parser.add_argument("--limit", type=int, help="a sample of so many questions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
