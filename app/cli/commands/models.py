"""larets models list | add | verify | use | remove"""

from app.cli.output import Output
from app.cli.session import Session
from app.domain.models.model import Model
from app.domain.models.placement import Fit


def run(session: Session, output: Output) -> None:
    with session.opened() as services:
        models = services.models
        if session.arguments.act == "add":
            arguments = session.arguments
            services.imports.add(arguments.file, copy=not arguments.reference)
        elif session.arguments.act == "use":
            models.use(session.arguments.name)
        elif session.arguments.act == "remove":
            models.remove(session.arguments.name)
        intact = models.verify() if session.arguments.act == "verify" else None
        known = models.all()
        fits = models.fits(known, models.machine())
        rows = [_row(model, intact) for model in known]
    lines = [_line(model, row, fits) for model, row in zip(known, rows, strict=True)]
    output.result({"models": rows}, "\n".join(lines) or "No models.")


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


def _line(model: Model, row: dict[str, object], fits: dict[str, Fit]) -> str:
    used = "*" if model.in_use else " "
    told = (
        model.name, model.kind.value, model.architecture, model.quantisation,
        f"{model.size / 1e6:,.0f} MB", fits[model.name].value if model.name in fits else "",
        model.licence, {True: "intact", False: "CHANGED"}.get(bool(row["intact"]), "")
        if "intact" in row else "",
    )  # fmt: skip
    return f"{used} " + "  ".join(each for each in told if each)
