"""larets doctor"""

import argparse

from app.cli import session
from app.cli.output import Output


class Unwell(Exception):
    """A check failed; it was printed already."""


def run(arguments: argparse.Namespace, output: Output) -> None:
    with session.opened(arguments) as services:
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
