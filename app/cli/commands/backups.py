"""larets backup create | list | verify DIR; larets restore DIR"""

from collections.abc import Sequence
from dataclasses import asdict, replace

from app.cli.commands.doctor import Unwell
from app.cli.commands.documents import moment
from app.cli.output import Output, Tenths
from app.cli.session import Session, password
from app.domain.backups import (
    BackupChoice,
    Owner,
    PartKind,
    RestorePlan,
    RestoreReport,
    Retention,
    Skipped,
    Verdict,
)
from app.domain.errors import ProfileMissing
from app.domain.progress import NoControl
from app.services.session import Start


def run(session: Session, output: Output) -> None:
    if session.arguments.act == "create":
        _create(session, output)
    elif session.arguments.act == "list":
        _list(session, output)
    else:
        _verify(session, output)


def restore(session: Session, output: Output) -> None:
    """A plan comes before everything that replaces something."""
    arguments = session.arguments
    if arguments.only:
        _restore_part(session, output)
        return
    begun = session.start()
    owner = _owner(session, begun)
    plan = begun.restores.plan(arguments.folder, owner, arguments.snapshot, arguments.to)
    if arguments.dry_run:
        output.result({"dry_run": True, **_restored(plan)}, _planned(plan))
        return
    output.note(_planned(plan))
    report = begun.restores.restore(arguments.folder, plan, owner, Tenths(output))
    told = f"Restored {report.files} files to {report.target}."
    if report.before:
        told += f"\nWhat was there before: {report.before}"
    output.result(_restored(report), "\n".join([told, *_told(report.skipped)]))


def _create(session: Session, output: Output) -> None:
    arguments = session.arguments
    choice = BackupChoice(arguments.full, arguments.with_models, _retention(session))
    with session.opened() as services:
        backups = services.administration.backups
        report = backups.create(arguments.folder, choice, Tenths(output))
    values = {
        "snapshot": report.snapshot,
        "files": report.files,
        "bytes": report.size,
        "new_bytes": report.new_bytes,
        "seconds": round(report.seconds, 2),
        "skipped": _rows(report.skipped),
        "removed": list(report.removed),
    }
    told = f"{report.snapshot[:12]}  {report.files} files, {report.size} bytes, "
    told += f"{report.new_bytes} of them new, {report.seconds:.1f} s"
    output.result(values, "\n".join([told, *_told(report.skipped)]))


def _retention(session: Session) -> Retention | None:
    arguments = session.arguments
    named = {
        "daily": arguments.keep_daily,
        "weekly": arguments.keep_weekly,
        "monthly": arguments.keep_monthly,
    }
    given = {name: count for name, count in named.items() if count}
    return replace(Retention(), **given) if given or arguments.rotate else None


def _list(session: Session, output: Output) -> None:
    begun = session.start()
    found = begun.restores.snapshots(session.arguments.folder, _owner(session, begun))
    rows = [{**asdict(each), "created": moment(each.created)} for each in found]
    lines = [f"{each.id[:12]}  {moment(each.created)}  {each.files} files" for each in found]
    output.result({"snapshots": rows}, "\n".join(lines) or "There is no snapshot.")


def _verify(session: Session, output: Output) -> None:
    """Without a password nobody is asked for one: damage shows all the same."""
    begun = session.start()
    owner = _owner(session, begun) if session.arguments.password_file else None
    verdict = begun.restores.verify(session.arguments.folder, owner, NoControl())
    values = {
        "well": verdict.well,
        "checked_bytes": verdict.checked_bytes,
        "authentic": verdict.authentic,
        "damage": [
            {"what": e.what, "kind": e.kind, "files": list(e.files)} for e in verdict.damage
        ],
    }
    output.result(values, "\n".join(_lines(verdict)))
    if not verdict.well:
        raise Unwell


def _lines(verdict: Verdict) -> list[str]:
    told = [f"{verdict.checked_bytes} bytes read; {'well' if verdict.well else 'DAMAGED'}."]
    if not verdict.authentic:
        told.append("With a password file forgery is looked for as well.")
    for damage in verdict.damage:
        told.append(f"{damage.kind.value}: {damage.what}")
        told += [f"    {file}" for file in damage.files]
    return told


def _restore_part(session: Session, output: Output) -> None:
    arguments, part = session.arguments, session.arguments.only
    begun = session.start()
    owner = _owner(session, begun)
    restored: dict[str, object] = {"kind": part.kind.value, "name": part.name}
    if arguments.dry_run:
        snapshot = begun.restores.chosen(arguments.folder, owner, arguments.snapshot)
        told = f"Of the snapshot {snapshot[:12]} would be put back: {part.kind.value} {part.name}"
        restored["snapshot"] = snapshot
        output.result({"dry_run": True, "restored": restored, "skipped": []}, told)
        return
    with session.opened(begun) as services:
        done = services.administration.backups.put_back(
            arguments.folder, part, arguments.snapshot, owner, Tenths(output)
        )
    restored["as"] = done.name
    told = f"Put back as “{done.name}”."
    if part.kind == PartKind.PROFILE:
        restored["conversations"] = done.conversations
        told = f"{done.conversations} conversations are there again; what was there is as it was."
    output.result({"restored": restored, "skipped": []}, told)


def _owner(session: Session, begun: Start) -> Owner:
    """The profile that was named, or the only one that may open the backup. `ProfileMissing`."""
    arguments = session.arguments
    name = arguments.profile
    if not name:
        names = begun.restores.administrators(arguments.folder)
        if len(names) != 1:
            raise ProfileMissing(profiles=", ".join(names))
        name = names[0]
    former = getattr(arguments, "former_password_file", None)
    return Owner(name, password(arguments.password_file), password(former) if former else "")


def _restored(done: RestorePlan | RestoreReport) -> dict[str, object]:
    restored: dict[str, object] = {
        "snapshot": done.snapshot,
        "files": done.files,
        "bytes": done.size,
        "target": done.target,
    }
    if isinstance(done, RestoreReport):
        restored["before"] = done.before
    else:
        restored["replaces"] = done.replaces
    return {"restored": restored, "skipped": _rows(done.skipped)}


def _planned(plan: RestorePlan) -> str:
    told = f"Snapshot {plan.snapshot[:12]} of {moment(plan.created)}: {plan.files} files, "
    told += f"{plan.size} bytes → {plan.target}"
    if plan.replaces:
        told += " (what is there now stays beside it)"
    return "\n".join([told, *_told(plan.skipped)])


def _rows(skipped: Sequence[Skipped]) -> list[dict[str, str]]:
    rows = []
    for each in skipped:
        row = {"what": each.what, "reason": each.reason.value}
        rows.append({**row, "sha256": each.detail} if each.detail else row)
    return rows


def _told(skipped: Sequence[Skipped]) -> list[str]:
    return [f"left out ({each.reason.value}): {each.what}" for each in skipped]
