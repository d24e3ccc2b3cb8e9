"""larets add | documents list, remove, reindex, tag, export"""

import time
from collections.abc import Mapping
from pathlib import Path

from app.cli.output import Output
from app.cli.session import Session
from app.domain.library.databases import is_database
from app.domain.library.documents import AddProgress, AddReport, Document, DocumentState
from app.domain.library.reading import ReadingReport, UnreadPart
from app.domain.progress import NoControl
from app.services.session import Services


def collection_of(session: Session, services: Services) -> str | None:
    """The id of the collection asked for, None without one. `CollectionMissing`."""
    name = session.arguments.collection
    return services.library.collection_named(name) if name else None


class AddProgressPrinter(NoControl):
    """Names each file on standard error when its turn comes, and its stages on one line."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._at = ("", DocumentState.QUEUED)

    def report(self, progress: object) -> None:
        if isinstance(progress, AddProgress) and (progress.document, progress.state) != self._at:
            self._at = (progress.document, progress.state)
            self._output.note(
                f"[{progress.done + 1}/{progress.total}] {progress.name}: {progress.state.value}"
            )


def add(session: Session, output: Output) -> None:
    with session.opened(embeds=True) as services:
        collection = collection_of(session, services)
        urls, paths = _parted(session.arguments.paths)
        query = session.arguments.query
        named = (session.arguments.name, query) if query else None
        for url in urls:
            services.databases.queue(url, named, collection)
        report = services.library.add(paths, AddProgressPrinter(output), collection)
        left_out = services.library.left_out(paths)
    rows = [_row(document, output) for document in report.documents]
    values = {
        "documents": rows,
        "left_out": left_out,
        "seconds": round(report.seconds, 3),
        **_speed(report),
    }
    if left_out:
        output.note(f"Formats that are not read, left out of the folders: {_counted(left_out)}.")
    output.result(values, "\n".join(_line(row) for row in rows) or "Nothing to add.")


def _counted(left_out: Mapping[str, int]) -> str:
    return ", ".join(f"{count} × {suffix or 'no suffix'}" for suffix, count in left_out.items())


def _parted(given: list[str]) -> tuple[list[str], list[Path]]:
    """Databases on servers, and files: a SQLite database is one of these."""
    local = [each.removeprefix("sqlite:///") for each in given]
    return [each for each in local if is_database(each)], [
        Path(each) for each in local if not is_database(each)
    ]


def _speed(report: AddReport) -> dict[str, object]:
    seconds = max(report.seconds, 1e-9)
    pages = sum(document.pages or 0 for document in report.documents)
    passages = sum(document.passages for document in report.documents)
    return {
        "pages_per_second": round(pages / seconds, 3),
        "passages_per_second": round(passages / seconds, 3),
        "duplicates": report.duplicates,
    }


def run(session: Session, output: Output) -> None:
    with session.opened() as services:
        library = services.library
        if session.arguments.act == "remove":
            library.remove(session.arguments.ids)
        elif session.arguments.act == "reindex":
            library.reindex(AddProgressPrinter(output))
        elif session.arguments.act == "move":
            _move(session, services, output)
        elif session.arguments.act == "tag":
            library.tag(session.arguments.ids, session.arguments.add, session.arguments.remove)
        elif session.arguments.act == "export":
            library.export(session.arguments.id, session.arguments.file)
        found = library.documents(collection_of(session, services))
        rows = [_row(document, output) for document in found]
    output.result(
        {"documents": rows}, "\n".join(_line(row) for row in rows) or "The library is empty."
    )


def _move(session: Session, services: Services, output: Output) -> None:
    target = services.library.collection_named(session.arguments.to)
    found = services.relocating.move(session.arguments.ids, target)
    for names, why in (
        (found.unread, "not read yet"),
        (found.watched, "a watched folder would bring it again"),
        (found.there, "the other collection has the same content"),
    ):
        for name in names:
            output.note(f"{name} stays: {why}.")


def _row(document: Document, output: Output) -> dict[str, object]:
    row: dict[str, object] = {
        "path": document.path,
        "id": document.id,
        "state": document.state.value,
        "pages": document.pages,
        "passages": document.passages,
        "name": document.name,
        "size": document.size,
        "added": moment(document.added),
        "modified": document.modified and moment(document.modified),
        "tags": list(document.tags),
        "pending": document.pending,
        "missing": document.missing,
        "recognised": document.recognised,
        "reading": _reading(document.reading, output),
    }
    if document.error:
        message = output.sentence(document.error, dict(document.error_facts))
        row["error"] = {"code": document.error, "message": message}
    return row


def _reading(report: ReadingReport, output: Output) -> dict[str, object]:
    return {
        "complete": report.complete,
        "pages": {
            "text": report.text_pages,
            "recognised": report.recognised_pages,
            "unreadable": report.unreadable_pages,
        },
        "pictures": {"recognised": report.recognised_pictures, "skipped": report.skipped_pictures},
        "attachments": {"read": report.read_parts, "refused": report.refused_parts},
        "hidden": report.hidden,
        "formulas_not_calculated": report.uncalculated,
        "characters": report.characters,
        "confidence": report.confidence and round(report.confidence, 3),
        "reasons": [_reason(part, output) for part in report.unread],
    }


def _reason(part: UnreadPart, output: Output) -> dict[str, object]:
    return {
        "part": part.part or (f"page {part.page}" if part.page else ""),
        "page": part.page or None,
        "count": part.count,
        "code": part.code,
        "message": output.unread(part),
    }


def moment(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def _line(row: dict[str, object]) -> str:
    line = f"{row['id']}  {row['state']:<8}  {row['passages']:>5} passages  {row['path']}"
    reading = row["reading"]
    reasons = reading["reasons"] if isinstance(reading, dict) else []
    line += "".join(f"\n    {reason['message']}" for reason in reasons)
    error = row.get("error")
    return f"{line}\n    {error['message']}" if isinstance(error, dict) else line
