"""larets summaries list | write | export"""

from app.cli.commands.documents import moment
from app.cli.output import Output
from app.cli.session import Session
from app.domain.memory.summaries import Summary, SummaryState
from app.domain.progress import NoControl
from app.services.session import Services


def run(session: Session, output: Output) -> None:
    act = {"list": _list, "write": _write, "export": _export}[session.arguments.act]
    with session.opened() as services:
        values, text = act(session, output, services)
    output.result(values, text)


def _list(_: Session, __: Output, services: Services) -> tuple[dict[str, object], str]:
    return _told(services, services.summaries.all())


def _write(session: Session, output: Output, services: Services) -> tuple[dict[str, object], str]:
    """Those that wait, one after the other; or one conversation's, also where it failed before."""
    wanted = session.arguments.conversation
    written = []
    for conversation in [wanted] if wanted else services.summaries.waiting():
        if summary := services.summaries.write(conversation, NoControl()):
            output.note(summary.title)
            written.append(summary)
    return _told(services, written)


def _export(session: Session, output: Output, services: Services) -> tuple[dict[str, object], str]:
    arguments = session.arguments
    ids = arguments.id
    chosen = (
        [services.summaries.one(identifier) for identifier in ids]
        if ids
        else services.summaries.kept()
    )
    language = arguments.language or output.wording.language
    services.summary_files.export(chosen, arguments.file, language)
    values = {"summaries": len(chosen), "file": str(arguments.file)}
    return values, f"Written to {arguments.file}, readable by everybody who can open it."


def _told(services: Services, summaries: list[Summary]) -> tuple[dict[str, object], str]:
    rows = [_row(services, summary) for summary in summaries]
    lines = [f"{row['id']}  {row['created']}  {row['title']}" for row in rows]
    return {"summaries": rows}, "\n".join(lines) or "No summaries."


def _row(services: Services, summary: Summary) -> dict[str, object]:
    return {
        "id": summary.id,
        "created": moment(summary.created),
        "conversation": summary.conversation,
        "title": summary.title,
        "text": services.summary_files.markdown(summary, summary.language),
        "pending": summary.state == SummaryState.PENDING,
        "state": summary.state.value,
        "language": summary.language,
        "points": [
            {"kind": e.kind.value, "text": e.text, "message": e.message, "source": e.source}
            for e in summary.digest.points
        ],
        "open": list(summary.digest.questions),
        "documents": list(summary.documents),
    }
