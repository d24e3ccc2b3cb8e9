"""larets doctor"""

from app.cli.output import Output
from app.cli.session import Session


class Unwell(Exception):
    """A check failed; it was printed already."""


def run(session: Session, output: Output) -> None:
    with session.opened() as services:
        checks = list(services.doctor.checks())
    well = all(check.passed for check in checks)
    rows = [{"name": each.name, "passed": each.passed, "fact": each.fact} for each in checks]
    output.result(
        {"well": well, "checks": rows},
        "\n".join(
            f"{'ok  ' if each.passed else 'FAIL'} {each.name}: {each.fact}" for each in checks
        ),
    )
    if not well:
        raise Unwell
