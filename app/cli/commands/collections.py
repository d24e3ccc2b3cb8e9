"""larets collection create, list, rename, delete, share, export, import |
folders watch, list, unwatch, scan"""

from collections.abc import Mapping, Sequence

from app.cli.commands.documents import AddProgressPrinter, collection_of, moment
from app.cli.output import Output, Tenths
from app.cli.session import Session, password
from app.domain.library.watching import Removal, WatchedFolder
from app.domain.transfers import Sender, Transferred, VectorFate
from app.services.administration.rights import Reader
from app.services.session import Services


def run(session: Session, output: Output) -> None:
    arguments = session.arguments
    if arguments.act in ("export", "import"):
        (_export if arguments.act == "export" else _take_in)(session, output)
        return
    with session.opened() as services:
        library = services.library
        if arguments.act == "create":
            library.create(arguments.name, private=arguments.private)
        elif arguments.act == "share":
            may_add = arguments.may == "add"
            services.administration.rights.share(arguments.name, arguments.reader, may_add=may_add)
        elif arguments.act == "unshare":
            services.administration.rights.unshare(arguments.name, arguments.reader)
        elif arguments.act == "rename":
            library.rename(library.collection_named(arguments.name), arguments.new)
        elif arguments.act == "delete":
            library.delete(library.collection_named(arguments.name))
        readers = {
            each.collection.id: each.readers for each in services.administration.rights.all()
        }
        closed = [{"name": each.name, "id": each.id} for each in library.open_collections.closed()]
        rows = [
            {
                "name": collection.name,
                "id": collection.id,
                "documents": collection.documents,
                "passages": collection.passages,
                "private": collection.private,
                "readers": [
                    {"profile": each.name, "may": "add" if each.may_add else "read"}
                    for each in readers.get(collection.id, ())
                ],
            }
            for collection in library.collections()
        ]
    lines = [*_done(session), *(_line(row, readers) for row in rows)]
    lines += [f"unreadable        {each['name']}" for each in closed]
    output.result({"collections": rows, "unreadable": closed}, "\n".join(lines))


def _done(session: Session) -> list[str]:
    """What was shared with whom."""
    arguments = session.arguments
    if arguments.act == "share":
        may = "read and add to" if arguments.may == "add" else "read"
        return [f"{arguments.reader} may {may} “{arguments.name}” now."]
    if arguments.act == "unshare":
        return [f"{arguments.reader} may not read “{arguments.name}” any more; it is private now."]
    return []


def _line(row: Mapping[str, object], readers: Mapping[str, Sequence[Reader]]) -> str:
    line = f"{row['documents']:>6} documents  {row['name']}"
    if not row["private"]:
        return f"{line}  (for everybody)"
    names = ", ".join(each.name for each in readers.get(str(row["id"]), ()))
    return f"{line}  (private: {names})"


def _export(session: Session, output: Output) -> None:
    arguments = session.arguments
    passphrase = password(arguments.passphrase_file)
    with session.opened() as services:
        collection = services.library.collection_named(arguments.name)
        done = services.transfers.export(collection, arguments.file, passphrase, Tenths(output))
    told = f"{done.documents} documents, {done.size} bytes; signed by {_signed(done.sender)}"
    if done.left_out:
        told += f"\n{done.left_out} documents were left out: they have not been read."
    output.result(_transferred(done), told)


def _take_in(session: Session, output: Output) -> None:
    """Who sent it is told before anything is taken."""
    arguments = session.arguments
    passphrase = password(arguments.passphrase_file)
    with session.opened() as services:
        found = services.transfers.look(arguments.file, passphrase)
        known = "known here" if found.sender.member else "unknown here"
        output.note(f"Signed by {_signed(found.sender)} ({known})")
        if arguments.expect:
            services.transfers.check_sender(arguments.file, found, arguments.expect)
        done = services.transfers.take_in(
            arguments.file, passphrase, found.sender, arguments.new_name, Tenths(output)
        )
    told = f"{done.documents} documents and {done.passages} passages are in “{done.collection}”."
    if done.vectors is VectorFate.QUEUED:
        told += (
            f"\nThey were embedded by “{found.model}”, and here another model is in use: they are "
            "found by their words, and wait to be read anew. “larets add” without a path does it."
        )
    output.result({**_transferred(done), "vectors": done.vectors.value}, told)


def _transferred(done: Transferred) -> dict[str, object]:
    return {
        "collection": done.collection,
        "documents": done.documents,
        "passages": done.passages,
        "bytes": done.size,
        "left_out": done.left_out,
        "sender": {
            "name": done.sender.name,
            "fingerprint": done.sender.fingerprint,
            "member": done.sender.member or None,
        },
    }


def _signed(sender: Sender) -> str:
    return f"{sender.name}, {sender.fingerprint}"


def folders(session: Session, output: Output) -> None:
    with session.opened() as services:
        collection = collection_of(session, services)
        values = _act(session, services, collection, output)
        rows = [_row(folder) for folder in services.watching.folders(collection)]
    told = "\n".join(f"{row['path']}  {row['problem'] or 'ok'}" for row in rows)
    output.result({"folders": rows, **values}, told or "No folder is watched.")


def _act(
    session: Session, services: Services, collection: str | None, output: Output
) -> dict[str, object]:
    arguments, watching = session.arguments, services.watching
    if arguments.act == "watch":
        folder = WatchedFolder(
            str(arguments.folder),
            include=tuple(arguments.include),
            exclude=tuple(arguments.exclude),
            removal=Removal(arguments.removal),
        )
        found = watching.watch(folder, collection)
    elif arguments.act == "scan":
        found = watching.scan()
    else:
        if arguments.act == "unwatch":
            watching.unwatch(str(arguments.folder.absolute()), collection)
        return {}
    report = services.library.ingest(AddProgressPrinter(output))
    return {
        "queued": found.queued,
        "missing": found.missing,
        "removed": found.removed,
        "documents": len(report.documents),
    }


def _row(folder: WatchedFolder) -> dict[str, object]:
    return {
        "path": folder.path,
        "include": list(folder.include),
        "exclude": list(folder.exclude),
        "removal": folder.removal.value,
        "scanned": folder.scanned and moment(folder.scanned),
        "problem": folder.problem,
    }
