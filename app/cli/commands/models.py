"""larets models list | add | add-server | verify | use | remove"""

from app.cli.output import Output
from app.cli.session import Session, password
from app.domain.models.model import Model
from app.domain.models.placement import Fit
from app.domain.models.servers import ModelServer
from app.services.session import Services

_INTACT = {True: "intact", False: "CHANGED", None: ""}


def run(session: Session, output: Output) -> None:
    with session.opened() as services:
        models = services.models
        if session.arguments.act == "add":
            arguments = session.arguments
            services.imports.add(arguments.file, copy=not arguments.reference)
        elif session.arguments.act == "add-server":
            _add_server(session, services)
        elif session.arguments.act == "use":
            models.use(session.arguments.name)
        elif session.arguments.act == "remove":
            models.remove(session.arguments.name)
        intact = models.verify() if session.arguments.act == "verify" else None
        known = models.all()
        fits = models.fits(known, models.machine())
        rows = [_row(model, intact) for model in known]
    lines = [_line(model, intact, fits) for model in known]
    output.result({"models": rows}, "\n".join(lines) or "No models.")


def _add_server(session: Session, services: Services) -> None:
    arguments = session.arguments
    server = ModelServer(
        tuple(arguments.urls),
        arguments.model,
        password(arguments.key_file) if arguments.key_file else "",
        str(arguments.root.resolve()) if arguments.root else "",
    )
    services.model_servers.add(arguments.name, server)


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
    if model.is_served:
        row |= {"servers": model.path.split()}
    return row if intact is None else row | {"intact": intact.get(model.name)}


def _line(model: Model, intact: dict[str, bool] | None, fits: dict[str, Fit]) -> str:
    used = "*" if model.in_use else " "
    told = (
        model.name, model.kind.value, model.architecture, model.quantisation,
        model.path if model.is_served else f"{model.size / 1e6:,.0f} MB",
        fits[model.name].value if model.name in fits else "",
        model.licence, _INTACT[intact.get(model.name)] if intact else "",
    )  # fmt: skip
    return f"{used} " + "  ".join(each for each in told if each)
