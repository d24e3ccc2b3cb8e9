"""larets bench …"""

from app.cli.bench import generate, retrieval
from app.cli.output import Output
from app.cli.session import Session


def run(session: Session, output: Output) -> None:
    values = {"generate": generate.measure, "retrieval": retrieval.measure}[session.arguments.act](
        session, output
    )
    output.result(values, "\n".join(_lines(values)))


def _lines(values: dict[str, object], indent: str = "") -> list[str]:
    lines: list[str] = []
    for name, value in values.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}:", *_lines(value, indent + "  ")]
        else:
            lines.append(f"{indent}{name}: {value}")
    return lines
