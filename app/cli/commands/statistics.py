"""larets statistics"""

from collections.abc import Sequence

from app.cli.output import Output
from app.cli.session import Session
from app.domain.progress import NoControl
from app.domain.statistics import Gap, Middle, NamedServed, Outcome, Report, Served

#: Groups of questions that are shown, the largest; a file and JSON have all.
_SHOWN = 10


def run(session: Session, output: Output) -> None:
    arguments = session.arguments
    since = arguments.since.date() if arguments.since else None
    with session.opened() as services:
        statistics, name = services.statistics, arguments.assistant
        assistant = services.assistants.named(name).id if name else None
        report = statistics.report(since, assistant)
        gaps = statistics.gaps(NoControl(), since, assistant)
        if arguments.out:
            statistics.export(arguments.out, report, gaps, output.wording.language)
            if not statistics.tells_texts():
                output.note("Figures only: a policy of this workspace allows no exports of texts.")
    values, text = _values(report, gaps), _text(report, gaps)
    if arguments.out:
        values["file"], text = str(arguments.out), f"{text}\n→ {arguments.out}"
    output.result(values, text)


def _values(report: Report, gaps: Sequence[Gap]) -> dict[str, object]:
    return {
        **_served(report.served),
        "first_useful_ms": _middle(report.first),
        "total_ms": _middle(report.whole),
        "untimed": report.untimed,
        "days": [{"day": day.isoformat(), **_served(each)} for day, each in report.days],
        "assistants": [_named(each) for each in report.assistants],
        "collections": [_named(each) for each in report.collections],
        "documents": [
            {
                "id": each.document,
                "name": each.name,
                "collection": each.collection,
                "answers": each.answers,
            }
            for each in report.documents
        ],
        "unanswered": [[question.text for question in gap.questions] for gap in gaps],
    }


def _served(served: Served) -> dict[str, object]:
    outcomes = {each.value: getattr(served, each.value) for each in Outcome}
    return {
        "questions": served.questions,
        **outcomes,
        "thumbs_up": served.liked,
        "thumbs_down": served.disliked,
        "read_tokens": served.read_tokens,
        "written_tokens": served.written_tokens,
    }


def _middle(middle: Middle | None) -> dict[str, object] | None:
    if middle is None:
        return None
    return {"p50": middle.median, "p95": middle.most, "answers": middle.answers}


def _named(each: NamedServed) -> dict[str, object]:
    return {"id": each.id, "name": each.name, **_served(each.served)}


def _text(report: Report, gaps: Sequence[Gap]) -> str:
    served = report.served
    if not served.questions:
        return "No questions."
    outcomes = ", ".join(f"{getattr(served, each.value)} {each.value}" for each in Outcome)
    lines = [
        f"Questions: {served.questions} ({outcomes})",
        f"Thumbs: {served.liked} up, {served.disliked} down",
        f"Tokens: {served.read_tokens} read, {served.written_tokens} written",
        f"First useful word: {_seconds(report.first)}; whole answer: {_seconds(report.whole)}",
    ]
    lines += [f"{each.answers:5}  {each.name}" for each in report.documents]
    if gaps:
        lines.append("Without an answer:")
    lines += [f"{len(gap.questions):5}  {gap.questions[0].text}" for gap in gaps[:_SHOWN]]
    return "\n".join(lines)


def _seconds(middle: Middle | None) -> str:
    if middle is None:
        return "not measured"
    return f"{middle.median / 1000:.1f} s, of 95 in 100 up to {middle.most / 1000:.1f} s"
