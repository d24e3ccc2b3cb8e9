"""larets bench answers | department | retrieval | reading | ingest | index | generate | train"""

from app.bench import answers, department, generate, index, ingest, reading, retrieval, train
from app.cli.output import Output
from app.cli.session import Session


def run(session: Session, output: Output) -> None:
    kinds = {
        "answers": answers,
        "department": department,
        "generate": generate,
        "index": index,
        "ingest": ingest,
        "reading": reading,
        "retrieval": retrieval,
        "train": train,
    }
    arguments = session.arguments
    values = kinds[arguments.act].measure(session.begin, arguments, output.note)
    output.result(values, "\n".join(_lines(values)))


def _lines(values: dict[str, object], indent: str = "") -> list[str]:
    lines: list[str] = []
    for name, value in values.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}:", *_lines(value, indent + "  ")]
        else:
            lines.append(f"{indent}{name}: {value}")
    return lines
