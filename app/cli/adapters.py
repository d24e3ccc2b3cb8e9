"""larets adapters list | use | off | remove | import | export"""

from app.cli.output import Output
from app.cli.session import Session
from app.domain.adapters import Adapter
from app.domain.models import ModelKind
from app.services.adapters import AdapterService


def run(session: Session, output: Output) -> None:
    with session.opened() as services:
        _act(session, services.adapters)
        known = services.models.all()
        bases = {each.sha256: each.name for each in known if each.kind == ModelKind.CHAT}
        rows = [_row(each, bases) for each in services.adapters.all()]
    output.result({"adapters": rows}, "\n".join(_line(row) for row in rows) or "No adapters.")


def _act(session: Session, adapters: AdapterService) -> None:
    arguments = session.arguments
    if arguments.act == "use":
        adapters.use(arguments.name, arguments.scale)
    elif arguments.act == "off":
        adapters.off()
    elif arguments.act == "remove":
        adapters.remove(arguments.name)
    elif arguments.act == "import":
        adapters.add(arguments.file, arguments.name)
    elif arguments.act == "export":
        adapters.export(arguments.name, arguments.file)


def _row(adapter: Adapter, bases: dict[str, str]) -> dict[str, object]:
    """`base_model` is None when the model that it belongs to is not here."""
    return {
        "name": adapter.name,
        "base": adapter.base,
        "base_model": bases.get(adapter.base),
        "size": adapter.size,
        "scale": adapter.scale,
        "in_use": bool(adapter.scale),
    }


def _line(row: dict[str, object]) -> str:
    used = "*" if row["in_use"] else " "
    return f"{used} {row['name']}  ×{row['scale']}  {row['base_model'] or 'base model missing'}"
