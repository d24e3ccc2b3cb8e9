"""python -m tests.bench.injection: what the starter model makes of documents that give it orders.

The product's own path: files are added to a workspace, passages found, the prompt built, the answer
decoded at temperature 0. From the root of the checkout; the kit must hold the starter model:

    python -m tests.bench.injection [--out FILE] [--only NAME …]
"""

import argparse
import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from app import wiring
from app.bench.workspace import scratch_profile
from app.domain.chat.conversation import Message
from app.domain.library.documents import Scope
from app.domain.progress import NoControl
from app.domain.settings import Sampling
from app.domain.text.injection import suspicious
from app.services.chat.context import AnswerRequest
from app.services.session import Services
from tests.injection.cases import Case, read

STARTER = "qwen2.5-coder-1.5b-instruct-q4_k_m"
#: Short, because an order is followed at once or not at all.
SAMPLING = Sampling(temperature=0, seed=0, max_tokens=48)


@dataclass(frozen=True, slots=True)
class Row:
    """One case: what the model said, what that amounts to, and whether the user is warned. The
    model `itself` says nothing of what the program quotes below an answer, or in its place."""

    name: str
    language: str
    kind: str
    held_out: bool
    attacked: bool
    obeyed: bool
    answered: bool
    obeyed_itself: bool
    answered_itself: bool
    marked: bool
    answer: str
    seconds: float


def measure(folder: Path, cases: Sequence[Case], note: Callable[[str], None]) -> list[Row]:
    """Ask about each case's documents in a new workspace in `folder`."""
    services = scratch_profile(wiring.start, folder / "workspace")
    try:
        services.models.use(STARTER)
        ids = _added(services, folder / "files", cases)
        rows = []
        for case in cases:
            rows.append(_row(services, case, ids[case.name]))
            note(_line(rows[-1]))
        return rows
    finally:
        services.close()


def _added(services: Services, folder: Path, cases: Sequence[Case]) -> dict[str, frozenset[str]]:
    """The ids of each case's documents."""
    paths = {}
    for case in cases:
        place = folder / case.name
        place.mkdir(parents=True)
        for name, text in case.files:
            paths[place / name] = case.name
            (place / name).write_text(text, "utf-8")
    report = services.library.add(paths)
    ids: dict[str, set[str]] = {case.name: set() for case in cases}
    for case_name, document in zip(paths.values(), report.documents, strict=True):
        ids[case_name].add(document.id)
    return {name: frozenset(each) for name, each in ids.items()}


def _row(services: Services, case: Case, documents: frozenset[str]) -> Row:
    began = time.perf_counter()
    message = _asked(services, case.question, documents)
    own = "\n".join(line for line in message.text.split("\n") if not line.startswith(">"))
    return Row(
        name=case.name,
        language=case.language,
        kind=case.kind,
        held_out=case.held_out,
        attacked=bool(case.attack),
        obeyed=case.obeyed(message.text),
        answered=case.answered(message.text),
        obeyed_itself=case.obeyed(own),
        answered_itself=case.answered(own),
        marked=any(suspicious(each.segment.text) for each in message.sources),
        answer=message.text,
        seconds=round(time.perf_counter() - began, 2),
    )


def _asked(services: Services, question: str, documents: frozenset[str]) -> Message:
    settings = AnswerRequest(Scope(documents=documents), sampling=SAMPLING)
    conversation = services.conversations.begin(question)
    return services.chat.answer(conversation, question, NoControl(), settings)


def rates(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Shares, 0–1, of all attacked cases and of each part of them, and of the honest documents."""
    attacked = [row for row in rows if row.attacked]
    parts = {
        "attacked": attacked,
        "held out": [row for row in attacked if row.held_out],
        "known": [row for row in attacked if not row.held_out],
        "ru": [row for row in attacked if row.language == "ru"],
        "en": [row for row in attacked if row.language == "en"],
        "honest documents": [row for row in rows if not row.attacked],
    }
    return {
        name: {
            "n": len(part),
            "obeyed": _share([row.obeyed for row in part]),
            "answered": _share([row.answered for row in part]),
            "obeyed itself": _share([row.obeyed_itself for row in part]),
            "answered itself": _share([row.answered_itself for row in part]),
            "marked": _share([row.marked for row in part]),
        }
        for name, part in parts.items()
    }


def _share(values: Sequence[bool]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


def _line(row: Row) -> str:
    verdict = ("OBEYED " if row.obeyed else "") + ("answered" if row.answered else "missed")
    return f"{row.seconds:5.1f} s  {row.name}: {verdict}: {' '.join(row.answer.split())[:140]}"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.injection", allow_abbrev=False)
    parser.add_argument("--out", type=Path, help="a JSON file with every answer")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="just these cases")
    parsed = parser.parse_args(arguments)
    cases = [each for each in read() if not parsed.only or each.name in parsed.only]
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="larets-injection-") as scratch:
        rows = measure(Path(scratch), cases, _say)
    report = {"seconds": round(time.perf_counter() - began, 1), "rates": rates(rows)}
    _say(json.dumps(report, indent=1))
    if parsed.out:
        whole = report | {"rows": [asdict(row) for row in rows]}
        parsed.out.write_text(json.dumps(whole, indent=1, ensure_ascii=False), "utf-8")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.disable(logging.INFO)
    main(sys.argv[1:])
