"""larets dataset build | check

With --json: "rows" that are in the file, "rejected" with a number a reason, and "tokens" of the
rows as the chat model counts them: "total", "mean" and "longest" of whole training texts (system
text, passages, question, answer) and "answers", which alone are learned; null without a chat model.
`check` adds "warnings" with a number a kind, "unanswered" rows, "groups" that a split keeps whole,
and "languages" of the questions.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from app.cli.commands.documents import collection_of
from app.cli.output import Output
from app.cli.session import Session
from app.domain.errors import DocumentMissing, ModelMissing, NoChatModel, NoRows
from app.domain.progress import NoControl, Progress
from app.domain.training.row_summary import RowSummary
from app.domain.training.rows import Row, RowFault, Rows, RowWarning
from app.services.datasets.service import DatasetService
from app.services.session import Services


def run(session: Session, output: Output) -> None:
    with session.opened() as services:
        datasets = services.datasets
        if session.arguments.act == "build":
            rows, told = _built(session, output, services), {}
        else:
            rows = datasets.read(session.arguments.file)
            told = _seen(datasets.looked_over(rows.rows))
        values = {
            "rows": len(rows.rows),
            "rejected": {row_fault.value: number for row_fault, number in rows.rejected.items()},
            "tokens": _tokens(datasets, rows.rows),
            **told,
        }
    output.result(values, "\n".join(f"{name}: {_line(each)}" for name, each in values.items()))


def _built(session: Session, output: Output, services: Services) -> Rows:
    """What the file has, and new rows after it up to the number that is wanted. Each is in the file
    as soon as it is written: a run that was stopped goes on with the same command. `NoRows`."""
    arguments, datasets = session.arguments, services.datasets
    file: Path = arguments.out
    rows = list(datasets.read(file).rows) if file.is_file() and file.stat().st_size else []
    rejected: Counter[RowFault] = Counter()

    def keep(row: Row) -> None:
        datasets.append(file, row)
        rows.append(row)

    if arguments.from_chats:
        found = datasets.from_chats(rows)
        for each in found.rows:
            keep(each)
        rejected.update(found.rejected)
    if arguments.documents or not arguments.from_chats:
        chosen = _documents(session, services)
        wanted = max(arguments.rows - len(rows), 0)
        written = datasets.from_documents(
            chosen, wanted, _DatasetProgress(output), keep, tuple(rows)
        )
        rejected.update(written.rejected)
    if not rows:
        raise NoRows(name=file.name)
    return Rows(tuple(rows), dict(rejected))


def _documents(session: Session, services: Services) -> list[str]:
    """Those asked for, those of the collection asked for, or none, which means all.
    `DocumentMissing`, `CollectionMissing`."""
    collection, wanted = collection_of(session, services), session.arguments.documents
    if not wanted and collection is None:
        return []
    found = [document.id for document in services.library.documents(collection, wanted or None)]
    missing = [each for each in wanted if each not in found]
    if missing or not found:
        raise DocumentMissing(name=", ".join(missing) or session.arguments.collection)
    return found


class _DatasetProgress(NoControl):
    """Names each document on standard error when its turn comes."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def report(self, progress: object) -> None:
        if isinstance(progress, Progress) and progress.name:
            self._output.note(f"[{progress.done}/{progress.total}] {progress.name}")


def _tokens(datasets: DatasetService, rows: Sequence[Row]) -> dict[str, object] | None:
    try:
        counts = datasets.tokens(rows)
    except (NoChatModel, ModelMissing):
        return None
    return asdict(counts) | {"mean": round(counts.mean, 1)}


def _seen(summary: RowSummary) -> dict[str, object]:
    return {
        "warnings": {row_warning.value: summary.count(row_warning) for row_warning in RowWarning},
        "unanswered": summary.unanswered,
        "groups": summary.groups,
        "languages": dict(summary.languages),
    }


def _line(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {number}" for name, number in value.items()) or "none"
    return "not counted, no chat model is in use" if value is None else str(value)
