"""larets salvage DIR"""

from collections import Counter
from dataclasses import asdict

from app.cli.output import Output
from app.cli.session import Session, password
from app.domain.salvage import SalvageReport, Unsaved


def run(session: Session, output: Output) -> None:
    """What is lost is no failure of the command: it did what could be done."""
    arguments = session.arguments
    begun = session.start()
    name = session.profile_name(begun)
    language = arguments.language or output.wording.language
    secret = password(arguments.password_file)
    report = begun.salvage.save(arguments.folder, name, secret, language)
    output.result({"folder": str(arguments.folder), **asdict(report)}, _told(report))
    output.note(f"Files in {arguments.folder} are readable; delete them when they are back.")


def _told(report: SalvageReport) -> str:
    saved = Counter(each.kind.value for each in report.saved)
    lines = [f"saved  {count:>6}  {kind}" for kind, count in saved.items()]
    return "\n".join([*lines, *map(_line, report.lost)]) or "Nothing could be read."


def _line(lost: Unsaved) -> str:
    within = f" in {lost.collection}" if lost.collection else ""
    times = f" (× {lost.count})" if lost.count > 1 else ""
    return f"LOST   {lost.kind.value}{within}: {lost.name or '?'}{times}: {lost.reason.value}"
