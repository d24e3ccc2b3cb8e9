"""larets models list | add | verify | use | remove"""

from app.cli.output import Output
from app.cli.session import Session
from app.domain.models import Model


def run(session: Session, output: Output) -> None:
    with session.opened() as services:
        models = services.models
        if session.arguments.act == "add":
            models.add(session.arguments.file)
        elif session.arguments.act == "use":
            models.use(session.arguments.name)
        elif session.arguments.act == "remove":
            models.remove(session.arguments.name)
        intact = models.verify() if session.arguments.act == "verify" else None
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
