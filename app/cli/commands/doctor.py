"""larets doctor"""

from app.cli.output import Output
from app.cli.session import Session


class Unwell(Exception):
    """A check failed; it was printed already."""


def run(session: Session, output: Output) -> None:
    with session.opened() as services:
        checks = list(services.doctor.checks())
    well = all(check.passed for check in checks)
    rows = [{"name": check.name, "passed": check.passed, "fact": check.fact} for check in checks]
    output.result(
        {"well": well, "checks": rows},
        "\n".join(
            f"{'ok  ' if check.passed else 'FAIL'} {check.name}: {check.fact}" for check in checks
        ),
    )
    if not well:
        raise Unwell
