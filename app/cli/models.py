"""larets models list | add | verify | use | remove"""

import argparse

from app.cli import session
from app.cli.output import Output
from app.domain.models import Model


def run(arguments: argparse.Namespace, output: Output) -> None:
    with session.opened(arguments) as services:
        models = services.models
        if arguments.act == "add":
            models.add(arguments.file)
        elif arguments.act == "use":
            models.use(arguments.name)
        elif arguments.act == "remove":
            models.remove(arguments.name)
        intact = models.verify() if arguments.act == "verify" else None
        rows = [_row(model, intact) for model in models.all()]
    output.result({"models": rows}, "\n".join(_line(row) for row in rows) or "No models.")


def _row(model: Model, intact: dict[str, bool] | None) -> dict[str, object]:
    row: dict[str, object] = {
        "name": model.name,
        "kind": model.kind.value,
        "architecture": model.architecture,
        "size": model.size,
        "sha256": model.sha256,
        "context_length": model.context_length,
        "in_use": model.in_use,
    }
    return row if intact is None else row | {"intact": intact[model.name]}


def _line(row: dict[str, object]) -> str:
    used = "*" if row["in_use"] else " "
    checked = {True: "  intact", False: "  CHANGED"}.get(bool(row.get("intact")), "")
    size = f"{int(str(row['size'])) / 1e6:,.0f} MB"
    return f"{used} {row['name']}  {row['kind']}  {row['architecture']}  {size}" + (
        checked if "intact" in row else ""
    )
