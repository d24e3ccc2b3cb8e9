"""larets assistants test | questions

With --json a test prints "n" questions, "passed", what the answers stood on, and "rows"; with
--compare also "better", "worse", "same", "new" and what "changed" since the last run, null where
there is none; beside another "wins", "losses", "ties" and "wins_95", the 95 % interval of the share
of wins among the questions that differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict

from app.cli.output import Output
from app.cli.session import Session
from app.domain.chat.assistants import Assistant
from app.domain.exams.marking import MarkedAnswer
from app.domain.exams.questions import ExamQuestion, Part
from app.domain.exams.runs import (
    ComparedAnswer,
    Comparison,
    Conditions,
    ExamRun,
    Outcome,
    compared,
    earlier,
)
from app.domain.progress import NoControl, Progress
from app.services.exams import files
from app.services.session import Services

Values = dict[str, object]


def questions(session: Session, output: Output) -> None:
    arguments = session.arguments
    with session.opened() as services:
        assistant = services.assistants.named(arguments.name)
        told = _QUESTION_ACTS[arguments.of_questions](session, services, assistant)
        rows = [_asked(each) for each in services.exams.questions(assistant.id)]
    lines = [f"{place}. {_spoken(row)}" for place, row in enumerate(rows, start=1)]
    output.result(
        {"assistant": assistant.name, **told, "questions": rows},
        "\n".join(lines) or "No test questions.",
    )


def _added(session: Session, services: Services, assistant: Assistant) -> Values:
    asked = session.arguments
    question = ExamQuestion(
        asked.question, asked.answer, asked.document, tuple(asked.page), asked.abstain
    )
    services.exams.keep(assistant.id, question)
    return {}


def _removed(session: Session, services: Services, assistant: Assistant) -> Values:
    services.exams.remove(assistant, session.arguments.number)
    return {}


def _imported(session: Session, services: Services, assistant: Assistant) -> Values:
    return {"added": services.exams.take_in(assistant.id, session.arguments.file)}


_QUESTION_ACTS: Mapping[str, Callable[[Session, Services, Assistant], Values]] = {
    "list": lambda *_: {},
    "add": _added,
    "remove": _removed,
    "import": _imported,
}


class _Asking(NoControl):
    """Names each question on standard error when its turn comes."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def report(self, progress: object) -> None:
        if isinstance(progress, Progress) and progress.name:
            self._output.note(f"[{progress.done + 1}/{progress.total}] {progress.name}")


def test(session: Session, output: Output) -> None:
    arguments, control = session.arguments, _Asking(output)
    with session.opened(embeds=True) as services:
        exams, assistant = services.exams, services.assistants.named(arguments.name)
        asked = (
            files.read(arguments.questions)
            if arguments.questions
            else exams.questions(assistant.id)
        )
        other = _other(session, services, assistant)
        run, before = exams.run(assistant, asked, control), exams.runs(assistant.id)
        exams.keep_run(run)
        if other is not None:
            beside = exams.run(other, asked, control)
            output.result(*_against(run, beside))
            return
    last = earlier(before, run) if arguments.compare else None
    output.result(*_alone(run, compared(run, last), asks=arguments.compare, since=last))


def _other(session: Session, services: Services, assistant: Assistant) -> Assistant | None:
    """Who answers beside it, if anybody. `AssistantMissing`, `VersionMissing`."""
    if session.arguments.against:
        return services.assistants.named(session.arguments.against)
    if session.arguments.against_version:
        return services.assistants.version(assistant, session.arguments.against_version).assistant
    return None


def _alone(
    run: ExamRun, comparison: Comparison, *, asks: bool, since: ExamRun | None
) -> tuple[Values, str]:
    values = _values(run)
    lines = [_line(row, beside=since is not None) for row in comparison.rows]
    lines.append(f"{run.passed} of {len(run.answers)} passed.")
    if asks:
        values |= {each.value: comparison.count(each) if since else None for each in Outcome}
        values["changed"] = [each.value for each in comparison.changed] if since else None
        lines.append(_since(comparison) if since else "There is no earlier run to compare with.")
    values["rows"] = [_row(row) for row in comparison.rows]
    return values, "\n".join(lines)


def _since(comparison: Comparison) -> str:
    better, worse = comparison.count(Outcome.BETTER), comparison.count(Outcome.WORSE)
    changed = ", ".join(comparison.changed) or "nothing"
    return f"Since the last run: {better} better, {worse} worse. Changed: {changed}."


def _against(run: ExamRun, other: ExamRun) -> tuple[Values, str]:
    comparison = compared(run, other)
    wins, losses, ties = (
        comparison.count(each) for each in (Outcome.BETTER, Outcome.WORSE, Outcome.SAME)
    )
    low, high = comparison.interval
    values = _values(run) | {
        "against": {**_values(other)},
        "wins": wins,
        "losses": losses,
        "ties": ties,
        "wins_95": [low, high],
        "changed": [each.value for each in comparison.changed],
        "rows": [
            _row(row) | {"other": _marked(row.other) if row.other else None}
            for row in comparison.rows
        ],
    }
    lines = [_line(row, beside=True) for row in comparison.rows]
    lines += [
        f"{run.passed} of {len(run.answers)} passed, {other.passed} by the other.",
        f"Wins: {wins}, losses: {losses}, ties: {ties}.",
    ]
    if wins + losses:
        lines.append(f"Of those that differ {low:.0%} to {high:.0%} are won (95 % interval).")
    return values, "\n".join(lines)


def _values(run: ExamRun) -> Values:
    return {
        "assistant": run.conditions.assistant.name,
        "n": len(run.answers),
        "passed": run.passed,
        **_stood_on(run.conditions),
    }


def _stood_on(conditions: Conditions) -> Values:
    return {
        "program": conditions.program,
        "model": conditions.model,
        "model_sha256": conditions.sha256,
        "embedding": conditions.embedding,
        "adapters": [{"name": name, "strength": scale} for name, scale in conditions.adapters],
        "documents": conditions.documents,
        "passages": conditions.passages,
    }


def _row(row: ComparedAnswer) -> Values:
    return _asked(row.answer.question) | _marked(row.answer) | {"outcome": row.outcome.value}


def _marked(answer: MarkedAnswer) -> Values:
    return {
        "passed": answer.passed,
        "failed": [part.value for part in answer.failed],
        "missing": list(answer.missing),
        "text": answer.answer,
        "abstained": answer.abstained,
        "cited": [asdict(place) for place in answer.cited],
        "milliseconds": round(answer.milliseconds, 1),
    }


def _asked(question: ExamQuestion) -> Values:
    return {
        "question": question.question,
        "answer": question.answer,
        "document": question.document,
        "pages": list(question.pages),
        "abstain": question.abstain,
    }


def _spoken(row: Values) -> str:
    wanted = "no answer" if row["abstain"] else row["answer"] or "any words"
    source = f", from {row['document']}" if row["document"] else ""
    return f"{row['question']}  → {wanted}{source}"


def _line(row: ComparedAnswer, *, beside: bool) -> str:
    answer = row.answer
    outcome = f" ({row.outcome.value})" if beside else ""
    head = f"{'passed' if answer.passed else 'FAILED'}{outcome}  {answer.question.question}"
    if answer.passed:
        return head
    lacks = {
        Part.WORDS: f"without {', '.join(answer.missing)}",
        Part.SOURCE: f"{answer.question.document} not cited",
        Part.ABSTAINED: "it was answered",
    }
    return f"{head}\n        {'; '.join(lacks[part] for part in answer.failed)}"
