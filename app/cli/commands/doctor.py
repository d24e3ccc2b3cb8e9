"""larets doctor"""

import sys
from pathlib import Path

from app import log
from app.cli.output import Output
from app.cli.session import Session
from app.domain.errors import (
    DamagedData,
    NewerSchema,
    ProfileMissing,
    StorageDenied,
    StorageFull,
    VaultError,
    WorkspaceInUse,
)
from app.domain.repairs import Repairable
from app.services.health.check import Check, CheckWording
from app.services.health.report import Report
from app.services.session import Start

#: Failures to open a profile that a health check tells of; a wrong password is no illness.
_ILL = (DamagedData, NewerSchema, StorageDenied, StorageFull, WorkspaceInUse)


class Unwell(Exception):
    """A check failed; it was printed already."""


def run(session: Session, output: Output) -> None:
    begun = session.start()
    wanted = {Repairable(each) for each in session.arguments.repair}
    for name, repair in begun.health.repairs().items():
        if name in wanted:
            repair()
    checks, names = list(begun.health.checks()), []
    try:
        names = begun.profiles.names()
        checks += _profile_checks(session, begun, names)
    except _ILL as error:
        checks.append(_ill(error, output))
    well = all(check.passed for check in checks)
    wording = CheckWording(begun.paths.resources, output.wording.language)
    values: dict[str, object] = {
        "well": well,
        "checks": [_row(check, wording) for check in checks],
        "profiles": names,
    }
    if file := session.arguments.bundle:
        report = begun.health.report(checks)
        values |= {"bundle": str(file), "holds": _holds(report)}
        _save(report, file, output)
    output.result(values, "\n".join(_line(check, wording) for check in checks))
    if not well:
        raise Unwell


def _profile_checks(session: Session, begun: Start, names: list[str]) -> list[Check]:
    """Those of the profile that was named, or of the only one where its password can be asked."""
    asked = session.arguments.password_file or sys.stdin.isatty()
    inside = {*session.arguments.repair} - {*begun.health.repairs()}
    if not session.arguments.profile and not (len(names) == 1 and asked):
        if inside:
            raise ProfileMissing(profiles=", ".join(names))
        shown = {"names": ", ".join(names)}
        return [Check("profiles" if names else "no-profile", True, {"count": len(names)}, shown)]
    with session.opened(begun) as services:
        if session.arguments.acknowledge:
            services.administration.losses.acknowledge()
        for name, repair in services.administration.doctor.repairs.all().items():
            if name in session.arguments.repair:
                repair()
        return list(services.administration.doctor.run())


def _ill(error: VaultError, output: Output) -> Check:
    log.failure(error)
    sentence = output.wording.of(error)
    shown = {"what": sentence.what, "hint": sentence.hint}
    return Check("opening", False, {"code": log.Code(error.code)}, shown)


def _row(check: Check, wording: CheckWording) -> dict[str, object]:
    words = wording.of(check)
    row: dict[str, object] = {"name": check.name, "passed": check.passed, "fact": words.fact}
    if not check.passed and check.name in set(Repairable):
        row["repair"] = f"larets doctor --repair {check.name}"
    return {**row, "remedy": words.remedy} if words.remedy else row


def _line(check: Check, wording: CheckWording) -> str:
    words = wording.of(check)
    line = f"{'ok  ' if check.passed else 'FAIL'} {words.title}: {words.fact}"
    return f"{line}\n     → {words.remedy}" if words.remedy else line


def _holds(report: Report) -> list[dict[str, object]]:
    return [{"name": part.name, "bytes": len(part.content)} for part in report.parts]


def _save(report: Report, file: Path, output: Output) -> None:
    """Say what the report holds, then write it."""
    for part in report.parts:
        output.note(f"{len(part.content):>9}  {part.name}")
    report.save(file)
    output.note(f"→ {file}")
