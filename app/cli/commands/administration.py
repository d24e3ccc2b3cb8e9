"""larets audit list | verify | export; larets policy list | set; larets storage"""

from dataclasses import asdict

from app.cli.commands.doctor import Unwell
from app.cli.output import Output
from app.cli.session import Session
from app.domain.policies import KINDS, Policy
from app.domain.storage import CLEANABLE, StorageKind


def audit(session: Session, output: Output) -> None:
    if session.arguments.act == "verify":
        _verify(session, output)
        return
    arguments = session.arguments
    with session.opened() as services:
        rows = services.administration.log.rows(arguments.containing, arguments.last)
        if arguments.act == "export":
            services.administration.log.export(arguments.file, rows)
    if arguments.act == "export":
        values: dict[str, object] = {"file": str(arguments.file), "entries": len(rows)}
        output.result(values, f"{len(rows)} entries → {arguments.file}")
        return
    lines = [f"{row.moment}  {row.profile}  {row.act}  {row.subject}".rstrip() for row in rows]
    output.result({"entries": [asdict(row) for row in rows]}, "\n".join(lines))


def _verify(session: Session, output: Output) -> None:
    with session.opened() as services:
        well = services.administration.log.is_intact()
        entries = len(services.administration.log.rows())
    told = "whole" if well else "BROKEN: entries were changed, removed or put in"
    output.result({"well": well, "entries": entries}, f"{entries} entries; the chain is {told}.")
    if not well:
        raise Unwell


def policy(session: Session, output: Output) -> None:
    arguments = session.arguments
    with session.opened() as services:
        if arguments.act == "set":
            services.administration.policies.decide(arguments.key, arguments.value)
        now = services.administration.policies.now()
    rows = [
        {"key": each.value, "value": now.value(each), "default": KINDS[each].usual}
        for each in Policy
    ]
    lines = [f"{row['key']:<18} {row['value']}" for row in rows]
    output.result({"policies": rows}, "\n".join(lines))


def storage(session: Session, output: Output) -> None:
    wanted = session.arguments.clean
    with session.opened() as services:
        administration = services.administration
        freed = administration.storage.clean(StorageKind(wanted)) if wanted else 0
        found = administration.storage.all()
    rows = [
        {"kind": each.kind.value, "bytes": each.size, "files": each.files,
         "removable": each.kind in CLEANABLE}
        for each in found
    ]  # fmt: skip
    lines = [f"{each.size:>14,} bytes {each.files:>6} files  {each.kind.value}" for each in found]
    if wanted:
        lines.append(f"{freed:,} bytes are free again.")
    output.result({"storage": rows, "freed": freed}, "\n".join(lines))
