"""larets bench answers: are questions answered rightly, from the right passage, and how soon?

Everything is asked as the window asks it, each question in a conversation of its own. With `--away`
the article that answers is taken out of the library while its questions are asked: then every
answer but an abstention is wrong.
"""

import json
import statistics
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import TextIO

from app.bench.answer_scores import AnswerScore, invented, score
from app.bench.coverage import covered, is_gold
from app.bench.peers import Peer, peers
from app.bench.questions import BenchQuestion, QuestionSet, read
from app.bench.workspace import Indexing, scratch
from app.domain.chat import citations
from app.domain.chat.conversation import (
    AnswerPiece,
    AnswerState,
    QuotationFound,
    Source,
)
from app.domain.exams.expected_words import contains
from app.domain.intervals import wilson
from app.domain.progress import NoControl
from app.services.session import Begin, Services


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One question, its answer, and what can be said of it; `quote` was shown at once."""

    question: str
    gold: str
    answer: str
    quote: str
    kind: str
    state: str
    score: AnswerScore
    worded_contains: bool
    quote_contains: bool
    abstained: bool
    confirmed: bool
    gold_found: bool
    gold_cited: bool
    citations: int
    citations_hold: int
    sentences: int
    sentences_held: int
    invented: tuple[str, ...]
    prompt_tokens: int
    generated_tokens: int
    first_useful_ms: float
    first_token_ms: float
    total_ms: float


class _Watching(NoControl):
    """Notes when something that can be read stands on the screen, and when the model speaks."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self.useful_ms = self.token_ms = 0.0

    def report(self, progress: object) -> None:
        passed = (time.perf_counter() - self._began) * 1000
        if isinstance(progress, QuotationFound | AnswerPiece) and not self.useful_ms:
            self.useful_ms = passed
        if isinstance(progress, AnswerPiece) and not self.token_ms:
            self.token_ms = passed


def measure(begin: Begin, arguments: Namespace, note: Callable[[str], None]) -> dict[str, object]:
    """Index the question file's documents in a scratch workspace and have every question answered,
    by Larets and, with `--peers`, by others from the same models."""
    with (
        tempfile.TemporaryDirectory(prefix="larets-bench-") as articles,
        scratch(begin) as services,
        arguments.rows.open("w", encoding="utf-8") if arguments.rows else nullcontext() as lines,
    ):
        questions = read(arguments.file, Path(articles), arguments.limit)
        services.library.add(questions.files, Indexing(note))
        services.chat.prepare("ru", NoControl())
        answered = []
        for question in _in_turn(services, questions, away=arguments.away):
            answered.append(_ask(services, question))
            note(f"{len(answered)}/{len(questions.questions)} {answered[-1].state}")
            _write(lines, "larets", answered[-1])
        values = _summary(answered)
        if arguments.peers:
            values["peers"] = {
                peer.name: _beside(services, peer, questions, arguments, lines, note)
                for peer in peers(services, questions.files)
            }
    return values


def _in_turn(services: Services, questions: QuestionSet, *, away: bool) -> Iterator[BenchQuestion]:
    """The questions; with `away` each while the document that answers it is out of the library."""
    if not away:
        yield from questions.questions
        return
    paths = {path.name: path for path in questions.files}
    ordered = sorted(questions.questions, key=lambda each: each.document)
    for name, group in groupby(ordered, key=lambda each: each.document):
        services.library.remove(
            [each.id for each in services.library.documents() if each.name == name]
        )
        yield from group
        if name in paths:
            services.library.add([paths[name]], NoControl())


def _ask(services: Services, question: BenchQuestion) -> AnsweredQuestion:
    conversation = services.conversations.begin(question.question)
    watching = _Watching()
    message = services.chat.answer(conversation, question.question, watching)
    quote = message.quotation.text if message.quotation else ""
    shown = citations.marked(message.text, message.citations)
    told = score(shown, question.answer)
    gold = [source.number for source in message.sources if _is_gold(source, question)]
    marks = [each for each in message.citations if each.supported]
    held = [each for each in marks if each.number in gold]
    abstained = message.state == AnswerState.ABSTAINED
    timings = message.timings
    texts = [f"{each.segment.header} {each.segment.text}" for each in message.sources]
    places = citations.sentence_ends(message.text)
    return AnsweredQuestion(
        question=question.question,
        gold=question.answer,
        answer=shown,
        quote=quote,
        kind=message.kind.value,
        state=message.state.value,
        score=AnswerScore(False, 0.0, False) if abstained else told,
        worded_contains=not abstained and contains(_worded(shown), question.answer),
        quote_contains=contains(quote, question.answer),
        abstained=abstained,
        confirmed=message.confirmed,
        gold_found=bool(gold),
        gold_cited=bool(held),
        citations=len(marks),
        citations_hold=len(held),
        sentences=len(places),
        sentences_held=len({_sentence(each.at, places) for each in held}),
        invented=() if abstained else invented(message.text, texts, question.question),
        prompt_tokens=timings.prompt_tokens if timings else 0,
        generated_tokens=timings.generated_tokens if timings else 0,
        first_useful_ms=watching.useful_ms,
        first_token_ms=watching.token_ms,
        total_ms=timings.total_ms if timings else 0.0,
    )


def _worded(answer: str) -> str:
    """What the model said, without what is quoted below it."""
    return "\n".join(line for line in answer.split("\n") if not line.startswith(">"))


def _sentence(at: int, ends: Sequence[int]) -> int:
    return next((place for place, end in enumerate(ends) if at <= end), len(ends) - 1)


def _is_gold(source: Source, question: BenchQuestion) -> bool:
    """Whether it is the passage that answers: the gold paragraph, or a good part with the answer,
    of the right document."""
    segment = source.segment
    if question.document and segment.name != question.document:
        return False
    return is_gold(segment.text, question.context) or covered(
        [segment.text], question.context, question.answer, len(segment.text)
    )


def _beside(
    services: Services,
    peer: Peer,
    questions: QuestionSet,
    arguments: Namespace,
    lines: TextIO | None,
    note: Callable[[str], None],
) -> dict[str, object]:
    """The same questions to another program's way; with `--away` it is not asked what it knows."""
    rows = []
    for question in questions.questions:
        found = peer.ask(question.question, question.document if arguments.away else "")
        told = score(found.answer, question.answer)
        gold = any(
            is_gold(text, question.context)
            or covered([text], question.context, question.answer, len(text))
            for text in found.texts
        )
        rows.append((found, told, gold))
        note(f"{peer.name} {len(rows)}/{len(questions.questions)}")
        if lines:
            line = {"by": peer.name, "question": question.question, "gold": question.answer}
            lines.write(_json(line | {"answer": found.answer, "score": asdict(told)}))
    return {
        "n": len(rows),
        "exact_match": _mean([told.exact for _, told, _ in rows]),
        "f1": _mean([told.f1 for _, told, _ in rows]),
        "contains": _mean([told.contains for _, told, _ in rows]),
        "gold_found": _mean([gold for *_, gold in rows]),
        "first_token_ms": _spread([found.first_token_ms for found, *_ in rows]),
        "total_ms": _spread([found.total_ms for found, *_ in rows]),
        "prompt_tokens": _mean([found.prompt_tokens for found, *_ in rows]),
    }


def _summary(rows: Sequence[AnsweredQuestion]) -> dict[str, object]:
    answered = [row for row in rows if not row.abstained]
    marks, held = sum(row.citations for row in rows), sum(row.citations_hold for row in rows)
    sentences = sum(row.sentences for row in answered)
    return {
        "n": len(rows),
        "exact_match": _mean([row.score.exact for row in rows]),
        "f1": _mean([row.score.f1 for row in rows]),
        "contains": _mean([row.score.contains for row in rows]),
        "contains_95": wilson(sum(row.score.contains for row in rows), len(rows)),
        "worded_contains": _mean([row.worded_contains for row in rows]),
        "quote_contains": _mean([row.quote_contains for row in rows]),
        "abstained": _mean([row.abstained for row in rows]),
        "gold_found": _mean([row.gold_found for row in rows]),
        "gold_cited": _mean([row.gold_cited for row in rows]),
        "citation_precision": round(held / marks, 4) if marks else 0.0,
        "citation_recall": round(sum(row.sentences_held for row in answered) / sentences, 4)
        if sentences
        else 0.0,
        "confirmed": _mean([row.confirmed for row in rows]),
        "confirmed_wrong": _mean([row.confirmed and not row.score.contains for row in rows]),
        "invented": _mean([bool(row.invented) for row in rows]),
        "first_useful_ms": _spread([row.first_useful_ms for row in rows if row.first_useful_ms]),
        "first_token_ms": _spread([row.first_token_ms for row in rows if row.first_token_ms]),
        "total_ms": _spread([row.total_ms for row in rows]),
        "prompt_tokens": _mean([row.prompt_tokens for row in answered]),
        "generated_tokens": _mean([row.generated_tokens for row in answered]),
    }


def _write(lines: TextIO | None, by: str, row: AnsweredQuestion) -> None:
    if lines:
        lines.write(_json({"by": by} | asdict(row)))
        lines.flush()


def _json(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _mean(values: Sequence[float]) -> float:
    return round(statistics.fmean(values), 4) if values else 0.0


def _spread(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values) or [0.0]
    return {
        "p50": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
    }
